"""A search as an alert saves it: in words, line by line, and as the parameters of its list."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest

from decisions import alerts
from decisions.search import PAGE_SIZE, SearchQuery
from decisions.web.facet_labels import FILTER_LABELS, FacetLabels
from decisions.web.filters import DecisionFilterSet
from decisions.web.presenters.active_filters import active_filters
from decisions.web.querystring import to_querydict
from decisions.web.seo import site_url


def saved_search(filterset: DecisionFilterSet, request: HttpRequest) -> alerts.Search:
    """The search of the address, without its order and its page, which an alert does not have."""
    searched = filterset.search_query
    words = " ".join(searched.text.split())
    search_query = replace(searched, text=words, sort="relevance", page=1, size=PAGE_SIZE)
    return alerts.Search(
        search_query,
        "\n".join(search_in_words(search_query, filterset.labels)),
        to_querydict(search_query).urlencode(),
        site_url(request),
    )


def search_in_words(search_query: SearchQuery, labels: FacetLabels) -> list[str]:
    """The words, then each filter with its values, as `Council: Kent County Council`."""
    by_name: dict[str, list[str]] = {}
    for active in active_filters(search_query, labels):
        by_name.setdefault(active.name, []).append(active.label)
    return list(_lines(search_query.text, by_name)) or ["All decisions"]


def _lines(words: str, by_name: dict[str, list[str]]) -> Iterator[str]:
    if words:
        yield f"Words: {words}"
    for name, values in by_name.items():
        label = FILTER_LABELS.get(name)
        yield f"{label}: {' or '.join(values)}" if label else values[0]
