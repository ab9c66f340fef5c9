"""`manage.py ingest PATH...`: take decision files into the archive."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from decisions.ingest import Report, Result, ingest_all
from decisions.sources import read_paths


class Command(BaseCommand):
    help = (
        "Take decision files into the archive: text, saved HTML, JSON, JSON Lines, zips, or whole "
        "directories of them. The same files may be given again: what is known is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help='"-" is standard input')
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *, paths, **options):
        received = read_paths(paths, stdin=sys.stdin.buffer)
        with _Progress() as progress:
            report = ingest_all(received, progress)
        if options["json"]:
            self.stdout.write(json.dumps(report.to_json(), ensure_ascii=False))
        else:
            self._summarise(report)
        if report.failures:
            raise CommandError(f"{len(report.failures):,} failed; everything else is in.")

    def _summarise(self, report: Report) -> None:
        for failure in report.failures:
            self.stderr.write(f"{failure.name}: {failure.reason}")
        self.stdout.write(str(report))


class _Progress:
    """Counts on a terminal's last line; nothing where there is no terminal."""

    def __init__(self):
        self.counts = Report()
        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )

    def __enter__(self):
        self.bar.start()
        self.task = self.bar.add_task("reading", total=None)
        return self

    def __exit__(self, *exception):
        self.bar.stop()

    def __call__(self, result: Result) -> None:
        self.counts.add(result)
        if self.counts.counts.total() % 20 == 0:
            self.bar.update(self.task, description=str(self.counts))
