"""What each tool answers, and what it says where it cannot."""

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from decisions import search
from decisions.mcp_server import reading
from decisions.mcp_server.server import (
    check_quotation,
    list_facets,
    read_decision,
    search_decisions,
)
from decisions.serializers import LICENCE, SAMPLE_NOTICE
from tests.factories import Item, Paragraph, Section, make_decision

pytestmark = pytest.mark.django_db

SITE = "https://archive.example"


@pytest.fixture(autouse=True)
def archive(settings):
    settings.SITE_URL = SITE
    items = (Item("a", "apologise;", (Item("i", "now"),)), Item(None, "pay"))
    sections = (
        Section("The complaint", 1, (Paragraph(1, "The bus to the school was late."),)),
        Section("Action", 1, (Paragraph(2, "The Council should:", items), Paragraph(None, "End."))),
    )
    make_decision("95 000 001", council="Kent County Council", sections=sections)
    make_decision("95 000 002", council="Essex County Council", is_sample=True, payment=25_050)
    make_decision("95 000 003", paragraphs=("The bus went.",), withdrawn_at="2024-01-02T00:00:00Z")
    search.catch_up()


def test_a_search_has_the_sites_parameters_and_gives_passages_with_addresses():
    answer = search_decisions(q="school bus", council=["kent-county-council"])
    [found] = answer["decisions"]
    assert (answer["total"], answer["licence"]) == (1, LICENCE)
    assert answer["address"] == f"{SITE}/decisions/?q=school%20bus&council=kent-county-council"
    assert (found["reference"], found["council"]) == ("95 000 001", "Kent County Council")
    assert [(passage["address"], passage["text"]) for passage in found["passages"]] == [
        (f"{SITE}/decisions/95-000-001/#para-1", "The bus to the school was late.")
    ]
    [sample] = search_decisions(payment_min=200, sort="newest")["decisions"]
    assert (sample["payment_pounds"], sample["licence"]) == (250.5, SAMPLE_NOTICE)
    assert search_decisions(council=["nowhere"], date_from="May")["problems"] == [
        "“May” is not a date. Write a date like 2021-04-20.",
        "There is no council “nowhere” in this archive.",
    ]


def test_facets_have_values_labels_and_counts():
    answer = list_facets(facets=["council", "year"])
    assert answer["facets"] == {
        "council": {
            "values": [
                {"value": "essex-county-council", "label": "Essex County Council", "decisions": 1},
                {"value": "kent-county-council", "label": "Kent County Council", "decisions": 1},
            ],
            "values_left_out": 0,
        },
        "year": {
            "values": [{"value": "2024", "label": "2024", "decisions": 2}],
            "values_left_out": 0,
        },
    }


def test_a_decision_is_read_in_parts_with_the_address_of_each_paragraph(monkeypatch):
    whole = read_decision("LGO ref 95000001")
    assert [section["heading"] for section in whole["contents"]] == ["The complaint", "Action"]
    assert whole["licence"] == LICENCE
    assert [paragraph["address"] for paragraph in whole["paragraphs"]] == [
        f"{SITE}/decisions/95-000-001/#{anchor}" for anchor in ("para-1", "para-2", "section-2")
    ]
    assert whole["paragraphs"][1]["text"] == ("The Council should:\na) apologise;\n  i) now\n• pay")
    monkeypatch.setattr(reading, "PART_CHARACTERS", 20)
    second = read_decision(f"{SITE}/decisions/95-000-001/", part=2)
    assert ([p["number"] for p in second["paragraphs"]], second["parts"]) == ([2], 3)
    [only] = read_decision("95 000 001", section="section-1")["paragraphs"]
    assert only["number"] == 1


def test_a_quotation_is_checked():
    answer = check_quotation("“The bus to school was late” (95 000 001)")
    [verdict] = answer["quotations"]
    assert (verdict["status"], answer["licence"]) == ("differs", LICENCE)
    assert verdict["differences"] == [{"quotation": "", "decision": "the"}]
    assert verdict["places"][0]["address"] == f"{SITE}/decisions/95-000-001/#para-1"


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: read_decision("kent"), "“kent” is not a reference."),
        (
            lambda: read_decision("95 000 010"),
            "does not have decision 95 000 010. It has 95 000 001",
        ),
        (lambda: read_decision("95 000 003"), "was withdrawn from this archive on 2024-01-02."),
        (lambda: read_decision("95 000 001", section="x"), "It has section-1, section-2."),
        (lambda: read_decision("95 000 001", part=2), "This text has 1 parts."),
        (lambda: check_quotation("nothing quoted"), "No quotation was found."),
        (lambda: check_quotation("x" * 100_001), "The text has 100,001 characters."),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(ask, says):
    with pytest.raises(ToolError) as error:
        ask()
    assert says in str(error.value)


def test_no_tool_reads_a_withdrawn_decision():
    """Its words are in no answer, though it is in the database."""
    answers = (
        search_decisions(q="bus"),
        list_facets(),
        check_quotation("“The bus went”"),
    )
    assert "95 000 003" not in str(answers)
    assert answers[0]["total"] == 1


def test_without_the_index_words_are_not_searched(settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    for ask in (lambda: search_decisions(q="bus"), list_facets):
        with pytest.raises(ToolError, match="The search index is being rebuilt"):
            ask()
    assert len(search_decisions()["decisions"]) == 2
