"""What tests of pages share: two archives."""

import pytest

from tests.factories import make_decision, make_decisions


@pytest.fixture
def archive():
    """Five decisions that differ in everything a list can be narrowed by."""
    make_decision(
        "95 000 001",
        council="Kent County Council",
        decided_on="2020-01-01",
        paragraphs=("Mr X complains.", "The school bus was late."),
    )
    make_decision(
        "95 000 002",
        council="Kent County Council",
        category=("Education", "Other"),
        outcome="Not upheld",
        decided_on="2021-06-01",
        paragraphs=("The bus was cancelled.",),
    )
    make_decision(
        "95 000 003",
        council="Essex County Council",
        category=("Housing", "Homelessness"),
        outcome="Closed after initial enquiries",
        decided_on="2022-02-02",
        is_sample=True,
    )
    make_decision(
        "95 000 004",
        council=None,
        category=None,
        outcome=None,
        decided_on=None,
        summary=None,
        kind="report",
        source_url="https://www.lgo.org.uk/decisions/95-000-004",
    )
    make_decision("95 000 005", withdrawn_at="2024-01-01T00:00:00Z", council="Gone Council")


@pytest.fixture
def many():
    make_decisions(
        {"reference": f"91 000 {n:03}", "decided_on": f"2020-01-{n % 28 + 1:02}"} for n in range(45)
    )
