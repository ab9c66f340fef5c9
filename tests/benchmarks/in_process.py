"""Search, count and facets in this process, beside the bare engine and SQLite's FTS5."""

import sqlite3
import statistics
from pathlib import Path

from decisions import search
from tests.benchmarks import engine, fts5
from tests.benchmarks.figures import Times, Verdicts, ms, pooled, print_table, timed
from tests.benchmarks.kinds import Kind, kinds

RUNS = 7
FTS5_RUNS = 3


def measure(verdicts: Verdicts, database: Path | None) -> None:
    """Prints a row for every kind; `database` is `fts5.build`'s, None leaves FTS5 out."""
    rows, cold_times, floor_times, ratios, gains = [], [], [], [], []
    sqlite = fts5.connect(database) if database else None
    for kind in kinds():
        cold, warm, floor = search_and_floor(kind)
        ratio = statistics.median(
            mine / bare for mine, bare in zip(cold.seconds, floor.seconds, strict=True)
        )
        found = search.search(kind.question).total
        row = [kind, f"{found:,}", *cold.cells(), ms(warm.median), *floor.cells(), f"{ratio:.2f}"]
        if sqlite:
            count, other = _fts5(sqlite, kind)
            gains.append(other.median / cold.median)
            row += [f"{count:,}", *other.cells(), f"{gains[-1]:,.1f}"]
        rows.append(row)
        cold_times.append(cold)
        floor_times.append(floor)
        ratios.append(ratio)

    columns = ["kind", "found", "search", "p95", "max", "again", "engine", "p95", "max", "ratio"]
    everything = ["all kinds", "", *pooled(cold_times).cells(), ""]
    everything += [*pooled(floor_times).cells(), f"{statistics.median(ratios):.2f}"]
    verdicts.note("floor", statistics.median(ratios))
    if sqlite:
        columns += ["found", "FTS5", "p95", "max", "× faster"]
        everything += ["", "", "", "", f"{statistics.median(gains):,.1f}"]
        verdicts.note("fts5", statistics.median(gains))
    print_table(
        f"Search, count and six facets in process (ms; median, p95, max of {RUNS} runs,"
        f" {FTS5_RUNS} of FTS5)",
        columns,
        [*rows, everything],
    )
    print(
        "\n“search” is asked with empty caches each time, “again” is the same question asked a"
        " second time; “ratio” is\nthe median of search / engine, run in turn, and in the last row"
        f" the median of all kinds; at most {max(ratios):.2f}."
    )


def search_and_floor(kind: Kind) -> tuple[Times, Times, Times]:
    """A kind asked with empty caches, asked again, and of the bare engine, all in turn."""

    def ask() -> float:
        return timed(lambda: search.search(kind.question))

    def ask_engine() -> float:
        return timed(lambda: engine.Floor(kind.question).answer())

    cold, warm, floor = [], [], []
    for turn in range(RUNS):
        engine.start_afresh()
        if turn % 2:  # neither always finds what the other has just read
            floor.append(ask_engine())
        cold.append(ask())
        warm.append(ask())
        if not turn % 2:
            floor.append(ask_engine())
    return Times(tuple(cold)), Times(tuple(warm)), Times(tuple(floor))


def _fts5(sqlite: sqlite3.Connection, kind: Kind) -> tuple[int, Times]:
    """How many it finds, and how long it takes once it has been asked before."""
    count = fts5.ask(sqlite, kind.question)
    return count, Times(
        tuple(timed(lambda: fts5.ask(sqlite, kind.question)) for _ in range(FTS5_RUNS))
    )
