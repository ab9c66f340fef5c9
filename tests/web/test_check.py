"""The page that checks quotations: what it shows, refuses and forgets."""

import logging

import pytest
from bs4 import BeautifulSoup, Tag

from decisions import search
from decisions.models import Erasure, ReportCount
from decisions.web import quotation_checks
from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    def send(written: str, status: int = 200, headers: dict[str, str] | None = None) -> Tag:
        response = client.post("/check/", {"text": written}, headers=headers)
        assert response.status_code == status
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
        return BeautifulSoup(response.content, "lxml")

    return send


def test_each_quotation_is_shown_with_what_is_so_of_it(send, caplog):
    make_decision("95 000 001", council="Kent County Council", paragraphs=("The bus was late.",))
    make_decision("95 000 002", withdrawn_at="2024-01-01T00:00:00Z")
    Erasure.objects.create(reference="95 000 004", reason="identifiable")
    search.catch_up()
    caplog.set_level(logging.DEBUG)
    written = (
        "“The bus was late” (95 000 001, para 7). “The bus was <early>” (95-000-001).\n\n"
        "“Zebras gallop over moons” (95 000 001). “The bus was late” (95 000 003).\n\n"
        "“The bus was late” (95 000 002). “The bus was late” (95 000 004). And “late”."
    )
    page = send(written)
    assert page.title.string.startswith("7 quotations: 1 word for word, 1 different, 2 not found, ")
    assert texts(page, ".verdict h3") == [
        "1. Word for word",
        "2. Differs in 1 place",
        "3. Reference held, words not found",
        "4. Reference not held",
        "5. Decision withdrawn",
        "6. Decision erased",
        "7. Too short to compare",
    ]
    first, second, _, fourth, fifth, sixth, _ = page.select(".verdict")
    assert first.a["href"] == "/decisions/95-000-001/#para-1"
    assert text(first.a) == "Kent County Council (95 000 001), paragraph 1"
    assert "names paragraph 7. The words are not in that paragraph." in text(first)
    assert text(second.select_one(".verdict-quotation")) == "The bus was <early>"
    assert texts(second, "del") == ["<early>"]
    assert fourth.a["href"] == "/decisions/95-000-001/#para-1"  # these words are elsewhere
    assert fifth.a is sixth.a is None
    assert "Decision 95 000 004 was erased from this archive." in text(sixth)
    # What was sent is there to be changed and sent again, and nowhere else.
    assert page.textarea.get_text().strip() == written
    assert "Zebras" not in caplog.text
    assert "early" not in caplog.text


@pytest.mark.parametrize(
    ("written", "status", "headers", "says"),
    [
        (" ", 422, {}, "Paste a text that has quotations."),
        ("No quotation.", 422, {}, "No quotation was found."),
        ("x" * 100_001, 422, {}, "The text has 100,001 characters."),
        ("“a b c” " * 101, 422, {}, "The text has more than 100 quotations"),
        ("“a b c”", 403, {"Sec-Fetch-Site": "cross-site"}, "This form was sent from another site."),
    ],
)
def test_what_cannot_be_checked_is_said_and_kept(send, written, status, headers, says):
    page = send(written, status, headers)
    assert page.title.string.startswith("Error: ")
    [error] = texts(page, ".problems li")
    assert error.startswith(says)
    assert page.textarea.get_text().strip() == written.strip()


def test_a_network_may_have_so_many_texts_checked(send, monkeypatch):
    monkeypatch.setattr(quotation_checks, "MAX_CHECKS", 1)
    send("“late”")
    [error] = texts(send("“late”", 429), ".problems li")
    assert error.startswith("Your internet connection has had 1 texts checked within 60 minutes")
    assert ReportCount.objects.count() == 1


def test_pages_lead_to_the_check(see):
    make_decision("95 000 001")
    for address in ("/help/", "/about/", "/decisions/95-000-001/quote/"):
        assert see(address).main.select("a[href='/check/']"), address
