"""The ids of the decisions on one page of results, in order.

Behind the first page, ids are read and cached in windows, so that the engine works once for all the
pages of a window. By relevance, it ranks all results up to the end of the window. By date and by
payment, it sorts only the results of the days, or with the payments, that the window has.
"""

import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from cachetools import LRUCache
from tantivy import Order, Query, Schema, Searcher, SearchResult

from decisions.search import windows
from decisions.search.compiler import CompiledQuery, range_query
from decisions.search.facets import MAX_BUCKETS
from decisions.search.index.schema import ID_BITS, UNDATED_LAST
from decisions.search.search_query import SearchQuery

# Most queries whose days or payments are cached; each takes up to 300 KB.
MAX_CACHED = 20

# For each order, the index's field that it sorts by, and in which direction.
ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
    "imported": ("id", Order.Desc),
}


# Each of these orders sorts by the value of a field first. The sort key has that value divided by
# the first number here: pence become pounds. The second number stands for no value, and comes last.
_VALUES = {
    "newest": ("decided", 1, 0),
    "oldest": ("decided", 1, UNDATED_LAST),
    "payment": ("payment", 100, 0),
}


@dataclass(frozen=True)
class _Values:
    """The days, or the pounds, of the matches in their order, and how many matches up to each.

    The last one stands for no value, and for all matches behind the last of the running totals.
    """

    values: list[int]
    running_totals: list[int]

    def at(self, rank: int) -> tuple[int, int]:
        """The value of the result at `rank`, and its rank among the results with this value."""
        index = bisect_right(self.running_totals, rank)
        return self.values[index], rank - (self.running_totals[index - 1] if index else 0)


_cache: LRUCache[Hashable, _Values] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def clear_cache() -> None:
    """Empty the cache, so that a measurement counts afresh."""
    with _cache_lock:
        _cache.clear()
    windows.clear_cache()


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
    if not size or rank >= searcher.num_docs:
        return []
    ranked, sort = compiled.ranked, order_of(search_query.sort)

    def read(rank: int, size: int) -> list[int]:
        if ranked is not None:
            return best_ids(searcher, ranked, size, rank)
        return _sorted_ids(searcher, schema, compiled, key, sort, rank, size)

    if rank == 0 or size > windows.SIZE:
        return read(rank, size)
    return windows.ids_from((key, "relevance" if ranked else sort), rank, size, read)


def best_ids(searcher: Searcher, query: Query, limit: int, rank: int = 0) -> list[int]:
    """The ids of the matches with the best scores, up to `limit` of them from `rank` on."""
    result = searcher.search(query, limit, offset=rank, count=False, weight_by_field="fresh")
    return ids_of(searcher, result)


def ids_of(searcher: Searcher, result: SearchResult) -> list[int]:
    """The decisions' ids, in the order of the results."""
    ids = searcher.fast_field_values("id", [address for _, address in result.hits])
    return cast(list[int], ids)


def _sorted_ids(
    searcher: Searcher,
    schema: Schema,
    compiled: CompiledQuery,
    key: Hashable,
    sort: str,
    rank: int,
    size: int,
) -> list[int]:
    matching = compiled.matching
    if rank and sort in _VALUES:
        values = _values(searcher, compiled, key, sort)
        matching, rank = _narrowed(schema, compiled, sort, values, rank, size)
    field, order = ORDERS[sort]
    result = searcher.search(
        matching, size, offset=rank, count=False, order_by_field=field, order=order
    )
    return ids_of(searcher, result)


def _values(searcher: Searcher, compiled: CompiledQuery, key: Hashable, sort: str) -> _Values:
    with _cache_lock:
        values = _cache.get((key, sort))
    if values is None:
        values = _count_values(searcher, compiled, sort)
        with _cache_lock:
            _cache[key, sort] = values
    return values


def _count_values(searcher: Searcher, compiled: CompiledQuery, sort: str) -> _Values:
    field, divisor, missing = _VALUES[sort]
    aggregation = {field: {"terms": {"field": field, "size": MAX_BUCKETS}}}
    counts: Counter[int] = Counter()
    for bucket in searcher.aggregate(compiled.matching, aggregation)[field]["buckets"]:
        counts[int(bucket["key"]) // divisor] += bucket["doc_count"]
    counts.pop(0, None)  # less than a pound: among those without a payment
    in_order = sorted(counts.items(), reverse=ORDERS[sort][1] == Order.Desc)
    totals = list(accumulate(count for _, count in in_order))
    return _Values([*(value for value, _ in in_order), missing], totals)


def _narrowed(
    schema: Schema, compiled: CompiledQuery, sort: str, values: _Values, rank: int, size: int
) -> tuple[Query, int]:
    """Matches the results from `rank` on, `size` of them and a few more, with the first one's rank
    among what it matches.
    """
    field, order = ORDERS[sort]
    first, skipped = values.at(rank)
    last, _ = values.at(rank + size - 1)
    low, high = (last, first) if order == Order.Desc else (first, last)
    keys = range_query(schema, field, low << ID_BITS, (high + 1 << ID_BITS) - 1)
    return compiled.narrowed_to(keys), skipped
