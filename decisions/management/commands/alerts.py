"""`manage.py alerts run|send`: sends what readers' alerts find."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions import alerts
from decisions.management.checks import OF_SETTINGS
from decisions.management.stopping import add_end_of_input, stop_event


class Command(BaseCommand):
    requires_system_checks = OF_SETTINGS
    help = "Send new decisions to readers who asked for them, by e-mail or webhook."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        add_end_of_input(actions.add_parser("run", help="send whatever is due, until stopped"))
        actions.add_parser("send", help="send what is due now, and end")

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "run":
            alerts.run(stop_event(until_end_of_input=options["until_end_of_input"]))
        elif not alerts.run_once():
            raise CommandError("Another process is sending alerts.")
