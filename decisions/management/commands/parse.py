"""`manage.py parse FILE...`: print parsed files as JSON Lines, without a database."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from decisions.pipeline import Rejected, describe_file
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sources import Ignored, Unreadable, read_paths


class Command(BaseCommand):
    help = "Print the decisions in files, one JSON object a line. Touches no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="FILE",
            help="a file, a directory, a zip, or - for standard input",
        )

    def handle(self, *, paths: list[str], **options: Any) -> None:
        # Decisions hold curly quotes: whatever the locale says, JSON is UTF-8.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        failed = False
        with WorkerPool(describe_file, in_process_files=sys.maxsize) as worker_pool:
            for read in read_paths(paths, sys.stdin.buffer):
                if isinstance(read, Ignored):
                    continue
                if isinstance(read, Unreadable):
                    failed = True
                    self._fail(read.name, read.reason)
                    continue
                (parsed,) = worker_pool.begin([read])()
                if isinstance(parsed, Rejected):
                    failed = True
                    self._fail(read.name, parsed.reason)
                else:
                    sys.stdout.write(parsed + "\n")
        sys.stdout.flush()
        if failed:
            sys.exit(1)

    def _fail(self, name: str, reason: str) -> None:
        sys.stdout.flush()
        self.stderr.write(f"{name}: {reason}")
