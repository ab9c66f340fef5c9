"""`manage.py worker`: reviews and imports what staff upload."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.ingest import worker
from decisions.management.checks import OF_SETTINGS
from decisions.management.stopping import add_end_of_input, stop_event


class Command(BaseCommand):
    requires_system_checks = OF_SETTINGS
    help = (
        "Review and import what staff upload, one upload at a time, until stopped. Any number of "
        "workers may run, on any hosts that reach the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_end_of_input(parser)

    def handle(self, *, until_end_of_input: bool, **options: Any) -> None:
        worker.run(stop_event(until_end_of_input=until_end_of_input))
