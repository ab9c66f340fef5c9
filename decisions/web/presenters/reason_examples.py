"""Decisions that show what a closure reason means, each with the sentence it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decisions.models import Decision
from decisions.search import SearchQuery
from decisions.web.presenters.decision_summary import text_at
from decisions.web.results import find

# Of so many of the newest, those that say it best.
_LOOKED_AT = 20


@dataclass(frozen=True)
class Example:
    """`number` is the paragraph's, None where it has none; `anchor` its place on the page."""

    decision: Decision
    sentence: str
    anchor: str
    number: int | None


def examples_of(code: str, most: int) -> list[Example]:
    """The newest decisions that were closed for that reason and give it in a numbered paragraph;
    others make up the number."""
    ids = find(SearchQuery(terms={"reason": (code,)}, sort="newest")).ids[:_LOOKED_AT]
    decisions = Decision.objects.published().select_related("council", "category__parent")
    found = list(_read(code, decisions.select_related("outcome").by_ids(ids)))
    found.sort(key=lambda example: example.number is None)  # stable: the newest stay first
    return found[:most]


def _read(code: str, decisions: list[Decision]) -> Iterator[Example]:
    for decision in decisions:
        for reason in decision.findings.get("closure_reasons", ()):
            if reason["code"] == code:
                evidence = min(reason["evidence"], key=lambda one: one["number"] is None)
                yield Example(
                    decision,
                    sentence_at(text_at(decision, evidence), evidence),
                    evidence["anchor"],
                    evidence["number"],
                )


def sentence_at(text: str, evidence: dict[str, Any]) -> str:
    """The whole sentence around the words that convinced the rule, as it stands."""
    start = text.rfind(". ", 0, evidence["start"]) + 1
    end = text.find(". ", evidence["end"])
    return text[start : end + 1 if end >= 0 else len(text)].strip()
