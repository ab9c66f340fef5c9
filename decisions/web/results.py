"""Runs a search on the index, or on PostgreSQL while the index is unavailable.

PostgreSQL answers filters, order, pages and charts; it does not count the options of filters, and
does not search for words: a search for words then finds nothing, and says that it did not search.
"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import BigIntegerField, Count, DecimalField, F, Func
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractYear

from decisions import search
from decisions.models import NOT_STATED, DecisionQuerySet
from decisions.search import (
    Aggregations,
    Batch,
    Cursor,
    SearchQuery,
    SearchResults,
    payments_of,
)
from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import to_querydict

# Bits of a sort key below the day or the pounds, as in the index: they hold the decision's id.
_ID_BITS = 40
# The day that stands for no date in the order "oldest", as in the index.
_UNDATED_LAST = 1 << 23
_KEY_FIELD = DecimalField(max_digits=20, decimal_places=0)


class WordsNotSearchable(Exception):
    """The search has words, and the index that finds them is unavailable for the moment."""


class _Ordinal(Func):
    """The number of a day, as `date.toordinal` counts."""

    template = "(%(expressions)s - DATE '0001-01-01' + 1)"
    output_field = BigIntegerField()


class _Unnest(Func):
    """PostgreSQL's `unnest`: one row for each element of an array."""

    function = "unnest"
    set_returning = True


def find(search_query: SearchQuery) -> SearchResults:
    """One page of the decisions that match.

    None of them, and `from_index` false, for words while the index is unavailable.
    """
    return search.search(search_query) or _find_in_database(search_query)


def aggregate(search_query: SearchQuery) -> Aggregations:
    """Outcomes by year, reasons, remedies and payments of the decisions that match.

    Those of no decision, and `from_index` false, for words while the index is unavailable.
    """
    return search.aggregate(search_query) or _aggregate_in_database(search_query)


def batch(search_query: SearchQuery, after: str = "", size: int = 100) -> Batch:
    """Up to `size` ids of the list behind the cursor `after`, or from its start if that is "".

    A batch costs the same wherever in the list it starts; the list has no ceiling. A cursor stays
    valid while the archive changes. Raises InvalidCursor and WordsNotSearchable.
    """
    found = search.batch_of_ids(search_query, after, size)
    return _batch_in_database(search_query, after, size) if found is None else found


def iterate(search_query: SearchQuery, size: int = 1_000) -> Iterator[list[int]]:
    """The ids of all decisions that the list has on all its pages, in lists of up to `size`.

    The closest matches, which follow few results, are included. Memory is constant, and there is
    no ceiling. Raises WordsNotSearchable at once, before the first list.
    """
    found = search.iterate(search_query, size)
    if found is not None:
        return found
    _require_no_words(search_query)
    return _iterate_database(search_query, size)


def _iterate_database(search_query: SearchQuery, size: int) -> Iterator[list[int]]:
    cursor: str | None = ""
    while cursor is not None:
        found = _batch_in_database(search_query, cursor, size)
        if found.ids:
            yield found.ids
        cursor = found.after


def _batch_in_database(search_query: SearchQuery, after: str, size: int) -> Batch:
    _require_no_words(search_query)
    is_descending = search_query.sort != "oldest"
    decisions = _matching(search_query).annotate(key=_sort_key(search_query.sort))
    if after and (cursor := Cursor.read(after)).is_key:
        decisions = decisions.filter(**{"key__lt" if is_descending else "key__gt": cursor.at})
    rows = decisions.order_by("-key" if is_descending else "key").values_list("pk", "key")
    found = list(rows[: size + 1])
    ids = [pk for pk, _ in found[:size]]
    return Batch(
        ids, str(Cursor.behind_key(int(found[size - 1][1]))) if len(found) > size else None
    )


def _sort_key(sort: str) -> Combinable:
    """The key that the index sorts by: cursors are the same whichever of the two answers."""
    if sort == "imported":
        return Cast("pk", _KEY_FIELD)
    if sort == "payment":
        high: Combinable = Coalesce(F("payment"), 0) / 100
    else:
        high = Coalesce(_Ordinal("decided_on"), _UNDATED_LAST if sort == "oldest" else 0)
    # Undated decisions have keys of 64 bits, one more than PostgreSQL's largest integers.
    return Cast(high, _KEY_FIELD) * (1 << _ID_BITS) + Cast("pk", _KEY_FIELD)


def _require_no_words(search_query: SearchQuery) -> None:
    if _has_words(search_query):
        raise WordsNotSearchable("The search index is being rebuilt. Try again in a minute.")


def _has_words(search_query: SearchQuery) -> bool:
    return bool(search_query.text.strip())


def _matching(search_query: SearchQuery) -> DecisionQuerySet:
    """The decisions that PostgreSQL finds: none if words would have to be searched for."""
    decisions = DecisionFilterSet(to_querydict(search_query)).qs
    return decisions.none() if _has_words(search_query) else decisions


def _find_in_database(search_query: SearchQuery) -> SearchResults:
    decisions = _matching(search_query)
    start = search_query.rank
    ids = list(decisions.values_list("pk", flat=True)[start : start + search_query.size])
    return SearchResults(ids, decisions.count(), {}, search_query.size, from_index=False)


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
