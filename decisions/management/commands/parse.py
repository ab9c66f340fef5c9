"""`manage.py parse FILE...`: print parsed files as JSON Lines, without a database."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from decisions.analysis import analyse
from decisions.documents import ParseError
from decisions.management.passed_over import describe_passed_over
from decisions.parsing import parse
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
        passed_over: list[str] = []
        for read in read_paths(paths, sys.stdin.buffer):
            if isinstance(read, Ignored):
                passed_over.append(read.name)
                continue
            if isinstance(read, Unreadable):
                failed = True
                self._fail(read.name, read.reason)
                continue
            try:
                document = parse(read.data, read.name, read.url, read.charset)
            except ParseError as error:
                failed = True
                self._fail(read.name, str(error))
            else:
                parsed = document.to_json() | analyse(document).to_json()
                sys.stdout.write(json.dumps(parsed, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if line := describe_passed_over(passed_over, len(passed_over)):
            self.stderr.write(line)
        if failed:
            sys.exit(1)

    def _fail(self, name: str, reason: str) -> None:
        sys.stdout.flush()
        self.stderr.write(f"{name}: {reason}")
