"""Near spellings of a word, from an index of a few words."""

import pytest

from decisions.search.spelling import _respelt, near_spellings

COMMON = {"transport": 40, "school": 60, "assessment": 30, "council": 90, "Ångström": 5, "noise": 9}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("transprt", "transport"),  # missing
        ("transsport", "transport"),  # added
        ("tramsport", "transport"),  # changed
        ("tarnsport", "transport"),  # swapped
        ("rtansport", "transport"),  # the first letters as well
        ("ransport", "transport"),
        ("TRANSPRT", "transport"),
        ("assesment", "assessment"),
        ("asesment", "assessment"),  # two slips
        ("assesmetn", "assessment"),
        ("counsill", "council"),
        ("angstrum", "angstrom"),
        ("noize", "noise"),
    ],
)
def test_one_or_two_edits(searcher_of, typed, meant):
    assert near_spellings(searcher_of(COMMON), typed) == [meant]


@pytest.mark.parametrize(
    "typed",
    [
        "transport",
        "transports",  # finds the same
        "transported",
        "trnspt",  # three slips
        "noze",  # two slips in a word of four letters are another word
        "skol",
        "sch",
        "21019030",
        "school2",
        "school transprt",
        "x" * 500,
        "",
        "\0",
        "🙈",
    ],
)
def test_no_near_spelling(searcher_of, typed):
    assert near_spellings(searcher_of({**COMMON, "noise": 9, "son": 50}), typed) == []


def test_the_nearest_first_then_the_most_frequent(searcher_of):
    found = near_spellings(
        searcher_of({"planned": 14, "planted": 30, "planner": 50, "plagued": 80, "planed": 1}),
        "planed",
    )
    # "plagued" and "planner" are two slips away, "planed" itself is no suggestion.
    assert found == ["planted", "planned", "plagued"]


def test_one_of_several_forms_is_enough(searcher_of):
    words = {"appeal": 50, "appeals": 40, "appealed": 30, "append": 4}
    assert near_spellings(searcher_of(words), "appeel") == ["appeal", "append"]


def test_only_words_distinctly_more_frequent(searcher_of):
    counts = {"tribunal": 4, "tribuanl": 1}
    assert near_spellings(searcher_of(counts), "tribuanl") == []
    assert near_spellings(searcher_of({**counts, "tribunal": 10}), "tribuanl") == ["tribunal"]
    assert near_spellings(searcher_of({"tribunal": 2}), "tribuanl") == []


def test_words_take_their_spellings_by_rank():
    near = {(0, 4): ["bark", "park"], (8, 12): ["kerb", "herb", "verb"]}
    found = list(_respelt("zark or jerb.", near))
    assert found == ["bark or kerb.", "park or herb.", "park or verb."]
    assert list(_respelt("zark", {})) == []


def test_at_most_so_many(searcher_of):
    words = {f"{letter}ate": 5 for letter in "dfghklmr"}
    assert len(near_spellings(searcher_of(words), "zate")) == 3
    assert len(near_spellings(searcher_of(words), "zate", limit=1)) == 1
