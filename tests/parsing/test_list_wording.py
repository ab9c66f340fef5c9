"""Which marked lines after a colon are items of a list, and which are paragraphs."""

import pytest

from decisions.documents import Document
from decisions.parsing import parse

HEAD = """Ambleford Council (99 755 155)
Category : Housing > Other
Decision : Upheld
Decision date : 03 Mar 2025
The Ombudsman's final decision:
Summary: We found fault.
The complaint
"""


def shape(lines: list[str], mark: str = "- ") -> list[tuple[int | None, int]]:
    """Number and count of items of each paragraph of a statement with these lines."""
    text = HEAD + "\n".join(mark + line for line in lines)
    return shape_of(parse(text.encode(), "99-755-155.txt"))


def shape_of(document: Document) -> list[tuple[int | None, int]]:
    return [
        (paragraph.number, len(paragraph.items))
        for section in document.sections
        for paragraph in section.paragraphs
    ]


LISTS = [
    # A list in capitals, of which the last item alone has a full stop.
    ["The Inspector considers:", "Delay", "A refusal", "Conditions.", "The rule applies."],
    ["The Council has agreed to:", "Apologise to Mr X", "Pay £100.", "It will do so in May."],
    ["Mr X complains about:", "Noise at night", "The reply.", "Mr X wants an apology."],
    ["She says that:", "It did not reply", "It lost a file.", "We cannot look at this."],
    # Every item has a full stop.
    ["Within one month it should:", "Apologise.", "Pay £100.", "The Council has agreed to this."],
    # As before: lower case, semicolons.
    ["We stop if:", "nothing could be added, or", "it is late.", "We may stop."],
    ["He wants:", "An apology; and", "A refund.", "We have spoken to him."],
    # No list follows the colon, or its items cannot be told from paragraphs.
    ["He complains that the Council:", "Mr H says this upset them both."],
    ["The file shows:", "Officers visited in May.", "They found nothing."],
    ["The law says:", "The Council must reply within a month.", "It did not."],
    ["He has asked for:", "In May, the Council replied.", "This was late."],
    ["The file shows:", "calls on 3 May", "a visit on 6 May", "The visit came to nothing."],
]
ITEMS = [3, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(("lines", "items"), list(zip(LISTS, ITEMS, strict=True)))
def test_dashes(lines: list[str], items: int) -> None:
    after = len(lines) - 1 - items
    assert shape(lines) == [(1, items), *((number, 0) for number in range(2, 2 + after))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["She complains it failed to:", "empty bins; and", "reply."], [(1, 2)]),
        (
            ["She complains it failed to:", "empty bins; and", "reply.", "She wants a refund."],
            [(1, 2), (2, 0)],
        ),
        (["The Council will:", "Apologise", "Pay £50.", "It has agreed."], [(1, 2), (2, 0)]),
        (["We stopped.", "There is nothing to add.", "It is late."], [(1, 0), (2, 0), (3, 0)]),
    ],
)
def test_every_number_is_one(lines: list[str], expected: list[tuple[int, int]]) -> None:
    assert shape(lines, "  1. ") == expected


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("Agred action", 1),
        ("Agreed acton", 1),
        ("My asessment", 1),
        ("Final decison", 1),
        ("How I considred this complaint", 1),
        ("The compliant", 1),
        # Other headings, however alike.
        ("Agreed option", 2),
        ("My reassessment", 2),
        ("Final decisions made", 2),
        ("Tree action", 2),
        ("The complainant", 2),
    ],
)
def test_a_misspelt_main_heading(heading: str, level: int) -> None:
    text = f"{HEAD}- Ms Hale complains.\n{heading}\n- The Council will apologise."
    document = parse(text.encode(), "99-755-155.txt")
    assert [(section.heading, section.level) for section in document.sections] == [
        ("The complaint", 1),
        (heading, level),
    ]
