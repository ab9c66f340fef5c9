"""The guide for someone about to complain, and the glossary with the links to it."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.web.complaint_guide import QUESTIONS, STATEMENTS
from decisions.web.glossary import TERMS
from tests.factories import make_decision
from tests.reading import text

pytestmark = pytest.mark.django_db

CLOSED = "Closed after initial enquiries"


def test_every_reason_has_statements_and_stands_under_one_question():
    asked = [code for codes in QUESTIONS.values() for code in codes]
    assert sorted(asked) == sorted(STATEMENTS) == sorted(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_a_statements_search_is_understood_as_it_is_written(code):
    for statement in STATEMENTS[code]:
        assert not search.parse(statement.words).notes, statement


def test_a_statement_links_to_the_decisions_that_show_it(see):
    for number in range(3):
        paragraphs = (
            "The complaint is late.",
            "Her illness does not explain the delay." if number else "He was well.",
        )
        make_decision(outcome=CLOSED, reasons=["late"], paragraphs=paragraphs)
    make_decision(
        outcome=CLOSED, reasons=["premature"], paragraphs=("Illness was the reason for the delay.",)
    )
    page = see("/can-i-complain/")
    [illness] = [item for item in page.select("li") if "illness explains" in text(item)]
    assert "2 decisions" in text(illness.a)
    found = see(illness.a["href"])
    assert text(found.select_one("h1")).startswith("2 decisions")
    assert page.select_one("#reason-late a")["href"] == "/reasons/late/"
    assert "lgo.org.uk/make-a-complaint" in page.select_one(".notice a")["href"]


def test_what_no_decision_shows_is_left_out(see):
    make_decision(
        outcome=CLOSED, reasons=["late"], paragraphs=("Illness does not explain the delay.",)
    )
    guide = text(see("/can-i-complain/").main)
    assert "illness explains" in guide
    assert "records may be missing" not in guide
    assert "parish" not in guide
    reason = text(see("/reasons/late/").select_one(".guide"))
    assert "illness explains" in reason
    assert "records may be missing" not in reason
    assert see("/reasons/premature/").select_one(".guide") is None


def test_an_empty_archive_says_so(see):
    assert "No decision in this archive gives a reason" in text(see("/can-i-complain/").main)


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_missing_statements_have_no_counts(client):
    make_decision(outcome=CLOSED, reasons=["late"])
    page = client.get("/can-i-complain/").content.decode()
    assert "12 months" in page
    assert ">Decisions<" in page


def test_the_glossary_explains_each_term_at_an_address_of_its_own(see):
    page = see("/glossary/")
    assert [entry["id"] for entry in page.select(".glossary > div")] == list(TERMS)
    assert list(TERMS) == sorted(TERMS)
    assert "maladministration" in text(page.select_one("#fault dd"))


@pytest.mark.parametrize("code", ["upheld", "not-upheld", "closed-after-initial-enquiries"])
def test_a_decisions_outcome_links_to_the_glossary(see, code):
    make_decision("95 000 009", outcome=TERMS[code].name)
    links = see("/decisions/95-000-009/").select(".decision-head .term")
    assert [link["href"] for link in links] == [f"/glossary/#{code}"]


def test_templates_name_only_terms_of_the_glossary():
    [folder] = settings.TEMPLATES[0]["DIRS"]
    named = [
        slug
        for path in folder.rglob("*.html")
        for slug in re.findall(r'{% (?:term|what_it_means) "([^"]+)"', path.read_text())
    ]
    assert named
    assert set(named) <= set(TERMS)


def test_a_link_to_a_term_that_the_glossary_lacks_is_an_error():
    with pytest.raises(KeyError):
        Template('{% load archive %}{% term "nonsense" "nonsense" %}').render(Context())
