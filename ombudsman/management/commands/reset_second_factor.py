"""`manage.py reset_second_factor`: let a user set up a new second factor."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ombudsman.sign_in import devices


class Command(BaseCommand):
    help = (
        "Delete the second factor and the recovery codes of a user who has lost them. The user sets"
        " up new ones at the next sign-in: make sure first who asks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        if devices.forget(user):
            self.stdout.write(f"{username} sets up a new second factor at the next sign-in.")
        else:
            self.stdout.write(f"{username} has no second factor yet.")
