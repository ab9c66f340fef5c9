"""Decisions: staff can look them up and withdraw them."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from decisions import search
from decisions.admin.captures import CaptureInline
from decisions.admin.paragraphs import paragraph_table
from decisions.ingest.data_quality import CHECKS
from decisions.models import Decision, DecisionQuerySet, IngestFailure


class QualityFilter(admin.SimpleListFilter):
    title = "data quality"
    parameter_name = "quality"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(check.key, check.label) for check in CHECKS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = [check for check in CHECKS if check.key == self.value()]
        return chosen[0].find(cast(DecisionQuerySet, queryset)) if chosen else queryset


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The fields are as the files state them; staff only decide whether a decision is shown."""

    list_display = [
        "reference", "council", "category", "outcome", "decided_on", "kind", "shown", "is_sample",
    ]  # fmt: skip
    list_filter = [
        QualityFilter, ("withdrawn_at", admin.EmptyFieldListFilter), "kind", "is_sample",
        "outcome", "decided_on",
    ]  # fmt: skip
    list_select_related = ["council", "category__parent", "outcome"]
    search_fields = ["reference", "council__name", "summary"]
    search_help_text = "Reference (21 019 030), council, or words of the summary"
    show_full_result_count = False
    ordering = ["-id"]
    actions = ["withdraw", "show_again"]
    inlines = [CaptureInline]
    fieldsets = [
        (None, {"fields": [
            "reference", "other_references", "council", "category", "outcome", "decided_on",
            "kind", "summary", "source_url", "is_sample", "warnings", "created_at", "updated_at",
        ]}),
        ("Withdraw", {
            "fields": ["withdrawn_at", "withdrawn_reason"],
            "description": "A withdrawn decision is no longer shown, found or counted. "
            "Its page says only that it was withdrawn. Nothing is deleted.",
        }),
        ("Text", {"fields": ["paragraphs_in_order"]}),
    ]  # fmt: skip
    readonly_fields = [*fieldsets[0][1]["fields"], "paragraphs_in_order"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("sections", "findings")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.catch_up)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.quality_view)
        return [path("quality/", view, name="decisions_quality"), *super().get_urls()]

    def quality_view(self, request: HttpRequest) -> HttpResponse:
        """How many decisions fail each check of data quality, with a link to them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Data quality",
            "total": Decision.objects.count(),
            "counts": [(check, check.decisions().count()) for check in CHECKS],
            "failures": IngestFailure.objects.count(),
        }
        return TemplateResponse(request, "admin/decisions/quality.html", context)

    @admin.display(description="paragraphs")
    def paragraphs_in_order(self, decision: Decision) -> SafeString:
        return paragraph_table(decision.paragraphs.all())

    @admin.display(boolean=True)
    def shown(self, decision: Decision) -> bool:
        return decision.withdrawn_at is None

    @admin.action(description="Withdraw selected decisions", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: DecisionQuerySet) -> None:
        count = queryset.published().update(withdrawn_at=timezone.now())
        search.catch_up()
        self.message_user(request, f"{count} withdrawn: they are no longer shown.")

    @admin.action(description="Show selected decisions again", permissions=["change"])
    def show_again(self, request: HttpRequest, queryset: DecisionQuerySet) -> None:
        count = queryset.exclude(withdrawn_at=None).update(withdrawn_at=None)
        search.catch_up()
        self.message_user(request, f"{count} shown again.")
