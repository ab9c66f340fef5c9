"""`manage.py quality`: count the decisions that lack something."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.ingest.data_quality import CHECKS
from decisions.models import Decision, IngestFailure

# Most references that are printed for each check.
MAX_EXAMPLES = 5


class Command(BaseCommand):
    help = "Count the decisions that lack something, and name the files that could not be imported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON, with every reference")

    def handle(self, **options: Any) -> None:
        failures = list(IngestFailure.objects.values("name", "reason"))
        failing = {check.key: check.decisions().order_by("reference") for check in CHECKS}
        if options["json"]:
            references_by_check = {
                key: list(rows.values_list("reference", flat=True)) for key, rows in failing.items()
            }
            total = Decision.objects.count()
            summary = {"decisions": total, **references_by_check, "failures": failures}
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        self.stdout.write(f"{Decision.objects.count():,} decisions")
        for check in CHECKS:
            count = failing[check.key].count()
            references = failing[check.key].values_list("reference", flat=True)[:MAX_EXAMPLES]
            examples = ", ".join(references) + (" …" if count > MAX_EXAMPLES else "")
            self.stdout.write(f"{count:8,}  {check.label}{f': {examples}' if count else ''}")
        self.stdout.write(f"{len(failures):8,}  Files that could not be imported")
        for failure in failures:
            self.stdout.write(f"          {failure['name']}: {failure['reason']}")
