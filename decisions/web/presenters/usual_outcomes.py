"""What usually happens to complaints like those that a search finds, in numbers with their proof.

A statement is left out where its numbers say nothing: too few decisions, or a search that filters
by the very thing that is counted. Each number leads to the decisions that it counts.

Where too few decisions hold all words of a question that names a category, the numbers are those of
the category, and say so.
"""

from dataclasses import dataclass, replace

from decisions import search
from decisions.models import NOT_STATED
from decisions.search import Payments, SearchQuery, SearchResults
from decisions.web.charts import filters_by_result
from decisions.web.charts.uphold_rate import (
    MIN_COMPARED,
    NOT_UPHELD,
    UPHELD,
    UpholdRate,
    percent,
)
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.answers import CATEGORY, OfferedPage, offered_pages
from decisions.web.querystring import Parameters, search_parameters
from decisions.web.text_format import pounds

MIN_DECISIONS = 30  # fewest decisions found that are summed up
MIN_COUNTED = MIN_COMPARED  # fewest investigations, payments or reasons that a statement is about
MIN_OF_REASON = 3  # fewest decisions of a reason that is called common
MAX_REASONS = 3  # most reasons named


@dataclass(frozen=True)
class CountLink:
    """A number, what it counts, and the parameters of the list of exactly those decisions."""

    label: str
    count: int
    query: Parameters


@dataclass(frozen=True)
class PaymentRange:
    """Two sums, and the parameters of the list of the decisions with a payment between them."""

    label: str
    query: Parameters


@dataclass(frozen=True)
class UpheldStatement:
    """How many were investigated, how many of these upheld, and that as a percentage."""

    investigated: CountLink
    upheld: CountLink
    percentage: str


@dataclass(frozen=True)
class PaymentStatement:
    """How many have a payment, its median, and the middle half; None where all of it is one sum.

    The sums were recommended or agreed. Nobody knows whether they were paid.
    """

    number: CountLink
    median: str
    middle_half: PaymentRange | None


@dataclass(frozen=True)
class UsualOutcomes:
    """The statements about `total` decisions; at least one is there.

    `category` is the page of the category that they are about, None for the decisions found.
    """

    total: int
    upheld: UpheldStatement | None
    payments: PaymentStatement | None
    reasons: list[CountLink]
    category: OfferedPage | None = None


def usual_outcomes(
    search_query: SearchQuery, search_results: SearchResults, labels: FacetLabels
) -> UsualOutcomes | None:
    """What usually happens, for the first page of a broad search for words by relevance."""
    is_first_view = search_query.page == 1 and search_query.sort == "relevance"
    if not (search_query.text and is_first_view and search_results.from_index):
        return None
    search_query = replace(search_query, size=search.PAGE_SIZE)
    if search_results.total >= MIN_DECISIONS:
        return _statements(search_query, search_results, labels)
    category = _category_named(search_query)
    if category is None:
        return None
    terms = {**search_query.terms, "category": (category.key,)}
    of_category = replace(search_query, text="", terms=terms)
    results = search.search(replace(of_category, size=0))
    if results is None or results.total < MIN_DECISIONS:
        return None
    return _statements(of_category, results, labels, category)


def _category_named(search_query: SearchQuery) -> OfferedPage | None:
    """The one category that the words name; None where a filter has chosen some already."""
    if search_query.terms.get("category"):
        return None
    named = [page for page in offered_pages(search_query.text) if page.kind == CATEGORY]
    return named[0] if len(named) == 1 else None


def _statements(
    search_query: SearchQuery,
    search_results: SearchResults,
    labels: FacetLabels,
    category: OfferedPage | None = None,
) -> UsualOutcomes | None:
    usual = UsualOutcomes(
        search_results.total,
        _upheld(search_query, search_results),
        _payments(search_query),
        _reasons(search_query, search_results, labels),
        category,
    )
    return usual if usual.upheld or usual.payments or usual.reasons else None


def _upheld(search_query: SearchQuery, search_results: SearchResults) -> UpheldStatement | None:
    if filters_by_result(search_query):
        return None
    # Without a filter by outcome, this facet counts exactly the decisions found.
    rate = UpholdRate.of(search_results.facets.get("outcome", {}))
    if rate is None or rate.investigated < MIN_COUNTED:
        return None
    return UpheldStatement(
        _link(search_query, "investigated", rate.investigated, outcome=(UPHELD, NOT_UPHELD)),
        _link(search_query, "upheld", rate.upheld, outcome=(UPHELD,)),
        percent(rate.fraction),
    )


def _payments(search_query: SearchQuery) -> PaymentStatement | None:
    if (search_query.payment_min, search_query.payment_max) != (None, None):
        return None
    payments = search.recommended_payments(search_query)
    if payments is None or payments.median is None or payments.number < MIN_COUNTED:
        return None
    every = search_parameters(replace(search_query, payment_min=0))
    return PaymentStatement(
        CountLink("decisions", payments.number, every),
        pounds(payments.median),
        _middle_half(search_query, payments),
    )


def _middle_half(search_query: SearchQuery, payments: Payments) -> PaymentRange | None:
    lower, upper = payments.lower_quartile, payments.upper_quartile
    if lower is None or upper is None or lower == upper:
        return None
    # Filters of payments ignore pence: £249.50 counts as £249.
    within = replace(search_query, payment_min=lower // 100, payment_max=upper // 100)
    label = f"{pounds(lower)} to {pounds(upper)}"
    return PaymentRange(label, search_parameters(within))


def _reasons(
    search_query: SearchQuery, search_results: SearchResults, labels: FacetLabels
) -> list[CountLink]:
    """The commonest reasons; one as common as another that is not named is left out too."""
    if search_query.terms.get("reason"):
        return []
    counts = {
        code: count
        for code, count in search_results.facets.get("reason", {}).items()
        if code != NOT_STATED and code in labels.reason
    }
    if sum(counts.values()) < MIN_COUNTED:
        return []
    ordered = sorted(counts.items(), key=lambda entry: -entry[1])
    least = max(MIN_OF_REASON - 1, *(count for _, count in ordered[MAX_REASONS:][:1]), 0)
    return [
        _link(search_query, labels.reason[code], count, reason=(code,))
        for code, count in ordered[:MAX_REASONS]
        if count > least
    ]


def _link(search_query: SearchQuery, label: str, count: int, **terms: tuple[str, ...]) -> CountLink:
    narrowed = replace(search_query, terms={**search_query.terms, **terms})
    return CountLink(label, count, search_parameters(narrowed))
