"""What the first screen of a decision says: why it was closed, what to put right, what law."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.documents import Item, Paragraph
from decisions.models import NOT_STATED, Decision, Provision

# Remedies of which the kind says little; of the decision's words so many characters are quoted.
IN_THEIR_WORDS = frozenset({"action", "review", "reassessment"})
MOST_WORDS = 100


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


class Glance:
    """The findings of one decision in words for its reader."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.findings: dict[str, Any] = decision.findings

    @property
    def reason_not_stated(self) -> bool:
        return self.decision.reasons == [NOT_STATED]

    @property
    def reasons(self) -> list[Point]:
        return [
            _point(
                REASONS[reason["code"]].label,
                reason["evidence"],
                "only in the assessment" if reason["basis"] == "assessment" else "",
            )
            for reason in self.findings.get("closure_reasons", ())
        ]

    @property
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


def pounds(pence: int) -> str:
    """`£1,400`, or `£1,400.50` where there are pence."""
    return f"£{pence / 100:,.2f}" if pence % 100 else f"£{pence // 100:,}"


def _point(label: str, evidence: list[dict[str, Any]], remark: str = "") -> Point:
    """Numbered paragraphs lead; the summary stands in only where there is none."""
    places = dict.fromkeys(Place(entry["anchor"], entry["number"]) for entry in evidence)
    numbered = tuple(place for place in places if place.number is not None)
    return Point(label, numbered or tuple(places), remark)
