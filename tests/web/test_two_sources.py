"""PostgreSQL and the search index select and count the same decisions for every filter."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions import search
from decisions.documents import NOT_STATED
from decisions.models import Decision
from decisions.search import SearchQuery
from decisions.web import results
from decisions.web.filters import SORTS, DecisionFilterSet
from decisions.web.querystring import to_querydict
from tests.factories import make_decision
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

DAYS = st.dates(datetime.date(2015, 6, 1), datetime.date(2022, 6, 1)).map(str)
# Bounds at, below and above the payments of the archive, which have pence.
POUNDS = st.sampled_from([0, 50, 99, 100, 249, 250, 499, 500, 1_234, 1_235, 9_000, 10_000])


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([*values, NOT_STATED]), max_size=3)


FILTERS = {
    "council": some("wexcombe-district-council", "ashmere-council", "ostley-borough-council"),
    "category": some("education", "education/school-transport", "education/other", "housing"),
    "outcome": some("upheld", "not-upheld", "closed-after-initial-enquiries"),
    "reason": some("late", "premature", "insufficient-injustice", "schools"),
    "remedy": some("apology", "payment", "review", "training"),
    "provision": some("lga-1974-s-26b", "lga-1974"),
    "date_from": DAYS,
    "date_to": DAYS,
    "payment_min": POUNDS,
    "payment_max": POUNDS,
    "sort": st.sampled_from(list(SORTS)),
}


@pytest.fixture
def archive():
    make_varied_archive()
    make_decision(provisions=["lga-1974", "lga-1974-s-26b"], payment=123_500)
    make_decision(provisions=["lga-1974"], decided_on="2021-12-31", payment=24_999)
    search.catch_up()


def address(**values) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query


def check_both_agree(query: QueryDict) -> int:
    filterset = DecisionFilterSet(query)
    search_query = filterset.search_query
    everything = SearchQuery(**{**vars(search_query), "size": 1_000})
    indexed = search.search(everything)
    stored = list(filterset.qs.values_list("pk", flat=True))
    if search_query.sort == "payment":  # decisions of equal pounds may stand in any order
        assert sorted(indexed.ids) == sorted(stored)
    else:
        assert indexed.ids == stored
    assert indexed.total == len(stored)
    return len(stored)


@pytest.mark.slow
def test_every_filter_alone(archive):
    for name, values in FILTERS.items():
        assert max(found_by(name, values)) > 0, name


def found_by(name: str, values: st.SearchStrategy) -> set[int]:
    """How many decisions each of twelve values of a filter finds."""
    found = set()

    @settings(max_examples=12, deadline=None, database=None, derandomize=True)
    @given(values)
    def check(value):
        found.add(check_both_agree(address(**{name: value})))

    check()
    return found


@settings(
    max_examples=150,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.fixed_dictionaries({}, optional=FILTERS))
def test_random_combinations(archive, values):
    query = address(**values)
    check_both_agree(query)

    search_query = DecisionFilterSet(query).search_query
    indexed = search.aggregate(search_query)
    stored = results._aggregate_in_database(search_query)
    for name in ("total", "closed", "reasons", "remedies", "payments", "outcomes", "years"):
        assert getattr(stored, name) == getattr(indexed, name), name


def test_the_address_of_a_search_selects_the_same(archive):
    query = address(council=["ashmere-council"], payment_min=100, payment_max=249, sort="oldest")
    search_query = DecisionFilterSet(query).search_query
    assert DecisionFilterSet(to_querydict(search_query)).search_query == search_query


@pytest.mark.parametrize(
    ("bounds", "pence"),
    [
        ({"payment_max": 249}, {24_900, 24_999}),
        ({"payment_min": 249, "payment_max": 249}, {24_900, 24_999}),
        ({"payment_min": 250, "payment_max": 250}, {25_000, 25_099}),
        ({"payment_min": 251}, set()),
    ],
)
def test_pence_do_not_count(bounds, pence):
    for payment in (24_900, 24_999, 25_000, 25_099, None):
        make_decision(payment=payment)
    found = DecisionFilterSet(address(**bounds)).qs
    assert set(found.values_list("payment", flat=True)) == pence


def test_without_an_index_pages_are_counted_by_postgresql(monkeypatch):
    monkeypatch.setattr(search, "repair", lambda: None)  # it would build one meanwhile
    made = [make_decision(decided_on=f"2021-01-{day:02}") for day in range(1, 4)]
    make_decision(outcome="Not upheld")
    page = results.find(SearchQuery(terms={"outcome": ("upheld",)}))
    assert (page.from_index, page.total, page.last_page) == (False, 3, 1)
    assert page.ids == [decision.pk for decision in reversed(made)]
    counted = results.aggregate(SearchQuery())
    assert (counted.from_index, counted.total) == (False, 4)
    assert counted.years == {2021: {"upheld": 3}, 2024: {"not-upheld": 1}}
    assert Decision.objects.count() == 4
    words = SearchQuery("council", terms={"outcome": ("upheld",)})
    page, counted = results.find(words), results.aggregate(words)
    assert (page.from_index, page.ids, page.listed) == (False, [], 0)
    assert (counted.from_index, counted.total, counted.years) == (False, 0, {})
