"""The pages of councils and categories."""

import pytest

from decisions.web.presenters.council_page import CouncilPage
from tests.factories import make_council, make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


def test_councils_from_a_to_z(see, archive):
    make_council("Ash Park Authority", kind="park")
    make_decision("95 000 006", council="Ash Park Authority")
    page = see("/councils/")
    assert texts(page, ".letter h2") == ["A", "E", "K"]
    assert texts(page, ".letter li") == [
        "Ash Park Authority National park authority 1",
        "Essex County Council 1",
        "Kent County Council 2",
    ]
    assert "3 bodies" in text(page.select_one(".subtitle"))
    assert page.select_one(".subtitle a")["href"] == "/decisions/?council=not-stated"


def test_councils_by_a_part_of_the_name(see, archive):
    page = see("/councils/?name=SEX")
    assert texts(page, ".letter li a") == ["Essex County Council"]
    assert page.select_one("#name")["value"] == "SEX"
    assert "No name contains “zz”" in text(see("/councils/?name=zz").main)


def test_a_councils_page(see, archive):
    make_decision("95 000 006", council="Kent County Council", withdrawn_at="2024-01-01T00:00Z")
    page = see("/councils/kent-county-council/")
    assert text(page.h1) == "Kent County Council"
    assert text(page.select_one(".subtitle")) == "Council. 2 decisions"
    assert texts(page, ".result .reference") == ["95 000 002", "95 000 001"]
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    keys = {text(key): key.a["href"] for key in page.select(".legend li")}
    assert keys == {
        "Upheld 1 50%": "/decisions/?council=kent-county-council&outcome=upheld",
        "Not upheld 1 50%": "/decisions/?council=kent-county-council&outcome=not-upheld",
    }
    assert ways == {
        "Education 2": "/decisions/?council=kent-county-council&category=education",
        "Other 1": "/decisions/?council=kent-county-council&category=education/other",
        "School transport 1": (
            "/decisions/?council=kent-county-council&category=education/school-transport"
        ),
    }
    form = page.main.select_one("form")
    assert form["action"] == "/decisions/"
    assert form.select_one("[name=council]")["value"] == "kent-county-council"


def test_an_invented_council_is_labelled_and_a_real_one_is_not(see):
    make_decision(council="Invented Council", is_sample=True)
    make_decision(council="Real Council")
    assert "This body does not exist" in see("/councils/invented-council/").get_text()
    assert "This body does not exist" not in see("/councils/real-council/").get_text()


def test_a_council_whose_decisions_are_all_withdrawn(see, archive):
    assert "This archive has no decisions about this body now." in text(
        see("/councils/gone-council/")
    )


def test_categories(see, archive):
    page = see("/categories/")
    assert texts(page, "h2") == ["Education 2", "Housing 1", "Category not stated 1"]
    page = see("/categories/education/")
    assert text(page.select_one(".subtitle")) == "2 decisions"
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    assert ways["Other 1"] == "/categories/education/other/"
    key = page.select_one(".legend a")
    assert (text(key), key["href"]) == ("Upheld", "/decisions/?category=education&outcome=upheld")
    assert ways["Kent County Council 2"] == (
        "/decisions/?category=education&council=kent-county-council"
    )
    page = see("/categories/education/other/")
    assert text(page.h1) == "Other"
    assert texts(page, ".result .reference") == ["95 000 002"]
    assert [link["href"] for link in page.select(".breadcrumbs a")] == [
        "/categories/",
        "/categories/education/",
    ]


def test_categories_that_the_index_does_not_have_yet_are_named(see, archive):
    see("/councils/kent-county-council/")  # the labels are now cached until the index changes
    late = make_decision("95 000 006", council="Late Council", category=("Parking", "Fines"))
    [group] = CouncilPage(late.council).categories
    assert (group.label, [option.label for option in group.options]) == (
        "Parking",
        ["All of Parking", "Fines"],
    )
