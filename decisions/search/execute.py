"""One question put to the latest commit of an index.

What takes time is counting options: passes over every match, one more for each filter in use. In a
large archive they run side by side with the search for the page's decisions, on as many cores as
there are (the engine lets go of Python's lock). The counts are kept until the index changes: the
next page and another order have the same.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate
from math import ceil
from typing import Any

from tantivy import Order, Query, Searcher

from decisions.search.compiler import Queries
from decisions.search.index.store import IndexStore
from decisions.search.remembered import Remembered
from decisions.search.search_query import DEEPEST_RANK, FACETS, YEAR, SearchQuery, SearchResults

_ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
}

# From so many decisions on, to share the work out to other cores takes less than it saves.
_LARGE = 200_000

_TOTAL = "total"
_HEAVIEST = "provision"  # some ten a decision: to count it takes as long as all the others
MOST_OPTIONS = 65_000  # the engine's own limit for one facet; far above all councils there are

# With fewer results than this, decisions that nearly match are looked for too.
_FEW = 10

# So many decisions before a page the engine may pass over one by one; beyond, by whole days.
_PASSED_OVER = 200


@dataclass(frozen=True)
class _Counts:
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Days:
    """The days on which the matches were decided, in order, and how many up to each."""

    days: list[int]
    running: list[int]


_counts = Remembered(200)  # of some 20 KB each
_days = Remembered(20)  # of up to 300 KB each


def forget_counts() -> None:
    """Count everything anew: for measuring."""
    _counts.forget()
    _days.forget()


def ask(store: IndexStore, search_query: SearchQuery) -> SearchResults:
    commit, searcher = store.view()
    queries = Queries(store.schema, searcher, search_query)
    asked = (commit, matches_of(search_query))
    counts = _counts.get(asked)
    if counts is None and searcher.num_docs >= _LARGE:
        begun = [_helpers().submit(one) for one in _passes(searcher, queries, split=True)]
        ids = _of_page(searcher, queries, search_query, asked)
        counts = _counts_of(one.result() for one in begun)
        _counts.put(asked, counts)
    else:
        if counts is None:
            counts = _counts_of(one() for one in _passes(searcher, queries, split=False))
            _counts.put(asked, counts)
        ids = _of_page(searcher, queries, search_query, asked) if counts.total else []
    last_page = _last_page(search_query, queries, counts.total)
    nearly = []
    if counts.total < _FEW and search_query.page == 1:
        nearly = _nearly(searcher, queries, ids)
    return SearchResults(ids, counts.total, counts.facets, last_page, nearly)


def count_matches(store: IndexStore, search_query: SearchQuery) -> int:
    """How many decisions match, and nothing else."""
    searcher = store.searcher()
    queries = Queries(store.schema, searcher, search_query)
    return searcher.search(queries.matching(), 1, order_by_field="id").count


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4, thread_name_prefix="search")


def matches_of(search_query: SearchQuery) -> Hashable:
    """The same for two questions that match the same decisions."""
    terms = frozenset((name, frozenset(values)) for name, values in search_query.terms.items())
    return replace(search_query, terms=terms, sort="", page=1, size=0)


def _last_page(search_query: SearchQuery, queries: Queries, total: int) -> int:
    from_the_top = search_query.sort == "payment" or (
        search_query.sort == "relevance" and queries.words
    )
    reachable = min(total, DEEPEST_RANK) if from_the_top else total
    return max(1, ceil(reachable / search_query.size))


# The decisions of one page ---------------------------------------------------------------------


def _of_page(
    searcher: Searcher, queries: Queries, search_query: SearchQuery, asked: Hashable
) -> list[int]:
    if search_query.sort == "relevance" and queries.words:
        return _best(searcher, queries, search_query)
    return _in_order(searcher, queries, search_query, asked)


def _best(searcher: Searcher, queries: Queries, search_query: SearchQuery) -> list[int]:
    rank = search_query.rank
    if rank >= DEEPEST_RANK:
        return []
    result = searcher.search(
        queries.ranked(), search_query.size, offset=rank, count=False, weight_by_field="fresh"
    )
    return _ids(searcher, result)


def _nearly(searcher: Searcher, queries: Queries, matching: list[int]) -> list[int]:
    """Decisions that hold most of what was looked for, best first: with these, which hold all,
    up to _FEW."""
    found = dict.fromkeys(matching)
    for query in queries.nearly():
        result = searcher.search(query, _FEW + len(found), count=False, weight_by_field="fresh")
        found |= dict.fromkeys(_ids(searcher, result))
        if len(found) >= _FEW:
            break
    return list(found)[len(matching) : _FEW]


def _in_order(
    searcher: Searcher, queries: Queries, search_query: SearchQuery, asked: Hashable
) -> list[int]:
    sort = search_query.sort if search_query.sort in _ORDERS else "newest"
    rank = search_query.rank
    matching = queries.matching()
    if sort == "payment" and rank >= DEEPEST_RANK:
        return []
    if sort != "payment" and rank > _PASSED_OVER:
        days = _days.get(asked)
        if days is None:
            days = _count_days(searcher, queries)
            _days.put(asked, days)
        matching, rank = _from_day(queries, days, sort, rank)
        if rank >= searcher.num_docs:
            return []
    field, order = _ORDERS[sort]
    result = searcher.search(
        matching, search_query.size, offset=rank, count=False, order_by_field=field, order=order
    )
    return _ids(searcher, result)


def _ids(searcher: Searcher, result: Any) -> list[int]:
    return searcher.fast_field_values("id", [address for _, address in result.hits])


def _from_day(queries: Queries, days: _Days, sort: str, rank: int) -> tuple[Query, int]:
    """What the decision of that rank and all after it match, and its rank among them.

    In both orders the undated come after all days.
    """
    dated = days.running[-1] if days.running else 0
    if rank >= dated:
        return queries.matching(among=queries.from_day(sort, None)), rank - dated
    if sort == "oldest":
        at = bisect_right(days.running, rank)
        before = days.running[at - 1] if at else 0
    else:
        # Counted from the other end: the decisions up to this one, itself included.
        at = bisect_right(days.running, dated - rank - 1)
        before = dated - days.running[at]
    return queries.matching(among=queries.from_day(sort, days.days[at])), rank - before


# Counting --------------------------------------------------------------------------------------


Pass = Callable[[], dict[str, Any]]


def _passes(searcher: Searcher, queries: Queries, *, split: bool) -> list[Pass]:
    """One for the total and the facets that are not in use as filters, and one for every other
    facet without its own filter; with `split`, another for the heaviest alone."""
    search_query = queries.search_query
    in_use = {name for name in FACETS if search_query.terms.get(name)}
    if search_query.date_from or search_query.date_to:
        in_use.add(YEAR)
    free = {*FACETS, YEAR} - in_use
    apart = free & {_HEAVIEST} if split else set()
    if in_use:
        queries.look_up()
    matching = queries.matching()
    passes = [partial(_aggregate, searcher, matching, free - apart, total=True)]
    if apart:
        passes.append(partial(_aggregate, searcher, matching, apart))
    for name in in_use:
        passes.append(partial(_aggregate, searcher, queries.matching(without=name), {name}))
    return passes


def _aggregate(
    searcher: Searcher, matching: Query, names: Set[str], total: bool = False
) -> dict[str, Any]:
    wanted = {name: {"terms": {"field": name, "size": MOST_OPTIONS}} for name in names}
    if total:
        wanted[_TOTAL] = {"value_count": {"field": "id"}}
    return searcher.aggregate(matching, wanted)


def _counts_of(passes: Iterable[dict[str, Any]]) -> _Counts:
    counted = {name: found for one in passes for name, found in one.items()}
    total = int(counted.pop(_TOTAL)["value"])
    return _Counts(total, {name: _options(name, counted[name]["buckets"]) for name in counted})


def _options(name: str, buckets: list[dict[str, Any]]) -> dict[str, int]:
    if name == YEAR:
        return {str(int(bucket["key"])): bucket["doc_count"] for bucket in buckets}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _count_days(searcher: Searcher, queries: Queries) -> _Days:
    wanted = {"days": {"terms": {"field": "decided", "size": MOST_OPTIONS}}}
    buckets = searcher.aggregate(queries.matching(), wanted)["days"]["buckets"]
    counts = sorted((int(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
    return _Days([day for day, _ in counts], list(accumulate(count for _, count in counts)))
