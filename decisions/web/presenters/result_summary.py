"""The lines below a decision in a list: why it was closed, and which remedies there are."""

from dataclasses import dataclass

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import Decision
from decisions.web.text_format import lowercase_first, pounds

# Short labels for the remedies whose full labels are too long for one line.
_SHORT_LABELS = {
    "review": "Review of procedure",
    "training": "Staff training",
    "reminder": "Reminder to staff",
    "reassessment": "New assessment or decision",
}


@dataclass(frozen=True)
class SummaryLine:
    """`label` is "Why" or "Remedy"; `payment` is a sum or empty; `text` is everything else."""

    label: str
    payment: str
    text: str


def summary_lines(decision: Decision) -> list[SummaryLine]:
    """Up to two lines, "Why" and "Remedy"; each only if it is known."""
    lines = []
    if decision.reasons:
        labels = [REASONS[code].label for code in decision.reasons if code in REASONS]
        lines.append(SummaryLine("Why", "", _join(labels) or "Reason not stated"))
    payment = pounds(decision.payment) if decision.payment else ""
    labels = [
        _SHORT_LABELS.get(kind, label)
        for kind, label in REMEDIES.items()
        if kind in decision.remedies and not (kind == "payment" and payment)
    ]
    if labels or payment:
        lines.append(SummaryLine("Remedy", payment, _join(labels, begins_line=not payment)))
    return lines


def _join(labels: list[str], begins_line: bool = True) -> str:
    """`Late, could appeal or go to court`: only a label at the start of the line has a capital."""
    return ", ".join(
        label if begins_line and position == 0 else lowercase_first(label)
        for position, label in enumerate(labels)
    )
