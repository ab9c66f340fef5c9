"""What the index counts is what PostgreSQL counts."""

import statistics
from collections import Counter

import pytest
from django.db.models import Aggregate, BigIntegerField, Q

from decisions import search
from decisions.models import NOT_STATED, Decision
from decisions.search import SearchQuery, aggregations
from decisions.web import results
from tests.factories import make_decision
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

# Searches, each with what it selects in PostgreSQL.
QUERIES = (
    (SearchQuery(), Q()),
    (
        SearchQuery(terms={"council": ("ashmere-council",)}),
        Q(council__slug="ashmere-council"),
    ),
    (
        SearchQuery(terms={"category": ("education",), "outcome": ("upheld", "not-upheld")}),
        Q(category__path__startswith="education", outcome__slug__in=["upheld", "not-upheld"]),
    ),
    (SearchQuery(terms={"reason": ("late",)}), Q(reasons__contains=["late"])),
    (SearchQuery(terms={"outcome": (NOT_STATED,)}), Q(outcome=None)),
    (SearchQuery(payment_min=100, payment_max=249), Q(payment__range=(10_000, 24_999))),
)


class _Quartile(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


def _quartiles_of_postgresql(decisions) -> tuple[int, int]:
    row = decisions.order_by().aggregate(
        lower=_Quartile("payment", fraction="0.25"), upper=_Quartile("payment", fraction="0.75")
    )
    return row["lower"], row["upper"]


@pytest.fixture
def archive():
    make_varied_archive()
    search.catch_up()


@pytest.mark.parametrize(("search_query", "selects"), QUERIES)
def test_every_number_is_that_of_postgresql(archive, search_query, selects):
    found = Decision.objects.published().filter(selects)
    counted = search.aggregate(search_query)
    assert counted is not None
    assert counted.total == found.count() > 0

    years: Counter = Counter()
    for day, outcome in found.values_list("decided_on", "outcome__slug"):
        years[(day and day.year, outcome or NOT_STATED)] += 1
    assert {
        (year, outcome): count
        for year, outcomes in counted.years.items()
        for outcome, count in outcomes.items()
    } == years
    assert sum(counted.outcomes.values()) == counted.total
    assert list(counted.years) == sorted(counted.years, key=lambda year: year or 9_999)

    for name, numbers in (("reasons", counted.reasons), ("remedies", counted.remedies)):
        values = Counter(value for row in found.values_list(name, flat=True) for value in row)
        assert numbers == values
    assert counted.closed == found.exclude(reasons=[]).count()

    amounts = list(found.exclude(payment=None).values_list("payment", flat=True))
    paid = counted.payments
    assert (paid.number, paid.total) == (len(amounts), sum(amounts))
    if amounts:
        assert paid.median == int(statistics.median(amounts))
        assert (paid.least, paid.most) == (min(amounts), max(amounts))
        assert (paid.lower_quartile, paid.upper_quartile) == _quartiles_of_postgresql(found)
    else:
        assert (paid.least, paid.median, paid.most) == (None, None, None)
        assert (paid.lower_quartile, paid.upper_quartile) == (None, None)


@pytest.mark.parametrize(
    ("pence", "quartiles"),
    [
        ([], (None, None)),
        ([500], (500, 500)),
        ([100, 200], (100, 200)),
        ([100, 200, 300], (100, 300)),
        ([100, 200, 300, 400], (100, 300)),
        ([100, 200, 300, 400, 500], (200, 400)),
        ([100, 100, 100, 100, 900], (100, 100)),
        (range(1, 101), (25, 75)),
    ],
)
def test_quartiles_of_few_and_equal_payments(pence, quartiles):
    payments = search.payments_of(dict(Counter(pence)))
    assert (payments.lower_quartile, payments.upper_quartile) == quartiles


def test_the_middle_half_is_at_least_half_of_the_payments(archive):
    payments = search.aggregate(SearchQuery()).payments
    middle = (payments.lower_quartile, payments.upper_quartile)
    within = Decision.objects.published().filter(payment__range=middle).count()
    assert within >= payments.number / 2 > 0


def test_postgresql_alone_counts_the_same_quartiles(archive, monkeypatch):
    counted = search.aggregate(SearchQuery()).payments
    monkeypatch.setattr(search, "aggregate", lambda search_query: None)
    assert results.aggregate(SearchQuery()).payments == counted


def test_bands_hold_what_the_filter_finds(archive):
    paid = search.aggregate(SearchQuery()).payments
    starts = list(paid.bands)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        asked = SearchQuery(payment_min=start, payment_max=following and following - 1)
        end = 100 * following - 1 if following else 10**12
        found = Decision.objects.published().filter(payment__range=(100 * start, end)).count()
        assert paid.bands[start] == found == search.search(asked).total
    assert sum(paid.bands.values()) == paid.number > 0


def test_aggregations_apply_to_words_too(archive):
    counted = search.aggregate(SearchQuery(text="bus"))
    assert counted.total == search.search(SearchQuery(text="bus")).total
    assert 0 < counted.total < search.aggregate(SearchQuery()).total


def test_a_search_without_results(archive):
    counted = search.aggregate(SearchQuery(text="zebra"))
    assert (counted.total, counted.years, counted.closed) == (0, {}, 0)
    assert counted.payments.median is None


@pytest.mark.django_db(transaction=True)  # a later change has a later number only then
def test_aggregations_are_cached_until_the_archive_changes(archive, monkeypatch):
    before = search.aggregate(SearchQuery())
    with monkeypatch.context() as patch:
        patch.setattr(aggregations, "_from_result", lambda result: 1 / 0)
        assert search.aggregate(SearchQuery(sort="oldest", page=3)) is before
    make_decision()
    search.catch_up()
    assert search.aggregate(SearchQuery()).total == before.total + 1


@pytest.mark.django_db(transaction=True)
def test_without_an_index_there_are_no_aggregations_and_the_log_says_why(caplog):
    make_decision()
    assert search.aggregate(SearchQuery()) is None
    assert caplog.messages == [
        "The search index could not be queried: no search index has been built yet"
    ]
