"""The phrases of summaries, and those that complete what is typed."""

import pytest

from decisions.search import complete_phrase
from decisions.search.phrases import phrases_of


@pytest.mark.parametrize(
    ("summary", "phrases"),
    [
        (None, set()),
        ("", set()),
        ("School transport.", {"school transport"}),
        (
            "The SCHOOL’S duty of care",
            {"school's duty", "school's duty of care", "duty of care"},
        ),
        # None across punctuation, and none of names.
        ("noise, smells; dust", set()),
        ("Mr Ash’s noise and Mrs B’s garden fence", {"garden fence"}),
        ("Ms Yew Hollow noise", {"hollow noise"}),
        # No function words at the ends, and none of the sentence's own.
        ("of the school bus to a", {"school bus"}),
        ("noise was not investigated", set()),
        ("school bus was late yesterday", {"school bus", "late yesterday"}),
        # What was done begins a phrase at most.
        ("missed bins", {"missed bins"}),
        ("bins missed", set()),
        ("section 117 aftercare", {"section 117", "section 117 aftercare"}),
        ("12 34 56", set()),
        ("‘free’ school-meals – late", {"free school-meals"}),
        ("a b c - d", set()),
        ("x" * 50 + " school bus", {"school bus"}),
    ],
)
def test_phrases_of_a_summary(summary, phrases):
    assert phrases_of(summary) == phrases


def test_phrases_have_at_most_four_words():
    found = phrases_of("special education needs tribunal hearing")
    assert "special education needs tribunal" in found
    assert "education needs tribunal hearing" in found
    assert max(len(phrase.split()) for phrase in found) == 4
    assert min(len(phrase.split()) for phrase in found) == 2


def test_completions_are_common_phrases_and_not_parts_of_longer_ones(searcher_of):
    held = searcher_of(
        {
            "school transport": 10,
            "school transport appeal": 9,
            "school trip": 3,
            "school trouble": 2,
            "schools": 50,
        },
        "phrases",
    )
    # "School transport" is nearly always the beginning of the longer phrase.
    assert complete_phrase(held, "School  tr") == [
        ("school transport appeal", 9),
        ("school trip", 3),
    ]
    assert complete_phrase(held, "school tr", limit=1) == [("school transport appeal", 9)]
    assert complete_phrase(held, "sc") == []
    assert complete_phrase(held, "sch") == complete_phrase(held, "school") != []
    assert complete_phrase(held, "school ") == complete_phrase(held, "school t")
    assert complete_phrase(held, "\0\0\0") == []
