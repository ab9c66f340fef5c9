"""New decisions against saved searches: the same matches as the archive's own index."""

import random

import pytest

from decisions import search
from decisions.models import NOT_STATED, Decision
from decisions.search import Percolator, SearchQuery
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

WORDS = (
    "", "bus", "house cold", "bus OR house", "-bus", "“the bus was late”", "hous*", "buses",
    "council:ashmere", "council:ost*", "bus w/3 late", "late in:complaint", "90 900 020", "zebra",
)  # fmt: skip


@pytest.mark.slow
def test_a_percolator_finds_what_the_index_finds():
    make_varied_archive()
    search.catch_up()
    rows = Decision.objects.published().select_related("council", "category__parent", "outcome")
    percolator = Percolator(rows)
    assert len(percolator) == rows.count() == 91
    chance = random.Random(1)
    found = 0
    for _ in range(150):
        search_query = SearchQuery(
            text=chance.choice(WORDS),
            terms={
                name: tuple(chance.sample(values, chance.randint(0, 2)))
                for name, values in {
                    "council": ["ashmere-council", "ostley-borough-council"],
                    "category": ["education", "education/other", "housing", NOT_STATED],
                    "outcome": ["upheld", "not-upheld", NOT_STATED],
                    "reason": ["late", "premature"],
                }.items()
                if chance.random() < 0.4
            },
            payment_min=chance.choice([None, None, None, 100]),
            exact=True,
            sort="newest",
            size=100,
        )
        matches = percolator.matches(search_query)
        results = search.search(search_query)
        assert results is not None
        assert matches == results.ids, search_query
        found += bool(matches)
    assert 50 < found < 150
    assert Percolator([]).matches(SearchQuery()) == []
