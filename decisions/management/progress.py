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
