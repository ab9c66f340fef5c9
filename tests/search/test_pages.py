"""Pages of results: none lost or repeated, and those behind the first read in windows."""

import random
from dataclasses import replace

import pytest

from decisions import search
from decisions.models import Decision
from decisions.search import key_ranges, page_ids, windows
from tests.factories import make_decision, make_decisions


def test_pages_of_one_window_are_read_once():
    everything = [*range(10_000, 12_500)]
    reads = []

    def read(rank: int, size: int) -> list[int]:
        reads.append((rank, size))
        return everything[rank : rank + size]

    windows.clear_cache()
    for rank in (20, 40, 1_990, 1_000, 980, 990, 2_480, 2_490, 3_000):
        assert windows.ids_from("list", rank, 20, read) == everything[rank : rank + 20]
    assert reads == [(0, 1_000), (1_000, 2_000), (3_000, 1_000)]
    assert windows.ids_from("other list", 20, 20, lambda *_: []) == []


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat():
    made = [make_decision(decided_on="2024-01-01") for _ in range(search.PAGE_SIZE + 5)]
    search.catch_up()
    for sort in ("newest", "oldest"):
        pages = [search.search(search.SearchQuery(sort=sort, page=page)).ids for page in (1, 2, 3)]
        assert [len(ids) for ids in pages] == [search.PAGE_SIZE, 5, 0]
        assert sorted(pk for ids in pages for pk in ids) == [decision.pk for decision in made]
    assert search.search(search.SearchQuery(page=10**12)).ids == []


@pytest.mark.django_db
def test_pages_in_any_order_have_the_same_results_as_one_long_list(monkeypatch):
    """Days and sums with one and many decisions, those without one at the end of all orders."""
    days = [None, "2020-01-01", "2021-05-05", "2021-05-06", "2021-05-05", "2021-05-07", None]
    pence = [None, 300_00, 150_00, 300_75, 50, 0, 2_000_00, 300_00, None]
    make_decisions(
        {"decided_on": days[number % len(days)], "payment": pence[number % len(pence)]}
        for number in range(70)
    )
    search.catch_up()
    # Pages across two windows, windows that begin where the undated do, and days that are counted
    # by blocks of four ids.
    monkeypatch.setattr(key_ranges, "BLOCK_BITS", 2)
    for size, window, most_skipped in ((3, 7, 4_000), (5, 5, 2), (5, 1, 0)):
        monkeypatch.setattr(windows, "SIZE", window)
        monkeypatch.setattr(key_ranges, "MAX_SKIPPED", most_skipped)
        page_ids.clear_caches()
        numbers = range(1, 70 // size + 3)
        for sort in ("relevance", "newest", "oldest", "payment"):
            query = search.SearchQuery("delayed", sort=sort, size=70)
            long_list = search.search(query).ids
            if sort in ("newest", "oldest"):  # pence make no difference in the index
                in_order = Decision.objects.in_order(sort)
                assert long_list == [*in_order.values_list("pk", flat=True)]
            pages = {
                page: search.search(replace(query, page=page, size=size)).ids
                for page in random.Random(window).sample(numbers, len(numbers))
            }
            assert [pk for page in numbers for pk in pages[page]] == long_list


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_decision_leaves_pages_that_were_cached():
    made = [make_decision(decided_on=f"2024-01-{day:02}").pk for day in range(1, 7)]
    for expected in ([made[1], made[0]], [made[1]]):
        search.catch_up()
        for sort in ("relevance", "newest"):
            query = search.SearchQuery("delayed", sort=sort, page=2, size=4)
            assert search.search(query).ids == expected
        Decision.objects.filter(pk=made[0]).update(withdrawn_at="2024-02-01T00:00Z")


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["relevance", "newest", "payment"])
def test_every_order_has_all_its_pages(sort):
    for _ in range(2 * search.PAGE_SIZE + 5):
        make_decision()
    search.catch_up()
    pages = [
        search.search(search.SearchQuery("delayed", sort=sort, page=page)) for page in (1, 3, 4)
    ]
    assert {page.last_page for page in pages} == {3}
    assert [len(page.ids) for page in pages] == [search.PAGE_SIZE, 5, 0]
