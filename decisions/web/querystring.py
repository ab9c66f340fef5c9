"""Builds every address of this site that has parameters or an anchor.

Templates use the same functions as tags (`{% list_url … %}`).
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse

from decisions.models import Decision, page_address
from decisions.search import FACETS, PAGE_SIZE, SearchQuery


def to_querydict(search_query: SearchQuery) -> QueryDict:
    """The parameters of this search, without its page and without empty ones."""
    query = QueryDict(mutable=True)
    for name, values in _parameters(search_query).items():
        query.setlist(name, values)
    return query


def search_url(search_query: SearchQuery) -> str:
    """The address of the list of decisions that this search finds, from its first page on."""
    return with_parameters(page_address("decisions:list"), _parameters(search_query))


def _parameters(search_query: SearchQuery) -> dict[str, list[str]]:
    parameters: dict[str, list[str]] = {}
    if search_query.text:
        parameters["q"] = [search_query.text]
    for name in FACETS:
        if values := search_query.terms.get(name):
            parameters[name] = list(values)
    for name in ("date_from", "date_to"):
        day: datetime.date | None = getattr(search_query, name)
        if day:
            parameters[name] = [day.isoformat()]
    for name in ("payment_min", "payment_max"):
        pounds: int | None = getattr(search_query, name)
        if pounds is not None:
            parameters[name] = [str(pounds)]
    if search_query.standard:
        parameters["standard"] = ["true"]
    if search_query.sort != "relevance":
        parameters["sort"] = [search_query.sort]
    if search_query.size != PAGE_SIZE:
        parameters["size"] = [str(search_query.size)]
    return parameters


def list_url(query: QueryDict | None = None, /, **changes: Any) -> str:
    """The address of the list of decisions for `query` with these changes.

    The first page has no number.
    """
    return _url_of_query("decisions:list", query, changes)


def feed_url(kind: str, search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of a search's feed, "atom" or "json"; `terms` is a search by one value of each.

    A feed has an order and pages of its own, so those of the search make no difference.
    """
    searched = replace(_all_of(search_query, terms), sort="relevance")
    return with_parameters(page_address(f"feeds:{kind}"), _parameters(searched))


def export_url(extension: str, search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of the file with all decisions of a search, in its order.

    `extension` is "csv", "jsonl" or "xlsx"; `terms` is a search by one value of each.
    """
    address = reverse("exports:list", args=[extension])
    return with_parameters(address, _parameters(_all_of(search_query, terms)))


def api_url(search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address at which the API lists the decisions of a search, in its order."""
    return with_parameters(page_address("api:decisions"), _parameters(_all_of(search_query, terms)))


def alert_url(search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of the form for an alert on all decisions of a search.

    New decisions come in an order of their own, so that of the search makes no difference.
    """
    searched = replace(_all_of(search_query, terms), sort="relevance")
    return with_parameters(page_address("decisions:alert-new"), _parameters(searched))


def _all_of(search_query: SearchQuery | None, terms: dict[str, str]) -> SearchQuery:
    searched = search_query or SearchQuery(terms={name: (terms[name],) for name in terms})
    return replace(searched, size=PAGE_SIZE)


def charts_url(query: QueryDict | None = None, /, **changes: Any) -> str:
    """The address of the charts of the decisions that `query` with these changes finds."""
    return _url_of_query("decisions:charts", query, changes)


def options_url(name: str, query: QueryDict) -> str:
    """The address of all options of the filter `name`, counted for `query`."""
    return _url_of_query("decisions:options", query, {"filter": name})


def parameters_without(name: str, query: QueryDict) -> list[tuple[str, str]]:
    """Name and value of every parameter except this one, for the hidden fields of a form."""
    return [(key, value) for key, values in query.lists() if key != name for value in values]


def chart_csv_url(table: str, query: QueryDict | None = None) -> str:
    """The address of the CSV file with the numbers of one chart."""
    parameters = {"table": table, **dict(query.lists() if query else ())}
    return with_parameters(page_address("decisions:chart-csv"), parameters)


def search_url_template() -> str:
    """The address of a search with `{words}` as a placeholder, in OpenSearch's notation."""
    return f"{list_url()}?q={{words}}"


def decision_url(decision: Decision, words: str) -> str:
    """The address of a decision's page, with the search words to mark there."""
    return with_parameters(decision.get_absolute_url(), {"q": words} if words else {})


def quote_url(decision: Decision, paragraph: int | None = None) -> str:
    """The address of the page that cites a decision, or one of its paragraphs."""
    address = page_address("decisions:quote", decision.slug)
    return with_parameters(address, {"paragraph": paragraph} if paragraph else {})


def with_parameters(address: str, parameters: Mapping[str, Any]) -> str:
    """`address` with parameters; a list repeats its parameter."""
    if not parameters:
        return address
    # `urlencode` does the same, but takes twice as long.
    pairs = (
        f"{quote(name)}={quote(str(value))}"
        for name, values in parameters.items()
        for value in (values if isinstance(values, list | tuple) else (values,))
    )
    return f"{address}?{'&'.join(pairs)}"


def _url_of_query(view: str, query: QueryDict | None, changes: dict[str, Any]) -> str:
    # The QueryDict is not copied: that is slow, and a page of results has 60 such addresses.
    parameters = {**dict(query.lists() if query else ()), **changes}
    if parameters.get("page") == 1:
        del parameters["page"]
    return with_parameters(page_address(view), parameters)
