"""Which numbers in a decision are references of other decisions."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.analysis.decision_references import DecisionReference, decision_references
from decisions.analysis.passages import split
from decisions.documents import Document, Paragraph, Section
from decisions.parsing import parse
from decisions.sample import generate
from tests.analysis.documents import one_paragraph, words_at
from tests.real_files import SHARED

FILES = sorted(
    path
    for pattern in ("decisions/*-*.txt", "decisions/records/*.json", "layouts/*.txt")
    for path in SHARED.glob(pattern)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our earlier decision 19 004 118 said so", ["19 004 118"]),
        ("(reference 19-004-118)", ["19 004 118"]),
        ("complaints 19 004 118 and 17 002 402B", ["19 004 118", "17 002 402b"]),
        ("the Ombudsman’s decision 19004118", ["19 004 118"]),
        ("The Ombudsman's decision of 2019 (19\xa0004\xa0118)", ["19 004 118"]),
        # Its own, and numbers of other kinds.
        ("this complaint, 21 019 030", []),
        ("He rang 0300 061 0614 and 07700 900123; call 01 234 567", []),
        ("on 20210415, 15042021 and 12-05-2021; our decision of 20210415", []),
        (
            "the Council’s reference 19004118; invoice 19 004 118; planning application 19 004 118",
            [],
        ),
        ("It cost £12 000 000 and served 12 000 000 people.", []),
        ("121 019 0301; 19 004 1189; 19/00411/FUL", []),
    ],
)
def test_other_decisions(text, expected):
    document = one_paragraph(text)
    found = decision_references(split(document))
    assert [one.reference for one in found] == expected
    for one in found:
        assert words_at(document, one)
        assert DecisionReference.from_json(one.to_json()) == one


def test_all_references_of_a_report_are_its_own():
    section = Section("A", 1, (Paragraph(1, "19 004 118 and 19 004 119"),))
    report = Document("19 004 118", other_references=("19 004 119",), sections=(section,))
    assert decision_references(split(report)) == ()


@pytest.mark.real_files
def test_real_files_name_no_other_decision():
    assert len(FILES) == 20
    for path in FILES:
        assert decision_references(split(parse(path.read_bytes(), path.name))) == ()


@pytest.mark.slow
def test_samples_name_no_other_decision():
    for name, data in generate(600, 1):
        assert decision_references(split(parse(data, name))) == ()


FRAGMENTS = [
    *("our decision ", "complaint ", "invoice ", "the Council’s ", "19 004 118", "19004118"),
    *("17-002-402B", "20210415", "£", "people", "(", ")", ". ", "; ", ", ", " and ", "\xa0", "\n"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_apart(text):
    document = one_paragraph(text)
    found = decision_references(split(document))
    assert all(words_at(document, one) for one in found)
    for one, then in pairwise(found):
        assert one.evidence.end <= then.evidence.start


def test_a_long_text_takes_time_in_proportion():
    """A pattern that went back over its text would not come to an end here."""
    text = "our decision, " * 4000 + "1, " * 4000
    assert decision_references(split(one_paragraph(text))) == ()
