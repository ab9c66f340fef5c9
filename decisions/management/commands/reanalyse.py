"""`manage.py reanalyse`: re-analyse the decisions that older rules analysed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from decisions.ingest.reanalysis import outdated, reanalyse


class Command(BaseCommand):
    help = (
        "Re-analyse every decision that older rules analysed, and print what changed. "
        "If a run is stopped, the next one continues it."
    )

    def handle(self, **options: Any) -> None:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("analysing", total=outdated().count())
            summary = reanalyse(lambda done: bar.update(task, completed=done))
        for line in summary.lines():
            self.stdout.write(line)
        self.stdout.write(f"{summary.analysed:,} analysed, {summary.changed:,} changed.")
