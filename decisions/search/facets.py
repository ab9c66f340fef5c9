"""Facet counts: how many decisions each option of each filter would give.

Each facet is counted without its own filter, so it takes passes over all matches: one for the
total and all facets that are not filtered by, and one more for every filter in use. The counts are
cached until the index changes, because every page and order of a query has the same counts.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from cachetools import LRUCache
from tantivy import Query, Schema, Searcher

from decisions.search.compiler import CompiledQuery
from decisions.search.index.lost_pages import read_in_this_thread
from decisions.search.search_query import FACETS, YEAR

# Most options of one facet that are counted: the engine's limit, far above the number of councils.
MAX_BUCKETS = 65_000

# Most decisions whose ids may replace the words of a query: with more, matching the ids takes as
# long as matching the words.
MAX_LOOKED_UP = 10_000

# Most queries whose counts are cached; each takes about 20 KB.
MAX_CACHED = 200

_TOTAL = "total"
# Counting this facet takes as long as all others together: a decision cites about ten provisions.
_LARGEST_FACET = "provision"


@dataclass(frozen=True)
class FacetCounts:
    """The number of matches, and for each facet how many decisions each of its options has."""

    total: int
    facets: Mapping[str, Mapping[str, int]]


_cache: LRUCache[Hashable, FacetCounts] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def cached_counts(key: Hashable) -> FacetCounts | None:
    """The counts cached under this key; None if there are none."""
    with _cache_lock:
        return _cache.get(key)


def clear_cache() -> None:
    """Empty the cache, so that a measurement counts afresh."""
    with _cache_lock:
        _cache.clear()


def count_facets(searcher: Searcher, compiled: CompiledQuery, key: Hashable) -> FacetCounts:
    """Count the total and every facet, and cache the counts under `key`."""
    return _keep(key, (aggregate() for aggregate in _passes(searcher, compiled, split=False)))


def start_counting(
    searcher: Searcher, compiled: CompiledQuery, key: Hashable
) -> Callable[[], FacetCounts]:
    """Start `count_facets` on other cores; the function returned waits for the counts.

    The engine releases Python's lock while it counts.
    """
    passes = _passes(searcher, compiled, split=True)
    running = [_executor().submit(aggregate) for aggregate in passes]
    return lambda: _keep(key, (future.result() for future in running))


def look_up_distances(searcher: Searcher, schema: Schema, compiled: CompiledQuery) -> CompiledQuery:
    """The same query with the ids of its matches in place of its words, if these need distances.

    The engine then measures the distances once and not in every pass. A query without distances,
    or with more than MAX_LOOKED_UP matches, is returned unchanged.
    """
    if compiled.words is None or not compiled.looks_up_distances:
        return compiled
    result = searcher.search(compiled.words, MAX_LOOKED_UP + 1, count=False, order_by_field="id")
    if len(result.hits) > MAX_LOOKED_UP:
        return compiled
    ids = [pk for pk, _ in result.hits]
    return compiled.with_words_replaced(Query.term_set_query(schema, "id", ids))


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4, thread_name_prefix="search", initializer=read_in_this_thread)


def _passes(
    searcher: Searcher, compiled: CompiledQuery, *, split: bool
) -> list[Callable[[], dict[str, Any]]]:
    """One pass for the total and all unfiltered facets, one for each filtered facet without its
    own filter; with `split`, the largest unfiltered facet has a pass of its own too.
    """
    names = {*FACETS, YEAR}
    filtered = names & compiled.filters.keys()
    unfiltered = names - filtered
    apart = unfiltered & {_LARGEST_FACET} if split else set()
    matching = compiled.matching
    passes = [partial(_aggregate, searcher, matching, unfiltered - apart, total=True)]
    if apart:
        passes.append(partial(_aggregate, searcher, matching, apart))
    passes += [partial(_aggregate, searcher, compiled.without(name), {name}) for name in filtered]
    return [*passes]


def _aggregate(
    searcher: Searcher, matching: Query, names: Set[str], total: bool = False
) -> dict[str, Any]:
    aggregations: dict[str, Any] = {
        name: {"terms": {"field": name, "size": MAX_BUCKETS}} for name in names
    }
    if total:
        aggregations[_TOTAL] = {"value_count": {"field": "id"}}
    return searcher.aggregate(matching, aggregations)


def _keep(key: Hashable, passes: Iterable[dict[str, Any]]) -> FacetCounts:
    counted = {name: result for results in passes for name, result in results.items()}
    total = int(counted.pop(_TOTAL)["value"])
    facets = {name: _options(name, counted[name]["buckets"]) for name in counted}
    counts = FacetCounts(total, facets)
    with _cache_lock:
        _cache[key] = counts
    return counts


def _options(name: str, buckets: list[dict[str, Any]]) -> dict[str, int]:
    if name == YEAR:
        return {str(int(bucket["key"])): bucket["doc_count"] for bucket in buckets}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
