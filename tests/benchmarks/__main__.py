"""`make bench`: how fast the archive is, as ratios against a floor measured in the same run.

SIZE=5000 says how many sample decisions are taken in. Everything happens in a temporary DATA_DIR.
"""

import cProfile
import datetime
import os
import platform
import pstats
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

SIZE = int(os.environ.get("SIZE", "5000"))
REPEATS = 7


def main() -> None:
    data_dir = Path(tempfile.mkdtemp(prefix="ombudsman-bench-"))
    data_dir.chmod(0o711)
    os.environ.update(DATA_DIR=str(data_dir), DJANGO_SETTINGS_MODULE="ombudsman.settings")
    for name in ("DATABASE_URL", "PRODUCTION"):
        os.environ.pop(name, None)
    try:
        measure(data_dir)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)


def measure(data_dir: Path) -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    from django.core.management import call_command

    from decisions.sample import generate
    from decisions.sources import Source

    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    print(f"{datetime.date.today()}, {SIZE:,} sample decisions\n")
    call_command("migrate", verbosity=0)

    started = time.perf_counter()
    sources = [Source(name, data) for name, data in generate(SIZE, seed=1)]
    report("generate the samples", time.perf_counter() - started, SIZE)
    print(
        f"{'their size':36} {sum(len(source.data) for source in sources) / SIZE:10,.0f} bytes each"
    )
    measure_parsing(sources)
    floor = measure_floor(sources)
    measure_ingest(sources, floor)
    measure_requests()
    size = sum(file.stat().st_size for file in settings.INDEX_DIR.rglob("*") if file.is_file())
    print(f"\n{'search index on disk':36} {size / SIZE:10,.0f} bytes a decision")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory //= 1024 if sys.platform == "linux" else 1024 * 1024
    print(f"{'memory of this process at its most':36} {memory:10,.0f} MB")


def measure_parsing(sources) -> None:
    """Parsing, analysis, and where the time of both goes."""
    from decisions.analysis import analyse
    from decisions.parsing import parse

    def understand(source):
        return analyse(parse(source.data, source.name)).to_json()

    for name, action in (
        ("parse one decision", lambda source: parse(source.data, source.name)),
        ("parse and analyse one decision", understand),
    ):
        times = sorted(
            timed(lambda source=source, action=action: action(source)) for source in sources
        )
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{name:36} {median * 1e3:10.2f} ms median, {p95 * 1e3:.2f} ms p95")

    profile = cProfile.Profile()
    profile.runcall(lambda: [understand(source) for source in sources[:500]])
    rooms: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        rooms[file.partition("decisions/")[2] or "Python and its regular expressions"] += own
    print("\nwhere that time goes, profiled")
    for room, seconds in rooms.most_common(10):
        print(f"  {room:46} {seconds / rooms.total():6.1%}")
    print()


def measure_floor(sources) -> float:
    """Only to keep the bytes, one transaction each: no archive can be faster than that."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (name text, content bytea)")
        cursor.execute("SET synchronous_commit = off")
        started = time.perf_counter()
        for source in sources:
            cursor.execute("INSERT INTO bench_floor VALUES (%s, %s)", [source.name, source.data])
        elapsed = time.perf_counter() - started
        cursor.execute("RESET synchronous_commit")
        cursor.execute("DROP TABLE bench_floor")
    report("floor: keep the bytes only", elapsed, len(sources))
    return elapsed


def measure_ingest(sources, floor: float) -> None:
    from decisions.ingest import ingest_all

    started = time.perf_counter()
    outcome = ingest_all(sources)
    elapsed = time.perf_counter() - started
    report(
        "ingest: parse, store, index", elapsed, len(sources), f"{elapsed / floor:.1f} × the floor"
    )
    assert outcome.counts["created"] == len(sources), outcome
    started = time.perf_counter()
    outcome = ingest_all(sources)
    report("the same again: unchanged", time.perf_counter() - started, len(sources))
    assert outcome.counts["unchanged"] == len(sources), outcome


def measure_requests() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from decisions import search
    from decisions.models import Council, Decision

    client = Client(headers={"host": "localhost"})
    council = Council.objects.filter(decision__isnull=False).first().slug
    decision = Decision.objects.exclude(council=None).first().get_absolute_url()
    print(f"\n{'request':36} {'median':>10} {'p95':>8} {'queries':>8}   in process, milliseconds")
    for name, address in {
        "home": "/",
        "list": "/decisions/",
        "list: a word": "/decisions/?q=noise",
        "list: a common word": "/decisions/?q=council",
        "list: a phrase": "/decisions/?q=%22school+transport%22",
        "list: a word and a council": f"/decisions/?q=council&council={council}",
        "list: two filters": f"/decisions/?outcome=upheld&council={council}",
        "list: the last page": f"/decisions/?page={SIZE // search.PAGE_SIZE}",
        "decision": decision,
        "decision with words marked": f"{decision}?q=council",
        "councils": "/councils/",
        "council": f"/councils/{council}/",
        "category": "/categories/education/",
    }.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        queries = len(captured)  # the next request forgets them
        times = sorted(
            timed(lambda address=address: client.get(address)) for _ in range(REPEATS * 3)
        )
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{name:36} {median * 1e3:10.1f} {p95 * 1e3:8.1f} {queries:8}")

    question = search.Question("council")
    floor = min(timed(bare_engine) for _ in range(REPEATS))
    whole = min(timed(lambda: search.search(question)) for _ in range(REPEATS))
    print(f"\n{'floor: the engine itself':36} {floor * 1e3:10.2f} ms (ranks, counts, three facets)")
    print(f"{'search':36} {whole * 1e3:10.2f} ms, {whole / floor:.2f} × the floor")


def bare_engine() -> None:
    """The engine called directly for the same answer: 20 ranked, counted, with three facets."""
    import tantivy

    from decisions.search import index

    generation = index.current()
    searcher = generation.index.searcher()
    query = tantivy.Query.term_query(generation.schema, "everything", "council")
    searcher.search(query, 20)
    searcher.aggregate(
        query,
        {
            name: {"terms": {"field": name, "size": 1000}}
            for name in ("council", "category", "outcome")
        },
    )


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def report(name: str, seconds: float, count: int, remark: str = "") -> None:
    print(f"{name:36} {seconds:10.1f} s {count / seconds:12,.0f} a second   {remark}".rstrip())


if __name__ == "__main__":
    main()
