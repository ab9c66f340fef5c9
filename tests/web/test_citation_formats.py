"""Citations, character by character."""

import datetime

from decisions.documents import Item, Paragraph
from decisions.web.presenters.citation_formats import (
    CitedDecision,
    citation_formats,
    markdown_citation,
    oscola_citation,
    plain_citation,
    quotation,
)

ADDRESS = "https://archive.example/decisions/90-000-001/"


def cited(**fields) -> CitedDecision:
    known = {
        "references": ("90 000 001",),
        "council": "Wexcombe District Council",
        "decided_on": datetime.date(2024, 3, 5),
        "is_sample": False,
        "address": ADDRESS,
    }
    return CitedDecision(**{**known, **fields})


def test_a_decision_in_three_forms():
    assert plain_citation(cited()) == (
        "Local Government and Social Care Ombudsman, Wexcombe District Council (90 000 001),"
        f" 5 March 2024, {ADDRESS}"
    )
    assert oscola_citation(cited()) == (
        "Wexcombe District Council (90 000 001) (Local Government and Social Care Ombudsman,"
        f" 5 March 2024) <{ADDRESS}>"
    )
    assert markdown_citation(cited()) == (
        f"[Wexcombe District Council (90 000 001)]({ADDRESS}),"
        " Local Government and Social Care Ombudsman, 5 March 2024"
    )


def test_a_paragraph_is_named_and_addressed():
    assert plain_citation(cited(), 9).endswith(f"5 March 2024, paragraph 9, {ADDRESS}#para-9")
    assert oscola_citation(cited(), 9).endswith(f"5 March 2024) [9] <{ADDRESS}#para-9>")
    assert markdown_citation(cited(), 9).endswith("5 March 2024, paragraph 9")
    assert f"]({ADDRESS}#para-9)" in markdown_citation(cited(), 9)


def test_a_value_that_is_not_stated_is_omitted():
    unknown = cited(council=None, decided_on=None)
    source = "Local Government and Social Care Ombudsman"
    assert plain_citation(unknown) == f"{source}, Decision 90 000 001, {ADDRESS}"
    assert oscola_citation(unknown) == f"Decision 90 000 001 ({source}) <{ADDRESS}>"
    assert markdown_citation(unknown) == f"[Decision 90 000 001]({ADDRESS}), {source}"


def test_a_joint_decision_names_all_its_references():
    joint = cited(references=("90 000 001", "90 000 002a", "90 000 003"))
    assert "Wexcombe District Council (90 000 001, 90 000 002a and 90 000 003)" in plain_citation(
        joint
    )
    unnamed = cited(references=("90 000 001", "90 000 002a"), council=None)
    assert "Decisions 90 000 001 and 90 000 002a" in oscola_citation(unnamed)


def test_a_sample_is_never_cited_as_the_ombudsmans():
    for citation in citation_formats(cited(is_sample=True), Paragraph(1, "Mr X complains.")):
        assert "Invented sample, not a decision of the Ombudsman" in citation.text
        assert "Local Government" not in citation.text


def test_signs_of_markdown_in_a_name_are_escaped():
    assert markdown_citation(cited(council="A [B] *C*")).startswith(
        r"[A \[B\] \*C\* (90 000 001)]("
    )


def test_a_paragraph_is_quoted_whole_and_unaltered():
    items = (
        Item("a", "apologise;", (Item("i", "in writing;"),)),
        Item(None, "pay £100."),
    )
    assert quotation(cited(), Paragraph(12, "The Council will:", items)) == (
        "“The Council will:\na) apologise;\n   i) in writing;\n• pay £100.”\n\n"
        "Local Government and Social Care Ombudsman, Wexcombe District Council (90 000 001),"
        f" 5 March 2024, paragraph 12, {ADDRESS}#para-12"
    )


def test_the_text_is_quoted_only_for_a_paragraph():
    assert [citation.name for citation in citation_formats(cited())] == [
        "plain",
        "oscola",
        "markdown",
    ]
    with_text = citation_formats(cited(), Paragraph(1, "Mr X complains."))
    assert [citation.name for citation in with_text] == ["text", "plain", "oscola", "markdown"]
