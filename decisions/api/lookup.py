"""Finds the decision that a reference names, without reading its text."""

from rest_framework.exceptions import NotFound

from decisions.api.problems import Withdrawn
from decisions.models import Decision, Erasure


def published_decision(reference: str) -> Decision:
    """The decision with this canonical reference, its id and its reference alone.

    A decision with it as main reference comes before one with it as another reference. Raises
    NotFound and Withdrawn.
    """
    named = Decision.objects.with_reference(reference).only("reference", "withdrawn_at")
    decision = min(named, key=lambda decision: decision.reference != reference, default=None)
    if decision is None:
        if erasure := Erasure.objects.of([reference]).get(reference):
            raise Withdrawn(erasure.in_words)
        raise NotFound(f"This archive has no decision {reference}.")
    if decision.withdrawn_at:
        raise Withdrawn(f"Decision {reference} was withdrawn from this archive.")
    return decision
