"""Base classes and helpers that several admin modules use."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from decisions import search
from decisions.references import reference_asked_for


def download(name: str, content: bytes | Iterator[bytes]) -> HttpResponseBase:
    """A response that saves the bytes as a file; the browser never displays them."""
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    headers = {"Content-Disposition": content_disposition_header(True, name.rpartition("/")[2])}
    return kind(content, content_type="application/octet-stream", headers=headers)


class ReadOnly:
    """For rows that only an import writes: staff cannot add, change or delete them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FindsReferences:
    """Finds rows by a reference in any spelling; other words are sought as Django does.

    `reference_fields` are the look-ups that a canonical reference is given to.
    """

    reference_fields: tuple[str, ...]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows that the reference names, or those with the words."""
        reference = reference_asked_for(search_term)
        if reference is None:
            found: tuple[QuerySet[Any], bool] = super().get_search_results(  # type: ignore[misc]
                request, queryset, search_term
            )
            return found
        conditions = Q()
        for field in self.reference_fields:
            is_list = field.endswith("__contains")
            conditions |= Q(**{field: [reference] if is_list else reference})
        return queryset.filter(conditions), False


class NamedAdmin(admin.ModelAdmin):
    """For councils, categories and outcomes: staff may correct a name; the slug never changes."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(decision_count=Count("decision"))
        return rows

    @admin.display(ordering="decision_count", description="decisions")
    def decisions(self, row: Any) -> int:
        count: int = row.decision_count
        return count

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.catch_up)
