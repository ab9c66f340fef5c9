"""Uploads: staff send files, review what was read in them, and confirm the import."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from decisions.ingest import uploads
from decisions.models import Upload


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
        if upload.started_at:
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
            "title": "Result" if upload.imported_at else "Review before taking in",
            "counts": sorted(counts.items()),
            "page": Paginator(results, 100).get_page(request.GET.get("p")),
            "may_take_in": counts["created"] + counts["updated"],
        }
        return TemplateResponse(request, "admin/decisions/upload/review.html", context)

    @admin.display(description="state")
    def state(self, upload):
        if uploads.has_stopped(upload):
            return "stopped early"
        if upload.started_at:
            return "being taken in" if upload.confirmed_at else "being read"
        return "taken in" if upload.imported_at else "to be reviewed"

    def has_delete_permission(self, request, obj=None):
        """What is being worked on stays until that is done, or has stopped early."""
        at_work = obj and obj.started_at and not uploads.has_stopped(obj)
        return not at_work and super().has_delete_permission(request, obj)
