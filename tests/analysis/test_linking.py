"""Findings of several families become links that do not overlap."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from decisions.analysis.linking import Link, links_by_place, without_overlaps
from decisions.analysis.passages import Evidence


def evidence(start: int, end: int, paragraph: int = 0) -> Evidence:
    return Evidence(0, paragraph, (), paragraph + 1, start, end)


def test_links_are_sorted_within_their_passages():
    found = [
        (evidence(20, 30), "#para-3", "Paragraph 3"),
        (evidence(5, 9), "/law/lga-1974", "Local Government Act 1974"),
        (evidence(0, 4, paragraph=2), "#para-1", "Paragraph 1"),
    ]
    assert links_by_place(found) == {
        (0, 0, ()): [
            Link(5, 9, "/law/lga-1974", "Local Government Act 1974"),
            Link(20, 30, "#para-3", "Paragraph 3"),
        ],
        (0, 2, ()): [Link(0, 4, "#para-1", "Paragraph 1")],
    }


def test_of_two_that_overlap_the_first_and_longer_stays():
    long, inside, beside = Link(0, 9, "#a", ""), Link(0, 4, "#b", ""), Link(9, 12, "#c", "")
    assert without_overlaps(
        [beside, inside, long, Link(8, 10, "#d", ""), Link(20, 20, "#e", "")]
    ) == [
        long,
        beside,
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_any_spans(spans):
    kept = without_overlaps(Link(start, end, "#", "") for start, end in spans)
    assert all(one.end <= then.start for one, then in itertools.pairwise(kept))
    assert all(link.start < link.end for link in kept)
