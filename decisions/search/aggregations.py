"""How the decisions that match a question ended, when and why, and what was paid.

Unlike a facet, which says what another choice would give, a tally is counted under all filters.
One aggregation counts everything: 4 ms of 57,500 decisions, 0.2 ms of a council's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from decisions.search.compiler import Queries
from decisions.search.execute import MOST_OPTIONS, matches_of
from decisions.search.index.store import IndexStore, query_index
from decisions.search.remembered import Remembered
from decisions.search.search_query import YEAR, SearchQuery

# Where the bands of payments begin, in whole pounds; each ends a pound before the next.
BANDS = (0, 100, 250, 500, 1_000, 2_500, 5_000)

_PENCE = 100
# What the engine calls the decisions without any reason: those that were not closed.
_INVESTIGATED = "(none)"


@dataclass(frozen=True)
class Payments:
    """What was recommended or agreed to be paid, in pence; None where nothing was.

    `number` counts decisions with a payment; `bands` counts them by where their band begins.
    Of an even number the median is the mean of the two in the middle, rounded down to a penny.
    """

    number: int
    total: int
    least: int | None
    median: int | None
    most: int | None
    bands: Mapping[int, int]


@dataclass(frozen=True)
class Aggregations:
    """Exact numbers of decisions.

    `years[year][outcome]` has None for the year of undated decisions; outcomes are slugs, reasons
    and remedies codes, each with NOT_STATED where it applies. A decision may have several reasons
    and remedies: `closed` counts those that have any reason, or lack one that they should state.
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
        found: dict[str, int] = {}
        for counts in self.years.values():
            for outcome, count in counts.items():
                found[outcome] = found.get(outcome, 0) + count
        return found


_tallies = Remembered(200)  # of some 5 KB each


def aggregate(search_query: SearchQuery) -> Aggregations | None:
    """None where the index cannot be asked."""
    return query_index(lambda store: _tally(store, search_query), default=None)


def _tally(store: IndexStore, search_query: SearchQuery) -> Aggregations:
    commit, searcher = store.view()
    key = (commit, matches_of(search_query))
    aggregations = _tallies.get(key)
    if aggregations is None:
        matching = Queries(store.schema, searcher, search_query).matching()
        aggregations = _read(searcher.aggregate(matching, _WANTED))
        _tallies.put(key, aggregations)
    return aggregations


def _terms(field: str, **more: Any) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_OPTIONS, **more}}


_WANTED = {
    "total": {"value_count": {"field": "id"}},
    "outcomes": {**_terms("outcome"), "aggs": {"years": _terms(YEAR)}},
    "reasons": _terms("reason", missing=_INVESTIGATED),
    "remedies": _terms("remedy"),
    "payments": _terms("payment"),
}


def _read(counted: dict[str, Any]) -> Aggregations:
    total = int(counted["total"]["value"])
    reasons = _counts(counted["reasons"])
    investigated = reasons.pop(_INVESTIGATED, 0)
    return Aggregations(
        total=total,
        years=_years(counted["outcomes"]["buckets"]),
        closed=total - investigated,
        reasons=reasons,
        remedies=_counts(counted["remedies"]),
        payments=payments_of({int(k): n for k, n in _counts(counted["payments"]).items()}),
    )


def _counts(found: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


def _years(outcomes: list[dict[str, Any]]) -> dict[int | None, dict[str, int]]:
    """By year first, the oldest first; what has an outcome and no year comes last."""
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
    """From how many decisions have each amount in pence."""
    bands = dict.fromkeys(BANDS, 0)
    for pence, count in amounts.items():
        bands[max(band for band in BANDS if band * _PENCE <= pence)] += count
    ordered = sorted(amounts)
    return Payments(
        number=sum(amounts.values()),
        total=sum(pence * count for pence, count in amounts.items()),
        least=ordered[0] if ordered else None,
        median=_median(amounts),
        most=ordered[-1] if ordered else None,
        bands=bands,
    )


def _median(amounts: dict[int, int]) -> int | None:
    number = sum(amounts.values())
    if not number:
        return None
    return (_ranked(amounts, (number - 1) // 2) + _ranked(amounts, number // 2)) // 2


def _ranked(amounts: dict[int, int], rank: int) -> int:
    """The amount of that rank, from 0, the least first."""
    for pence in sorted(amounts):
        rank -= amounts[pence]
        if rank < 0:
            return pence
    raise IndexError(rank)
