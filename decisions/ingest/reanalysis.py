"""Re-analyses the decisions that older rules analysed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from decisions import search
from decisions.analysis import RULES_VERSION, analyse
from decisions.ingest import LookupCache
from decisions.ingest.staff_changes import document_of
from decisions.models import Decision, DecisionQuerySet
from decisions.pipeline import cited, columns

# Decisions that are read, analysed and written at a time.
BATCH = 500

# Skips a row that has changed since it was read: the import that changed it has analysed it.
_UPDATE = """
    UPDATE decisions_decision
    SET findings = %(findings)s, reasons = %(reasons)s, provisions = %(provisions)s,
        remedies = %(remedies)s, payment = %(payment)s, fingerprints = %(fingerprints)s,
        rules_version = %(rules_version)s
    WHERE id = %(id)s AND change = %(change)s
"""


@dataclass
class Summary:
    """How many decisions were analysed and changed, and which findings they gained and lost."""

    analysed: int = 0
    changed: int = 0
    gained: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """One line a finding, such as `reason late: 12 more, 3 fewer`."""
        for kind, value in sorted(self.gained.keys() | self.lost.keys()):
            more, fewer = self.gained[kind, value], self.lost[kind, value]
            yield f"{kind} {value}: {more:,} more, {fewer:,} fewer"


def outdated() -> DecisionQuerySet:
    """The decisions that older rules analysed."""
    return Decision.objects.exclude(rules_version=RULES_VERSION)


def reanalyse(progress: Callable[[int], None] | None = None) -> Summary:
    """Analyse every outdated decision, in batches.

    The next run continues one that was stopped. `progress` is called with the number done.
    """
    summary = Summary()
    lookups = LookupCache()
    rows = outdated().select_related("council", "category__parent", "outcome").order_by("pk")
    last = 0
    try:
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            _reanalyse_batch(batch, lookups, summary)
            last = batch[-1].pk
            if progress:
                progress(summary.analysed)
    finally:
        search.catch_up()
    return summary


def _reanalyse_batch(batch: list[Decision], lookups: LookupCache, summary: Summary) -> None:
    unchanged = []
    updates = []
    analysed = [analyse(document_of(decision)) for decision in batch]
    lookups.create_provisions(provision for findings in analysed for provision in cited(findings))
    for decision, findings in zip(batch, analysed, strict=True):
        fields = columns(findings)
        summary.analysed += 1
        if all(
            getattr(decision, name) == fields[name] for name in fields if name != "rules_version"
        ):
            unchanged.append(decision.pk)
            continue
        summary.changed += 1
        _count(summary, decision, fields)
        fields["findings"] = Jsonb(fields["findings"])
        updates.append({**fields, "id": decision.pk, "change": decision.change})
    with transaction.atomic(), connection.cursor() as cursor:
        if updates:
            cursor.executemany(_UPDATE, updates)
        # The trigger ignores a change to this column alone, so nothing is indexed (migration 0002).
        Decision.objects.filter(pk__in=unchanged).update(rules_version=RULES_VERSION)


def _count(summary: Summary, decision: Decision, fields: dict[str, Any]) -> None:
    for kind, before, after in (
        ("reason", decision.reasons, fields["reasons"]),
        ("remedy", decision.remedies, fields["remedies"]),
        ("law", decision.provisions, fields["provisions"]),
    ):
        summary.gained.update((kind, value) for value in set(after) - set(before))
        summary.lost.update((kind, value) for value in set(before) - set(after))
    if decision.payment != fields["payment"]:
        summary.gained["payment", "total"] += (fields["payment"] or 0) > (decision.payment or 0)
        summary.lost["payment", "total"] += (fields["payment"] or 0) < (decision.payment or 0)
