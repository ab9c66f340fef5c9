"""Runs a search on the index, or on PostgreSQL while the index is unavailable.

PostgreSQL answers filters, order, pages and charts; it does not search for words, and does not
count the options of filters.
"""

from collections import Counter

from django.db.models import Count, F, Func
from django.db.models.functions import ExtractYear

from decisions import search
from decisions.models import NOT_STATED, DecisionQuerySet
from decisions.search import Aggregations, SearchQuery, SearchResults, payments_of
from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import to_querydict


class _Unnest(Func):
    """PostgreSQL's `unnest`: one row for each element of an array."""

    function = "unnest"
    set_returning = True


def find(search_query: SearchQuery) -> SearchResults:
    """One page of the decisions that match."""
    return search.search(search_query) or _find_in_database(search_query)


def aggregate(search_query: SearchQuery) -> Aggregations:
    """Outcomes by year, reasons, remedies and payments of the decisions that match."""
    return search.aggregate(search_query) or _aggregate_in_database(search_query)


def _matching(search_query: SearchQuery) -> DecisionQuerySet:
    return DecisionFilterSet(to_querydict(search_query)).qs


def _find_in_database(search_query: SearchQuery) -> SearchResults:
    decisions = _matching(search_query)
    start = search_query.rank
    ids = list(decisions.values_list("pk", flat=True)[start : start + search_query.size])
    total = decisions.count()
    last_page = max(1, -(-total // search_query.size))
    return SearchResults(ids, total, {}, last_page, from_index=False)


def _aggregate_in_database(search_query: SearchQuery) -> Aggregations:
    decisions = _matching(search_query).order_by()
    years: dict[int | None, dict[str, int]] = {}
    by_year = decisions.values_list(ExtractYear("decided_on"), "outcome__slug")
    rows = by_year.annotate(Count("pk")).order_by(F("extractyear1").asc(nulls_last=True))
    for year, outcome, count in rows:
        years.setdefault(year, {})[outcome or NOT_STATED] = count
    amounts = decisions.exclude(payment=None).values_list("payment").annotate(Count("pk"))
    return Aggregations(
        total=sum(sum(outcomes.values()) for outcomes in years.values()),
        years=years,
        closed=decisions.exclude(reasons=[]).count(),
        reasons=_count_codes(decisions, "reasons"),
        remedies=_count_codes(decisions, "remedies"),
        payments=payments_of(Counter(dict(amounts))),
        from_index=False,
    )


def _count_codes(decisions: DecisionQuerySet, column: str) -> dict[str, int]:
    codes = decisions.annotate(code=_Unnest(F(column))).values_list("code")
    return dict(codes.annotate(count=Count("pk")).order_by("-count", "code"))
