"""The admin's front page: it says first how many reports of mistakes wait for staff."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from decisions.models import MistakeReport
from ombudsman.observability.slow_queries import slow_queries_page


class ArchiveAdminSite(admin.AdminSite):
    """Django's admin, whose front page has `open_reports`: how many are urgent, how many not.

    Administrators also have a page of slow queries.
    """

    def get_urls(self) -> list[URLResolver | URLPattern]:
        view = self.admin_view(self.slow_queries)
        return [path("slow-queries/", view, name="slow-queries"), *super().get_urls()]

    def slow_queries(self, request: HttpRequest) -> HttpResponse:
        """The queries that take PostgreSQL most time."""
        return slow_queries_page(request, self.each_context(request))

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
