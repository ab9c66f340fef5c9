"""The kinds of request that are measured: nine queries under four sets of filters."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from decisions.models import Decision, DecisionQuerySet
from decisions.search import SearchQuery
from decisions.web.querystring import to_querydict

# What is typed, and what that is called. SQLite's language differs in one sign, see `fts5`.
QUERIES = {
    "a rare word": "carport",
    "a middling word": "school",
    "a very common word": "council",
    "two words": "school transport",
    "one or the other": "bus OR taxi",
    "a rare phrase": '"clean cloths"',
    "a phrase in most": '"told me"',
    "a word, not another": "complaint -appeal",
    "no words": "",
}

FIVE_YEARS = {"date_from": datetime.date(2019, 1, 1), "date_to": datetime.date(2023, 12, 31)}
# A council with at least one upheld decision in so many of all.
SMALL = 2_000


@dataclass(frozen=True)
class Kind:
    """One request. `query` and `filters` say in words what `question` asks."""

    query: str
    filters: str
    search_query: SearchQuery

    def __str__(self) -> str:
        return f"{self.query}, {self.filters}" if self.filters else self.query

    @property
    def address(self) -> str:
        return f"/decisions/?{to_querydict(self.search_query).urlencode()}"


def kinds() -> list[Kind]:
    """All of them, with filters that fit what the archive holds."""
    return [
        Kind(query, filters, SearchQuery(text, **asked))
        for query, text in QUERIES.items()
        for filters, asked in _filters()
    ]


def _filters() -> Iterator[tuple[str, dict]]:
    published = Decision.objects.published()
    yield "", {}
    yield "council", {"terms": {"council": (_most(published, "council__slug"),)}}
    category = _most(published, "category__parent__path")
    yield "category, 5 years", {"terms": {"category": (category,)}, **FIVE_YEARS}
    upheld = _counts(published.filter(outcome__slug="upheld"), "council__slug")
    least = max(1, published.count() // SMALL)
    _, small = min((count, slug) for slug, count in upheld.items() if count >= least)
    yield "small council, upheld", {"terms": {"council": (small,), "outcome": ("upheld",)}}


def _most(decisions: DecisionQuerySet, field: str) -> str:
    counts = _counts(decisions, field)
    return max(counts, key=lambda value: (counts[value], value))


def _counts(decisions: DecisionQuerySet, field: str) -> dict[str, int]:
    stated = decisions.exclude(**{field: None})
    return dict(stated.values_list(field).annotate(Count("pk")))
