"""What else a decision says can tell which law a citation means."""

from decisions.analysis.citations import citations
from decisions.analysis.passages import split
from decisions.documents import Paragraph, Section
from tests.analysis.documents import cited, document_of


def test_that_act_is_none_when_two_were_named():
    text = "The Care Act 2014 and the Equality Act 2010 apply, and section 9 of that Act."
    assert cited(text) == [
        ("Care Act 2014", "Care Act 2014"),
        ("Equality Act 2010", "Equality Act 2010"),
    ]


def test_the_year_of_an_act_may_stand_in_another_paragraph():
    first = Section("Law", 1, (Paragraph(1, "section 117 of the Mental Health Act is clear."),))
    then = Section("More", 1, (Paragraph(2, "(Mental Health Act 1983)"),))
    found = citations(split(document_of(first, then)))
    assert [one.provision.key for one in found] == ["mha-1983-s-117", "mha-1983"]
    again = Section("Yet more", 1, (Paragraph(3, "(Mental Health Act 2007)"),))
    found = citations(split(document_of(first, then, again)))
    assert [one.provision.key for one in found] == ["mha-1983", "mental-health-act-2007"]


def test_a_case_is_one_however_it_is_written():
    texts = (
        "R (on the application of T) v Ambleford Council [2011] EWHC 12 (Admin)",
        "R (T) v. Ambleford Council",
        "(2011) EWHC 12 (Admin)",
        "[2011] EWHC 12",
    )
    paragraphs = tuple(Paragraph(number, text) for number, text in enumerate(texts, 1))
    found = citations(split(document_of(Section("Law", 1, paragraphs))))
    assert [one.provision.key for one in found] == ["2011-ewhc-12"] * 4


def test_regulations_have_the_year_that_another_paragraph_gives():
    paragraphs = (
        Paragraph(1, "(The Care Homes (England) Regulations 2011)"),
        Paragraph(2, "The Care Homes (England) Regulations say so."),
    )
    found = citations(split(document_of(Section("Law", 1, paragraphs))))
    assert [one.provision.year for one in found] == [2011, 2011]
