"""Near spellings of a word, from an index of a few words, and corrections of a query."""

from dataclasses import replace

import pytest

from decisions import search
from decisions.models import Decision
from decisions.search import execution
from decisions.search.spelling import _respelt, near_spellings
from tests.factories import make_decision, make_decisions

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


def find(text: str, **fields) -> search.SearchResults:
    search.catch_up()
    return search.search(search.SearchQuery(text, **fields))


def test_names_of_councils_and_words_of_the_thesaurus_are_no_misspellings(searcher_of):
    words = {"sent": 90, "transport": 90}
    assert near_spellings(searcher_of(words), "kent") == []
    assert near_spellings(searcher_of(words), "tramsport") == ["transport"]
    assert near_spellings(searcher_of({"herb": 90}), "kerb") == []


@pytest.mark.django_db
def test_a_council_or_category_of_the_archive_is_no_misspelling():
    make_decisions({"paragraphs": ("The bark of a dog.",)} for _ in range(12))
    make_decision(council="Wark Council", category=("Hark", "Other"))
    for word in ("wark", "hark"):
        query = search.SearchQuery(word)
        assert search.suggest_spellings(query, find(word)) == []


@pytest.mark.django_db(transaction=True)
def test_a_query_is_corrected_where_that_finds_more_and_it_may_be_a_slip():
    make_decisions({"paragraphs": ("The bark of a dog.",)} for _ in range(12))
    make_decision(paragraphs=("The zark.",))
    corrected = {
        "zark": ["bark"],
        "zark OR nothing": [],  # grammar that finds something
        "zark -tree": [],
        "jark": ["bark"],
        "jark in:complaint": [],  # a word of one part
        "zark xylophone": [],  # the correction finds no more
    }
    for text, expected in corrected.items():
        query, results = search.SearchQuery(text), find(text)
        assert [one.text for one in search.suggest_spellings(query, results)] == expected
        enough = replace(results, total=execution.MIN_RESULTS)
        assert search.suggest_spellings(query, enough) == []
    filtered = search.SearchQuery("zark", terms={"outcome": ("not-upheld",)})
    assert search.suggest_spellings(filtered, find("zark", terms=filtered.terms)) == []
    Decision.objects.filter(pk__in=find("bark").ids[:3]).delete()  # nine are too few beside one
    assert search.suggest_spellings(search.SearchQuery("zark"), find("zark")) == []
