"""`manage.py ingest PATH...`: import decision files into the archive."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.ingest import Action, Report, ingest_all
from decisions.management.progress import IngestProgress
from decisions.management.skipped import describe_skipped
from decisions.sources import count_paths, read_paths


class Command(BaseCommand):
    help = (
        "Import decision files into the archive: text, saved pages, Word and PDF files, e-mails, "
        "JSON, archives, or whole directories of them. Files that the archive holds already are "
        "left unchanged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help='"-" is standard input')
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *, paths: list[str], **options: Any) -> None:
        received = read_paths(paths, stdin=sys.stdin.buffer)
        with IngestProgress(count_paths(paths)) as progress:
            report = ingest_all(received, progress)
        if options["json"]:
            self.stdout.write(json.dumps(report.to_json(), ensure_ascii=False))
        else:
            self._summarise(report)
        if report.failures:
            raise CommandError(
                f"{len(report.failures):,} could not be imported; all other files were."
            )

    def _summarise(self, report: Report) -> None:
        for failure in report.failures:
            self.stderr.write(f"{failure.name}: {failure.reason}")
        if line := describe_skipped(report.skipped_files, report.counts[Action.SKIPPED]):
            self.stderr.write(line)
        self.stdout.write(str(report))
