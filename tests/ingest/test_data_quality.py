"""Each check of data quality finds the decisions that lack something, and no others."""

from typing import Any

import pytest

from decisions.analysis import RULES_VERSION
from decisions.ingest.data_quality import CHECKS
from decisions.models import NOT_STATED, Decision
from tests.factories import make_decision

pytestmark = pytest.mark.django_db


def named(reference: str) -> dict[str, Any]:
    return {"decision_references": [{"reference": reference}]}


# What each check finds, and what it does not find though it is alike.
CASES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "no-council": ([{"council": None}], []),
    "no-category": ([{"category": None}], []),
    "no-outcome": ([{"outcome": None}], []),
    "no-date": ([{"decided_on": None}], []),
    "no-summary": ([{"summary": None}, {"summary": ""}], []),
    "no-text": ([{"sections": ()}], []),
    "warnings": ([{"warnings": ["the date is missing"]}], []),
    "no-reason": ([{"reasons": [NOT_STATED]}], [{"reasons": ["late"]}]),
    "unresolved": (
        [{"findings": named("19 000 001")}],
        [{"reference": "19 000 002"}, {"findings": named("19 000 002")}],
    ),
    "older-rules": ([{"rules_version": RULES_VERSION - 1}], []),
}


def test_every_check_has_a_case() -> None:
    assert [check.key for check in CHECKS] == list(CASES)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
def test_a_check_finds_what_lacks_something(check) -> None:
    lacking, alike = CASES[check.key]
    current = {"rules_version": RULES_VERSION}
    found = {make_decision(**{**current, **fields}).pk for fields in lacking}
    for fields in [{}, *alike]:
        make_decision(**{**current, **fields})
    assert set(check.decisions().values_list("pk", flat=True)) == found
    others = [other for other in CHECKS if other is not check]
    assert not any(other.decisions().exists() for other in others), check.label
    assert Decision.objects.count() > len(found)
