"""The home page."""

import pytest

from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


def test_home_shows_the_contents_and_links_to_them(see, archive):
    page = see("/")
    assert "4 decisions, from 1 January 2020 to 2 February 2022" in text(
        page.select_one(".subtitle")
    )
    assert "Holds invented samples" in text(page.select_one(".subtitle"))
    assert texts(page, ".result .reference") == [
        "95 000 003",
        "95 000 002",
        "95 000 001",
        "95 000 004",
    ]
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    keys = {text(key): key.a["href"] for key in page.select(".legend li")}
    assert keys["Upheld 1 25%"] == "/decisions/?outcome=upheld"
    assert keys["Outcome not stated 1 25%"] == "/decisions/?outcome=not-stated"
    assert ways["Education 2"] == "/categories/education/"
    assert ways["Category not stated 1"] == "/decisions/?category=not-stated"
    assert ways["Kent County Council 2"] == "/councils/kent-county-council/"
    assert "Gone Council" not in text(page.main)


def test_an_empty_archive_says_how_to_fill_it(see):
    page = see("/")
    assert "The archive is empty" in text(page.main)
    assert "manage.py ingest" in text(page.main)
    assert page.main.select_one("form") is None
    assert "How to fill it" in text(see("/decisions/").main)


def test_a_real_archive_is_not_called_a_sample(see):
    make_decision("95 000 001")
    assert "sample" not in text(see("/").main).lower()
