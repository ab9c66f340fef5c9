"""Sort keys between which the results of a page by date or by payment lie.

The engine sorts all matches of a query, in time that grows with their number. Once the
results of each day, or with each payment, are counted, it need only sort those near the page.
"""

import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from cachetools import LRUCache
from tantivy import Order, Query, Schema, Searcher

from decisions.search.compiler import CompiledQuery, range_query
from decisions.search.facets import MAX_BUCKETS
from decisions.search.index.schema import ID_BITS, UNDATED_LAST

# Most results of one day or payment that the engine skips to get to a page. Where there are more,
# they are counted by blocks of ids too.
MAX_SKIPPED = 4_000

# Low bits of the ids of a block: 4,096 ids.
BLOCK_BITS = 12

# Most counts that are cached; each takes up to 300 KB.
MAX_CACHED = 20

# For each order, the index's field that it sorts by, and in which direction.
ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
    "imported": ("id", Order.Desc),
}


class _Value(NamedTuple):
    """The field whose value the high bits of a sort key have, divided by `divisor`: pence become
    pounds. `missing` stands for no value, and comes last.
    """

    field: str
    divisor: int
    missing: int


_VALUES = {
    "newest": _Value("decided", 1, 0),
    "oldest": _Value("decided", 1, UNDATED_LAST),
    "payment": _Value("payment", 100, 0),
}


@dataclass(frozen=True)
class _Counts:
    """The high bits of the results' sort keys, in order, and how many results there are up to each.

    All results behind the last of the running totals have the last value.
    """

    low_bits: int
    values: list[int]
    running_totals: list[int]

    def at(self, rank: int) -> "_Place":
        """The place of the result at `rank`."""
        index = min(bisect_right(self.running_totals, rank), len(self.values) - 1)
        lowest = self.values[index] << self.low_bits
        skipped = rank - (self.running_totals[index - 1] if index else 0)
        return _Place(lowest, lowest + (1 << self.low_bits) - 1, skipped)


class _Place(NamedTuple):
    """Two sort keys, both included, between which a result lies, and how many others between them
    come before it.
    """

    lowest: int
    highest: int
    skipped: int


_cache: LRUCache[Hashable, _Counts] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def clear_cache() -> None:
    """Empty the cache, so that a measurement counts afresh."""
    with _cache_lock:
        _cache.clear()


@dataclass(frozen=True)
class SortedResults:
    """The results of a query in one of ORDERS but "imported".

    `key` is the same for queries with the same matches at the same commit.
    """

    searcher: Searcher
    schema: Schema
    compiled: CompiledQuery
    sort: str
    key: Hashable

    def narrowed(self, rank: int, size: int) -> tuple[Query, int]:
        """Matches `size` results from `rank` on, and some around them; with how many of these
        come before.
        """
        first, last = self._place(rank), self._place(rank + size - 1)
        lowest, highest = min(first.lowest, last.lowest), max(first.highest, last.highest)
        return self._between(lowest, highest), first.skipped

    def _place(self, rank: int) -> _Place:
        place = _cached((self.key, self.sort), self._count_values).at(rank)
        if place.skipped <= MAX_SKIPPED:
            return place
        count_ids = partial(self._count_ids, place)
        return _cached((self.key, self.sort, place.lowest), count_ids).at(place.skipped)

    def _between(self, lowest: int, highest: int) -> Query:
        field, _ = ORDERS[self.sort]
        return self.compiled.narrowed_to(range_query(self.schema, field, lowest, highest))

    def _count_values(self) -> _Counts:
        field, divisor, missing = _VALUES[self.sort]
        counts: Counter[int] = Counter()
        terms = {"terms": {"field": field, "size": MAX_BUCKETS}}
        result = self.searcher.aggregate(self.compiled.matching, {field: terms})
        for bucket in result[field]["buckets"]:
            counts[int(bucket["key"]) // divisor] += bucket["doc_count"]
        counts.pop(0, None)  # less than a pound: among those without a payment
        return self._in_order(ID_BITS, counts, [missing])

    def _count_ids(self, place: _Place) -> _Counts:
        """The same for the results of one day or payment, whose keys differ by their ids alone."""
        blocks = {"histogram": {"field": "id", "interval": 1 << BLOCK_BITS, "min_doc_count": 1}}
        matching = self._between(place.lowest, place.highest)
        result = self.searcher.aggregate(matching, {"blocks": blocks})
        counts = {
            place.lowest + int(bucket["key"]) >> BLOCK_BITS: bucket["doc_count"]
            for bucket in result["blocks"]["buckets"]
        }
        return self._in_order(BLOCK_BITS, counts, [] if counts else [place.lowest >> BLOCK_BITS])

    def _in_order(self, low_bits: int, counts: dict[int, int], last: list[int]) -> _Counts:
        in_order = sorted(counts.items(), reverse=ORDERS[self.sort][1] == Order.Desc)
        values = [*(value for value, _ in in_order), *last]
        return _Counts(low_bits, values, [*accumulate(count for _, count in in_order)])


def _cached(key: Hashable, count: Callable[[], _Counts]) -> _Counts:
    with _cache_lock:
        counts = _cache.get(key)
    if counts is None:
        counts = count()
        with _cache_lock:
            _cache[key] = counts
    return counts
