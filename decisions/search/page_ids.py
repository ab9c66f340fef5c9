"""The ids of the decisions on one page of results, in order.

By relevance and by payment, the engine collects all results from the first to the page, which adds
little to what it takes to score or compare them all. By date, a search for a far page starts at the
day of its first result, so that it takes no longer.
"""

import threading
from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from cachetools import LRUCache
from tantivy import Order, Query, Schema, Searcher, SearchResult

from decisions.search.compiler import CompiledQuery, range_query
from decisions.search.facets import MAX_BUCKETS
from decisions.search.index.schema import ID_BITS, UNDATED_LAST
from decisions.search.search_query import SearchQuery

# Most results that the engine skips one by one before a page by date; for later pages, the search
# starts at a day.
MAX_SKIPPED = 200

# Most queries whose days are cached; each takes up to 300 KB.
MAX_CACHED = 20

# For each order, the index's field that it sorts by, and in which direction.
ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
    "imported": ("id", Order.Desc),
}


@dataclass(frozen=True)
class _Days:
    """The days on which the matches were decided, in order, and how many matches up to each."""

    days: list[int]
    running_totals: list[int]


_cache: LRUCache[Hashable, _Days] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def clear_cache() -> None:
    """Empty the cache, so that a measurement counts afresh."""
    with _cache_lock:
        _cache.clear()


def order_of(sort: str) -> str:
    """The order of results without scores: the name of an entry of ORDERS."""
    return sort if sort in ORDERS else "newest"


def page_of_ids(
    searcher: Searcher,
    schema: Schema,
    search_query: SearchQuery,
    compiled: CompiledQuery,
    key: Hashable,
) -> list[int]:
    """The ids of the page that `search_query` asks for; none beyond the last result.

    `key` is the same for queries with the same matches at the same commit.
    """
    rank, size = search_query.rank, search_query.size
    return ids_from(searcher, schema, search_query, compiled, key, rank=rank, size=size)


def ids_from(
    searcher: Searcher,
    schema: Schema,
    search_query: SearchQuery,
    compiled: CompiledQuery,
    key: Hashable,
    *,
    rank: int,
    size: int,
) -> list[int]:
    """The same for `size` ids from `rank` on, in the order of `search_query`."""
    if rank >= searcher.num_docs:
        return []
    if compiled.ranked is not None:
        return best_ids(searcher, compiled.ranked, size, rank)
    sort = order_of(search_query.sort)
    matching = compiled.matching
    if sort != "payment" and rank > MAX_SKIPPED:
        days = _days(searcher, compiled, key)
        first_day, rank = _start(days, sort, rank)
        matching = compiled.narrowed_to(_from_day(schema, sort, first_day))
    field, order = ORDERS[sort]
    result = searcher.search(
        matching, size, offset=rank, count=False, order_by_field=field, order=order
    )
    return ids_of(searcher, result)


def best_ids(searcher: Searcher, query: Query, limit: int, rank: int = 0) -> list[int]:
    """The ids of the matches with the best scores, up to `limit` of them from `rank` on."""
    result = searcher.search(query, limit, offset=rank, count=False, weight_by_field="fresh")
    return ids_of(searcher, result)


def ids_of(searcher: Searcher, result: SearchResult) -> list[int]:
    """The decisions' ids, in the order of the results."""
    ids = searcher.fast_field_values("id", [address for _, address in result.hits])
    return cast(list[int], ids)


def _days(searcher: Searcher, compiled: CompiledQuery, key: Hashable) -> _Days:
    with _cache_lock:
        days = _cache.get(key)
    if days is None:
        days = _count_days(searcher, compiled)
        with _cache_lock:
            _cache[key] = days
    return days


def _count_days(searcher: Searcher, compiled: CompiledQuery) -> _Days:
    aggregation = {"days": {"terms": {"field": "decided", "size": MAX_BUCKETS}}}
    buckets = searcher.aggregate(compiled.matching, aggregation)["days"]["buckets"]
    counts = sorted((int(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
    return _Days([day for day, _ in counts], list(accumulate(count for _, count in counts)))


def _start(days: _Days, sort: str, rank: int) -> tuple[int | None, int]:
    """The day of the result at `rank`, and the rank among the results from that day on.

    In both orders the undated come after all days; their day is None.
    """
    totals = days.running_totals
    dated = totals[-1] if totals else 0
    if rank >= dated:
        return None, rank - dated
    if sort == "oldest":
        index = bisect_right(totals, rank)
        before = totals[index - 1] if index else 0
    else:
        # The running totals count from the oldest match; this many matches are older than the
        # result at `rank`.
        index = bisect_right(totals, dated - rank - 1)
        before = dated - totals[index]
    return days.days[index], rank - before


def _from_day(schema: Schema, sort: str, day: int | None) -> Query:
    """Matches the decisions from `day` on in the order `sort`; None starts at the undated."""
    if sort == "oldest":
        first = (UNDATED_LAST if day is None else day) << ID_BITS
        return range_query(schema, "oldest", first, None)
    return range_query(schema, "newest", None, ((day or 0) + 1 << ID_BITS) - 1)
