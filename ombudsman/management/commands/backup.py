"""`manage.py backup DIR`: write the whole database into a directory."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from ombudsman import backups


class Command(BaseCommand):
    help = (
        "Write the whole database into a directory, with users and uploads, by pg_dump, and read it"
        " again. `manage.py restore` makes the database from it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's arguments."""
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument(
            "--secret-key",
            action="store_true",
            help="with the secret key, which signs sessions; keep such a backup like a password",
        )

    def handle(self, *, directory: Path, secret_key: bool, **options: Any) -> None:
        """Write the backup. Raises CommandError."""
        try:
            rows = backups.back_up(directory, with_secret_key=secret_key)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        size = filesizeformat(sum(path.stat().st_size for path in directory.iterdir()))
        decisions = rows["public.decisions_decision"]
        self.stdout.write(
            f"{directory}: {decisions:,} decisions and all other {len(rows) - 1} tables, {size}."
        )
