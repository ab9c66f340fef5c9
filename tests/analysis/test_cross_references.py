"""Where a decision points to its own paragraphs and to other decisions."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.analysis.cross_references import (
    CrossReference,
    Target,
    cross_references,
)
from decisions.analysis.passages import split
from decisions.documents import Document, Item, Paragraph, Section
from decisions.parsing import parse
from decisions.sample import generate
from tests.analysis.documents import bulleted, document_of, lettered, words_at
from tests.real_files import SHARED


def statement(text: str, complaint: tuple[Item, ...] | None = None) -> Document:
    """Paragraph 1 has items a to d, 9 three bullets, 12 items a to f; `text` is paragraph 25."""
    items = {9: bulleted("x", "y", "z"), 12: lettered("step", "abcdef")}
    return document_of(
        Section(
            "The complaint",
            1,
            (
                Paragraph(
                    1, "He complains:", lettered("part", "abcd") if complaint is None else complaint
                ),
                Paragraph(2, "It upset him."),
            ),
        ),
        Section(
            "What I found",
            1,
            (
                *tuple(Paragraph(n, "It wrote.", items.get(n, ())) for n in range(3, 25)),
                Paragraph(25, text),
                Paragraph(None, "Unnumbered."),
            ),
        ),
    )


def pointed(document: Document) -> list[tuple[str, list[str]]]:
    """(words of the link, targets as "4" or "1.0")."""
    return [
        (
            words_at(document, one),
            [".".join(map(str, (target.number, *target.item))) for target in one.targets],
        )
        for one in cross_references(split(document))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for the reasons set out in paragraph three.", [("paragraph three", ["3"])]),
        ("Paragraph 12 applies.", [("Paragraph 12", ["12"])]),
        ("(see para 9)", [("para 9", ["9"])]),
        ("see para. 9.", [("para. 9", ["9"])]),
        ("paragraph twenty-one", [("paragraph twenty-one", ["21"])]),
        ("paragraphs 4 to 6", [("paragraphs 4 to 6", ["4", "5", "6"])]),
        ("paras 4-6", [("paras 4-6", ["4", "5", "6"])]),
        ("paragraphs 4–6 above", [("paragraphs 4–6", ["4", "5", "6"])]),
        ("paragraphs four to five", [("paragraphs four to five", ["4", "5"])]),
        ("paragraphs 3, 5 and 7", [("3", ["3"]), ("5", ["5"]), ("7", ["7"])]),
        ("paragraphs 3, 5 to 7 & 20", [("3", ["3"]), ("5 to 7", ["5", "6", "7"]), ("20", ["20"])]),
        ("paragraph 7 of this decision statement", [("paragraph 7", ["7"])]),
        ("The policy in paragraph 7 above", [("paragraph 7", ["7"])]),
        ("I refer in paragraph 9 to the policy", [("paragraph 9", ["9"])]),
        (
            "The Council did not follow its policy, for the reasons in paragraph 20.",
            [("paragraph 20", ["20"])],
        ),
        ("part of paragraph 9", [("paragraph 9", ["9"])]),
        # Items
        ("paragraph 1(b)", [("paragraph 1(b)", ["1.1"])]),
        ("paragraph 1 (c)", [("paragraph 1 (c)", ["1.2"])]),
        ("paragraph 1d)", [("paragraph 1d)", ["1.3"])]),
        ("part b) of paragraph 12", [("part b)", ["12.1"]), ("paragraph 12", ["12"])]),
        (
            "points (a) to (c) in paragraph 12",
            [("points (a) to (c)", ["12.0", "12.1", "12.2"]), ("paragraph 12", ["12"])],
        ),
        ("part b) of the complaint", [("part b)", ["1.1"])]),
        ("point (a) above", [("point (a)", ["12.0"])]),
        ("points (e) and (f)", [("(e)", ["12.4"]), ("(f)", ["12.5"])]),
        (
            "parts b) to d) and some of part a)",
            [("parts b) to d)", ["1.1", "1.2", "1.3"]), ("part a)", ["1.0"])],
        ),
        ("parts a) and b) of Mr X’s complaint", [("a)", ["1.0"]), ("b)", ["1.1"])]),
        # Bullets
        (
            "the first bullet point of paragraph 9",
            [("first bullet point", ["9.0"]), ("paragraph 9", ["9"])],
        ),
        ("the second bullet point", [("second bullet point", ["9.1"])]),
        ("the last bullet above", [("last bullet", ["9.2"])]),
    ],
)
def test_points_to(text, expected):
    assert pointed(statement(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        # What leads nowhere.
        "paragraph 99; paragraphs 4 to 99; paragraphs 6 to 4; paragraph 2(a); paragraph 1(z)",
        "part z) of the complaint; part z); the fourth bullet point",
        "point (a), which could be one of two lists",
        # What is in a law or another paper.
        "(Local Government Act 1974, Schedule 5, paragraph 5(b))",
        "Schedule 5/5A, paragraph 1/3; paragraph 5A schedule 5; paragraph 3 of Schedule 2",
        "paragraph 14.2 of the guidance; paragraph 5A",
        "paragraph 5 of the Council's policy; paragraph 5 of its letter",
        "paragraph 5 in the Council’s complaints policy",
        "paragraph 7 of my draft decision",
        "The guidance says an assessment should be prompt (paragraph 6).",
        "The Code at paragraph 9 is clear. Its letter, paragraph 4, is not.",
        "NPPF paragraph 11; paragraph 11 NPPF; Annex B, paragraph 2; Policy H3, paragraph 4",
        "SEND Code of Practice, paragraph 9; paragraph 9 SEND Code of Practice",
        "It wrote: “as paragraph 4 shows, we”",
        "part c) of the policy; part b) of the test",
        # What is no reference.
        "It sent a letter of one paragraph. It deals with it in two paragraphs.",
        "sub-paragraph 3; paragraph 3rd; paragraph one hundred; parapet 3; paragraphs",
        "in part (and only in part); the bullet point; particular)",
    ],
)
def test_points_nowhere(text):
    assert pointed(statement(text)) == []


def test_an_item_that_is_not_there_leaves_its_paragraph():
    for text in ("part e) of paragraph 1", "the first bullet point of paragraph 1"):
        assert pointed(statement(text)) == [("paragraph 1", ["1"])]


def test_lists_of_a_file_with_dashes_have_lost_their_letters():
    document = statement("I looked at part b).", complaint=bulleted("one", "two"))
    assert pointed(document) == [("part b)", ["1.1"])]


def test_a_number_that_two_paragraphs_bear_points_to_neither():
    sections = Section("A", 1, (Paragraph(1, "x"), Paragraph(1, "y"), Paragraph(2, "paragraph 1")))
    assert pointed(document_of(sections)) == []


def test_the_summary_points_too():
    section = Section("A", 1, (Paragraph(1, "x"),))
    assert pointed(document_of(section, summary="See paragraph 1.")) == [("paragraph 1", ["1"])]


def read(name: str) -> Document:
    return parse((SHARED / name).read_bytes(), Path(name).name)


REAL = {
    "decisions/21-019-030.txt": [("paragraph three", ["3"])],
    "layouts/99-011-568.txt": [
        ("parts c) to g)", ["1.2", "1.3", "1.4", "1.5", "1.6"]),
        ("a)", ["1.0"]),
        ("b)", ["1.1"]),
    ],
}
FILES = sorted(
    path.relative_to(SHARED).as_posix()
    for pattern in ("decisions/*-*.txt", "decisions/records/*.json", "layouts/*.txt")
    for path in SHARED.glob(pattern)
)


@pytest.mark.real_files
@pytest.mark.parametrize("name", FILES)
def test_real_files(name):
    assert pointed(read(name)) == REAL.get(name, [])


@pytest.mark.real_files
def test_the_files_are_there():
    assert len(FILES) == 20
    assert set(FILES) >= REAL.keys()


@pytest.mark.slow
def test_the_samples():
    """Every reference resolves to a paragraph or item that exists; nearly none stays plain."""
    seen = 0
    for name, data in generate(600, 1):
        document = parse(data, name)
        paragraphs = {paragraph.number: paragraph for paragraph in document.paragraphs()}
        for reference in cross_references(split(document)):
            seen += 1
            assert words_at(document, reference)
            assert CrossReference.from_json(reference.to_json()) == reference
            assert reference.targets
            for target in reference.targets:
                items = paragraphs[target.number].items
                for place in target.item:
                    items = (items[place]).items
    assert seen > 800


FRAGMENTS = [
    *("paragraph ", "paragraphs ", "para. ", "part ", "parts ", "point ", "the first bullet point"),
    *("3", "12", "99", "three", "twenty-one", "1(b)", "5b)", "a)", "(c)", "iv)", "14.2", "5A"),
    *(
        " to ",
        "-",
        " and ",
        ", ",
        " above",
        " of paragraph ",
        " of the policy",
        " of the complaint",
    ),
    *("Schedule 5, ", "The Code says ", "“", "”", ". ", "; ", "19 004 118", "19004118", "£", "\n"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_apart_that_resolve(text):
    document = statement(text)
    numbers = {paragraph.number for paragraph in document.paragraphs()}
    found = cross_references(split(document))
    assert all(words_at(document, one) for one in found)
    for one, then in pairwise(found):
        assert one.evidence.end <= then.evidence.start
    for reference in found:
        assert CrossReference.from_json(reference.to_json()) == reference
        assert all(isinstance(t, Target) and t.number in numbers for t in reference.targets)


@pytest.mark.parametrize(
    "piece", ["paragraph 1, ", "1, ", "part a) ", "The Code says ", "in the a "]
)
def test_long_texts_take_time_in_proportion(piece):
    """A pattern that went back over its text would not come to an end here."""
    text = "paragraphs " + piece * 4000
    assert isinstance(cross_references(split(statement(text))), tuple)
