"""One flat row a decision, for tables: CSV, spreadsheets, SQLite, Parquet.

The columns are part of the site's promise to readers (docs/open.md): they never change their name,
meaning or order; new ones are added at the end.
"""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from decisions.models import Decision
from decisions.serializers.licence import SAMPLE_NOTICE
from decisions.serializers.names import law_label, provision_labels, reason_label, remedy_label

# Between the values of a cell that holds several. No name of a reason, remedy or law contains it.
SEPARATOR = "; "


class DecisionRow(NamedTuple):
    """One decision; None for what its file does not state, () where there is none."""

    reference: str
    council: str | None
    kind_of_body: str | None
    category: str | None
    subcategory: str | None
    outcome: str | None
    date: datetime.date | None
    reasons: tuple[str, ...]
    remedies: tuple[str, ...]
    payment_pounds: Decimal | None
    provisions: tuple[str, ...]
    summary: str | None
    address: str
    source_address: str | None
    sample: str | None

    def cells(self) -> list[str | datetime.date | Decimal | None]:
        """The row with one value in each cell: several are joined by SEPARATOR, none is None."""
        return [
            (SEPARATOR.join(value) or None) if isinstance(value, tuple) else value for value in self
        ]


COLUMNS: tuple[str, ...] = DecisionRow._fields


def decision_rows(decisions: Sequence[Decision], base_url: str) -> Iterator[DecisionRow]:
    """The rows of a batch of decisions, which `for_export` loaded, in their order."""
    labels = provision_labels(decisions)
    for decision in decisions:
        yield _row(decision, base_url, labels)


def _row(decision: Decision, base_url: str, labels: dict[str, str]) -> DecisionRow:
    council, category = decision.council, decision.category
    parent = category.parent if category else None
    return DecisionRow(
        reference=decision.reference,
        council=council.name if council else None,
        kind_of_body=council.get_kind_display() if council and council.kind else None,
        category=parent.name if parent else category.name if category else None,
        subcategory=category.name if category and parent else None,
        outcome=decision.outcome.name if decision.outcome else None,
        date=decision.decided_on,
        reasons=tuple(map(reason_label, decision.reasons)),
        remedies=tuple(map(remedy_label, decision.remedies)),
        payment_pounds=None if decision.payment is None else Decimal(decision.payment) / 100,
        provisions=tuple(law_label(decision, key, labels) for key in decision.provisions),
        summary=decision.summary,
        address=base_url + decision.get_absolute_url(),
        source_address=decision.source_url,
        sample=SAMPLE_NOTICE if decision.is_sample else None,
    )
