"""Decisions: those that a search finds, one as a whole, and what a search finds by its filters."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from decisions.api import paging, schemas
from decisions.api.base import ApiView
from decisions.api.lookup import published_decision
from decisions.api.parameters import (
    AFTER_DESCRIBED,
    FACET_PARAMETERS,
    FACETS_DESCRIBED,
    SEARCH_DESCRIBED,
    SEARCH_PARAMETERS,
    fields_described,
    read_search,
)
from decisions.api.problems import Unavailable, Withdrawn
from decisions.models import Decision
from decisions.references import read_reference
from decisions.search import FACETS, YEAR, InvalidCursor, SearchQuery
from decisions.serializers import decision_json, decision_summaries_json
from decisions.web import results
from decisions.web.facet_labels import FacetLabels
from decisions.web.seo import site_url

_SUMMARY_FIELDS = schemas.names_of(schemas.DecisionSummary)
_DECISION_FIELDS = schemas.names_of(schemas.WholeDecision)


class DecisionList(ApiView):
    """The decisions that a search finds."""

    parameters = SEARCH_PARAMETERS | {paging.AFTER}
    fields = _SUMMARY_FIELDS

    @extend_schema(
        operation_id="decisions",
        summary="Search decisions",
        description="The decisions that the website's list has for the same parameters, in the"
        " same order, to the last one. `total` counts all of them; `closest` says how many of"
        " these are closest matches, which lack some of the words, or are not about what a question"
        " names, and come last.",
        parameters=[*SEARCH_DESCRIBED, AFTER_DESCRIBED, fields_described(_SUMMARY_FIELDS)],
        responses=schemas.page_of(
            schemas.DecisionSummary, total=schemas.whole(), closest=schemas.whole()
        ),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of decisions."""
        return super().get(request, **kwargs)

    def prepare(self, request: Request, **kwargs: str) -> tuple[SearchQuery, str]:
        """The search, and where its page starts."""
        return read_search(request.GET), paging.read_cursor(request)

    def answer(self, request: Request, prepared: tuple[SearchQuery, str]) -> dict[str, Any]:
        """The page, and how many decisions all pages have."""
        search_query, cursor = prepared
        try:
            batch = results.batch(search_query, cursor, search_query.size)
        except InvalidCursor:
            raise paging.invalid_cursor(request.GET[paging.AFTER]) from None
        except results.WordsNotSearchable:
            raise Unavailable from None
        found = results.find(replace(search_query, page=1, size=0))
        if search_query.text and not found.from_index:  # it became unavailable between the two
            raise Unavailable
        decisions = Decision.objects.published().for_export().by_ids(batch.ids)
        summaries = [*decision_summaries_json(decisions, site_url(request._request))]
        return {
            "total": found.listed,
            "closest": found.near_total,
            **paging.page(request, summaries, batch.after),
        }


class OneDecision(ApiView):
    """One decision: its text, and what the archive's rules read in it."""

    fields = _DECISION_FIELDS

    @extend_schema(
        operation_id="decision",
        summary="Read a decision",
        description="A whole decision: sections, paragraphs and the lists in them; reasons,"
        " remedies, law and references with the words that each rests on; and the files that the"
        " archive received. Other spellings of a reference redirect to `21-019-030`. A withdrawn"
        " decision answers 410.",
        parameters=[fields_described(_DECISION_FIELDS)],
        responses=schemas.WholeDecision,
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """The decision."""
        return super().get(request, **kwargs)

    def prepare(self, request: Request, **kwargs: str) -> Any:
        """The decision without its long texts, or a redirect to its canonical address."""
        reference = kwargs["reference"]
        canonical = read_reference(reference)
        if canonical is None:
            raise NotFound(f"“{reference}” is not a reference. A reference looks like 21-019-030.")
        decision = published_decision(canonical)
        if reference != decision.slug:
            address = reverse("api:decision", args=[decision.slug])
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        return decision

    def answer(self, request: Request, prepared: Decision) -> dict[str, Any]:
        """The whole decision."""
        decision = Decision.objects.published().for_documents().filter(pk=prepared.pk).first()
        if decision is None:  # between the two queries
            raise Withdrawn(f"Decision {prepared.reference} was withdrawn from this archive.")
        return decision_json(decision, site_url(request._request))


class FacetsOfSearch(ApiView):
    """How many decisions each value of each filter would find."""

    parameters = FACET_PARAMETERS

    @extend_schema(
        operation_id="facets",
        summary="Count a search by its filters",
        description="For each filter its values, with the number of decisions that each would"
        " find under all other filters; `year` is counted under all filters but the dates.",
        parameters=FACETS_DESCRIBED,
        responses=schemas.Facets,
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """The counts."""
        return super().get(request, **kwargs)

    def prepare(self, request: Request, **kwargs: str) -> SearchQuery:
        """The search."""
        return read_search(request.GET)

    def answer(self, request: Request, prepared: SearchQuery) -> dict[str, Any]:
        """The total and the counts."""
        found = results.find(replace(prepared, size=0))
        if not found.from_index:
            raise Unavailable
        labels = FacetLabels.cached()
        facets = {
            name: [
                {
                    "value": value,
                    "label": value if name == YEAR else labels[name].get(value, value),
                    "count": count,
                }
                for value, count in _most_frequent(found.facets.get(name, {}))
            ]
            for name in (*FACETS, YEAR)
        }
        return {"total": found.total, "facets": facets}


def _most_frequent(counts: Any) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
