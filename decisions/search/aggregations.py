"""Aggregations over the decisions that match a query: years, outcomes, reasons, remedies, payments.

A facet's counts leave its own filter out; these numbers are counted under all filters.
"""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache

from decisions.search.execution import matching_key, plan
from decisions.search.facets import MAX_BUCKETS
from decisions.search.index.store import IndexStore, query_index
from decisions.search.search_query import YEAR, SearchQuery

# The lowest payment of each band, in whole pounds; each band ends a pound below the next.
BANDS = (0, 100, 250, 500, 1_000, 2_500, 5_000)

# Most queries whose aggregations are cached; each takes about 5 KB.
MAX_CACHED = 200

PENCE_PER_POUND = 100

# The engine's bucket for decisions without a reason: those that were not closed.
_NO_REASON = "(none)"


@dataclass(frozen=True)
class Payments:
    """Payments recommended or agreed, in pence; None where there are none.

    `number` counts decisions with a payment; `bands` counts them by the lowest payment of their
    band, in pounds. For an even number of payments, the median is the mean of the middle two,
    rounded down to a penny. The lower (upper) quartile is the smallest payment that at least a
    quarter (three quarters) of the payments do not exceed, as PostgreSQL's `percentile_disc`
    defines it: the middle half lies between the two, both included.
    """

    number: int
    total: int
    least: int | None
    lower_quartile: int | None
    median: int | None
    upper_quartile: int | None
    most: int | None
    bands: Mapping[int, int]


@dataclass(frozen=True)
class Aggregations:
    """Exact numbers of decisions.

    `years[year][outcome]` has None for the year of undated decisions. Outcomes are slugs, reasons
    and remedies are codes; each has NOT_STATED where it applies. A decision may have several
    reasons and remedies: `closed` counts the decisions that have a reason, NOT_STATED included.
    `from_index` is False where PostgreSQL counted, which does not search for words.
    """

    total: int
    years: Mapping[int | None, Mapping[str, int]]
    closed: int
    reasons: Mapping[str, int]
    remedies: Mapping[str, int]
    payments: Payments
    from_index: bool = True

    @property
    def outcomes(self) -> dict[str, int]:
        """The number of decisions by outcome, over all years."""
        outcomes: dict[str, int] = {}
        for counts in self.years.values():
            for outcome, count in counts.items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
        return outcomes


_cache: LRUCache[Hashable, Aggregations] = LRUCache(MAX_CACHED)
_payments_cache: LRUCache[Hashable, Payments] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def aggregate(search_query: SearchQuery) -> Aggregations | None:
    """Count the decisions that match; None where the index is unavailable.

    The same object is returned until the index changes.
    """
    return query_index(lambda store: _aggregate(store, search_query), default=None)


def recommended_payments(search_query: SearchQuery) -> Payments | None:
    """The payments of the decisions that match, alone; None where the index is unavailable.

    The same object is returned until the index changes.
    """
    return query_index(lambda store: _payments(store, search_query), default=None)


def _payments(store: IndexStore, search_query: SearchQuery) -> Payments:
    commit, searcher = store.view()
    key = (commit, matching_key(search_query))
    with _cache_lock:
        payments = _payments_cache.get(key)
    if payments is None:
        compiled = plan(searcher, store.schema, search_query, commit).listed
        result = searcher.aggregate(compiled.matching, {"payments": _REQUEST["payments"]})
        payments = _payments_from(result)
        with _cache_lock:
            _payments_cache[key] = payments
    return payments


def _aggregate(store: IndexStore, search_query: SearchQuery) -> Aggregations:
    commit, searcher = store.view()
    key = (commit, matching_key(search_query))
    with _cache_lock:
        aggregations = _cache.get(key)
    if aggregations is None:
        compiled = plan(searcher, store.schema, search_query, commit).listed
        aggregations = _from_result(searcher.aggregate(compiled.matching, _REQUEST))
        with _cache_lock:
            _cache[key] = aggregations
    return aggregations


def _terms(field: str, **options: Any) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MAX_BUCKETS, **options}}


_REQUEST = {
    "total": {"value_count": {"field": "id"}},
    "outcomes": {**_terms("outcome"), "aggs": {"years": _terms(YEAR)}},
    "reasons": _terms("reason", missing=_NO_REASON),
    "remedies": _terms("remedy"),
    "payments": _terms("payment"),
}


def _from_result(result: dict[str, Any]) -> Aggregations:
    total = int(result["total"]["value"])
    reasons = _counts(result["reasons"])
    not_closed = reasons.pop(_NO_REASON, 0)
    return Aggregations(
        total=total,
        years=_years(result["outcomes"]["buckets"]),
        closed=total - not_closed,
        reasons=reasons,
        remedies=_counts(result["remedies"]),
        payments=_payments_from(result),
    )


def _payments_from(result: dict[str, Any]) -> Payments:
    return payments_of({int(pence): n for pence, n in _counts(result["payments"]).items()})


def _counts(result: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in result["buckets"]}


def _years(outcomes: list[dict[str, Any]]) -> dict[int | None, dict[str, int]]:
    """Counts by year and outcome, the oldest year first and the undated last."""
    years: dict[int, dict[str, int]] = {}
    undated: dict[str, int] = {}
    for outcome in outcomes:
        by_year = _counts(outcome["years"])
        for year, count in by_year.items():
            years.setdefault(int(year), {})[outcome["key"]] = count
        if rest := outcome["doc_count"] - sum(by_year.values()):
            undated[outcome["key"]] = rest
    ordered: dict[int | None, dict[str, int]] = {year: years[year] for year in sorted(years)}
    return {**ordered, None: undated} if undated else ordered


def payments_of(amounts: dict[int, int]) -> Payments:
    """The payments, from a mapping of amounts in pence to the number of decisions with each."""
    bands = dict.fromkeys(BANDS, 0)
    for pence, count in amounts.items():
        bands[max(band for band in BANDS if band * PENCE_PER_POUND <= pence)] += count
    ordered = sorted(amounts)
    return Payments(
        number=sum(amounts.values()),
        total=sum(pence * count for pence, count in amounts.items()),
        least=ordered[0] if ordered else None,
        lower_quartile=_quartile(amounts, 1),
        median=_median(amounts),
        upper_quartile=_quartile(amounts, 3),
        most=ordered[-1] if ordered else None,
        bands=bands,
    )


def _median(amounts: dict[int, int]) -> int | None:
    number = sum(amounts.values())
    if not number:
        return None
    return (_amount_at(amounts, (number - 1) // 2) + _amount_at(amounts, number // 2)) // 2


def _quartile(amounts: dict[int, int], quarters: int) -> int | None:
    """The smallest amount that at least so many quarters of the payments do not exceed."""
    number = sum(amounts.values())
    return _amount_at(amounts, -(-number * quarters // 4) - 1) if number else None


def _amount_at(amounts: dict[int, int], rank: int) -> int:
    """The amount at `rank`, counted from 0, the smallest first."""
    for pence in sorted(amounts):
        rank -= amounts[pence]
        if rank < 0:
            return pence
    raise IndexError(rank)
