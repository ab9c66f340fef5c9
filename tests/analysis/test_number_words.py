"""Numbers in words, as patterns match them and as they are read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.analysis import analyse
from decisions.analysis.deadlines import DEADLINE, deadline_of
from decisions.analysis.number_words import CARDINAL, NUMBER, parse_number
from tests.analysis.documents import one_paragraph
from tests.analysis.remedy_cases import decide


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("one", 1), ("ten", 10), ("sixteen", 16), ("Nineteen", 19), ("twenty", 20)),
        *(("twenty-one", 21), ("twenty one", 21), ("thirty-eight", 38), ("ninety-nine", 99)),
        *(("both", 2), ("7", 7), ("999", 999)),
    ],
)
def test_numbers(text, number):
    match = re.match(NUMBER, text, re.IGNORECASE)
    assert match is not None
    assert match[0] == text
    assert parse_number(match[0]) == number


def test_a_word_is_not_cut_short():
    assert re.findall(CARDINAL, "sixteen, sixty, seventy-seven, six") == [
        "sixteen", "sixty", "seventy-seven", "six",
    ]  # fmt: skip


def test_all_rules_read_the_same_words():
    match = DEADLINE.fullmatch("within twenty-one days")
    assert match is not None
    assert deadline_of(match).count == 21


@pytest.mark.parametrize(
    "text",
    ["See paragraph ſix.", "It will pay £5 a month for fıve months.", "pay the fİve children £5"],
)
def test_letters_that_only_look_like_others_break_nothing(text):
    """A pattern that ignores case takes "ſ" for "s", and "ı" and "İ" for "i"."""
    analyse(one_paragraph(text))
    analyse(decide(text))
    assert parse_number("ſıx") == 6


@given(st.from_regex(re.compile(NUMBER, re.IGNORECASE), fullmatch=True))
def test_whatever_the_pattern_matches_can_be_read(text):
    assert 0 <= parse_number(text) <= 999
