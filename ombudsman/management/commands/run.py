from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ombudsman.runtime import server


class Command(BaseCommand):
    """Serves the archive; `ombudsman.runtime.server` does the work."""

    help = "Serve the archive until Ctrl-C: database, migrations, sample archive, web server."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until a signal arrives. Raises CommandError if the site cannot be served."""
        try:
            server.run(self.log)
        except server.CannotServe as error:
            raise CommandError(str(error)) from error

    def log(self, line: str) -> None:
        """Print `line` at once, even if standard output is a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
