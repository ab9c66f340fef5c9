"""Plain helpers that make rows with known words; every default can be named."""

import datetime
import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from decisions.documents import Item, Paragraph, Section, sections_to_json
from decisions.models import Category, Council, Decision, MistakeReport, Outcome, slug_of

# Beyond the samples that a test loads, so that both can be in one archive.
_numbers = itertools.count(900_001)


def _next_reference() -> str:
    number = f"{next(_numbers):06}"
    return f"90 {number[:3]} {number[3:]}"


def make_council(name: str = "Wexcombe District Council", **fields: Any) -> Council:
    fields = {"name": name, "kind": "council", **fields}
    return Council.objects.get_or_create(slug=slug_of(name), defaults=fields)[0]


def make_category(category: str, subcategory: str | None = None) -> Category:
    row, _ = Category.objects.get_or_create(path=slug_of(category), defaults={"name": category})
    if subcategory is None:
        return row
    path = f"{row.path}/{slug_of(subcategory)}"
    fields = {"name": subcategory, "parent": row}
    return Category.objects.get_or_create(path=path, defaults=fields)[0]


def make_outcome(name: str) -> Outcome:
    return Outcome.objects.get_or_create(slug=slug_of(name), defaults={"name": name})[0]


def make_decision(reference: str | None = None, **fields: Any) -> Decision:
    """A decision in the database; `paragraphs` become one numbered section unless `sections`."""
    decision = _unsaved(reference=reference, **fields)
    decision.save(force_insert=True)
    decision.refresh_from_db()
    return decision


def make_decisions(rows: Iterable[dict[str, Any]]) -> None:
    """Write what `make_decision` would make of each row, in a few statements for all of them."""
    council, category, outcome = map(functools.cache, (make_council, make_category, make_outcome))
    Decision.objects.bulk_create(
        _unsaved(**row, _council=council, _category=category, _outcome=outcome) for row in rows
    )


def make_mistake_report(reference: str = "", **fields: Any) -> MistakeReport:
    """A reported mistake as the database has it."""
    fields = {"kind": "finding", "message": "The reason is wrong.", **fields}
    report = MistakeReport.objects.create(reference=reference, **fields)
    report.refresh_from_db()
    return report


def begin_next_change() -> None:
    """Give the changes that follow a later number, as those of a later transaction have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('decisions.change', '', true)")


def _unsaved(
    reference: str | None = None,
    council: str | None = "Wexcombe District Council",
    category: tuple[str, str | None] | None = ("Education", "School transport"),
    outcome: str | None = "Upheld",
    decided_on: datetime.date | str | None = "2024-03-05",
    summary: str | None = "The Council delayed.",
    paragraphs: tuple[str, ...] = ("Mr X complains.",),
    sections: tuple[Section, ...] | None = None,
    _council: Callable[..., Council] = make_council,
    _category: Callable[..., Category] = make_category,
    _outcome: Callable[..., Outcome] = make_outcome,
    **fields: Any,
) -> Decision:
    if sections is None:
        numbered = tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1))
        sections = (Section("The complaint", 1, numbered),)
    return Decision(
        reference=reference or _next_reference(),
        council=_council(council) if council else None,
        category=_category(*category) if category else None,
        outcome=_outcome(outcome) if outcome else None,
        decided_on=decided_on,
        summary=summary,
        sections=sections_to_json(sections),
        **fields,
    )


__all__ = [
    "Item",
    "Paragraph",
    "Section",
    "begin_next_change",
    "make_category",
    "make_council",
    "make_decision",
    "make_decisions",
    "make_mistake_report",
]
