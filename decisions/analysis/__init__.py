"""From a Document to Findings: why it was closed, what law it cites, what was to be put right.

One rule family a module, each a pure function of the document; every finding carries the evidence
it was read from. `RULES_VERSION` is stored with what was found.
"""

from dataclasses import dataclass
from typing import Any

from decisions.analysis.citations import Citation, citations
from decisions.analysis.closure import ClosureReason, closure_reasons
from decisions.analysis.cross_references import (
    CrossReference,
    DecisionReference,
    cross_references,
    decision_references,
)
from decisions.analysis.passages import split
from decisions.analysis.provisions import Provision
from decisions.analysis.remedies import Remedy, payment_total, remedies
from decisions.analysis.standard_wording import StandardCandidate, standard_candidates
from decisions.documents import NOT_STATED, Document

# Raise it with every change to what the rules find; `manage.py reanalyse` then brings decisions
# that were analysed by older rules up to these.
RULES_VERSION = 2


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the rules found in one decision."""

    closure_reasons: tuple[ClosureReason, ...]
    citations: tuple[Citation, ...]
    remedies: tuple[Remedy, ...]
    cross_references: tuple[CrossReference, ...]
    decision_references: tuple[DecisionReference, ...]
    standard: tuple[StandardCandidate, ...]
    is_closed: bool

    @property
    def reasons(self) -> list[str]:
        """Codes of the closure reasons, the main one first; NOT_STATED where one is missing."""
        codes = list(dict.fromkeys(reason.code for reason in self.closure_reasons))
        return codes or ([NOT_STATED] if self.is_closed else [])

    @property
    def payment(self) -> int | None:
        """Pence that were certainly recommended or agreed, in total."""
        return payment_total(self.remedies)

    def provisions(self) -> dict[str, Provision]:
        """Every provision cited and what it is part of, by key, the whole before its parts."""
        found: dict[str, Provision] = {}
        for citation in self.citations:
            chain = [citation.provision]
            while parent := chain[-1].parent:
                chain.append(parent)
            found.update((provision.key, provision) for provision in reversed(chain))
        return found

    def to_json(self) -> dict[str, Any]:
        """As `manage.py parse` prints it and PostgreSQL holds it."""
        return {
            "closure_reasons": [reason.to_json() for reason in self.closure_reasons],
            "citations": [citation.to_json() for citation in self.citations],
            "remedies": [remedy.to_json() for remedy in self.remedies],
            "cross_references": [reference.to_json() for reference in self.cross_references],
            "decision_references": [reference.to_json() for reference in self.decision_references],
            "standard": [
                [candidate.section, candidate.paragraph, candidate.fingerprint]
                for candidate in self.standard
            ],
        }


def analyse(document: Document) -> Findings:
    """What the rules find in `document`, which is split into passages once for all of them."""
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
