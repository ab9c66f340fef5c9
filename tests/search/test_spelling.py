"""Near spellings and common phrases, from a real index of a few invented decisions."""

import pytest
import tantivy

from decisions.search import complete_phrase
from decisions.search.index import store
from decisions.search.phrases import phrases_of
from decisions.search.spelling import near_spellings


@pytest.fixture
def searcher(index_dir):
    """Makes a searcher over an index that holds each text so many times."""

    def searcher(counts: dict[str, int], field: str = "words"):
        made = store.IndexStore.create()
        writer = made.index.writer(50_000_000, 1)
        for text, count in counts.items():
            for _ in range(count):
                entry = tantivy.Document()
                entry.add_text(field, text)
                writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        return made.searcher()

    return searcher


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
def test_a_slip_or_two(searcher, typed, meant):
    assert near_spellings(searcher(COMMON), typed) == [meant]


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
def test_no_near_spelling(searcher, typed):
    assert near_spellings(searcher({**COMMON, "noise": 9, "son": 50}), typed) == []


def test_the_nearest_first_then_the_most_frequent(searcher):
    found = near_spellings(
        searcher({"planted": 14, "planned": 30, "planner": 50, "plagued": 80, "planed": 1}),
        "planed",
    )
    # "plagued" and "planner" are two slips away, "planed" itself is no suggestion.
    assert found == ["planned", "planted", "plagued"]


def test_one_of_several_forms_is_enough(searcher):
    words = {"appeal": 50, "appeals": 40, "appealed": 30, "append": 4}
    assert near_spellings(searcher(words), "appeel") == ["appeal", "append"]


def test_only_words_distinctly_more_frequent(searcher):
    counts = {"tribunal": 4, "tribuanl": 1}
    assert near_spellings(searcher(counts), "tribuanl") == []
    assert near_spellings(searcher({**counts, "tribunal": 10}), "tribuanl") == ["tribunal"]
    assert near_spellings(searcher({"tribunal": 2}), "tribuanl") == []


def test_at_most_so_many(searcher):
    words = {f"{letter}ate": 5 for letter in "dfghklmr"}
    assert len(near_spellings(searcher(words), "zate")) == 3
    assert len(near_spellings(searcher(words), "zate", limit=1)) == 1


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


def test_completions_are_common_and_no_mere_parts(searcher):
    held = searcher(
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
    assert complete_phrase(held, "school ") == complete_phrase(held, "school t")
    assert complete_phrase(held, "\0\0\0") == []
