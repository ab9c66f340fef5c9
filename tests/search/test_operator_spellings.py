"""Operators as people write them elsewhere: what is understood, and what is said of the rest."""

import pytest

from decisions.search.query_language import parse
from decisions.search.query_nodes import describe


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("school w/5 delay", "“school delay” with at most 5 words between"),
        ("school /5 delay", "“school delay” with at most 5 words between"),
        ("school W/5 delay w/5 bus", "“school delay bus” with at most 5 words between"),
        ('"school delay" ~5', "“school delay” with at most 5 words between"),
        ("noise –dog", "noise and not dog"),
        ("noise —dog", "noise and not dog"),
        ("2019–20 noise", "2019–20 and noise"),
        ("and/or 24/7", "and and or and 24/7"),
    ],
)
def test_other_ways_to_write_operators(typed, understood):
    parsed = parse(typed)
    assert (describe(parsed.node), parsed.notes) == (understood, ())


@pytest.mark.parametrize(
    ("typed", "understood", "note"),
    [
        (
            "school /s delay",
            "“school delay” with at most 20 words between",
            "“/s” was read as “w/20”: at most 20 words between.",
        ),
        (
            "school w/99 delay",
            "“school delay” with at most 20 words between",
            "“w/99” was read as “w/20”: at most 20 words between.",
        ),
        ("school w/5", "school", "“w/5” needs a word or phrase on each side, so it was left out."),
        (
            "(a OR b) /p delay",
            "(a or b) and delay",
            "“/p” needs a word or phrase on each side, so it was left out.",
        ),
    ],
)
def test_what_cannot_be_done_is_said(typed, understood, note):
    parsed = parse(typed)
    assert (describe(parsed.node), parsed.notes) == (understood, (note,))
