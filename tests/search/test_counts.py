"""Which queries share the counts of their options, and how large archives are counted."""

import datetime
from dataclasses import fields, replace

import pytest

from decisions import search
from decisions.search import execution
from tests.factories import make_decision

pytestmark = pytest.mark.django_db


def test_queries_share_counts_only_where_they_match_the_same():
    plain = search.SearchQuery()
    day = datetime.date(2022, 1, 1)
    matching = {
        "text": "bus",
        "terms": {"outcome": ("upheld", "not-upheld"), "council": ("wexcombe",)},
        "date_from": day,
        "date_to": day,
        "payment_min": 1,
        "payment_max": 1,
        "standard": True,
        "exact": True,
    }
    keys = [execution.matching_key(replace(plain, **{name: matching[name]})) for name in matching]
    assert len({execution.matching_key(plain), *keys}) == 1 + len(keys)
    other = {"sort": "oldest", "page": 2, "size": 5}
    assert {*matching, *other} == {field.name for field in fields(plain)}
    same = {"council": ("wexcombe",), "outcome": ("not-upheld", "upheld")}
    assert execution.matching_key(replace(plain, terms=same, **other)) == keys[1]


def test_counts_on_other_cores_are_the_same(monkeypatch):
    make_decision(paragraphs=("The bus was very late.",), decided_on="2021-01-10")
    make_decision(paragraphs=("A bus.",), outcome="Not upheld", decided_on="2023-01-10")
    search.catch_up()
    queries = [
        search.SearchQuery(text, terms=terms, date_from=date_from)
        for text in ("", "“bus late”~9 -kelp", "nowhere")
        for terms in ({}, {"outcome": ("upheld",), "provision": ("not-stated",)})
        for date_from in (None, datetime.date(2022, 1, 1))
    ]
    expected = [search.search(query) for query in queries]
    execution.clear_caches()
    monkeypatch.setattr(execution, "MIN_DECISIONS_FOR_OTHER_CORES", 0)
    assert [search.search(query) for query in queries] == expected
