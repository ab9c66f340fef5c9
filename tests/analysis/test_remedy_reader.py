"""What a list, or a sentence behind the remedies, says of them."""

import pytest

from decisions.analysis.passages import split
from decisions.analysis.remedies import remedies
from decisions.documents import Document, Item, Paragraph
from tests.analysis.remedy_cases import decide


def deadlines(document: Document) -> list[str | None]:
    return [one.deadline.text if one.deadline else None for one in remedies(split(document))]


def test_a_list_gives_its_entries_its_deadline() -> None:
    items = (Item("a", "apologise to Mr X;"), Item("b", "pay him £50 within two weeks."))
    intro = "Within one month of the date of my final decision the Council will:"
    assert deadlines(decide(Paragraph(1, intro, items))) == [
        "Within one month of the date of my final decision",
        "within two weeks",
    ]
    (first, _) = remedies(split(decide(Paragraph(1, intro, items))))
    assert first.deadline is not None
    assert first.deadline.to_json() == {
        "text": "Within one month of the date of my final decision",
        "count": 1,
        "unit": "month",
    }


def test_a_deadline_that_comes_after() -> None:
    document = decide(
        "The Council will apologise to Mr X and pay him £50.",
        "The Council should complete these actions within 20 working days.",
    )
    assert deadlines(document) == ["within 20 working days"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The Council will review the decisions it has made within the past 12 months.",
        "The Council will remind staff to reply to complaints within 20 working days.",
        "The Council will apologise for its failure to reply within ten days.",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert deadlines(decide(text)) == [None]


def test_a_report_to_the_ombudsman_sets_no_deadline() -> None:
    document = decide(
        "The Council will apologise to Mr X.",
        "The Council should report its findings to us within three months.",
    )
    assert deadlines(document) == [None]
