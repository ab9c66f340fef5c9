"""Mistakes that readers report: staff read them and mark them as dealt with."""

from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from decisions.admin.base import FindsReferences
from decisions.models import Decision, MistakeReport, MistakeReportQuerySet
from decisions.references import reference_slug

# Most characters of a report in the list.
MAX_EXCERPT = 120


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("urgent", "Urgent and open"), ("open", "Open"), ("dealt-with", "Dealt with")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        reports = cast(MistakeReportQuerySet, queryset)
        match self.value():
            case "urgent":
                return reports.open().filter(is_urgent=True)
            case "open":
                return reports.open()
            case "dealt-with":
                return reports.exclude(dealt_with_at=None)
        return reports


class MistakeReportForm(forms.ModelForm):
    """One decision of staff: whether the report was dealt with."""

    is_dealt_with = forms.BooleanField(
        label="Dealt with",
        required=False,
        help_text="Answer the reader first: this deletes their e-mail address at once, and the"
        f" report {settings.REPORT_RETENTION_DAYS} days later.",
    )

    class Meta:
        model = MistakeReport
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["is_dealt_with"].initial = self.instance.dealt_with_at is not None


@admin.register(MistakeReport)
class MistakeReportAdmin(FindsReferences, admin.ModelAdmin):
    """Open reports come first, and of these the urgent ones."""

    form = MistakeReportForm
    reference_fields = ("reference",)
    list_display = ["received_at", "decision_link", "about", "excerpt", "state"]
    list_filter = [StateFilter, "kind"]
    list_display_links = ["received_at", "excerpt"]
    search_fields = ["reference", "message"]
    search_help_text = "A reference in any spelling, or words of the report"
    ordering = [F("dealt_with_at").desc(nulls_first=True), "-is_urgent", "-received_at"]
    actions = ["deal_with", "reopen"]
    readonly_fields = [
        "state", "about", "decision_link", "page_link", "message", "contact_link",
        "received_at", "emailed",
    ]  # fmt: skip
    fields = ["is_dealt_with", *readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        decisions = Decision.objects.filter(reference=OuterRef("reference"))
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(decision_id=Subquery(decisions.values("pk")))
        return rows.select_related("dealt_with_by")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        reports = MistakeReport.objects.filter(pk=obj.pk)
        if form.cleaned_data["is_dealt_with"]:
            reports.deal_with(request.user)
        else:
            reports.reopen()

    @admin.action(description="Mark selected reports as dealt with", permissions=["change"])
    def deal_with(self, request: HttpRequest, queryset: MistakeReportQuerySet) -> None:
        count = MistakeReport.objects.filter(pk__in=queryset.values("pk")).deal_with(request.user)
        self.message_user(request, f"{count} marked as dealt with; e-mail addresses were deleted.")

    @admin.action(description="Open selected reports again", permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: MistakeReportQuerySet) -> None:
        count = MistakeReport.objects.filter(pk__in=queryset.values("pk")).reopen()
        self.message_user(request, f"{count} opened again.")

    @admin.display(description="about", ordering="is_urgent")
    def about(self, report: MistakeReport) -> SafeString | str:
        kind = report.get_kind_display()
        return format_html("<strong>{}</strong>", kind) if report.is_urgent else kind

    @admin.display(description="state", ordering="dealt_with_at")
    def state(self, report: MistakeReport) -> str:
        if report.dealt_with_at is None:
            return "Open"
        by = f" by {report.dealt_with_by}" if report.dealt_with_by else ""
        return f"Dealt with on {report.dealt_with_at:%-d %B %Y}{by}"

    @admin.display(description="what is wrong")
    def excerpt(self, report: MistakeReport) -> str:
        return Truncator(report.message).chars(MAX_EXCERPT, truncate=" …")

    @admin.display(description="decision", ordering="reference")
    def decision_link(self, report: Any) -> SafeString | str:
        """The decision's page in the admin, where it can be withdrawn."""
        if report.decision_id is None:
            return report.reference or "No decision"
        address = reverse("admin:decisions_decision_change", args=[report.decision_id])
        # No line breaks inside the reference: the column would be as narrow as its parts.
        return format_html('<a href="{}">{}</a>', address, report.reference.replace(" ", "\xa0"))

    @admin.display(description="page")
    def page_link(self, report: Any) -> SafeString | str:
        """The decision's page as readers see it."""
        if report.decision_id is None:
            return "–"
        address = reverse("decisions:decision", args=[reference_slug(report.reference)])
        return format_html('<a href="{}">{}</a>', address, "As readers see it")

    @admin.display(description="reader’s e-mail address")
    def contact_link(self, report: MistakeReport) -> SafeString | str:
        if report.contact:
            return format_html('<a href="mailto:{}">{}</a>', report.contact, report.contact)
        return "Not given" if report.dealt_with_at is None else "Deleted, or not given"

    @admin.display(description="sent to staff by e-mail", boolean=True)
    def emailed(self, report: MistakeReport) -> bool:
        return report.emailed_at is not None
