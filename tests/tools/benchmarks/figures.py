"""Times, tables and targets, as Markdown that can be read in a terminal as well."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Measured seconds, at least one."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    @property
    def max(self) -> float:
        return max(self.seconds)

    def cells(self) -> list[str]:
        """Median, 95th percentile and maximum in milliseconds."""
        return [ms(self.median), ms(self.p95), ms(self.max)]


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def pooled(several: Iterable[Times]) -> Times:
    return Times(tuple(seconds for times in several for seconds in times.seconds))


def ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f}"


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The first column to the left, all others to the right."""
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    head, *lines = (f"| {' | '.join(_aligned(row, widths))} |" for row in cells)
    left, *right = widths
    rule = "|".join(["-" * (left + 2), *("-" * (width + 1) + ":" for width in right)])
    print(f"\n### {title}\n\n{head}\n|{rule}|", *lines, sep="\n", flush=True)


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    first, *others = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


@dataclass(frozen=True)
class Target:
    """What issue 4 asks for: `figure` at most `limit`, or at least where `least`."""

    name: str
    limit: float
    unit: str
    least: bool = False
    from_size: int = 0  # of the archive, in decisions; asked for at that size and above
    below_size: int = 1 << 60


TARGETS = {
    "floor": Target("search, times the engine called directly (median)", 1.3, "×"),
    "fts5": Target("times faster than SQLite FTS5 (median)", 10, "×", least=True, from_size=57_500),
    "page": Target("list page, p95 of the slowest kind", 60, " ms", below_size=57_501),
    "page at a million": Target("list page, p95 of the slowest kind", 200, " ms", from_size=57_501),
    "datasette": Target("times Datasette's requests a second", 5, "×", least=True),
    "ingest": Target("ingest, decisions a second", 250, "", least=True),
    "memory": Target("memory of a web worker", 200, " MB"),
}


class Verdicts:
    """Figures as they come, each beside its target, printed together at the end."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.seen: dict[str, float] = {}

    def note(self, name: str, figure: float) -> None:
        target = TARGETS[name]
        if target.from_size <= self.size < target.below_size:
            self.seen[name] = figure

    def print(self) -> None:
        rows = []
        for name, figure in self.seen.items():
            target = TARGETS[name]
            reached = figure >= target.limit if target.least else figure <= target.limit
            bound = "at least" if target.least else "at most"
            rows.append(
                [
                    target.name,
                    f"{bound} {target.limit:g}{target.unit}",
                    f"{figure:,.2f}{target.unit}",
                    "reached" if reached else "NOT REACHED",
                ]
            )
        if rows:
            print_table(f"Targets, at {self.size:,} decisions", ["", "target", "seen", ""], rows)
