"""What is offered where a reference is not held: decisions one slip of typing away."""

import pytest

from decisions.models import Decision
from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db


def offered(page) -> dict[str, str]:
    return {text(link): link["href"] for link in page.select(".near-references a")}


@pytest.fixture
def held():
    make_decision("17 002 402b", council="Ashmere Council", decided_on="2018-03-04")
    make_decision("17 002 403")
    make_decision("17 002 420", council=None, category=None, decided_on=None)
    make_decision("17 002 433")  # two other digits
    make_decision("18 000 001", other_references=["17 002 412"])
    make_decision("17 002 401", withdrawn_at="2024-01-01T00:00:00Z")


def test_the_list_offers_near_references_the_likeliest_first(see, held):
    page = see("/decisions/?q=ref 17-002-402")
    notice = page.select_one(".notice")
    assert text(notice).startswith("No decision 17 002 402 in this archive.")
    assert offered(notice) == {
        "17 002 402b": "/decisions/17-002-402b/",
        "17 002 420": "/decisions/17-002-420/",
        "18 000 001": "/decisions/18-000-001/",
        "17 002 403": "/decisions/17-002-403/",
    }
    assert list(offered(notice)) == ["17 002 402b", "17 002 420", "18 000 001", "17 002 403"]
    assert texts(notice, "li")[:2] == [
        "17 002 402b Ashmere Council, School transport, 4 March 2018",
        "17 002 420 Council not stated",
    ]


def test_the_page_of_a_decision_that_is_not_held_offers_them_too(see, held):
    page = see("/decisions/17-002-402/", status=404)
    assert text(page.h1) == "Decision 17 002 402 is not in this archive"
    assert "There is no decision 17 002 402 in this archive." in text(page.select_one(".lead"))
    assert list(offered(page))[:2] == ["17 002 402b", "17 002 420"]


def test_another_address_that_is_no_reference_offers_none(see, held):
    assert offered(see("/decisions/17-002/", status=404)) == {}


def test_nothing_is_offered_where_nothing_is_near(see, held):
    assert offered(see("/decisions/99-999-999/", status=404)) == {}
    page = see("/decisions/?q=99 999 999")
    assert offered(page) == {}
    assert "similar reference" not in text(page)


def test_a_withdrawn_decision_is_reported_and_no_other_offered(see, held):
    page = see("/decisions/?q=17002401")
    assert text(page.select_one(".notice")).startswith("Decision 17 002 401 was withdrawn.")
    assert offered(page) == {}


def test_at_most_a_few_are_offered():
    for digit in range(9):
        make_decision(f"17 002 40{digit}")
    near = Decision.objects.published().near_reference("17 002 409")
    assert [decision.reference for decision in near] == [f"17 002 40{n}" for n in range(5)]


def test_near_references_take_one_query(held, django_assert_num_queries):
    with django_assert_num_queries(1):
        near = Decision.objects.published().near_reference("17 002 402")
        councils = [str(decision.council) for decision in near]
    assert councils[0] == "Ashmere Council"
