"""`manage.py index catch-up|rebuild|verify`: the search index and PostgreSQL."""

from django.core.management.base import BaseCommand, CommandError

from decisions import search


class Command(BaseCommand):
    help = "Keep the search index: catch up with PostgreSQL, rebuild it, or prove that they agree."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["catch-up", "rebuild", "verify"])

    def handle(self, *, action, **options):
        if action == "rebuild":
            self.stdout.write(f"The search index was rebuilt: {search.rebuild():,} decisions.")
        elif action == "catch-up":
            self.stdout.write(f"{search.catch_up():,} changes were applied to the search index.")
        else:
            self.verify()

    def verify(self):
        try:
            differences = search.verify()
        except search.IndexUnavailable as error:
            raise CommandError(f"There is no search index to verify: {error}.") from error
        for name in ("missing", "extra", "outdated"):
            ids = getattr(differences, name)
            if ids:
                shown = ", ".join(map(str, ids[:20])) + (" …" if len(ids) > 20 else "")
                self.stderr.write(f"{len(ids):,} {name}: {shown}")
        if differences:
            raise CommandError("The search index and PostgreSQL differ; `index rebuild` mends it.")
        self.stdout.write(
            f"The search index and PostgreSQL hold the same {differences.checked:,} decisions, "
            f"up to change {differences.state.change:,}."
        )
