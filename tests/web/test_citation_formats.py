"""Citations, character by character."""

import datetime

from decisions.documents import Item, Paragraph
from decisions.web.presenters.citation_formats import (
    CitedDecision,
    forms,
    markdown,
    oscola,
    plain,
    quotation,
)

ADDRESS = "https://archive.example/decisions/90-000-001/"


def quotable(**fields) -> CitedDecision:
    known = {
        "references": ("90 000 001",),
        "council": "Wexcombe District Council",
        "decided_on": datetime.date(2024, 3, 5),
        "is_sample": False,
        "address": ADDRESS,
    }
    return CitedDecision(**{**known, **fields})


def test_a_decision_in_three_forms():
    assert plain(quotable()) == (
        "Local Government and Social Care Ombudsman, Wexcombe District Council (90 000 001),"
        f" 5 March 2024, {ADDRESS}"
    )
    assert oscola(quotable()) == (
        "Wexcombe District Council (90 000 001) (Local Government and Social Care Ombudsman,"
        f" 5 March 2024) <{ADDRESS}>"
    )
    assert markdown(quotable()) == (
        f"[Wexcombe District Council (90 000 001)]({ADDRESS}),"
        " Local Government and Social Care Ombudsman, 5 March 2024"
    )


def test_a_paragraph_is_named_and_addressed():
    assert plain(quotable(), 9).endswith(f"5 March 2024, paragraph 9, {ADDRESS}#para-9")
    assert oscola(quotable(), 9).endswith(f"5 March 2024) [9] <{ADDRESS}#para-9>")
    assert markdown(quotable(), 9).endswith("5 March 2024, paragraph 9")
    assert f"]({ADDRESS}#para-9)" in markdown(quotable(), 9)


def test_what_is_not_stated_is_left_out():
    unknown = quotable(council=None, decided_on=None)
    source = "Local Government and Social Care Ombudsman"
    assert plain(unknown) == f"{source}, Decision 90 000 001, {ADDRESS}"
    assert oscola(unknown) == f"Decision 90 000 001 ({source}) <{ADDRESS}>"
    assert markdown(unknown) == f"[Decision 90 000 001]({ADDRESS}), {source}"


def test_a_joint_decision_names_all_its_references():
    joint = quotable(references=("90 000 001", "90 000 002a", "90 000 003"))
    assert "Wexcombe District Council (90 000 001, 90 000 002a and 90 000 003)" in plain(joint)
    unnamed = quotable(references=("90 000 001", "90 000 002a"), council=None)
    assert "Decisions 90 000 001 and 90 000 002a" in oscola(unnamed)


def test_a_sample_is_never_cited_as_the_ombudsmans():
    for form in forms(quotable(is_sample=True), Paragraph(1, "Mr X complains.")):
        assert "Invented sample, not a decision of the Ombudsman" in form.text
        assert "Local Government" not in form.text


def test_signs_of_markdown_in_a_name_are_escaped():
    assert markdown(quotable(council="A [B] *C*")).startswith(r"[A \[B\] \*C\* (90 000 001)](")


def test_a_paragraph_is_quoted_whole_and_unaltered():
    items = (
        Item("a", "apologise;", (Item("i", "in writing;"),)),
        Item(None, "pay £100."),
    )
    assert quotation(quotable(), Paragraph(12, "The Council will:", items)) == (
        "“The Council will:\na) apologise;\n   i) in writing;\n• pay £100.”\n\n"
        "Local Government and Social Care Ombudsman, Wexcombe District Council (90 000 001),"
        f" 5 March 2024, paragraph 12, {ADDRESS}#para-12"
    )


def test_the_text_comes_only_with_a_paragraph():
    assert [form.name for form in forms(quotable())] == ["plain", "oscola", "markdown"]
    with_text = forms(quotable(), Paragraph(1, "Mr X complains."))
    assert [form.name for form in with_text] == ["text", "plain", "oscola", "markdown"]
