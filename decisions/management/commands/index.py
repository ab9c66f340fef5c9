"""`manage.py index status|catch-up|follow|rebuild|verify`: maintains the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from decisions import search
from decisions.management.checks import OF_SETTINGS
from decisions.management.stopping import add_end_of_input, stop_event


class Command(BaseCommand):
    requires_system_checks = OF_SETTINGS
    help = "Show, update, rebuild or verify the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="compare the index with PostgreSQL")
        actions.add_parser("catch-up", help="apply all changes, once")
        follow = actions.add_parser("follow", help="apply every change as it comes, until stopped")
        add_end_of_input(follow)
        actions.add_parser(
            "rebuild", help="build a new index from PostgreSQL, and replace the old one"
        )
        actions.add_parser("verify", help="check that the index holds what PostgreSQL holds")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            {
                "status": self.status,
                "catch-up": self.catch_up,
                "follow": self.follow,
                "rebuild": self.rebuild,
                "verify": self.verify,
            }[action](**options)
        except search.IndexUnavailable as error:
            raise CommandError(f"There is no search index that can be used: {error}.") from error

    def catch_up(self, **options: Any) -> None:
        applied = search.catch_up()
        self.stdout.write(f"{applied:,} changes were applied to the search index.")
        if behind := search.status().behind:
            raise CommandError(
                f"It is behind by {behind:,} changes: another process is applying them, or the "
                "log above says what went wrong."
            )

    def rebuild(self, **options: Any) -> None:
        self.stdout.write(f"The search index was rebuilt: {search.rebuild():,} decisions.")

    def follow(self, *, until_end_of_input: bool, **options: Any) -> None:
        search.follow(stop_event(until_end_of_input=until_end_of_input))

    def status(self, **options: Any) -> None:
        status = search.status()
        lines = {
            "index": status.name,
            "decisions": f"{status.decisions:,}",
            "on disk": f"{filesizeformat(status.size)} in {status.segments} segments",
            "holds": f"all up to change {status.state.change:,}",
            "PostgreSQL": f"is at change {status.target.change:,}",
        }
        for name, value in lines.items():
            self.stdout.write(f"{name + ':':15}{value}")
        if status.state.archive != status.target.archive:
            raise CommandError("The index belongs to another archive; the next writer rebuilds it.")
        if status.behind:
            raise CommandError(f"The index is behind by {status.behind:,} changes.")

    def verify(self, **options: Any) -> None:
        differences = search.verify()
        for kind in ("missing", "extra", "outdated", "damaged"):
            entries = getattr(differences, kind)
            if entries:
                shown = ", ".join(map(str, entries[:20])) + (" …" if len(entries) > 20 else "")
                self.stderr.write(f"{len(entries):,} {kind}: {shown}")
        if differences:
            raise CommandError(
                "The search index and PostgreSQL differ; `index rebuild` repairs it."
            )
        self.stdout.write(
            f"The search index and PostgreSQL hold the same {differences.checked:,} decisions, "
            f"up to change {differences.change:,}."
        )
