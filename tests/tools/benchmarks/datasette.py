"""A real Datasette, installed from the package index into an environment of the benchmark's own.

It serves `fts5.build`'s file. The same is asked of it as of the archive's list, by its own means:
`_search`, filters on columns, and `_facet` for six facets. It has less to do: it does not rank, it
counts no facet under the other filters alone, and its page shows no excerpts.
"""

import contextlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from decisions.search import PAGE_SIZE
from tests.tools.benchmarks import client, fts5
from tests.tools.benchmarks.kinds import Kind

ENVIRONMENT = Path(".venv-bench")
REQUIREMENT = "datasette>=0.65,<1"

FACETS = [
    *(("_facet", name) for name in ("council", "category", "outcome")),
    *(("_facet_array", name) for name in ("reason", "remedy", "provision")),
]
# Nothing is cut off for want of time, and nothing is computed that was not asked for.
SETTINGS = {
    "sql_time_limit_ms": 600_000,
    "facet_time_limit_ms": 600_000,
    "suggest_facets": "off",
}


class Unavailable(Exception):
    """Datasette cannot be measured; the message says why."""


def install() -> Path:
    """The program, installed at the first time. Raises Unavailable."""
    program = ENVIRONMENT / "bin" / "datasette"
    if not program.exists():
        print(f"\nInstalling {REQUIREMENT} into {ENVIRONMENT} …", flush=True)
        pip = [ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--quiet"]
        for command in ([sys.executable, "-m", "venv", ENVIRONMENT], [*pip, REQUIREMENT]):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                said = (done.stderr.strip() or done.stdout.strip()).splitlines()
                raise Unavailable(f"it could not be installed: {said[-1] if said else command}")
    return program


def version(program: Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip()


@contextlib.contextmanager
def serving(program: Path, database: Path) -> Iterator[str]:
    """Serves the file, which never changes; yields where. Raises Unavailable."""
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    command = [program, "serve", "--immutable", database, "--port", "0", *settings]
    log = database.with_name("datasette.log")
    with log.open("w") as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output)
    try:
        while not (found := re.search(r"running on (http://\S+)", log.read_text())):
            if process.poll() is not None:
                raise Unavailable(f"it ended by itself: {log.read_text().strip()}")
            time.sleep(0.1)
        yield found[1]
    finally:
        process.terminate()
        process.wait()


def address(kind: Kind, database: Path, ending: str = "") -> str:
    """Where Datasette answers this kind of request, as a page or, with ".json", as data."""
    search_query = kind.search_query
    asked = [("_size", str(PAGE_SIZE)), *FACETS]
    if search_query.text:
        asked += [("_fts_table", "decision_fts"), ("_fts_pk", "id"), ("_searchmode", "raw")]
        asked.append(("_search", fts5.language(search_query.text)))
    asked += [(f"{name}__exact", value) for name, (value,) in search_query.terms.items()]
    if search_query.date_from and search_query.date_to:
        asked.append(("decided_on__gte", search_query.date_from.isoformat()))
        asked.append(("decided_on__lte", search_query.date_to.isoformat()))
    return f"/{database.stem}/decision{ending}?{urlencode(asked)}"


def check(site: str, kind: Kind, database: Path, count: int) -> None:
    """Raises Unavailable unless it finds `count` decisions and counts all facets of them."""
    answer = json.loads(client.read(site, address(kind, database, ".json")))
    wanted = {name for _, name in FACETS}
    counted = set(answer["facet_results"])
    if answer["filtered_table_rows_count"] != count or counted != wanted:
        raise Unavailable(
            f"of “{kind}” it found {answer['filtered_table_rows_count']} decisions and counted"
            f" {sorted(counted)}, not {count} and {sorted(wanted)}"
        )
    page = client.read(site, address(kind, database)).decode()
    for name in wanted:
        if count and f'data-column="{name}"' not in page:
            raise Unavailable(f"its page on “{kind}” does not show the facet {name}")
