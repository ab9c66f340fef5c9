"""A decision is named by its subject and its council, on its own page and wherever it is shared."""

import json

import pytest

from decisions.models import Decision
from decisions.web.presenters.decision_title import DecisionTitle
from tests.factories import make_decision
from tests.reading import text

pytestmark = pytest.mark.django_db

NAME = "School transport: Kent County Council (95 000 001)"


@pytest.mark.parametrize(
    ("category", "council", "title"),
    [
        (("Education", "School transport"), "Kent Council", "School transport: Kent Council"),
        (("Education", "Other"), "Kent Council", "Education: Kent Council"),
        (("Other", None), "Kent Council", "Other: Kent Council"),
        (("Housing", None), None, "Housing: Council not stated"),
        (None, "Kent Council", "Subject not stated: Kent Council"),
    ],
)
def test_the_title_has_what_is_known(category, council, title):
    make_decision("95 000 001", category=category, council=council)
    decision = Decision.objects.find("95 000 001")
    assert DecisionTitle(decision).text == title


def test_every_page_and_link_preview_of_a_decision_has_its_title(see):
    make_decision("95 000 001", council="Kent County Council")
    titles = {
        address: see(f"/decisions/95-000-001/{address}").select_one("meta[property='og:title']")
        for address in ("", "history/", "quote/", "quote/?paragraph=1")
    }
    assert {address: title["content"] for address, title in titles.items()} == {
        "": NAME,
        "history/": f"History of {NAME}",
        "quote/": f"Quote {NAME}",
        "quote/?paragraph=1": f"Quote paragraph 1 of {NAME}",
    }
    page = see("/decisions/95-000-001/")
    [data, _] = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"]
    assert data["name"] == NAME
    assert text(see("/decisions/95-000-001/history/").select_one(".breadcrumbs a")) == NAME
