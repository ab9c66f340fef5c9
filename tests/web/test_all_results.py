"""Batches and exports hold the decisions of the list's pages: all of them, each once, in order."""

from collections.abc import Iterable
from itertools import chain

import pytest

from decisions import search
from decisions.search import SearchQuery, batches
from decisions.web import results
from tests.factories import make_decision
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

# Words with many matches, words with few (the closest matches follow), and none.
TEXTS = ("", "bus", "cold bus", "zebra cold house", '"the bus was late" near')
SORTS = ("relevance", "newest", "oldest", "payment")
FILTERS = ({}, {"outcome": ("upheld", "not-stated")})


def pages(search_query: SearchQuery) -> list[int]:
    """The ids on all pages of the list."""
    whole = results.find(SearchQuery(**{**vars(search_query), "size": 1_000}))
    assert whole.listed == len(whole.ids) + len(whole.near_matches)
    return whole.ids + whole.near_matches


def flat(lists: Iterable[list[int]]) -> list[int]:
    return [*chain.from_iterable(lists)]


def in_batches(search_query: SearchQuery, size: int) -> list[int]:
    ids: list[int] = []
    after: str | None = ""
    while after is not None:
        found = results.batch(search_query, after, size)
        assert len(found.ids) <= size
        ids += found.ids
        after = found.after
    return ids


def searches() -> list[SearchQuery]:
    return [
        SearchQuery(text, terms, sort=sort) for text in TEXTS for sort in SORTS for terms in FILTERS
    ]


@pytest.mark.slow
def test_all_results_are_those_of_the_pages_in_their_order(monkeypatch):
    make_varied_archive()
    make_decision(paragraphs=("The cold bus was late.",))
    make_decision(paragraphs=("A cold bus, and a house.",), outcome="Not upheld")
    search.catch_up()
    monkeypatch.setattr(batches, "CHUNK", 9)
    for search_query in searches():
        expected = pages(search_query)
        assert expected, search_query
        assert flat(results.iterate(search_query, 4)) == expected, search_query
        assert in_batches(search_query, 7) == expected, search_query
    few = SearchQuery("cold bus")  # a batch may end among those that hold all words
    assert results.find(few).total > 1
    assert in_batches(few, 1) == pages(few)


def test_postgresql_continues_what_the_index_began():
    make_varied_archive()
    search.catch_up()
    for sort in SORTS:
        search_query = SearchQuery(sort=sort)
        expected = flat(results.iterate(search_query, 7))
        assert flat(results._iterate_database(search_query, 7)) == expected
        first = results.batch(search_query, "", 7)
        rest = results._batch_in_database(search_query, first.after, 1_000)
        assert first.ids + rest.ids == expected


def test_words_need_the_index():
    with pytest.raises(results.WordsNotSearchable):
        results.iterate(SearchQuery("bus"))
    assert list(results.iterate(SearchQuery())) == []
    search.catch_up()
    for cursor in ("5", "key-", "key--1", f"key-{10**30}", "where-3"):
        with pytest.raises(search.InvalidCursor, match=cursor):
            results.batch(SearchQuery(), cursor)
