"""Whole pages over HTTP from the archive as `manage.py run` serves it, beside a real Datasette."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.conf import settings

from decisions.models import Decision
from tests import processes
from tests.tools.benchmarks import client, datasette, fts5
from tests.tools.benchmarks.figures import Times, Verdicts, ms, pooled, print_table
from tests.tools.benchmarks.kinds import Kind, kinds

ROUNDS = 40  # of every kind of list page
DATASETTE_ROUNDS = 3
CLIENTS = 4
MIXES = 5  # how often the mix holds every kind; Datasette's holds each once
DECISIONS = 40
WARM_UP = ["/decisions/?q=benchmark"] * 16
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Memory:
    """Megabytes of one process. Pages of the index are the kernel's to take back."""

    resident: float
    proportional: float | None
    index: float | None

    @property
    def own(self) -> float:
        """Without the index's pages, where the system tells them apart."""
        return self.resident - (self.index or 0)


@contextmanager
def site(data_dir: Path) -> Iterator[processes.Site]:
    """The archive under gunicorn, every worker with its index open."""
    with processes.site(data_dir, data_dir / "site.log") as running:
        client.apart(client.together, running.url, WARM_UP, CLIENTS)
        yield running


def measure(verdicts: Verdicts, data_dir: Path, database: Path | None) -> None:
    """Prints list pages, decision pages, requests a second, and the workers' memory.

    `database` is `fts5.build`'s, for Datasette; None leaves it out.
    """
    asked = kinds()
    with ExitStack() as stack:
        running = stack.enter_context(site(data_dir))
        pages = list_pages(running.url, asked)
        # Only now: to check all its answers keeps both cores busy for a minute.
        other = database and _datasette(stack, asked, database)
        others = other and client.apart(
            client.one_by_one,
            other,
            [datasette.address(kind, database) for kind in asked],
            DATASETTE_ROUNDS,
        )
        _print_list_pages(asked, pages, others)
        note_slowest(verdicts, pages)
        _decision_pages(running.url)
        rate = _requests_a_second(running.url, [kind.address for kind in asked] * MIXES)
        rows = [["the archive", f"{rate:,.1f}", ""]]
        if other:
            addresses = [datasette.address(kind, database) for kind in asked]
            slower = _requests_a_second(other, addresses)
            rows.append(["Datasette", f"{slower:,.1f}", f"{rate / slower:,.1f}"])
            verdicts.note("datasette", rate / slower)
        title = f"The mix of all kinds, {CLIENTS} clients at once"
        print_table(title, ["", "requests a second", "times as many"], rows)
        _print_memory(verdicts, memory(running))


def list_pages(url: str, asked: list[Kind]) -> list[Times]:
    """How long each kind of list page took, ROUNDS times, the first of all included."""
    addresses = [kind.address for kind in asked]
    return [Times(seconds) for seconds in client.apart(client.one_by_one, url, addresses, ROUNDS)]


def note_slowest(verdicts: Verdicts, pages: list[Times]) -> None:
    slowest = max(times.p95 for times in pages) * 1e3
    verdicts.note("page", slowest)
    verdicts.note("page at a million", slowest)


def memory(running: processes.Site) -> list[Memory]:
    """Of every web worker, the largest first."""
    workers = [
        process
        for process in psutil.Process(running.process.pid).children(recursive=True)
        if _is_gunicorn(process) and _is_gunicorn(process.parent())
    ]
    return sorted(map(_memory_of, workers), key=lambda memory: -memory.own)


def _is_gunicorn(process: psutil.Process | None) -> bool:
    return process is not None and "gunicorn" in " ".join(process.cmdline())


def _memory_of(process: psutil.Process) -> Memory:
    full = process.memory_full_info()
    shares = getattr(full, "pss", None)
    index = None
    if psutil.LINUX:
        mapped = process.memory_maps(grouped=True)
        place = str(settings.INDEX_DIR)
        index = sum(part.rss for part in mapped if part.path.startswith(place)) / MEGABYTE
    return Memory(full.rss / MEGABYTE, shares and shares / MEGABYTE, index)


def _datasette(stack: ExitStack, asked: list[Kind], database: Path) -> str | None:
    """Where it serves, once it was seen to answer what is meant; None, and said why, if not."""
    try:
        program = datasette.install()
        url = stack.enter_context(datasette.serving(program, database))
        sqlite = fts5.connect(database)
        for kind in asked:
            datasette.check(url, kind, database, fts5.ask(sqlite, kind.search_query))
    except datasette.Unavailable as reason:
        print(f"\nDATASETTE WAS NOT MEASURED: {reason}", flush=True)
        return None
    print(
        f"\n{datasette.version(program)} answers all {len(asked)} kinds with the same counts and"
        " six facets.",
        flush=True,
    )
    return url


def _print_list_pages(asked: list[Kind], pages: list[Times], others: list | None) -> None:
    columns = ["kind", "first", "median", "p95", "max"]
    rows = [
        [str(kind), ms(times.seconds[0]), *times.cells()]
        for kind, times in zip(asked, pages, strict=True)
    ]
    rows.append(["all kinds", "", *pooled(pages).cells()])
    if others:
        columns += ["Datasette", "max"]
        slow = [Times(seconds) for seconds in others]
        for row, times in zip(rows, [*slow, pooled(slow)], strict=True):
            row += [ms(times.median), ms(times.max)]
    title = f"List page over HTTP (ms, {ROUNDS} runs"
    print_table(
        f"{title}, {DATASETTE_ROUNDS} of Datasette)" if others else f"{title})", columns, rows
    )


def _decision_pages(url: str) -> None:
    some = Decision.objects.published().order_by("reference")[:DECISIONS]
    addresses = [decision.get_absolute_url() for decision in some]
    rows = []
    for name, ending in (("decision", ""), ("with words marked", "?q=council+school")):
        asked = [address + ending for address in addresses]
        seconds = client.apart(client.one_by_one, url, asked, 3)
        rows.append([name, *pooled(map(Times, seconds)).cells()])
    title = f"Decision page over HTTP (ms, {DECISIONS} decisions, 3 runs each)"
    print_table(title, ["", "median", "p95", "max"], rows)


def _requests_a_second(url: str, addresses: list[str]) -> float:
    mixed = list(addresses)
    random.Random(1).shuffle(mixed)
    return client.apart(client.together, url, mixed, CLIENTS)


def _print_memory(verdicts: Verdicts, workers: list[Memory]) -> None:
    def cell(megabytes: float | None) -> str:
        return "unknown" if megabytes is None else f"{megabytes:,.0f}"

    rows = [
        [
            f"worker {number}",
            *map(cell, (worker.own, worker.index, worker.resident, worker.proportional)),
        ]
        for number, worker in enumerate(workers, 1)
    ]
    columns = ["", "without the index's pages", "pages of the index", "RSS", "PSS"]
    print_table("Memory of the web workers after all that (MB)", columns, rows)
    verdicts.note("memory", max(worker.own for worker in workers))
