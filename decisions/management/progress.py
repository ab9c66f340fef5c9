"""A progress bar on the terminal's last line; it is hidden if standard error is no terminal."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from decisions.ingest import Report, Result

# Results between two updates of the bar.
UPDATE_EVERY = 20


class _Bar:
    """A bar with these columns, shown during a `with` block."""

    def __init__(self, *columns: ProgressColumn, description: str, total: int | None) -> None:
        self._bar = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(description, total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def _show(self, completed: int, description: str) -> None:
        self._bar.update(self._task, completed=completed, description=description)


class IngestProgress(_Bar):
    """The progress bar of an import, with its counts; call it with each result."""

    def __init__(self, total: int | None) -> None:
        """`total` is the approximate number of results; None if it is unknown."""
        self.report = Report()
        super().__init__(
            BarColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            description="reading",
            total=total,
        )

    def __call__(self, result: Result) -> None:
        self.report.add(result)
        done = self.report.counts.total()
        if done % UPDATE_EVERY == 0:
            self._show(done, str(self.report))


class TableProgress(_Bar):
    """The progress of a dump or a restore; call it with a table and the number of its rows."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f}"),
            TimeElapsedColumn(),
            description="checking",
            total=None,
        )

    def __call__(self, table: str, rows: int) -> None:
        if rows % UPDATE_EVERY == 0:
            self._show(rows, table)
