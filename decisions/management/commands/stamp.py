"""`manage.py stamp`: have an authority stamp the log of received files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions.capture_log import StampError, stamp


class Command(BaseCommand):
    help = (
        "Have the authority that TIMESTAMP_AUTHORITY names stamp the log of received files (RFC"
        " 3161). Does nothing if the last stamp covers all of it: run it every day."
    )

    def handle(self, **options: Any) -> None:
        try:
            head = stamp()
        except StampError as error:
            raise CommandError(str(error)) from error
        if head:
            self.stdout.write(
                f"Stamped {head.size:,} entries at {head.stamped_at:%Y-%m-%d %H:%M:%S %Z}."
            )
        else:
            self.stdout.write("Nothing to stamp: the last stamp covers all entries.")
