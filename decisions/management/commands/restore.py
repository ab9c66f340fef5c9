"""`manage.py restore DIR`: restore a dump into an empty archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions import dumps
from decisions.management.progress import TableProgress


class Command(BaseCommand):
    help = (
        "Restore a dump into an empty archive. All files are checked first, and either everything"
        " is restored or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path)

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            with TableProgress() as progress:
                restored = dumps.restore(directory, progress)
        except dumps.DumpError as error:
            raise CommandError(str(error)) from error
        rows = ", ".join(f"{count:,} {name}" for name, count in restored.rows.items())
        self.stdout.write(f"Restored: {rows}.")
