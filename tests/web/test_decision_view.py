"""Which decision an address shows, and the parts of its page."""

import pytest

from tests.factories import Item, Paragraph, Section, make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


def test_the_decision_page(see):
    make_decision(
        "95 000 001",
        council="Kent County Council",
        decided_on="2020-01-01",
        summary="The Council was late.",
        other_references=["95 000 111"],
        source_url="https://www.lgo.org.uk/decisions/x/95-000-001",
        sections=(
            Section("The complaint", 1, (Paragraph(1, "Mr X complains."),)),
            Section("What I found", 1, (Paragraph(2, "There was fault."),)),
            Section(
                "Analysis",
                2,
                (
                    Paragraph(
                        3,
                        "The Council will:",
                        (
                            Item("a", "apologise;", (Item("i", "in writing;"),)),
                            Item(None, "pay £100."),
                        ),
                    ),
                    Paragraph(None, "(Local Government Act 1974)"),
                ),
            ),
        ),
    )
    page = see("/decisions/95-000-001/?q=fault")
    assert text(page.h1) == "School transport : Kent County Council"
    assert page.h1.a["href"] == "/councils/kent-county-council/"
    assert text(page.title) == (
        "School transport: Kent County Council (95 000 001) · Ombudsman Decisions"
    )
    assert text(page.select_one(".byline span")) == "Statement 95 000 001 , also 95 000 111"
    assert [link["href"] for link in page.select(".breadcrumbs a")] == [
        "/categories/education/",
        "/categories/education/school-transport/",
    ]
    contents = {text(link): link["href"] for link in page.select(".toc a")}
    assert contents == {
        "Summary": "#summary",
        "The complaint": "#section-1",
        "What I found": "#section-2",
        "Analysis": "#section-3",
    }
    for target in [*contents.values(), "#para-1", "#para-2", "#para-3"]:
        assert page.select_one(target) is not None
    assert page.select_one("#para-3 .num")["href"] == "#para-3"
    assert text(page.select_one("#para-3 .items")) == "a) apologise; i) in writing; • pay £100."
    assert texts(page, "mark") == ["fault"]
    unnumbered = page.select(".para")[-1]
    assert text(unnumbered) == "(Local Government Act 1974)"
    assert unnumbered.get("id") is None
    source = page.select_one(".source")
    assert "© Commission for Local Administration in England, reproduced unamended" in text(source)
    assert source.a["href"] == "https://www.lgo.org.uk/decisions/x/95-000-001"
    canonical = page.select_one("link[rel=canonical]")
    assert canonical["href"] == "http://testserver/decisions/95-000-001/"


def test_a_decision_with_few_stated_fields(see, archive):
    page = see("/decisions/95-000-004/")
    assert page.h1.a["href"] == "/decisions/?council=not-stated"
    assert text(page.select_one(".byline span")) == "Report 95 000 004"
    assert page.select_one(".decision-outcome a")["href"] == "/decisions/?outcome=not-stated"
    assert page.select_one(".breadcrumbs a")["href"] == "/decisions/?category=not-stated"
    assert page.select_one("#summary") is None


def test_a_sample_is_labelled_and_not_attributed(see, archive):
    page = see("/decisions/95-000-003/")
    assert "Invented sample." in text(page.select_one(".sample-banner"))
    assert "Invented sample." in text(page.select_one(".source"))
    assert "©" not in text(page.select_one(".source"))


def test_every_spelling_of_a_reference_leads_to_one_address(client):
    make_decision("95 000 001", other_references=["95 000 111"])
    for spelling in ("95000001", "95 000 001", "95-000-111"):
        response = client.get(f"/decisions/{spelling}/?q=bus")
        assert response.status_code == 301
        assert response["Location"] == "/decisions/95-000-001/?q=bus"


def test_a_main_reference_comes_before_another_reference(see):
    make_decision("95 000 001", other_references=["95 000 002"], council="Carrier Council")
    make_decision("95 000 002", council="Own Council")
    assert text(see("/decisions/95-000-002/").h1.a) == "Own Council"


def test_a_withdrawn_decision_is_gone(see, archive):
    page = see("/decisions/95-000-005/", status=410)
    assert "Decision 95 000 005 was withdrawn" in text(page.main)
    assert "Gone Council" not in text(page)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
