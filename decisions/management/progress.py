"""A progress bar on the terminal's last line; it is hidden if standard error is no terminal."""

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from decisions.ingest import Report, Result

# Results between two updates of the bar.
UPDATE_EVERY = 20


class IngestProgress:
    """The progress bar of an import, with its counts; call it with each result."""

    def __init__(self, total: int | None) -> None:
        """`total` is the approximate number of results; None if it is unknown."""
        self.report = Report()
        self.bar = Progress(
            BarColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.task = self.bar.add_task("reading", total=total)

    def __enter__(self) -> "IngestProgress":
        self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bar.stop()

    def __call__(self, result: Result) -> None:
        self.report.add(result)
        done = self.report.counts.total()
        if done % UPDATE_EVERY == 0:
            self.bar.update(self.task, completed=done, description=str(self.report))


class TableProgress:
    """The progress of a dump or a restore; call it with a table and the number of its rows."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("checking", total=None)

    def __enter__(self) -> "TableProgress":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def __call__(self, table: str, rows: int) -> None:
        if rows % UPDATE_EVERY == 0:
            self._bar.update(self._task, completed=rows, description=table)
