"""Checks of data quality: each finds the decisions that lack something."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from decisions.analysis import RULES_VERSION
from decisions.models import NOT_STATED, Decision, DecisionQuerySet

# Whether a decision's text names another decision that is not in the archive.
_UNRESOLVED = RawSQL(
    """
    EXISTS (
        SELECT 1
        FROM jsonb_array_elements(decisions_decision.findings -> 'decision_references') AS named
        WHERE NOT EXISTS (
            SELECT 1 FROM decisions_decision AS other
            WHERE other.reference = named ->> 'reference'
        )
    )
    """,
    (),
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class Check:
    """Finds the decisions that lack something; `key` is the check's name in admin addresses."""

    key: str
    label: str
    find: Callable[[DecisionQuerySet], DecisionQuerySet]

    def decisions(self) -> DecisionQuerySet:
        """The decisions of the archive that fail this check."""
        return self.find(Decision.objects.all())


CHECKS = (
    Check("no-council", "No council", lambda rows: rows.filter(council=None)),
    Check("no-category", "No category", lambda rows: rows.filter(category=None)),
    Check("no-outcome", "No outcome", lambda rows: rows.filter(outcome=None)),
    Check("no-date", "No date", lambda rows: rows.filter(decided_on=None)),
    Check("no-summary", "No summary", lambda rows: rows.filter(Q(summary=None) | Q(summary=""))),
    Check("no-text", "No paragraphs", lambda rows: rows.filter(sections=[])),
    Check("warnings", "Parser warnings", lambda rows: rows.exclude(warnings=[])),
    Check(
        "no-reason",
        "Closed, no reason found",
        lambda rows: rows.filter(reasons__contains=[NOT_STATED]),
    ),
    Check(
        "unresolved",
        "Names a decision that is not in the archive",
        lambda rows: rows.alias(unresolved=_UNRESOLVED).filter(unresolved=True),
    ),
    Check(
        "older-rules",
        "Analysed by older rules",
        lambda rows: rows.exclude(rules_version=RULES_VERSION),
    ),
)
