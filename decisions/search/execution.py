"""Executes a search query on the latest commit of an index."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from cachetools import LRUCache
from tantivy import Query, Schema, Searcher

from decisions.references import reference_asked_for
from decisions.search import facets, page_ids
from decisions.search.compiler import (
    CompiledQuery,
    compile_closest,
    compile_on_subject,
    compile_query,
)
from decisions.search.index.store import IndexStore
from decisions.search.page_ids import ids_from, page_of_ids
from decisions.search.query_language import parse
from decisions.search.relaxation import closest
from decisions.search.search_query import SearchQuery, SearchResults
from decisions.search.vocabulary import Vocabulary, vocabulary_of

# Fewest decisions in the index for which facets are counted on other cores while this one finds the
# page. With fewer, passing the work to threads takes longer than it saves.
MIN_DECISIONS_FOR_OTHER_CORES = 200_000

# Decisions that hold all the words, below which the closest matches follow them.
MIN_RESULTS = 10

# Most texts whose minimum is cached.
MAX_CACHED = 500

_minimum_cache: LRUCache[Hashable, int] = LRUCache(MAX_CACHED)
_minimum_lock = threading.Lock()


@dataclass(frozen=True)
class Plan:
    """What a query lists: `exact` alone or, where it finds few, all of `closest`, which matches
    what `exact` does and more: `minimum` of the query's parts are enough.

    Before closest matches, `exact` of a sentence is confined to what the sentence names. `key` is
    the same for queries that list the same decisions at the same commit.
    """

    exact: CompiledQuery
    key: Hashable
    closest: CompiledQuery | None = None
    minimum: int = 0

    @property
    def listed(self) -> CompiledQuery:
        """The query for the whole list."""
        return self.closest or self.exact


def plan(searcher: Searcher, schema: Schema, search_query: SearchQuery, commit: Hashable) -> Plan:
    """What `search_query` lists at this commit.

    The words alone decide, without filters: each filter then lists a part of the same list, and
    the counts of its options hold.
    """
    vocabulary = vocabulary_of(searcher, commit)
    whole = compile_query(search_query, schema, vocabulary)
    whole_key = (commit, matching_key(search_query))
    if whole.words is None or search_query.exact:
        return Plan(whole, whole_key)
    exact = compile_on_subject(search_query, schema, vocabulary) or whole
    key = (commit, search_query.text, search_query.standard)
    with _minimum_lock:
        minimum = _minimum_cache.get(key)
    if minimum is None:
        minimum = _minimum(searcher, schema, search_query, exact, vocabulary, commit)
        with _minimum_lock:
            _minimum_cache[key] = minimum
    if not minimum:
        return Plan(whole, whole_key)
    closest_matches = compile_closest(search_query, schema, vocabulary, minimum)
    return Plan(exact, _closest_key(commit, search_query, minimum), closest_matches, minimum)


def _minimum(
    searcher: Searcher,
    schema: Schema,
    search_query: SearchQuery,
    exact: CompiledQuery,
    vocabulary: Vocabulary,
    commit: Hashable,
) -> int:
    """How many of the query's parts a decision must contain to be listed; 0 for all of them.

    It is half of them, or as many as are needed for MIN_RESULTS. The parts of a reference number
    say nothing each.
    """
    if reference_asked_for(search_query.text):
        return 0
    relaxed = closest(parse(search_query.text))
    if relaxed is None or exact.words is None or _count(searcher, exact.words) >= MIN_RESULTS:
        return 0
    _, some = relaxed
    counted = replace(search_query, sort="newest")  # ranking costs time, and counts need none

    def is_enough(minimum: int) -> bool:
        compiled = compile_closest(counted, schema, vocabulary, minimum)
        if compiled is None or compiled.words is None:
            return False
        if compiled.filters:
            total = _count(searcher, compiled.words)
        else:  # the list's own counts, which it needs anyway
            key = _closest_key(commit, search_query, minimum)
            total = facets.count_facets(searcher, compiled, key).total
        return total >= MIN_RESULTS

    if some.minimum < 2 or is_enough(some.minimum):
        return some.minimum
    # By halves, since fewer parts never match fewer decisions.
    enough, too_many = 1, some.minimum
    while too_many - enough > 1:
        middle = (enough + too_many) // 2
        if is_enough(middle):
            enough = middle
        else:
            too_many = middle
    return enough


def _closest_key(commit: Hashable, search_query: SearchQuery, minimum: int) -> Hashable:
    """The key of the counts of a list with closest matches."""
    return (commit, matching_key(search_query), minimum)


def execute(store: IndexStore, search_query: SearchQuery) -> SearchResults:
    """Run `search_query`. Errors of the engine are not caught here."""
    commit, searcher = store.view()
    schema = store.schema
    planned = plan(searcher, schema, search_query, commit)
    if planned.closest:
        return _execute_closest(searcher, schema, search_query, planned)
    key = planned.key
    compiled = planned.exact
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
    return SearchResults(
        ids,
        counts.total,
        counts.facets,
        search_query.size,
        is_loosened=compiled.is_loosened,
    )


def _execute_closest(
    searcher: Searcher, schema: Schema, search_query: SearchQuery, planned: Plan
) -> SearchResults:
    """List the few decisions that hold all the words, then the closest matches."""
    compiled, key = planned.listed, planned.key
    counts = facets.cached_counts(key) or facets.count_facets(searcher, compiled, key)
    exact_ids = ids_from(
        searcher, schema, search_query, planned.exact, None, rank=0, size=MIN_RESULTS
    )
    near = compiled
    if exact_ids:
        near = compiled.excluding(Query.term_set_query(schema, "id", exact_ids))
    rank, size = search_query.rank, search_query.size
    ids = exact_ids[rank : rank + size]
    near_total = counts.total - len(exact_ids)
    near_ids = []
    if near_total and len(ids) < size:
        near_ids = ids_from(
            searcher,
            schema,
            search_query,
            near,
            key,
            rank=max(0, rank - len(exact_ids)),
            size=size - len(ids),
        )
    return SearchResults(
        ids,
        len(exact_ids),
        counts.facets,
        size,
        near_ids,
        near_total,
        planned.minimum,
        is_loosened=compiled.is_loosened,
    )


def count_matches(store: IndexStore, search_query: SearchQuery) -> int:
    """How many decisions hold all the words and match all filters, without facets and ids."""
    commit, searcher = store.view()
    if counts := facets.cached_counts((commit, matching_key(search_query))):
        return counts.total
    compiled = compile_query(search_query, store.schema, vocabulary_of(searcher, commit))
    return _count(searcher, compiled.matching)


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
        search_query.exact,
    )


def clear_caches() -> None:
    """Empty all caches, so that a measurement counts afresh."""
    with _minimum_lock:
        _minimum_cache.clear()
    facets.clear_cache()
    page_ids.clear_caches()


def _count(searcher: Searcher, query: Query) -> int:
    result: Any = searcher.search(query, 1, order_by_field="id")
    return int(result.count)
