"""What a preview says of each file: what an import would do, and what it would change."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from decisions.ingest import Action, ingest_all, preview
from decisions.models import Decision
from decisions.sources import Source
from tests.texts import decision_text

pytestmark = pytest.mark.django_db


def source(name: str = "a.txt", **words: Any) -> Source:
    return Source(name, decision_text(**words).encode())


@pytest.mark.parametrize(
    ("held", "received", "changed"),
    [
        ({}, {"council": "Other District Council"}, ("council",)),
        ({}, {"category": "Housing > School transport"}, ("category",)),
        ({}, {"category": "Education > Other"}, ("subcategory",)),
        ({"category": "Education"}, {"category": "Education > Other"}, ("subcategory",)),
        ({"category": "Education"}, {"category": "Housing"}, ("category",)),
        ({"category": "Education"}, {"category": "Education", "summary": "New."}, ("summary",)),
        ({}, {"outcome": "Not upheld"}, ("outcome",)),
        ({}, {"date": "06 Mar 2024"}, ("date",)),
        ({}, {"summary": "The Council did not delay."}, ("summary",)),
        ({}, {"paragraphs": ("Mr X complains about two buses.",)}, ("text",)),
        # The archive does not have these values yet.
        (
            {"category": None, "outcome": None, "date": None},
            {},
            ("category", "subcategory", "outcome", "date"),
        ),
        # The archive keeps the values that the file does not state.
        ({}, {"category": None, "outcome": None, "date": None}, ()),
        # Another way to write the same name.
        ({}, {"outcome": "UPHELD"}, ()),
    ],
)
def test_what_an_update_would_change(
    held: dict[str, Any], received: dict[str, Any], changed: tuple[str, ...]
) -> None:
    ingest_all([source(**held)])
    (result,) = preview([source("b.txt", **received)])
    assert result.action == Action.UPDATED
    assert result.changed == changed


def test_a_decision_without_a_council_gets_one() -> None:
    ingest_all([source()])
    Decision.objects.update(council=None)
    (result,) = preview([source("b.txt", summary="New.")])
    assert result.changed == ("council", "summary")


def test_the_same_bytes_twice_are_new_once() -> None:
    results = list(preview([source("a.txt"), source("b.txt")]))
    assert [result.action for result in results] == [Action.CREATED, Action.UNCHANGED]


def test_a_result_has_the_document_that_was_read() -> None:
    created, updated = preview([source(), source("b.txt", summary="New.")])
    assert created.document is not None
    assert updated.document is not None
    assert (created.document.summary, updated.document.summary) == ("The Council delayed.", "New.")


def test_a_wrong_clock_of_the_host_does_not_make_a_file_older(monkeypatch):
    ingest_all([source()])
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() - datetime.timedelta(hours=1))
    [result] = preview([source(summary="New.")])
    assert result.action == Action.UPDATED
