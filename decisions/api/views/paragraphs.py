"""Paragraphs: those of one decision, or of all decisions one after another."""

import re
from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from decisions.api import paging, schemas
from decisions.api.base import ApiView
from decisions.api.lookup import published_decision
from decisions.api.parameters import (
    AFTER_DESCRIBED,
    fields_described,
    read_choice,
    read_number,
)
from decisions.api.problems import InvalidParameters
from decisions.documents import paragraph_anchor, section_anchor
from decisions.models import Decision, StandardWording
from decisions.references import read_reference
from decisions.serializers import paragraph_json
from decisions.web.seo import site_url

# Most decisions whose text one request reads, whatever it filters by, and those of one query.
MAX_DECISIONS = 100
CHUNK = 10

# Highest number of a paragraph that may be asked for.
MAX_NUMBER = 100_000

_CURSOR = re.compile(r"(\d{1,12}) (-1|\d{1,9}) (-1|\d{1,9})")

_FIELDS = schemas.names_of(schemas.Paragraph)


class _Place(NamedTuple):
    """A paragraph's place in the archive: pages are in this order."""

    decision: int
    section: int
    position: int


class _Wanted(NamedTuple):
    """What a request asks for; None for any."""

    decision: int | None
    number: int | None
    standard: bool | None
    after: _Place


class ParagraphList(ApiView):
    """Paragraphs of decisions, in the order in which the archive received the decisions."""

    parameters = ("decision", "number", "standard", paging.AFTER)
    fields = _FIELDS

    @extend_schema(
        operation_id="paragraphs",
        summary="List paragraphs",
        description="The paragraphs of one decision, or of all decisions one after another."
        f" A page has up to {paging.SIZE} paragraphs of up to {MAX_DECISIONS} decisions: with a"
        " filter that few match it may have few or none, and `next` goes on.",
        parameters=[
            OpenApiParameter("decision", description="The reference of a decision."),
            OpenApiParameter(
                "number",
                {"type": "integer", "minimum": 1, "maximum": MAX_NUMBER},
                description="The paragraph's number, as printed.",
            ),
            OpenApiParameter(
                "standard",
                OpenApiTypes.BOOL,
                description="True for standard wording, which many decisions share; false for"
                " all else.",
            ),
            AFTER_DESCRIBED,
            fields_described(_FIELDS),
        ],
        responses=schemas.page_of(schemas.Paragraph),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of paragraphs."""
        return super().get(request, **kwargs)

    def prepare(self, request: Request, **kwargs: str) -> _Wanted:
        """What the parameters ask for."""
        standard = read_choice(request.GET, "standard", ("true", "false"))
        return _Wanted(
            _decision_id(request.GET.get("decision", "")),
            read_number(request.GET, "number", 1, MAX_NUMBER),
            None if standard is None else standard == "true",
            _read_place(request),
        )

    def answer(self, request: Request, prepared: _Wanted) -> dict[str, Any]:
        """The page."""
        site = site_url(request._request)
        found: list[dict[str, Any]] = []
        read, last = 0, prepared.after
        while chunk := _next_decisions(prepared, last):
            standard = StandardWording.among(chunk).keys()
            for decision in chunk:
                for place, paragraph in _paragraphs(decision, standard, site):
                    if place > last and _matches(paragraph, prepared):
                        if len(found) == paging.SIZE:
                            return paging.page(request, found, _cursor(last))
                        found.append(paragraph)
                        last = place
                last = _Place(decision.pk + 1, -1, -1)
            read += len(chunk)
            if read >= MAX_DECISIONS and prepared.decision is None:
                return paging.page(request, found, _cursor(last))
        return paging.page(request, found, None)


def _decision_id(reference: str) -> int | None:
    """The id of the published decision that the parameter names; None if it names none."""
    if not reference:
        return None
    canonical = read_reference(reference)
    if canonical is None:
        message = f"“{reference}” is not a reference. A reference looks like 21-019-030."
        raise InvalidParameters({"decision": message})
    return published_decision(canonical).pk


def _next_decisions(wanted: _Wanted, last: _Place) -> list[Decision]:
    """The next decisions with their texts, from that of `last` on."""
    decisions = Decision.objects.published().order_by("pk").filter(pk__gte=last.decision)
    if wanted.decision is not None:
        decisions = decisions.filter(pk=wanted.decision)
    return list(decisions.for_excerpts()[:CHUNK])


def _paragraphs(
    decision: Decision, standard: Set[int], site: str
) -> Iterator[tuple[_Place, dict[str, Any]]]:
    page = site + decision.get_absolute_url()
    standard_places = decision.standard_places(standard)
    for section, content in enumerate(decision.document_sections):
        for position, paragraph in enumerate(content.paragraphs):
            anchor = paragraph_anchor(paragraph.number) or section_anchor(section)
            yield (
                _Place(decision.pk, section, position),
                {
                    "reference": decision.reference,
                    "address": f"{page}#{anchor}",
                    "section": section,
                    "position": position,
                    "heading": content.heading,
                    "is_standard": (section, position) in standard_places,
                    **paragraph_json(paragraph),
                },
            )


def _matches(paragraph: dict[str, Any], wanted: _Wanted) -> bool:
    return wanted.number in (None, paragraph["number"]) and wanted.standard in (
        None,
        paragraph["is_standard"],
    )


def _read_place(request: Request) -> _Place:
    """The place that the cursor names; that before all paragraphs without one."""
    cursor = paging.read_cursor(request)
    if not cursor:
        return _Place(0, -1, -1)
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise paging.invalid_cursor(request.GET[paging.AFTER])
    return _Place(*map(int, match.groups()))


def _cursor(place: _Place) -> str:
    return " ".join(map(str, place))
