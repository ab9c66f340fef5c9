"""Captures and failed files: staff can view both, and download captures."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decisions.admin.base import FindsReferences, ReadOnly, download
from decisions.models import AuditEntry, Capture, IngestFailure


class CaptureInline(ReadOnly, admin.TabularInline):
    model = Capture
    fields = (
        "name",
        "url",
        "size",
        "captured_at",
        "captured_from",
        "received_at",
        "sha256",
        "download",
    )
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")

    def download(self, capture: Capture) -> SafeString:
        return _download_link(capture)


def _download_link(capture: Capture) -> SafeString:
    address = reverse("admin:decisions_capture_download", args=[capture.pk])
    return format_html('<a href="{}">Download</a>', address)


@admin.register(Capture)
class CaptureAdmin(FindsReferences, ReadOnly, admin.ModelAdmin):
    reference_fields = ("decision__reference",)
    list_display = ["name", "decision", "size", "captured_at", "received_at", "download"]
    list_select_related = ["decision__council"]
    search_fields = ["name", "url", "sha256", "decision__reference"]
    list_filter = ["captured_from"]
    date_hierarchy = "received_at"
    show_full_result_count = False
    fields = (
        "decision",
        "name",
        "url",
        "size",
        "sha256",
        "captured_at",
        "captured_from",
        "received_at",
        "download",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .defer("content", "decision__sections", "decision__findings")
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        address = path("<int:pk>/download/", view, name="decisions_capture_download")
        return [address, *super().get_urls()]

    def download(self, capture: Capture) -> SafeString:
        return _download_link(capture)

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Download the bytes as they were received; those of a redacted decision are sealed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        capture = get_object_or_404(Capture.objects.select_related("decision"), pk=pk)
        if capture.decision.is_redacted:
            if not request.user.has_perm("decisions.unseal_decision"):
                raise PermissionDenied
            AuditEntry.objects.record(
                AuditEntry.Act.SEALED_SEEN,
                request.user,
                kind="decision",
                key=capture.decision.reference,
            )
        return download(capture.name.rpartition("/")[2] or capture.sha256, bytes(capture.content))


@admin.register(IngestFailure)
class IngestFailureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "reason", "first_at", "last_at"]
    search_fields = ["name", "reason"]
