"""What decisions can be filtered by: councils, categories, reasons for closing, and laws."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from decisions.analysis.closure_rules import REASONS
from decisions.api import paging, schemas
from decisions.api.base import ApiView
from decisions.api.parameters import AFTER_DESCRIBED, fields_described
from decisions.models import Category, Council, Decision, Provision
from decisions.search import SearchQuery
from decisions.web import results
from decisions.web.seo import site_url

_COUNCIL_FIELDS = schemas.names_of(schemas.CouncilEntry)
_CATEGORY_FIELDS = schemas.names_of(schemas.CategoryEntry)
_REASON_FIELDS = schemas.names_of(schemas.ReasonEntry)
_PROVISION_FIELDS = schemas.names_of(schemas.ProvisionEntry)


class _BrowseList(ApiView):
    """Pages of the values of one filter, by their keys from A to Z.

    The name of the filter is `name`.
    """

    parameters = (paging.AFTER,)
    name: str

    def prepare(self, request: Request, **kwargs: str) -> str:
        """The key before the page."""
        return paging.read_cursor(request)

    def answer(self, request: Request, prepared: str) -> dict[str, Any]:
        """A page of values, with the number of decisions of each."""
        site = site_url(request._request)
        counts = results.find(SearchQuery(size=0)).facets.get(self.name)
        keys = sorted(self.keys(counts))
        start = bisect_right(keys, prepared)
        chosen = keys[start : start + paging.SIZE]
        after = chosen[-1] if len(keys) > start + paging.SIZE else None
        entries = [
            {
                **entry,
                "address": site + entry["address"],
                "decisions": f"{site}{reverse('api:decisions')}?{urlencode({self.name: key})}",
                "count": None if counts is None else counts.get(key, 0),
            }
            for key, entry in sorted(self.entries(chosen).items())
        ]
        return paging.page(request, entries, after)

    def keys(self, counts: Mapping[str, int] | None) -> Iterable[str]:
        """The keys of all values that published decisions have."""
        raise NotImplementedError

    def entries(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """What the API says of these values, by their keys; `address` is a path."""
        raise NotImplementedError


class CouncilList(_BrowseList):
    """The councils and other bodies that have decisions."""

    name = "council"
    fields = _COUNCIL_FIELDS

    @extend_schema(
        operation_id="councils",
        summary="List councils",
        description="Every council and other body that decisions are about.",
        parameters=[AFTER_DESCRIBED, fields_described(_COUNCIL_FIELDS)],
        responses=schemas.page_of(schemas.CouncilEntry),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of councils."""
        return super().get(request, **kwargs)

    def keys(self, counts: Mapping[str, int] | None) -> Iterable[str]:
        """The slugs of those with published decisions."""
        published = Decision.objects.published().filter(council=OuterRef("pk"))
        return Council.objects.filter(Exists(published)).values_list("slug", flat=True)

    def entries(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """Councils by their slugs."""
        return {
            council.slug: {
                "slug": council.slug,
                "name": council.name,
                "kind": council.kind,
                "address": council.get_absolute_url(),
            }
            for council in Council.objects.filter(slug__in=keys)
        }


class CategoryList(_BrowseList):
    """The categories that have decisions, and their subcategories."""

    name = "category"
    fields = _CATEGORY_FIELDS

    @extend_schema(
        operation_id="categories",
        summary="List categories",
        description="Every category and subcategory of complaints.",
        parameters=[AFTER_DESCRIBED, fields_described(_CATEGORY_FIELDS)],
        responses=schemas.page_of(schemas.CategoryEntry),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of categories."""
        return super().get(request, **kwargs)

    def keys(self, counts: Mapping[str, int] | None) -> Iterable[str]:
        """The paths of those that published decisions are in."""
        published = Decision.objects.published()
        within = Q(category=OuterRef("pk")) | Q(category__parent=OuterRef("pk"))
        categories = Category.objects.filter(Exists(published.filter(within)))
        return categories.values_list("path", flat=True)

    def entries(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """Categories by their paths."""
        return {
            category.path: {
                "path": category.path,
                "name": category.name,
                "parent": category.parent.path if category.parent else None,
                "address": category.get_absolute_url(),
            }
            for category in Category.objects.filter(path__in=keys).select_related("parent")
        }


class ReasonList(_BrowseList):
    """The reasons for closing a complaint."""

    name = "reason"
    fields = _REASON_FIELDS

    @extend_schema(
        operation_id="reasons",
        summary="List reasons for closing",
        description="Every reason for closing a complaint that the rules know, explained.",
        parameters=[AFTER_DESCRIBED, fields_described(_REASON_FIELDS)],
        responses=schemas.page_of(schemas.ReasonEntry),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of reasons."""
        return super().get(request, **kwargs)

    def keys(self, counts: Mapping[str, int] | None) -> Iterable[str]:
        """All codes."""
        return REASONS

    def entries(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """Reasons by their codes."""
        return {
            code: {
                "code": code,
                "label": REASONS[code].label,
                "explanation": REASONS[code].explanation,
                "address": reverse("decisions:reason", args=[code]),
            }
            for code in keys
        }


class ProvisionList(_BrowseList):
    """The laws, cases and guidance that decisions cite."""

    name = "provision"
    fields = _PROVISION_FIELDS

    @extend_schema(
        operation_id="provisions",
        summary="List laws cited",
        description="Every law, case and guidance that decisions cite, and the parts of each.",
        parameters=[AFTER_DESCRIBED, fields_described(_PROVISION_FIELDS)],
        responses=schemas.page_of(schemas.ProvisionEntry),
    )
    def get(self, request: Request, **kwargs: str) -> Any:
        """A page of provisions."""
        return super().get(request, **kwargs)

    def keys(self, counts: Mapping[str, int] | None) -> Iterable[str]:
        """The keys of those that published decisions cite; of all, without a search index."""
        keys = Provision.objects.values_list("key", flat=True)
        return keys if counts is None else counts.keys() & set(keys)

    def entries(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """Provisions by their keys."""
        return {
            law.key: {
                "key": law.key,
                "label": law.label,
                "short": law.short,
                "parent": law.parent.key if law.parent else None,
                "legislation_address": law.url or None,
                "address": law.get_absolute_url(),
            }
            for law in Provision.objects.filter(key__in=keys).select_related("parent")
        }
