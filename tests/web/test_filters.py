"""What may be asked for in an address, what is left out of it, and what is said about that."""

import datetime

import pytest
from django.http import QueryDict

from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import to_querydict
from tests.factories import make_council, make_decision

pytestmark = pytest.mark.django_db


def read(query: str) -> DecisionFilterSet:
    return DecisionFilterSet(QueryDict(query))


def selected_references(query: str) -> list[str]:
    return [decision.reference for decision in read(query).qs]


@pytest.fixture
def three():
    make_decision("90 000 001", council="Kent County Council", decided_on="2020-01-01")
    make_decision(
        "90 000 002",
        council="Essex County Council",
        category=("Education", "Other"),
        outcome="Not upheld",
        decided_on="2021-06-01",
    )
    make_decision("90 000 003", council=None, category=None, outcome=None, decided_on=None)


FILTERED = {
    "": ["90 000 002", "90 000 001", "90 000 003"],
    "sort=oldest": ["90 000 001", "90 000 002", "90 000 003"],
    "council=kent-county-council": ["90 000 001"],
    "council=kent-county-council&council=essex-county-council": ["90 000 002", "90 000 001"],
    "council=kent-county-council&outcome=not-upheld": [],
    "category=education": ["90 000 002", "90 000 001"],
    "category=education/school-transport": ["90 000 001"],
    "council=not-stated": ["90 000 003"],
    "category=not-stated&outcome=not-stated": ["90 000 003"],
    "outcome=upheld&outcome=not-stated": ["90 000 001", "90 000 003"],
    "date_from=2020-01-01&date_to=2020-01-01": ["90 000 001"],
    "date_from=2021-01-01": ["90 000 002"],
    "date_to=31/12/2020": ["90 000 001"],
    "council=&outcome=&q=&date_from=&page=": ["90 000 002", "90 000 001", "90 000 003"],
}


def test_filters_and_order(three):
    assert {query: selected_references(query) for query in FILTERED} == FILTERED
    assert [query for query in FILTERED if read(query).errors] == []


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("outcome=Upheld", {"outcome": ("upheld",)}),
        ("outcome=UPHELD&outcome=upheld", {"outcome": ("upheld",)}),
        ("council=Kent-County-Council", {"council": ("kent-county-council",)}),
        ("category=Education/Other", {"category": ("education/other",)}),
        ("council=Not-Stated", {"council": ("not-stated",)}),
        ("reason=Late&remedy=Apology", {"reason": ("late",), "remedy": ("apology",)}),
    ],
)
def test_the_case_of_a_value_does_not_matter(three, query, terms):
    filterset = read(query)
    assert (filterset.problems, filterset.search_query.terms) == ([], terms)
    assert filterset.qs.query.where == read(query.lower()).qs.query.where


def test_the_case_of_an_order_does_not_matter(three):
    assert read("sort=Oldest").search_query.sort == "oldest"
    assert selected_references("sort=OLDEST") == ["90 000 001", "90 000 002", "90 000 003"]


def test_an_unknown_value_is_quoted_as_it_was_written(three):
    assert read("outcome=Lost").problems == ["There is no outcome “Lost” in this archive."]


def test_withdrawn_decisions_are_not_listed():
    make_decision("90 000 001", withdrawn_at="2024-01-01T00:00:00Z")
    assert selected_references("") == []


@pytest.mark.parametrize(
    ("query", "field", "message", "references"),
    [
        (
            "council=nowhere&council=kent-county-council",
            "council",
            "There is no council “nowhere” in this archive.",
            ["90 000 001"],
        ),
        (
            "outcome=lost&council=kent-county-council",
            "outcome",
            "There is no outcome “lost” in this archive.",
            ["90 000 001"],
        ),
        (
            "category=education/nothing&outcome=not-upheld",
            "category",
            "There is no category “education/nothing” in this archive.",
            ["90 000 002"],
        ),
        (
            "date_from=2021-13-01&council=kent-county-council",
            "date_from",
            "“2021-13-01” is not a date. Write a date like 2021-04-20.",
            ["90 000 001"],
        ),
        (
            "date_from=2021-01-02&date_to=2021-01-01&outcome=upheld",
            "date_from",
            "The “From” date is after the “To” date, so neither was used.",
            ["90 000 001"],
        ),
        (
            "sort=best&outcome=upheld",
            "sort",
            "“best” is not a sort order. Choose relevance, newest, oldest or payment.",
            ["90 000 001"],
        ),
        *(
            (
                f"size={size}&outcome=upheld",
                "size",
                f"“{size}” is not a page size. Choose 20, 50 or 100.",
                ["90 000 001"],
            )
            for size in ("30", "0", "-20", "twenty", "1000000")
        ),
        *(
            (
                f"page={page}&outcome=upheld",
                "page",
                f"“{page}” is not a page number. This is page 1.",
                ["90 000 001"],
            )
            for page in ("0", "-1", "abc", "1.5", "9999999999999999999999")
        ),
        (
            f"q={'a' * 1001}&outcome=upheld",
            "q",
            "Search for at most 1,000 characters.",
            ["90 000 001"],
        ),
    ],
)
def test_invalid_values_are_ignored_with_a_message(three, query, field, message, references):
    filterset = read(query)
    assert dict(filterset.errors) == {field: [message]}
    assert selected_references(query) == references
    assert filterset.search_query.page == 1


def test_the_search_query_has_every_valid_value(three):
    search_query = read(
        "q= school+bus &council=kent-county-council&council=nowhere&category=education"
        "&date_from=2020-01-01&date_to=x&sort=oldest&page=3"
    ).search_query
    assert search_query.text == "school bus"
    assert search_query.terms == {"council": ("kent-county-council",), "category": ("education",)}
    assert search_query.date_from == datetime.date(2020, 1, 1)
    assert search_query.date_to is None
    assert search_query.sort == "oldest"
    assert search_query.page == 3


def test_a_search_query_and_its_address_are_equivalent(three):
    address = (
        "q=bus&council=kent-county-council&council=not-stated&outcome=upheld"
        "&date_from=2020-01-01&date_to=2021-01-01&sort=newest&size=50"
    )
    assert to_querydict(read(address).search_query).urlencode() == address
    assert (
        to_querydict(
            read("page=2&q=&council=nowhere&sort=relevance&size=20").search_query
        ).urlencode()
        == ""
    )


def test_names_are_queried_once_for_any_number_of_requests(three, django_assert_num_queries):
    for number in range(20):
        make_council(f"Council {number}")
    query = "&".join(f"council=council-{number}" for number in range(20))
    with django_assert_num_queries(1):
        assert len(read(query).search_query.terms["council"]) == 20


def test_a_null_character_causes_no_server_error(three):
    assert "q" in read("q=%00").errors
    assert "council" in read("council=%00").errors
    assert "date_from" in read("date_from=%00").errors
