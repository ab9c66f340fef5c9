"""`manage.py archive_version show|serve`: tells it to a proxy that keeps pages by it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.management.checks import OF_SETTINGS
from decisions.management.stopping import add_end_of_input, stop_event
from decisions.web import version_server
from decisions.web.archive_version import current_version


class Command(BaseCommand):
    requires_system_checks = OF_SETTINGS
    help = "Show the archive's version, or tell it to a proxy that keeps pages by it."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("show", help="show the version")
        serve = actions.add_parser("serve", help="answer on HOST and VERSION_PORT, until stopped")
        add_end_of_input(serve)

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "show":
            self.stdout.write(current_version().key)
            return
        if not settings.VERSION_PORT:
            raise CommandError("VERSION_PORT is not set: docs/deploy.md says what it is for.")
        stopped = stop_event(until_end_of_input=options["until_end_of_input"])
        try:
            version_server.serve(settings.HOST, settings.VERSION_PORT, stopped)
        except OSError as error:
            raise CommandError(f"Cannot listen on port {settings.VERSION_PORT}: {error}") from None
