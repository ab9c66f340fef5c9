"""`manage.py dump`: write the whole archive into a directory, or publish it for download."""

import logging
import signal
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.template.defaultfilters import filesizeformat

from decisions import dumps
from decisions.management.progress import TableProgress

log = logging.getLogger(__name__)

# Seconds between two checks whether a new dump is due.
INTERVAL = 20.0


class Command(BaseCommand):
    help = (
        "Write the whole archive into a directory: JSON Lines, captures as WARC, hashes and"
        " schemas. `manage.py restore` makes an archive from it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path, nargs="?")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="with the text and captures of withdrawn decisions: for a backup, not to hand out",
        )
        parser.add_argument("--no-captures", action="store_true", help="without received files")
        parser.add_argument(
            "--sqlite", action="store_true", help="also a SQLite file with full-text search"
        )
        parser.add_argument("--parquet", action="store_true", help="also Parquet files")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="offer a new dump at /data/, instead of writing one into DIR",
        )
        parser.add_argument(
            "--follow",
            action="store_true",
            help="publish a dump daily, and soon after a withdrawal, until stopped",
        )

    def handle(self, *, directory: Path | None, **options: Any) -> None:
        publishes = options["publish"] or options["follow"]
        if (directory is None) != publishes:
            raise CommandError("Name a directory, or use --publish or --follow.")
        try:
            if options["follow"]:
                self._follow()
            elif directory is None:
                self._publish()
            else:
                self._dump(directory, options)
        except dumps.DumpError as error:
            raise CommandError(str(error)) from error

    def _dump(self, directory: Path, options: dict[str, Any]) -> None:
        contents = dumps.Contents(
            complete=options["complete"],
            captures=not options["no_captures"],
            sqlite=options["sqlite"],
            parquet=options["parquet"],
        )
        with TableProgress() as progress:
            manifest = dumps.dump(directory, contents, progress).manifest
        size = filesizeformat(sum(file["bytes"] for file in manifest["files"]))
        rows = ", ".join(f"{count:,} {name}" for name, count in manifest["rows"].items())
        self.stdout.write(f"{directory}: {len(manifest['files'])} files, {size}: {rows}.")

    def _publish(self) -> None:
        with TableProgress() as progress:
            published = dumps.publish(progress)
        size = filesizeformat(sum(file.bytes for file in published.files.values()))
        self.stdout.write(f"Published {published.rows['decisions']:,} decisions, {size}.")

    def _follow(self) -> None:
        # SIGTERM does what Ctrl-C does: a dump that is being written is thrown away.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                self._publish_if_due()
                time.sleep(INTERVAL)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _publish_if_due(self) -> None:
        try:
            if dumps.is_due():
                self._publish()
        except Exception:
            log.exception("No dump could be published; trying again")
        finally:
            connection.close()
