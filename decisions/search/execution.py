"""Executes a search query on the latest commit of an index."""

from collections.abc import Hashable
from math import ceil
from typing import Any

from tantivy import Searcher

from decisions.search import facets, page_ids
from decisions.search.compiler import CompiledQuery, compile_query, vocabulary_of
from decisions.search.index.store import IndexStore
from decisions.search.page_ids import best_ids, page_of_ids, reachable
from decisions.search.search_query import SearchQuery, SearchResults

# Fewest decisions in the index for which facets are counted on other cores while this one finds the
# page. With fewer, passing the work to threads takes longer than it saves.
MIN_DECISIONS_FOR_OTHER_CORES = 200_000

# Results below which near matches are added to a list, and up to which they fill it.
MIN_RESULTS = 10


def execute(store: IndexStore, search_query: SearchQuery) -> SearchResults:
    """Run `search_query`. Errors of the engine are not caught here."""
    commit, searcher = store.view()
    schema = store.schema
    compiled = compile_query(search_query, schema, vocabulary_of(searcher))
    key = (commit, matching_key(search_query))
    counts = facets.cached_counts(key)
    if counts is None and compiled.filters.keys() - {"payment"}:
        compiled = facets.look_up_distances(searcher, schema, compiled)
    if counts is None and searcher.num_docs >= MIN_DECISIONS_FOR_OTHER_CORES:
        wait_for_counts = facets.start_counting(searcher, compiled, key)
        ids = page_of_ids(searcher, schema, search_query, compiled, key)
        counts = wait_for_counts()
    else:
        counts = counts or facets.count_facets(searcher, compiled, key)
        has_any = counts.total > 0
        ids = page_of_ids(searcher, schema, search_query, compiled, key) if has_any else []
    last_page = ceil(reachable(search_query, compiled, counts.total) / search_query.size)
    near_matches = []
    if counts.total < MIN_RESULTS and search_query.page == 1:
        near_matches = _near_matches(searcher, compiled, ids)
    return SearchResults(ids, counts.total, counts.facets, max(1, last_page), near_matches)


def count_matches(store: IndexStore, search_query: SearchQuery) -> int:
    """How many decisions match, without facets and ids."""
    searcher = store.searcher()
    compiled = compile_query(search_query, store.schema, vocabulary_of(searcher))
    result: Any = searcher.search(compiled.matching, 1, order_by_field="id")
    return int(result.count)


def matching_key(search_query: SearchQuery) -> Hashable:
    """A key that is the same for all queries that match the same decisions."""
    return (
        search_query.text,
        frozenset((name, frozenset(values)) for name, values in search_query.terms.items()),
        search_query.date_from,
        search_query.date_to,
        search_query.payment_min,
        search_query.payment_max,
        search_query.standard,
    )


def clear_caches() -> None:
    """Empty all caches, so that a measurement counts afresh."""
    facets.clear_cache()
    page_ids.clear_cache()


def _near_matches(searcher: Searcher, compiled: CompiledQuery, ids: list[int]) -> list[int]:
    """The ids of decisions that contain most of the words, best first.

    With `ids`, which contain all of them, there are at most MIN_RESULTS.
    """
    all_ids = dict.fromkeys(ids)
    for query in compiled.relaxed:
        all_ids |= dict.fromkeys(best_ids(searcher, query, MIN_RESULTS + len(all_ids)))
        if len(all_ids) >= MIN_RESULTS:
            break
    return list(all_ids)[len(ids) : MIN_RESULTS]
