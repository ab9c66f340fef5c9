"""The summary above a decision: outcome, reasons, remedies and the law cited.

Each is one sentence about what is known; what is not known is shown as not stated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.passages import Evidence
from decisions.analysis.remedies import REMEDIES, Remedy
from decisions.models import NOT_STATED, Decision
from decisions.web.law_titles import with_title
from decisions.web.presenters.related_rows import CitedLaw, RelatedRows
from decisions.web.querystring import list_url
from decisions.web.text_format import day, lowercase_first, pounds

# Remedy kinds too vague to show alone: quote up to MAX_QUOTE_CHARS of the decision.
VAGUE_REMEDIES = frozenset({"action", "review", "reassessment"})
MAX_QUOTE_CHARS = 100

# The sentence for each usual outcome, by the outcome's name in lower case.
OUTCOME_SENTENCES = {
    "upheld": "The complaint was upheld.",
    "not upheld": "The complaint was not upheld.",
    "closed after initial enquiries": "The complaint was closed after initial enquiries.",
}


@dataclass(frozen=True)
class TextLocation:
    """A location in a decision: an anchor on its page, and the paragraph's number, if any."""

    anchor: str
    number: int | None

    @property
    def markup(self) -> SafeString:
        """What a link to it says: the paragraph's number, or what else it is."""
        if self.number:
            return mark_safe(  # noqa: S308
                '<span class="visually-hidden">paragraph </span>'
                f'<span aria-hidden="true">¶</span> {self.number}'
            )
        return mark_safe("summary" if self.anchor == "summary" else "section")  # noqa: S308


@dataclass(frozen=True)
class SummaryPoint:
    """A reason or remedy, where the decision states it, and a remark."""

    label: str
    locations: tuple[TextLocation, ...]
    remark: str = ""

    @property
    def markup(self) -> str:
        """The point as an item of a list, with links to its locations."""
        remark = f' <span class="quiet">{escape(self.remark)}</span>' if self.remark else ""
        links = " ".join(
            f'<a class="num" href="#{location.anchor}">{location.markup}</a>'
            for location in self.locations
        )
        return f"<li>{escape(self.label)}{remark} {links}</li>"


def summary_points(points: Iterable[SummaryPoint]) -> SafeString:
    """A list of points. It is no template: that would include another for every location."""
    items = "\n".join(point.markup for point in points)
    return mark_safe(f'<ul class="summary-points">\n{items}\n</ul>')  # noqa: S308


class DecisionSummary:
    """The findings of one decision in words."""

    def __init__(self, decision: Decision, related: RelatedRows) -> None:
        self.decision = decision
        self.related = related
        self.findings = decision.typed_findings

    @property
    def outcome(self) -> str:
        """One sentence; it quotes an outcome that has no sentence in OUTCOME_SENTENCES."""
        if self.decision.outcome is None:
            return "How the complaint ended is not stated."
        name = self.decision.outcome.name
        return OUTCOME_SENTENCES.get(name.casefold(), f"The outcome is stated as “{name}”.")

    @property
    def outcome_address(self) -> str:
        """The list of the decisions with this outcome."""
        outcome = self.decision.outcome
        return list_url(outcome=outcome.slug if outcome else NOT_STATED)

    @property
    def outcome_class(self) -> str:
        """A blank and the CSS class of the outcome's colour; empty where no outcome is stated."""
        return f" outcome-{self.decision.outcome.slug}" if self.decision.outcome else ""

    @property
    def why_not_stated(self) -> bool:
        """Whether a reader expects a reason or a remedy, and none was found."""
        name = self.decision.outcome.name.casefold() if self.decision.outcome else ""
        if self.reasons or self.remedies:
            return False
        return name == "upheld" or self.decision.reasons == [NOT_STATED]

    @cached_property
    def reasons(self) -> list[SummaryPoint]:
        """Why the complaint was closed."""
        return [
            _point(
                REASONS[reason.code].label,
                reason.evidence,
                "(only in the assessment)" if reason.basis == "assessment" else "",
            )
            for reason in self.findings.closure_reasons
        ]

    @cached_property
    def remedies(self) -> list[SummaryPoint]:
        """The remedies, each once."""
        points = (
            _point(_remedy_label(remedy), [remedy.evidence], self._remedy_remark(remedy))
            for remedy in self.findings.remedies
        )
        return list(dict.fromkeys(points))

    def _remedy_remark(self, remedy: Remedy) -> str:
        """The quotation of a vague remedy, and the date by which it is due, where it is fixed."""
        due = remedy.deadline.due_on(self.decision.decided_on) if remedy.deadline else None
        remarks = (self._quotation(remedy), f"by {day(due)}" if due else "")
        return " ".join(filter(None, remarks))

    def _quotation(self, remedy: Remedy) -> str:
        """A quotation from the decision for a vague kind of remedy; empty for every other kind."""
        if remedy.kind not in VAGUE_REMEDIES:
            return ""
        evidence = remedy.evidence
        words = text_at(self.decision, evidence)[evidence.start : evidence.end]
        return f"“{Truncator(words).chars(MAX_QUOTE_CHARS)}”"

    @property
    def payment(self) -> str:
        """All payments together, as `£1,400`; empty for none."""
        return pounds(self.decision.payment) if self.decision.payment else ""

    @property
    def law_items(self) -> SafeString:
        """The provisions cited, in text order, as items of a list.

        An Act is one of them only if it is cited itself.
        """
        keys = dict.fromkeys(citation.provision.key for citation in self.findings.citations)
        laws = self.related.laws
        items = (_law_item(laws[key]) for key in keys if key in laws)
        return mark_safe("".join(items))  # noqa: S308


def text_at(decision: Decision, evidence: Evidence) -> str:
    """The text of a decision that contains this evidence."""
    if evidence.section is None or evidence.paragraph is None:
        return decision.summary or ""
    # From the JSON: a page asks for few texts, and would build the whole document for each.
    part = decision.sections[evidence.section]["paragraphs"][evidence.paragraph]
    for index in evidence.item:
        part = part["items"][index]
    text: str = part["text"]
    return text


def _law_item(law: CitedLaw) -> str:
    address, title = escape(law.address), escape(with_title(law.label, law.short))
    return f'<li><a href="{address}" title="{title}">{escape(law.short)}</a></li>'


def _remedy_label(remedy: Remedy) -> str:
    label = REMEDIES[remedy.kind]
    amount = remedy.total_pence or remedy.amount_pence
    label = f"{label} of {pounds(amount)}" if amount else label
    return f"{label} for {remedy.purpose}" if remedy.purpose else label


def _point(label: str, evidence: Iterable[Evidence], remark: str = "") -> SummaryPoint:
    """A point at its numbered paragraphs, in order, or elsewhere if there are none."""
    locations = dict.fromkeys(TextLocation(entry.anchor, entry.number) for entry in evidence)
    numbered = sorted(
        (location for location in locations if location.number),
        key=lambda location: location.number or 0,
    )
    return SummaryPoint(lowercase_first(label), tuple(numbered or locations), remark)
