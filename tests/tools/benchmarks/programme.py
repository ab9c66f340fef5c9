"""What is measured in one go: everything at one size, or a few figures at several."""

import datetime
import os
import platform
import time
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from decisions import search
from decisions.models import Decision
from tests.tools.benchmarks import fts5, in_process, intake, loading, over_http, profiling
from tests.tools.benchmarks.figures import Verdicts, ms, pooled, print_table, timed
from tests.tools.benchmarks.kinds import kinds

PARTS = "load engine pages ingest profile"
# Above, SQLite and Datasette take longer than anybody waits, and are measured only if asked for.
FTS5_UP_TO = 100_000
MEGABYTE = 1 << 20


def introduce() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    print(
        f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GB, Python {platform.python_version()}",
        flush=True,
    )


def run(data_dir: Path, size: int, parts: Collection[str], with_fts5: str | None) -> None:
    """Prints every table that `parts` names."""
    if unknown := set(parts) - set(PARTS.split()):
        raise SystemExit(f"PARTS: there is no {', '.join(sorted(unknown))}; there are {PARTS}.")
    verdicts = Verdicts(size)
    _load(data_dir, size)
    if {"engine", "pages", "profile"} & set(parts):
        _index()
        database = None
        if {"engine", "pages"} & set(parts):
            database = _fts5(data_dir, size, with_fts5)
        _print_disk(size, database)
        if "engine" in parts:
            in_process.measure(verdicts, database)
        if "pages" in parts:
            over_http.measure(verdicts, data_dir, database)
        if "profile" in parts:
            _profile()
    if "ingest" in parts:
        intake.measure(verdicts, size)
    verdicts.print()


def curve(data_dir: Path, sizes: list[int]) -> None:
    """Prints one table with a row for each size, the smallest first."""
    rows = []
    for size in sizes:
        _load(data_dir, size)
        _index()
        asked = kinds()
        searched = in_process.together(list(map(in_process.search_and_floor, asked)))
        with over_http.site(data_dir) as running:
            pages = over_http.list_pages(running.url, asked)
            worker = over_http.memory(running)[0]
        rows.append(
            [
                f"{size:,}",
                ms(searched.cold.median),
                ms(searched.cold.p95),
                ms(searched.floor.median),
                ms(pooled(pages).median),
                ms(pooled(pages).p95),
                ms(max(times.p95 for times in pages)),
                f"{_bytes(settings.INDEX_DIR) / MEGABYTE:,.1f}",
                f"{_bytes(settings.INDEX_DIR) / size:,.0f}",
                f"{worker.own:,.0f}",
                f"{worker.resident:,.0f}",
            ]
        )
    columns = ["decisions", "search, ms", "p95", "engine, ms", "list page, ms", "p95"]
    columns += ["p95 of the slowest kind", "index, MB", "bytes a decision"]
    columns += ["worker without index pages, MB", "RSS, MB"]
    print_table("The curve, over all kinds of request", columns, rows)


def _load(data_dir: Path, size: int) -> None:
    held = Decision.objects.count()
    if held > size:
        raise SystemExit(
            f"{data_dir} holds {held:,} decisions, more than {size:,}:"
            f" give KEEP another directory, or SIZE={held}."
        )
    loaded = loading.load(size)
    print(f"{size - loaded:,} decisions were there, {loaded:,} were loaded.", flush=True)


def _index() -> None:
    seconds = timed(search.catch_up)
    print(f"The index was brought up to date in {seconds:,.0f} s.", flush=True)


def _fts5(data_dir: Path, size: int, wanted: str | None) -> Path | None:
    if wanted == "0" or (wanted != "1" and size > FTS5_UP_TO):
        print("SQLITE FTS5 AND DATASETTE ARE NOT MEASURED (FTS5=1 does it at any size).")
        return None
    path = data_dir / "bench.sqlite3"
    made = []
    seconds = timed(lambda: made.append(fts5.build(path)))
    done = f"made in {seconds:,.0f} s" if made[0] else "there"
    print(f"The SQLite database was {done}.", flush=True)
    return path


def _print_disk(size: int, database: Path | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (postgres,) = cursor.fetchone()
    places = {"search index": _bytes(settings.INDEX_DIR), "PostgreSQL, all of it": postgres}
    if database:
        places["SQLite, with its texts"] = database.stat().st_size
    rows = [
        [name, f"{total / MEGABYTE:,.1f}", f"{total / size:,.0f}"] for name, total in places.items()
    ]
    print_table("On disk", ["", "MB", "bytes a decision"], rows)


def _bytes(directory: Path) -> int:
    return sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())


def _profile() -> None:
    client = Client(headers={"host": "localhost"})
    addresses = [kind.address for kind in kinds()]

    def visit() -> None:
        for address in addresses:
            assert client.get(address).status_code == 200, address

    visit()
    started = time.process_time()
    visit()
    each = ms((time.process_time() - started) / len(addresses))
    title = f"Where the time of the list page goes, all kinds ({each} ms of processor time each"
    profiling.print_rooms(f"{title} without the profiler)", visit)
