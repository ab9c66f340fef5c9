"""The admin's front page: it says first how many reports of mistakes wait for staff."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from decisions.models import MistakeReport


class ArchiveAdminSite(admin.AdminSite):
    """Django's admin, whose front page has `open_reports`: how many are urgent, how many not."""

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {**(extra_context or {})}
        if request.user.has_perm("decisions.view_mistakereport"):
            urgent = MistakeReport.objects.open().filter(is_urgent=True).count()
            context["open_reports"] = {
                "urgent": urgent,
                "other": MistakeReport.objects.open().count() - urgent,
            }
        return super().index(request, context)
