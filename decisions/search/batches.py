"""All decisions that a search lists, in its order and without a ceiling, in batches.

By date and by payment, a batch starts behind the sort key of the decision before it, so that each
costs the same. Scores are no keys: by relevance, a batch starts at a rank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tantivy import Order, Query, Schema, Searcher

from decisions.search.compiler import CompiledQuery, range_query
from decisions.search.execution import MIN_RESULTS, plan
from decisions.search.facets import look_up_distances
from decisions.search.index.schema import ID_BITS
from decisions.search.index.store import Commit, IndexStore
from decisions.search.key_ranges import ORDERS
from decisions.search.page_ids import ids_from, order_of
from decisions.search.search_query import SearchQuery

# Decisions that one request to the engine collects for `all_ids`.
CHUNK = 10_000

# How far behind its cursor a batch is looked for first: in days, pounds or ids. Most often there
# are enough results, and the engine need not sort all the rest of the list.
_NEAR = {
    "newest": 92 << ID_BITS,
    "oldest": 92 << ID_BITS,
    "payment": 50 << ID_BITS,
    "imported": 50_000,
}

# A list begins with the few decisions that hold all words, where closest matches follow them. The
# other matches follow by score or by sort key.
_EXACT, _SCORED, _KEYED = "exact", "best", "key"
_CURSOR = re.compile(rf"({_EXACT}|{_SCORED}|{_KEYED})-(\d{{1,20}})")
_MAX_KEY = (1 << 64) - 1  # highest value of a sort key


class InvalidCursor(Exception):
    """The text is not a cursor that a batch gave; the message quotes it."""


@dataclass(frozen=True)
class Batch:
    """Ids in the order of the list, and the cursor of the batch behind them.

    `after` is None at the end of the list; a cursor may still lead to an empty last batch.
    """

    ids: list[int]
    after: str | None


class Cursor(NamedTuple):
    """Where a batch starts.

    `at` counts the decisions of this part that come before; in the part that is ordered by sort
    key, it is the key of the decision before.
    """

    part: str
    at: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor that `str` wrote. Raises InvalidCursor."""
        match = _CURSOR.fullmatch(text)
        if match is None:
            raise InvalidCursor(f"“{text}” is not a place in this list.")
        return cls(match[1], min(int(match[2]), _MAX_KEY))

    @classmethod
    def behind_key(cls, key: int) -> "Cursor":
        """The cursor of what follows the decision with this sort key."""
        return cls(_KEYED, key)

    @property
    def is_key(self) -> bool:
        """Whether `at` is a sort key."""
        return self.part == _KEYED

    def __str__(self) -> str:
        return f"{self.part}-{self.at}"


def batch(store: IndexStore, search_query: SearchQuery, after: str, size: int) -> Batch:
    """Up to `size` decisions behind the cursor `after`; "" starts the list.

    A cursor holds across commits of the index: by date and payment no decision is repeated or
    missed. By relevance that can happen where the scores changed in between.
    """
    commit, searcher = store.view()
    listing = _Listing(searcher, store.schema, search_query, commit)
    cursor: Cursor | None = Cursor.read(after) if after else listing.start
    ids: list[int] = []
    while cursor and len(ids) < size:
        found, cursor = listing.read(cursor, size - len(ids))
        ids += found
    return Batch(ids, str(cursor) if cursor else None)


def all_ids(store: IndexStore, search_query: SearchQuery, size: int) -> Iterator[list[int]]:
    """The ids of all decisions listed at this commit, in lists of up to `size`."""
    commit, searcher = store.view()
    listing = _Listing(searcher, store.schema, search_query, commit)
    cursor: Cursor | None = listing.start
    while cursor:
        ids, cursor = listing.read(cursor, CHUNK)
        remaining = iter(ids)
        while part := list(islice(remaining, size)):
            yield part


class _Listing:
    """One list at one commit, read part by part."""

    def __init__(
        self, searcher: Searcher, schema: Schema, search_query: SearchQuery, commit: Commit
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        planned = plan(searcher, schema, search_query, commit)
        self._exact_ids: list[int] = []
        if planned.closest:
            self._exact_ids = ids_from(
                searcher, schema, search_query, planned.exact, None, rank=0, size=MIN_RESULTS
            )
        self._listed = _without(schema, planned.listed, self._exact_ids)
        self._search_query = search_query
        self._key = planned.key
        self._order = order_of(search_query.sort)

    @property
    def start(self) -> Cursor:
        """The cursor of the whole list."""
        return Cursor(_EXACT, 0)

    def read(self, cursor: Cursor, size: int) -> tuple[list[int], Cursor | None]:
        """Up to `size` ids of the cursor's part, and the cursor behind them; None at the end."""
        if cursor.part == _EXACT:
            return self._read_exact(cursor.at, size)
        if cursor.part == _SCORED and self._listed.ranked:
            return self._read_scored(cursor.at, size)
        return self._read_keyed(self._first_key if cursor.part == _SCORED else cursor.at, size)

    def _read_exact(self, rank: int, size: int) -> tuple[list[int], Cursor | None]:
        ids = self._exact_ids[rank : rank + size]
        if rank + size < len(self._exact_ids):
            return ids, Cursor(_EXACT, rank + size)
        return ids, Cursor(_SCORED, 0)

    def _read_scored(self, rank: int, size: int) -> tuple[list[int], Cursor | None]:
        ids = ids_from(
            self._searcher,
            self._schema,
            self._search_query,
            self._listed,
            self._key,
            rank=rank,
            size=size + 1,
        )
        return ids[:size], Cursor(_SCORED, rank + size) if len(ids) > size else None

    def _read_keyed(self, key: int, size: int) -> tuple[list[int], Cursor | None]:
        keys = self._keys_behind(key, size + 1)
        ids = [sort_key & ((1 << ID_BITS) - 1) for sort_key in keys[:size]]
        return ids, Cursor(_KEYED, keys[size - 1]) if len(keys) > size else None

    def _keys_behind(self, key: int, limit: int) -> list[int]:
        if key == self._first_key:
            return self._sorted_keys(self._matches.matching, limit)
        field, order = ORDERS[self._order]
        near = _NEAR[self._order]
        if order == Order.Asc:
            near_range = (min(key + 1, _MAX_KEY), min(key + near, _MAX_KEY))
            whole_range = (near_range[0], _MAX_KEY)
        else:
            near_range = (max(key - near, 0), max(key - 1, 0))
            whole_range = (0, near_range[1])
        keys: list[int] = []
        for bounds in (near_range, whole_range):
            matching = self._matches.narrowed_to(range_query(self._schema, field, *bounds))
            keys = self._sorted_keys(matching, limit)
            if len(keys) == limit:
                break
        return keys

    def _sorted_keys(self, matching: Query, limit: int) -> list[int]:
        field, order = ORDERS[self._order]
        result = self._searcher.search(
            matching, limit, count=False, order_by_field=field, order=order
        )
        return [sort_key for sort_key, _ in result.hits]

    @cached_property
    def _matches(self) -> CompiledQuery:
        return look_up_distances(self._searcher, self._schema, self._listed)

    @property
    def _first_key(self) -> int:
        return 0 if ORDERS[self._order][1] == Order.Asc else _MAX_KEY


def _without(schema: Schema, compiled: CompiledQuery, ids: list[int]) -> CompiledQuery:
    return compiled.excluding(Query.term_set_query(schema, "id", ids)) if ids else compiled
