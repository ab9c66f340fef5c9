"""`manage.py parse FILE...`: print parsed files as JSON Lines, without a database."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from decisions.management.skipped import SHOWN, describe_skipped
from decisions.pipeline import Rejected, describe_file
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sources import Skipped, Unreadable, read_paths


class Command(BaseCommand):
    help = "Print the decisions in files, one JSON object per line. Uses no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="FILE",
            help="a file, a directory, a zip, or - for standard input",
        )

    def handle(self, *, paths: list[str], **options: Any) -> None:
        # JSON is UTF-8 whatever the locale, and decisions contain curly quotes.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        failed = False
        skipped: list[str] = []  # the first names alone: an archive may have 250,000
        skipped_count = 0
        with WorkerPool(describe_file, in_process_files=sys.maxsize) as worker_pool:
            for item in read_paths(paths, sys.stdin.buffer):
                if isinstance(item, Skipped):
                    skipped_count += 1
                    if skipped_count <= SHOWN:
                        skipped.append(item.name)
                    continue
                if isinstance(item, Unreadable):
                    failed = True
                    self._fail(item.name, item.reason)
                    continue
                (parsed,) = worker_pool.begin([item])()
                if isinstance(parsed, Rejected):
                    failed = True
                    self._fail(item.name, parsed.reason)
                else:
                    sys.stdout.write(parsed + "\n")
        sys.stdout.flush()
        if line := describe_skipped(skipped, skipped_count):
            self.stderr.write(line)
        if failed:
            sys.exit(1)

    def _fail(self, name: str, reason: str) -> None:
        sys.stdout.flush()
        self.stderr.write(f"{name}: {reason}")
