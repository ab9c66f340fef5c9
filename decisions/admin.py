"""What staff see: decisions and their captures to look up, uploads to review and confirm."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django_htmx.http import HttpResponseClientRefresh

from decisions import search, uploads
from decisions.models import Capture, Category, Council, Decision, Failure, Outcome, Upload
from decisions.quality import CHECKS

admin.site.site_header = "Ombudsman Decisions"
admin.site.site_title = "Ombudsman Decisions"
admin.site.index_title = "The archive"


class ReadOnly:
    """Rows that only ingest writes: looked at, never added, changed or deleted by hand."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NamedAdmin(admin.ModelAdmin):
    """Councils, categories and outcomes: their names may be mended, their addresses stay."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(decision_count=Count("decision"))

    @admin.display(ordering="decision_count", description="decisions")
    def decisions(self, row):
        return row.decision_count

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.catch_up)


@admin.register(Council)
class CouncilAdmin(NamedAdmin):
    list_display = ["name", "kind", "decisions"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    readonly_fields = ["slug"]


@admin.register(Category)
class CategoryAdmin(NamedAdmin):
    list_display = ["__str__", "path", "decisions"]
    list_select_related = ["parent"]
    search_fields = ["name", "path"]
    readonly_fields = ["path", "parent"]


@admin.register(Outcome)
class OutcomeAdmin(NamedAdmin):
    list_display = ["name", "decisions"]
    search_fields = ["name"]
    readonly_fields = ["slug"]


class CaptureInline(ReadOnly, admin.TabularInline):
    model = Capture
    fields = readonly_fields = ["name", "url", "size", "received_at", "sha256", "download"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def download(self, capture):
        return _download_link(capture)


class QualityFilter(admin.SimpleListFilter):
    title = "quality"
    parameter_name = "quality"

    def lookups(self, request, model_admin):
        return [(check.key, check.label) for check in CHECKS]

    def queryset(self, request, queryset):
        chosen = [check for check in CHECKS if check.key == self.value()]
        return chosen[0].find(queryset) if chosen else queryset


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """Everything is as the files state it; what staff decide is whether it may be shown."""

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
            "description": "A withdrawn decision is not shown, found or counted any more. "
            "Its page says only that it was withdrawn. Nothing is deleted.",
        }),
    ]  # fmt: skip
    readonly_fields = fieldsets[0][1]["fields"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sections", "findings")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.catch_up)

    def get_urls(self):
        view = self.admin_site.admin_view(self.quality_view)
        return [path("quality/", view, name="decisions_quality"), *super().get_urls()]

    def quality_view(self, request):
        """How many decisions lack each field, a reason, or what else; each leads to them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Quality at a glance",
            "total": Decision.objects.count(),
            "counts": [(check, check.decisions().count()) for check in CHECKS],
            "failures": Failure.objects.count(),
        }
        return TemplateResponse(request, "admin/decisions/quality.html", context)

    @admin.display(boolean=True)
    def shown(self, decision):
        return decision.withdrawn_at is None

    @admin.action(description="Withdraw selected decisions", permissions=["change"])
    def withdraw(self, request, queryset):
        count = queryset.published().update(withdrawn_at=timezone.now())
        search.catch_up()
        self.message_user(request, f"{count} withdrawn: they are not shown any more.")

    @admin.action(description="Show selected decisions again", permissions=["change"])
    def show_again(self, request, queryset):
        count = queryset.exclude(withdrawn_at=None).update(withdrawn_at=None)
        search.catch_up()
        self.message_user(request, f"{count} shown again.")


def _download_link(capture):
    address = reverse("admin:decisions_capture_download", args=[capture.pk])
    return format_html('<a href="{}">Download</a>', address)


