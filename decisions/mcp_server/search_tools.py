"""Searches and counts decisions with the parameters that the site's list of decisions has."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from mcp.server.mcpserver.exceptions import ToolError

from decisions import search
from decisions.documents import paragraph_anchor, section_anchor
from decisions.mcp_server.answers import Json, base_url, with_licence
from decisions.models import Decision, StandardWording
from decisions.search import FACETS, YEAR, SearchResults
from decisions.serializers import DecisionRow, decision_rows, licence_note
from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import search_url
from decisions.web.results import find

# Most values of a facet in one answer: an archive has hundreds of councils.
MAX_VALUES = 200


def search_decisions(parameters: Mapping[str, Any]) -> Json:
    """One page of the list of decisions for these parameters, each with the passages that match."""
    filterset = _filterset(parameters)
    query = filterset.search_query
    found = _results(filterset)
    ids = [*found.ids, *found.near_matches]
    # With the text, for the passages, and all that a row has.
    published = Decision.objects.published().for_excerpts().defer(None).defer("findings")
    decisions = published.by_ids(ids)
    standard = {} if query.standard else StandardWording.among(decisions)
    snippets = search.snippets(query.text, decisions, standard.keys())
    rows = decision_rows(decisions, base_url())
    return with_licence(
        {
            "total": found.total,
            "closest_matches": found.near_total,
            "page": query.page,
            "pages": found.last_page,
            "address": base_url() + search_url(query),
            "problems": filterset.problems,
            "decisions": [
                {
                    **_row(row),
                    "matches_all_words": decision.pk not in found.near_matches,
                    "passages": [_passage(row.address, snippet) for snippet in passages],
                    "licence": licence_note(decision),
                }
                for decision, row, passages in zip(decisions, rows, snippets, strict=True)
            ],
        }
    )


def list_facets(parameters: Mapping[str, Any], names: Iterable[str]) -> Json:
    """For each filter, how many decisions each of its values would list under all other filters."""
    filterset = _filterset(parameters)
    found = _results(filterset)
    if not found.from_index:
        raise ToolError("The search index is being rebuilt. Ask again in a minute.")
    return with_licence(
        {
            "total": found.total,
            "address": base_url() + search_url(filterset.search_query),
            "problems": filterset.problems,
            "facets": dict(_facets(filterset, found, names)),
        }
    )


def _filterset(parameters: Mapping[str, Any]) -> DecisionFilterSet:
    """The site's filters with these parameters, without those that are None."""
    query = QueryDict(mutable=True)
    for name, value in parameters.items():
        if isinstance(value, list):
            query.setlist(name, [str(each) for each in value])
        elif value is not None:
            query[name] = str(value)
    return DecisionFilterSet(query)


def _results(filterset: DecisionFilterSet) -> SearchResults:
    found = find(filterset.search_query)
    if filterset.search_query.text and not found.from_index:
        raise ToolError(
            "The search index is being rebuilt, so words cannot be searched for. Ask again in a"
            " minute."
        )
    return found


def _facets(
    filterset: DecisionFilterSet, found: SearchResults, names: Iterable[str]
) -> Iterator[tuple[str, Json]]:
    for name in names:
        counts = found.facets.get(name, {})
        if name == YEAR:
            values = sorted(counts.items(), reverse=True)
            labels: Mapping[str, str] = {}
        else:
            values = sorted(counts.items(), key=lambda entry: -entry[1])
            labels = filterset.labels[name]
        yield (
            name,
            {
                "values": [
                    {"value": value, "label": labels.get(value, value), "decisions": count}
                    for value, count in values[:MAX_VALUES]
                ],
                "values_left_out": max(0, len(values) - MAX_VALUES),
            },
        )


FACET_NAMES = (*FACETS, YEAR)


def _row(row: DecisionRow) -> Json:
    return {name: _plain(value) for name, value in row._asdict().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _passage(address: str, snippet: search.Snippet) -> Json:
    anchor = "summary" if snippet.section is None else section_anchor(snippet.section)
    return {
        "paragraph": snippet.number,
        "address": f"{address}#{paragraph_anchor(snippet.number) or anchor}",
        "text": snippet.text,
    }
