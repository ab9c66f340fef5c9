"""Uploads: staff send files, review what was read from them, and confirm the import."""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django_htmx.http import HttpResponseClientRefresh

from decisions.admin.base import download
from decisions.ingest import job_locks, uploads
from decisions.ingest.uploads import State
from decisions.models import AuditEntry, Upload, UploadedFile, UploadResult

# What staff can ask of an upload, by the name of the button, and what the audit log calls it.
ACTIONS = {
    "cancel": (uploads.cancel, AuditEntry.Act.JOB_CANCELLED),
    "retry": (uploads.retry, AuditEntry.Act.JOB_RETRIED),
    "confirm": (uploads.confirm, AuditEntry.Act.IMPORT_CONFIRMED),
}

# The states that end without staff: the page shows how far it is until they do.
WATCHED = (State.WAITING, State.RUNNING, State.CANCELLING)

# The states in words of the list, where these differ; the gap is "read" or "imported".
STATES = {
    State.WAITING: "waiting to be {}",
    State.RUNNING: "being {}",
    State.CANCELLING: "being cancelled",
    State.FAILED: "stopped early",
    State.TO_REVIEW: "to be reviewed",
}


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files at once. An empty file is accepted here; the review reports it."""

    widget = _FilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_empty_file=True)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            raise forms.ValidationError("Choose at least one file.")
        files = [super(_FilesField, self).clean(file, initial) for file in data]
        size = sum(file.size for file in files)
        if size > uploads.MAX_BYTES:
            raise forms.ValidationError(
                f"These files are {size / 1e6:,.0f} MB in total, and an upload can be at most "
                f"{uploads.MAX_BYTES / 1e6:,.0f} MB. Upload them in parts, or use "
                f"the command “manage.py ingest” on the server."
            )
        return files


class UploadForm(forms.ModelForm):
    """The form that sends files."""

    files = _FilesField(  # type: ignore[assignment] # Django's own name for what was uploaded
        help_text="Decision files (.txt, .html, .json, .jsonl), or zips, tars and WARCs of them; "
        "you can choose several. Nothing is imported until you have reviewed what was read."
    )

    class Meta:
        model = Upload
        fields: ClassVar[list[str]] = []


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """Sends files, shows the review of what was read from them, and the result of their import.

    A worker does both. Only a POST asks it to: sending the files, confirming, cancelling, trying
    again. A GET shows the current state.
    """

    form = UploadForm
    fields = ["files"]
    list_display = ["what", "uploaded_by", "uploaded_at", "state"]
    list_filter = ["uploaded_by", "uploaded_at"]
    search_fields = ["uploaded_by__username", "files__name", "results__name"]
    search_help_text = "A user, or the name of a file"
    show_full_result_count = False
    list_select_related = ["uploaded_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        files = UploadedFile.objects.filter(upload=OuterRef("pk")).order_by("pk")
        results = UploadResult.objects.filter(upload=OuterRef("pk"), position=0)
        rows = rows.annotate(
            first_file=Subquery(files.values("name")[:1]),
            first_result=Subquery(results.values("name")[:1]),
        )
        return rows

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        address = path("<int:pk>/files/<int:file>/", view, name="decisions_upload_download")
        return [address, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.uploaded_by = request.user
        uploads.receive(obj, form.cleaned_data["files"])

    def response_add(
        self, request: HttpRequest, obj: Upload, post_url_continue: str | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:decisions_upload_change", args=[obj.pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the progress, the review before the confirmation, or the result after it."""
        upload = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        may_change = self.has_change_permission(request, upload)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            name = next((name for name in ACTIONS if name in request.POST), "confirm")
            action, entry = ACTIONS[name]
            with transaction.atomic():
                if action(upload):
                    key = str(upload.pk)
                    AuditEntry.objects.record(entry, request.user, kind="upload", key=key)
            return HttpResponseRedirect(request.path)
        workers = job_locks.workers()
        state = uploads.state_of(upload, workers)
        if "HX-Request" in request.headers and request.GET.get("state") != state:
            return HttpResponseClientRefresh()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "upload": upload,
            "state": state,
            "may_change": may_change,
        }
        if state in (State.TO_REVIEW, State.IMPORTED):
            return self._results(request, upload, context)
        return self._progress(request, upload, {**context, "workers": workers.count})

    def download_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        """Download the bytes of a file that could not be imported, as they were sent."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sent = get_object_or_404(UploadedFile, upload=pk, pk=file)
        return download(sent.name, sent.pieces())

    def _progress(
        self, request: HttpRequest, upload: Upload, context: dict[str, Any]
    ) -> HttpResponse:
        is_watched = context["state"] in WATCHED
        titles = ("Reading the files", "Importing") if is_watched else ("Review", "Import")
        context |= {
            "title": titles[bool(upload.confirmed_at)],
            "is_watched": is_watched,
            "ahead": uploads.ahead_of(upload),
        }
        return TemplateResponse(request, "admin/decisions/upload/progress.html", context)

    def _results(
        self, request: HttpRequest, upload: Upload, context: dict[str, Any]
    ) -> HttpResponse:
        results = upload.results.filter(is_import=bool(upload.imported_at))
        actions = results.order_by("action").values_list("action")
        counts = Counter(dict(actions.annotate(Count("pk"))))
        # Failures come first: staff have to act on them.
        results = results.order_by(Case(When(action="failed", then=0), default=1), "position")
        context |= {
            "title": "Result" if upload.imported_at else "Review before the import",
            "counts": sorted(counts.items()),
            "page": Paginator(results, 100).get_page(request.GET.get("p")),
            "to_import": counts["created"] + counts["updated"] + counts["older"],
            "kept_files": upload.files.all() if upload.imported_at else [],
        }
        return TemplateResponse(request, "admin/decisions/upload/review.html", context)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the state of its uploads, all seen at one time."""
        changes = super().get_changelist_instance(request)
        workers = job_locks.workers()
        for upload in changes.result_list:
            upload.state = uploads.state_of(upload, workers)
        return changes

    @admin.display(description="what", ordering="pk")
    def what(self, upload: Any) -> str:
        """`a.txt and 3 more`: the files are gone once they are imported, their results are not."""
        more = (upload.total or 1) - 1
        name = upload.first_result or upload.first_file or "no files"
        return f"{name} and {more:,} more" if more > 0 else str(name)

    @admin.display(description="state")
    def state(self, upload: Any) -> str:
        verb = "imported" if upload.confirmed_at else "read"
        return STATES.get(upload.state, str(upload.state)).format(verb)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """Names the uploads alone: Django would list every result and every chunk of a file."""
        return [str(upload) for upload in objs], {"uploads": len(objs)}, set(), []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An upload cannot be deleted while a worker is at it."""
        is_running = obj and obj.pk in job_locks.workers().uploads
        return not is_running and super().has_delete_permission(request, obj)
