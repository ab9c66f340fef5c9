"""Describes the API's answers for OpenAPI.

These classes only describe: the room `serializers` makes the answers, and tests compare the two.
No field is required, because `fields` leaves out any.
"""

from decisions.api.schemas.base import names_of, page_of, whole
from decisions.api.schemas.browse import (
    CategoryEntry,
    CouncilEntry,
    Facets,
    ProvisionEntry,
    ReasonEntry,
)
from decisions.api.schemas.decisions import DecisionSummary, Paragraph, WholeDecision
from decisions.api.schemas.problems import PROBLEM
from decisions.api.schemas.quotations import CheckedText, TextToCheck

__all__ = [
    "PROBLEM",
    "CategoryEntry",
    "CheckedText",
    "CouncilEntry",
    "DecisionSummary",
    "Facets",
    "Paragraph",
    "ProvisionEntry",
    "ReasonEntry",
    "TextToCheck",
    "WholeDecision",
    "names_of",
    "page_of",
    "whole",
]
