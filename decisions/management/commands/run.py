from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ombudsman import serving


class Command(BaseCommand):
    help = "Serve the archive until Ctrl-C: database, migrations, sample archive, web server."
    requires_system_checks = []  # migrate runs them

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serving.run(self.say)
        except serving.CannotServe as error:
            raise CommandError(str(error)) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # progress, even through a pipe
