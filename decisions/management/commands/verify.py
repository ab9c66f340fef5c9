"""`manage.py verify`: prove that received files are as they were, and decisions as they state."""

import sys
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from decisions.capture_log import check_log
from decisions.ingest.verification import verify_decisions
from decisions.models import CaptureLogEntry, CaptureLogHead, Decision


class Command(BaseCommand):
    help = (
        "Check that every received file has its hash, that the log of received files is whole, and"
        " that every decision is what its files state. Prints what differs; the exit code says"
        " whether anything does."
    )

    def handle(self, **options: Any) -> None:
        console = Console(stderr=True)
        count = Decision.objects.count()
        found = 0
        with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("verifying", total=count)
            decisions = verify_decisions(lambda done: bar.update(task, completed=done))
            for difference in chain(check_log(), decisions):
                self.stderr.write(str(difference))
                found += 1
        if found:
            raise CommandError(f"{found:,} differences were found.")
        self.stdout.write(f"All {count:,} decisions are what their received files state.")
        entries, heads = CaptureLogEntry.objects.count(), CaptureLogHead.objects.count()
        self.stdout.write(
            f"The log of received files is whole: {entries:,} entries, {heads:,} stamps."
        )
