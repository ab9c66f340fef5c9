"""The lines below a decision in a list: why it was closed, and which remedies there are."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import Decision
from decisions.web.text_format import day, lowercase_first, pounds

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


def facts(decision: Decision, by_category: bool = False, by_subject: bool = False) -> SafeString:
    """One line with outcome, date, category and reference; then the lines "Why" and "Remedy".

    A result headed by its subject names the council instead of it; a list `by_category` names
    neither.
    This is not a template, because a page of results has twenty to a hundred of them.
    """
    outcome, decided_on = decision.outcome, decision.decided_on
    parts = ['<p class="facts">']
    if outcome:
        parts.append(f'<span class="outcome outcome-{outcome.slug}">{escape(outcome.name)}</span>')
    else:
        parts.append('<span class="outcome">Outcome not stated</span>')
    if decided_on:
        parts.append(f'<time datetime="{decided_on.isoformat()}">{day(decided_on)}</time>')
    else:
        parts.append("<span>Date not stated</span>")
    if not by_category:
        named = decision.council if by_subject else decision.category or "Category not stated"
        parts.append(f"<span>{escape(str(named))}</span>")
    report = " <span>Report</span>" if decision.kind == Decision.Kind.REPORT else ""
    sample = ' <span class="sample-tag">Invented sample</span>' if decision.is_sample else ""
    parts.append(
        f'<span class="fact-labels"><span class="reference">{decision.reference}</span>'
        f"{report}{sample}</span></p>"
    )
    parts += map(_line, summary_lines(decision))
    return mark_safe("\n".join(parts))  # noqa: S308


def _line(line: SummaryLine) -> str:
    payment = f"<strong>{line.payment}</strong>" if line.payment else ""
    text = ", ".join(filter(None, (payment, escape(line.text))))
    return (
        f'<p class="summary-line"><span class="label">{line.label}:</span> <span>{text}</span></p>'
    )


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
    text = [lowercase_first(label) for label in labels]
    return ", ".join([*labels[:1], *text[1:]] if begins_line else text)
