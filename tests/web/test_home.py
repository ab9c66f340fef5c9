"""The home page."""

import pytest

from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


def test_home_shows_the_contents_and_links_to_them(see, archive):
    page = see("/")
    lead = text(page.select_one(".lead"))
    assert lead.startswith("Search 4 decisions of the Local Government and Social Care Ombudsman")
    assert lead.endswith("from 1 January 2020 to 2 February 2022 .")
    assert "This archive includes invented samples" in text(page.main)
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
    assert "How to add decisions" in text(see("/decisions/").main)


def test_a_real_archive_is_not_called_a_sample(see):
    make_decision("95 000 001")
    assert "sample" not in text(see("/").main).lower()


def test_ways_in_follow_the_search_box_and_every_one_finds_something(see):
    for reasons in (["late"], ["late", "premature"]):
        make_decision(outcome="Closed after initial enquiries", reasons=reasons)
    make_decision(payment=10_000, remedies=["payment", "apology"])
    page = see("/")
    assert [text(heading) for heading in page.select("h2")][:3] == [
        "By subject",
        "By reason for closing",
        "Questions people ask",
    ]
    assert texts(page, "#by-category + ul li") == ["Education 3"]
    assert texts(page, "#by-reason + ul li") == ["Late 2", "The council had not yet replied 1"]
    first, *questions = page.select("#questions + ul a")
    assert (text(first), first["href"]) == ("Can I complain?", "/can-i-complain/")
    assert len(questions) == 5
    for question in questions:
        answer = see(question["href"])
        assert answer.select(".result, .subtitle a[href^='/decisions/']"), text(question)


def test_an_archive_without_reasons_has_no_questions_about_them(see):
    make_decision("95 000 001")
    page = see("/")
    assert page.select_one("#by-reason") is None
    assert texts(page, "#questions + ul a") == ["Can I complain?", "Which complaints were upheld?"]
