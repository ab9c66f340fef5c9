"""Bring decisions that older rules analysed up to today's rules."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from decisions import search
from decisions.analysis import RULES_VERSION, analyse
from decisions.documents import Document
from decisions.ingest import LookupCache
from decisions.models import Decision
from decisions.pipeline import cited, columns

BATCH = 500

# Only a row that is still as it was read: one that was received anew meanwhile has been analysed.
_UPDATE = """
    UPDATE decisions_decision
    SET findings = %(findings)s, reasons = %(reasons)s, provisions = %(provisions)s,
        remedies = %(remedies)s, payment = %(payment)s, fingerprints = %(fingerprints)s,
        rules_version = %(rules_version)s
    WHERE id = %(id)s AND change = %(change)s
"""


@dataclass
class Summary:
    """How many decisions were analysed, how many of them came out otherwise, and in what."""

    analysed: int = 0
    changed: int = 0
    gained: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """`reason late: 12 more, 3 fewer`, one line a finding."""
        for kind, value in sorted(self.gained.keys() | self.lost.keys()):
            more, fewer = self.gained[kind, value], self.lost[kind, value]
            yield f"{kind} {value}: {more:,} more, {fewer:,} fewer"


def outdated():
    return Decision.objects.exclude(rules_version=RULES_VERSION)


def reanalyse(progress: Callable[[int], None] | None = None) -> Summary:
    """Analyse every decision that today's rules have not seen, in batches.

    Stopped anywhere and run again, it goes on where it stopped. `progress` gets the number done.
    """
    summary = Summary()
    names = LookupCache()
    rows = outdated().select_related("council", "category__parent", "outcome").order_by("pk")
    last = 0
    try:
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            _reanalyse_batch(batch, names, summary)
            last = batch[-1].pk
            if progress:
                progress(summary.analysed)
    finally:
        search.catch_up()
    return summary


def document_of(decision: Decision) -> Document:
    """The document that a row was made of, as far as analysis looks at it."""
    category = decision.category
    return Document(
        reference=decision.reference,
        council=decision.council and decision.council.name,
        category=category and (category.parent or category).name,
        subcategory=category.name if category and category.parent else None,
        outcome=decision.outcome and decision.outcome.name,
        decided_on=decision.decided_on,
        kind=decision.kind,
        summary=decision.summary,
        sections=decision.document_sections,
        source_url=decision.source_url,
        other_references=tuple(decision.other_references),
    )


def _reanalyse_batch(batch: list[Decision], names: LookupCache, summary: Summary) -> None:
    unchanged = []
    updates = []
    found = [analyse(document_of(decision)) for decision in batch]
    names.make_provisions(provision for findings in found for provision in cited(findings))
    for decision, findings in zip(batch, found, strict=True):
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
        # Alone, this column is no change for the search index to follow (migration 0002).
        Decision.objects.filter(pk__in=unchanged).update(rules_version=RULES_VERSION)


def _count(summary: Summary, decision: Decision, fields: dict) -> None:
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
