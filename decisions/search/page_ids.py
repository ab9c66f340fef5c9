"""The ids of the decisions on one page of results, in order.

By relevance, the engine collects all results from the first to the page, which adds little to what
it takes to score them all. By date and by payment, a search for a far page starts at the day, or at
the pounds, of its first result.
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

from decisions.search.compiler import CompiledQuery, range_query
from decisions.search.facets import MAX_BUCKETS
from decisions.search.index.schema import ID_BITS, UNDATED_LAST
from decisions.search.search_query import SearchQuery

# Most results that the engine skips one by one before a page by date or payment; for later pages,
# the search starts at a day or at a sum.
MAX_SKIPPED = 200

# Most queries whose days or sums are cached; each takes up to 300 KB.
MAX_CACHED = 20

# For each order, the index's field that it sorts by, and in which direction.
ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
    "imported": ("id", Order.Desc),
}


# Each of these orders sorts by the value of a field first. The sort key has that value divided by
# the number here: pence become pounds. 0 stands for a decision without a value.
_VALUES = {"newest": ("decided", 1), "oldest": ("decided", 1), "payment": ("payment", 100)}


@dataclass(frozen=True)
class _Values:
    """The days, or the pounds, of the matches in order, and how many matches up to each."""

    values: list[int]
    running_totals: list[int]


_cache: LRUCache[Hashable, _Values] = LRUCache(MAX_CACHED)
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
    if sort in _VALUES and rank > MAX_SKIPPED:
        first, rank = _start(_values(searcher, compiled, key, sort), sort, rank)
        matching = compiled.narrowed_to(_from_value(schema, sort, first))
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


def _values(searcher: Searcher, compiled: CompiledQuery, key: Hashable, sort: str) -> _Values:
    field, divisor = _VALUES[sort]
    with _cache_lock:
        values = _cache.get((key, field))
    if values is None:
        values = _count_values(searcher, compiled, field, divisor)
        with _cache_lock:
            _cache[key, field] = values
    return values


def _count_values(searcher: Searcher, compiled: CompiledQuery, field: str, divisor: int) -> _Values:
    aggregation = {field: {"terms": {"field": field, "size": MAX_BUCKETS}}}
    counts: Counter[int] = Counter()
    for bucket in searcher.aggregate(compiled.matching, aggregation)[field]["buckets"]:
        counts[int(bucket["key"]) // divisor] += bucket["doc_count"]
    counts.pop(0, None)  # less than a pound: among those without a payment
    ordered = sorted(counts.items())
    return _Values([value for value, _ in ordered], list(accumulate(n for _, n in ordered)))


def _start(values: _Values, sort: str, rank: int) -> tuple[int | None, int]:
    """The day or pounds of the result at `rank`, and the rank among the results from there on.

    Results without a value come after all others; theirs is None.
    """
    totals = values.running_totals
    total = totals[-1] if totals else 0
    if rank >= total:
        return None, rank - total
    if sort == "oldest":
        index = bisect_right(totals, rank)
        before = totals[index - 1] if index else 0
    else:
        # The running totals count from the lowest value; this many matches have a lower one than
        # the result at `rank`.
        index = bisect_right(totals, total - rank - 1)
        before = total - totals[index]
    return values.values[index], rank - before


def _from_value(schema: Schema, sort: str, value: int | None) -> Query:
    """Matches what comes from `value` on in the order `sort`; None starts at those without one."""
    field, _ = ORDERS[sort]
    if sort == "oldest":
        first = (UNDATED_LAST if value is None else value) << ID_BITS
        return range_query(schema, field, first, None)
    return range_query(schema, field, None, ((value or 0) + 1 << ID_BITS) - 1)
