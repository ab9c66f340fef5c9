"""Builds every address of this site that has parameters or an anchor.

Templates use the same functions as tags (`{% list_url … %}`).
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import QueryDict

from decisions.models import Decision, page_address
from decisions.search import FACETS, PAGE_SIZE, SearchQuery

# The parameters of an address, each with its values. A page has a hundred addresses, for which
# QueryDicts would be slow.
Parameters = dict[str, list[str]]


def to_querydict(search_query: SearchQuery) -> QueryDict:
    """The parameters of this search as those of a request, for DecisionFilterSet."""
    query = QueryDict(mutable=True)
    for name, values in search_parameters(search_query).items():
        query.setlist(name, values)
    return query


def search_url(search_query: SearchQuery) -> str:
    """The address of the list of decisions that this search finds, from its first page on."""
    return with_parameters(page_address("decisions:list"), search_parameters(search_query))


def urls_by_value(search_query: SearchQuery, name: str, values: Iterable[str]) -> dict[str, str]:
    """The address of this search with each of the values, instead of those chosen, of a filter."""
    any_value = replace(search_query, terms={**search_query.terms, name: ("",)})
    parameters = search_parameters(any_value)
    address = page_address("decisions:list")
    return {value: with_parameters(address, {**parameters, name: value}) for value in values}


def search_parameters(search_query: SearchQuery) -> Parameters:
    """The parameters of this search, without its page and without empty ones."""
    parameters: Parameters = {}
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


def list_url(query: Parameters | None = None, /, **changes: Any) -> str:
    """The address of the list of decisions for `query` with these changes.

    The first page has no number.
    """
    return _url_of_query("decisions:list", query, changes)


def feed_url(kind: str, search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of a search's feed, "atom" or "json"; `terms` is a search by one value of each.

    A feed has an order and pages of its own, so those of the search make no difference.
    """
    searched = replace(_all_of(search_query, terms), sort="relevance")
    return with_parameters(page_address(f"feeds:{kind}"), search_parameters(searched))


def export_url(extension: str, search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of the file with all decisions of a search, in its order.

    `extension` is "csv", "jsonl" or "xlsx"; `terms` is a search by one value of each.
    """
    address = page_address("exports:list", form=extension)
    return with_parameters(address, search_parameters(_all_of(search_query, terms)))


def api_url(search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address at which the API lists the decisions of a search, in its order."""
    return with_parameters(
        page_address("api:decisions"), search_parameters(_all_of(search_query, terms))
    )


def alert_url(search_query: SearchQuery | None = None, /, **terms: str) -> str:
    """The address of the form for an alert on all decisions of a search.

    New decisions come in an order of their own, so that of the search makes no difference.
    """
    searched = replace(_all_of(search_query, terms), sort="relevance")
    return with_parameters(page_address("decisions:alert-new"), search_parameters(searched))


def _all_of(search_query: SearchQuery | None, terms: dict[str, str]) -> SearchQuery:
    searched = search_query or SearchQuery(terms={name: (terms[name],) for name in terms})
    return replace(searched, size=PAGE_SIZE)


def charts_url(query: Parameters | None = None, /, **changes: Any) -> str:
    """The address of the charts of the decisions that `query` with these changes finds."""
    return _url_of_query("decisions:charts", query, changes)


def options_url(name: str, query: Parameters) -> str:
    """The address of all options of the filter `name`, counted for `query`."""
    return _url_of_query("decisions:options", query, {"filter": name})


def parameters_without(name: str, query: Parameters) -> list[tuple[str, str]]:
    """Name and value of every parameter except this one, for the hidden fields of a form."""
    return [(key, value) for key, values in query.items() if key != name for value in values]


def chart_csv_url(table: str, query: Parameters | None = None) -> str:
    """The address of the CSV file with the numbers of one chart."""
    parameters = {"table": table, **(query or {})}
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
    pairs = []
    for name, values in parameters.items():
        for value in values if isinstance(values, (list, tuple)) else (values,):
            pairs.append(f"{_quoted(name)}={_quoted(str(value))}")
    return f"{address}?{'&'.join(pairs)}"


def _url_of_query(view: str, query: Parameters | None, changes: dict[str, Any]) -> str:
    parameters = {**(query or {}), **changes}
    if parameters.get("page") == 1:
        del parameters["page"]
    return with_parameters(page_address(view), parameters)


# The addresses of a page repeat the same few names and values.
_quoted = lru_cache(maxsize=1000)(quote)
