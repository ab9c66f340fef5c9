"""What the first screen of a decision says: how it ended, why, what is to be put right, what law.

One sentence each, of what is known; what is not known is said to be not stated.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import Truncator

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.documents import Item, Paragraph
from decisions.models import NOT_STATED, Decision, Provision
from decisions.web.text_format import in_a_sentence, pounds

# Remedies of which the kind says little; of the decision's words so many characters are quoted.
IN_THEIR_WORDS = frozenset({"action", "review", "reassessment"})
MOST_WORDS = 100

# The usual outcomes, in lower case, as sentences.
OUTCOMES = {
    "upheld": "The complaint was upheld.",
    "not upheld": "The complaint was not upheld.",
    "closed after initial enquiries": "The complaint was closed after initial enquiries.",
}


@dataclass(frozen=True)
class Place:
    """Where something was read: an anchor of the page, and the number of the paragraph if any."""

    anchor: str
    number: int | None


@dataclass(frozen=True)
class Point:
    """One line: its words, where they were read, and a remark on how it stands there."""

    label: str
    places: tuple[Place, ...]
    remark: str = ""


class DecisionSummary:
    """The findings of one decision in words for its reader."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.findings: dict[str, Any] = decision.findings

    @property
    def outcome(self) -> str:
        """One sentence; an outcome this archive has no sentence for is named as it is written."""
        if self.decision.outcome is None:
            return "How the complaint ended is not stated."
        name = self.decision.outcome.name
        return OUTCOMES.get(name.casefold(), f"The outcome is stated as “{name}”.")

    @property
    def why_not_stated(self) -> bool:
        """Whether a reader would look for a reason or a remedy, and none was read."""
        name = self.decision.outcome.name.casefold() if self.decision.outcome else ""
        if self.reasons or self.remedies:
            return False
        return name == "upheld" or self.decision.reasons == [NOT_STATED]

    @cached_property
    def reasons(self) -> list[Point]:
        return [
            _point(
                REASONS[reason["code"]].label,
                reason["evidence"],
                "(only in the assessment)" if reason["basis"] == "assessment" else "",
            )
            for reason in self.findings.get("closure_reasons", ())
        ]

    @cached_property
    def remedies(self) -> list[Point]:
        points = (
            _point(_remedy_label(remedy), [remedy["evidence"]], self._words(remedy))
            for remedy in self.findings.get("remedies", ())
        )
        return list(dict.fromkeys(points))

    def _words(self, remedy: dict[str, Any]) -> str:
        """What is to be done, in the decision's own words, where the kind alone says little."""
        evidence = remedy["evidence"]
        if remedy["kind"] not in IN_THEIR_WORDS:
            return ""
        words = text_at(self.decision, evidence)[evidence["start"] : evidence["end"]]
        return f"“{Truncator(words).chars(MOST_WORDS)}”"

    @property
    def payment(self) -> str:
        return pounds(self.decision.payment) if self.decision.payment else ""

    @property
    def provisions(self) -> list[Provision]:
        """What is cited itself, not what it is a part of; in the order of the text."""
        keys = dict.fromkeys(
            citation["provision"]["key"] for citation in self.findings.get("citations", ())
        )
        found = {row.key: row for row in Provision.objects.filter(key__in=keys)}
        return [found[key] for key in keys if key in found]


def text_at(decision: Decision, evidence: dict[str, Any]) -> str:
    """The text of a decision that an evidence points into."""
    if evidence["section"] is None:
        return decision.summary or ""
    section = decision.document_sections[evidence["section"]]
    part: Paragraph | Item = section.paragraphs[evidence["paragraph"]]
    for index in evidence["item"]:
        part = part.items[index]
    return part.text


def _remedy_label(remedy: dict[str, Any]) -> str:
    label = REMEDIES[remedy["kind"]]
    amount = remedy["total_pence"] or remedy["amount_pence"]
    label = f"{label} of {pounds(amount)}" if amount else label
    return f"{label} for {remedy['purpose']}" if remedy["purpose"] else label


def _point(label: str, evidence: list[dict[str, Any]], remark: str = "") -> Point:
    """Numbered paragraphs in their order; the summary stands in only where there is none."""
    places = dict.fromkeys(Place(entry["anchor"], entry["number"]) for entry in evidence)
    numbered = tuple(sorted((place for place in places if place.number), key=lambda p: p.number))
    return Point(in_a_sentence(label), numbered or tuple(places), remark)
