"""Analyses a Document into Findings: closure reasons, cited law, remedies, references.

`analyse` splits the document into passages once. Each rule family is a module and a pure function
of these passages; every finding carries its evidence. Nothing here touches Django, a file or the
clock. `RULES_VERSION` is stored with the findings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from decisions.analysis.citations import Citation, citations
from decisions.analysis.closure import ClosureReason, closure_reasons
from decisions.analysis.cross_references import CrossReference, cross_references
from decisions.analysis.decision_references import DecisionReference, decision_references
from decisions.analysis.passages import split
from decisions.analysis.provisions import Provision
from decisions.analysis.remedies import Remedy, payment_total, remedies
from decisions.analysis.standard_wording import StandardCandidate, standard_candidates
from decisions.documents import NOT_STATED, Document

# Version of the rules. Increase it with every change to what they find: `manage.py reanalyse` then
# analyses the decisions of older versions again.
RULES_VERSION = 7

# Fields that are computed from others: they are printed, but not stored.
_DERIVED_FIELDS = frozenset({"anchor", "key", "label", "short", "url"})

_Finding = TypeVar("_Finding")


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the rules found in one decision.

    `is_closed`: the complaint was closed without a finished investigation. Only then are there
    `closure_reasons`, and none if the decision does not say why.
    """

    closure_reasons: tuple[ClosureReason, ...]
    citations: tuple[Citation, ...]
    remedies: tuple[Remedy, ...]
    cross_references: tuple[CrossReference, ...]
    decision_references: tuple[DecisionReference, ...]
    standard: tuple[StandardCandidate, ...]
    is_closed: bool

    @property
    def reasons(self) -> list[str]:
        """Codes of the closure reasons, the main one first.

        [NOT_STATED] if the complaint was closed without a reason; empty if it was not closed.
        """
        codes = list(dict.fromkeys(reason.code for reason in self.closure_reasons))
        return codes or ([NOT_STATED] if self.is_closed else [])

    @property
    def payment(self) -> int | None:
        """Pence recommended or agreed in total, of certain sums only; None if there are none."""
        return payment_total(self.remedies)

    def provisions(self) -> dict[str, Provision]:
        """Every cited provision and its parents, by key; a parent comes before its parts."""
        by_key: dict[str, Provision] = {}
        for citation in self.citations:
            chain = [citation.provision]
            while parent := chain[-1].parent:
                chain.append(parent)
            by_key.update((provision.key, provision) for provision in reversed(chain))
        return by_key

    def to_json(self) -> dict[str, Any]:
        """The findings as JSON types, as `manage.py parse` prints them.

        `is_closed` is omitted: it is true if `reasons` is not empty.
        """
        return {
            "closure_reasons": [reason.to_json() for reason in self.closure_reasons],
            "citations": [citation.to_json() for citation in self.citations],
            "remedies": [remedy.to_json() for remedy in self.remedies],
            "cross_references": [reference.to_json() for reference in self.cross_references],
            "decision_references": [reference.to_json() for reference in self.decision_references],
            "standard": [candidate.to_json() for candidate in self.standard],
        }

    def to_row(self) -> dict[str, Any]:
        """The findings as PostgreSQL holds them: `to_json` without the derived fields."""
        row: dict[str, Any] = _without_derived_fields(self.to_json())
        return row

    @classmethod
    def from_json(cls, stored: dict[str, Any], *, is_closed: bool) -> "Findings":
        """The inverse of `to_row` and of `to_json`.

        `is_closed` says whether the decision's `reasons` is not empty. A missing rule family counts
        as empty: a row that was never analysed holds {}.
        """

        def read_family(name: str, parse_entry: Callable[[Any], _Finding]) -> tuple[_Finding, ...]:
            return tuple(parse_entry(entry) for entry in stored.get(name, ()))

        return cls(
            closure_reasons=read_family("closure_reasons", ClosureReason.from_json),
            citations=read_family("citations", Citation.from_json),
            remedies=read_family("remedies", Remedy.from_json),
            cross_references=read_family("cross_references", CrossReference.from_json),
            decision_references=read_family("decision_references", DecisionReference.from_json),
            standard=read_family("standard", StandardCandidate.from_json),
            is_closed=is_closed,
        )


def _without_derived_fields(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_derived_fields(inner)
            for name, inner in value.items()
            if name not in _DERIVED_FIELDS
        }
    if isinstance(value, list | tuple):
        return [_without_derived_fields(inner) for inner in value]
    return value


def analyse(document: Document) -> Findings:
    """Apply all rules to `document`."""
    decision = split(document)
    reasons = closure_reasons(decision)
    return Findings(
        closure_reasons=reasons or (),
        citations=citations(decision),
        remedies=remedies(decision),
        cross_references=cross_references(decision),
        decision_references=decision_references(decision),
        standard=tuple(standard_candidates(decision)),
        is_closed=reasons is not None,
    )
