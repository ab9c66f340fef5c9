"""What a line in a list says of why a decision ended so: why it was closed, what puts it right."""

from dataclasses import dataclass

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import Decision
from decisions.web.text_format import in_a_sentence, pounds

# The kinds whose full names are too long for a line.
_IN_SHORT = {
    "review": "Review of procedure",
    "training": "Staff training",
    "reminder": "Reminder to staff",
    "reassessment": "New assessment or decision",
}


@dataclass(frozen=True)
class SummaryLine:
    """What it tells of, the payment where one is certain, and the rest in words."""

    label: str
    payment: str
    words: str


def summary_lines(decision: Decision) -> list[SummaryLine]:
    """Nothing for a decision of which neither is known; the main reason and the payment lead."""
    found = []
    if decision.reasons:
        labels = [REASONS[code].label for code in decision.reasons if code in REASONS]
        found.append(SummaryLine("Why", "", _in_a_row(labels) or "Reason not stated"))
    payment = pounds(decision.payment) if decision.payment else ""
    kinds = [
        _IN_SHORT.get(kind, label)
        for kind, label in REMEDIES.items()
        if kind in decision.remedies and not (kind == "payment" and payment)
    ]
    if kinds or payment:
        found.append(SummaryLine("Remedy", payment, _in_a_row(kinds, starts=not payment)))
    return found


def _in_a_row(labels: list[str], starts: bool = True) -> str:
    """`Late, could appeal or go to court`: a capital only where the row starts."""
    return ", ".join(
        label if starts and number == 0 else in_a_sentence(label)
        for number, label in enumerate(labels)
    )
