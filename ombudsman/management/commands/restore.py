"""`manage.py restore DIR`: restore a backup or a dump."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions import dumps
from decisions.management.progress import TableProgress
from ombudsman import backups


class Command(BaseCommand):
    help = (
        "Restore what `backup` or `dump` wrote. All files are checked first, and either everything"
        " is restored or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's arguments."""
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace a database that holds decisions by the backup; a dump needs an empty one",
        )

    def handle(self, *, directory: Path, replace: bool, **options: Any) -> None:
        """Restore the directory. Raises CommandError."""
        try:
            if backups.is_backup(directory):
                self._restore_backup(directory, replace=replace)
            elif replace:
                raise CommandError(f"{directory} is no backup: only a backup replaces a database.")
            else:
                self._restore_dump(directory)
        except (backups.BackupError, dumps.DumpError) as error:
            raise CommandError(str(error)) from error

    def _restore_backup(self, directory: Path, *, replace: bool) -> None:
        backup = backups.restore(directory, replace=replace)
        self.stdout.write(
            f"Restored the backup of {backup.made_at}:"
            f" {backup.rows['public.decisions_decision']:,} decisions and all other tables."
        )
        if backups.pending_migrations(backup):
            self.stdout.write("An earlier release made it: run `manage.py migrate` now.")

    def _restore_dump(self, directory: Path) -> None:
        with TableProgress() as progress:
            restored = dumps.restore(directory, progress)
        rows = ", ".join(f"{count:,} {name}" for name, count in restored.rows.items())
        self.stdout.write(f"Restored: {rows}.")
