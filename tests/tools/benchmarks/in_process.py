"""Search, count and facets in this process, beside the bare engine and SQLite's FTS5."""

import sqlite3
import statistics
from dataclasses import dataclass
from pathlib import Path

from decisions import search
from tests.tools.benchmarks import engine, fts5
from tests.tools.benchmarks.figures import Times, Verdicts, ms, pooled, print_table, timed
from tests.tools.benchmarks.kinds import Kind, kinds

RUNS = 21
FTS5_RUNS = 3


@dataclass(frozen=True)
class Searched:
    """One kind: asked with empty caches, asked again, and of the bare engine, in turn."""

    cold: Times
    warm: Times
    floor: Times

    @property
    def ratio(self) -> float:
        pairs = zip(self.cold.seconds, self.floor.seconds, strict=True)
        return statistics.median(mine / bare for mine, bare in pairs)

    def cells(self) -> list[str]:
        again = ms(self.warm.median)
        return [*self.cold.cells(), again, *self.floor.cells(), f"{self.ratio:.2f}"]


def measure(verdicts: Verdicts, database: Path | None) -> None:
    """Prints a row for every kind; `database` is `fts5.build`'s, None leaves FTS5 out."""
    asked = kinds()
    found = [f"{search.search(kind.search_query).total:,}" for kind in asked]
    searched = list(map(search_and_floor, asked))
    ratio = statistics.median(one.ratio for one in searched)
    verdicts.note("floor", ratio)
    columns = ["kind", "found", "search", "p95", "max", "again", "engine", "p95", "max", "ratio"]
    rows = [
        [kind, total, *one.cells()] for kind, total, one in zip(asked, found, searched, strict=True)
    ]
    rows.append(["all kinds", "", *together(searched).cells()[:-1], f"{ratio:.2f}"])
    title = f"Search, count and six facets in process (ms; median, p95, max of {RUNS} runs"
    if database:
        title += f", {FTS5_RUNS} of FTS5"
        columns += ["found", "FTS5", "p95", "max", "× faster"]
        sqlite = fts5.connect(database)
        counts, others = zip(*(_ask_fts5(sqlite, kind) for kind in asked), strict=True)
        gains = [
            other.median / one.cold.median for other, one in zip(others, searched, strict=True)
        ]
        verdicts.note("fts5", statistics.median(gains))
        counts, others = [*counts, ""], [*others, pooled(others)]
        gains.append(statistics.median(gains))
        for row, count, other, gain in zip(rows, counts, others, gains, strict=True):
            row += [count, *other.cells(), f"{gain:,.1f}"]
    print_table(f"{title})", columns, rows)
    largest = max(one.ratio for one in searched)
    print(
        "\n“search” is asked with empty caches each time, “again” is the same at once a second"
        " time. “ratio” is search to engine,\nthe median of runs in turn; in the last row, it and"
        f" “× faster” are the medians of all kinds. The largest ratio is {largest:.2f}."
    )


def together(searched: list[Searched]) -> Searched:
    """All kinds as if they were one."""
    return Searched(
        pooled(one.cold for one in searched),
        pooled(one.warm for one in searched),
        pooled(one.floor for one in searched),
    )


def search_and_floor(kind: Kind) -> Searched:
    """RUNS times each; see `Searched`."""

    def ask() -> float:
        return timed(lambda: search.search(kind.search_query))

    def ask_engine() -> float:
        return timed(lambda: engine.Floor(kind.search_query).search_results())

    cold, warm, floor = [], [], []
    for turn in range(RUNS):
        engine.start_afresh()
        if turn % 2:  # neither always finds what the other has just read
            floor.append(ask_engine())
        cold.append(ask())
        warm.append(ask())
        if not turn % 2:
            floor.append(ask_engine())
    return Searched(Times(tuple(cold)), Times(tuple(warm)), Times(tuple(floor)))


def _ask_fts5(sqlite: sqlite3.Connection, kind: Kind) -> tuple[str, Times]:
    """How many it finds, and how long it takes once it has been asked before."""
    count = fts5.ask(sqlite, kind.search_query)
    seconds = (timed(lambda: fts5.ask(sqlite, kind.search_query)) for _ in range(FTS5_RUNS))
    return f"{count:,}", Times(tuple(seconds))