@admin.register(Capture)
class CaptureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "decision", "size", "received_at", "download"]
    list_select_related = ["decision__council"]
    search_fields = ["name", "url", "sha256", "decision__reference"]
    date_hierarchy = "received_at"
    show_full_result_count = False
    fields = ["decision", "name", "url", "size", "sha256", "received_at", "download"]
    readonly_fields = fields

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .defer("content", "decision__sections", "decision__findings")
        )

    def get_urls(self):
        view = self.admin_site.admin_view(self.download_view)
        address = path("<int:pk>/download/", view, name="decisions_capture_download")
        return [address, *super().get_urls()]

    def download(self, capture):
        return _download_link(capture)

    def download_view(self, request, pk):
        """The bytes as they were received; never shown in place, whatever they are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        capture = get_object_or_404(Capture, pk=pk)
        name = capture.name.rpartition("/")[2] or capture.sha256
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        content = bytes(capture.content)
        return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@admin.register(Failure)
class FailureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "reason", "first_at", "last_at"]
    search_fields = ["name", "reason"]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files at once, an empty one among them too: the review names it."""

    widget = _FilesInput

    def __init__(self, **options):
        super().__init__(**options, allow_empty_file=True)

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError("Choose at least one file.")
        files = [super(_FilesField, self).clean(file, initial) for file in data]
        size = sum(file.size for file in files)
        if size > uploads.MAX_BYTES:
            raise forms.ValidationError(
                f"Together these are {size / 1e6:,.0f} MB, and an upload may hold "
                f"{uploads.MAX_BYTES / 1e6:,.0f} MB. Send them in parts, or use "
                f"the command “manage.py ingest” on the server."
            )
        return files


class UploadForm(forms.ModelForm):
    files = _FilesField(
        help_text="Decision files (.txt, .html, .json, .jsonl), or zips, tars and WARCs of them; "
        "you may choose several. Nothing is taken in before you have seen what was understood."
    )

    class Meta:
        model = Upload
        fields = []


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """Send files, review what was understood, confirm, see the result."""

    form = UploadForm
    fields = ["files"]
    list_display = ["__str__", "uploaded_by", "uploaded_at", "state"]
    list_select_related = ["uploaded_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("results")

    def save_model(self, request, obj, form, change):
        obj.uploaded_by = request.user
        uploads.receive(obj, form.cleaned_data["files"])

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:decisions_upload_change", args=[obj.pk]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far the work has come; the review before the confirmation; the result after it."""
        upload = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, upload):
                raise PermissionDenied
            (uploads.begin_anew if "anew" in request.POST else uploads.confirm)(upload)
            return HttpResponseRedirect(request.path)
        uploads.begin(upload)
        upload = get_object_or_404(self.get_queryset(request), pk=object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "upload": upload,
            "may_change": self.has_change_permission(request, upload),
        }
        if upload.begun_at:
            return self._progress(request, upload, context)
        if request.htmx:
            return HttpResponseClientRefresh()
        return self._results(request, upload, context)

    def _progress(self, request, upload, context):
        context |= {
            "title": "Taking in" if upload.confirmed_at else "Reading what was sent",
            "stopped": uploads.has_stopped(upload),
        }
        return TemplateResponse(request, "admin/decisions/upload/progress.html", context)

    def _results(self, request, upload, context):
        counts = Counter(result["action"] for result in upload.results)
        # What failed comes first: it is what a person has to act on.
        results = sorted(upload.results, key=lambda result: result["action"] != "failed")
        context |= {
            "title": "Result" if upload.taken_in_at else "Review before taking in",
            "counts": sorted(counts.items()),
            "page": Paginator(results, 100).get_page(request.GET.get("p")),
            "may_take_in": counts["created"] + counts["updated"],
        }
        return TemplateResponse(request, "admin/decisions/upload/review.html", context)

    @admin.display(description="state")
    def state(self, upload):
        if uploads.has_stopped(upload):
            return "stopped early"
        if upload.begun_at:
            return "being taken in" if upload.confirmed_at else "being read"
        return "taken in" if upload.taken_in_at else "to be reviewed"

    def has_delete_permission(self, request, obj=None):
        """What is being worked on stays until that is done, or has stopped early."""
        at_work = obj and obj.begun_at and not uploads.has_stopped(obj)
        return not at_work and super().has_delete_permission(request, obj)
