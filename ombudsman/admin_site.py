"""The admin: who may enter it, and its front page, which says first how many reports wait."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from decisions.models import ErasureRequest, MistakeReport
from ombudsman.observability.slow_queries import slow_queries_page

# The front page lists these models first, in this order: staff need them most.
FIRST = (
    "Upload", "Decision", "MistakeReport", "ErasureRequest", "AuditEntry", "Council", "Category",
    "Outcome", "Capture", "IngestFailure", "Alert", "Erasure",
)  # fmt: skip


class ArchiveAdminSite(admin.AdminSite):
    """Django's admin, with a second factor where SECOND_FACTOR is set.

    Its front page has `open_reports`: how many are urgent, how many not. `open_erasures` says how
    many wait for a second person. Administrators also have a page of slow queries.
    """

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether staff have signed in, with a second factor where one is required."""
        is_staff = super().has_permission(request)
        return is_staff and (not settings.SECOND_FACTOR or request.user.is_verified())  # type: ignore[union-attr]

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """The admin's addresses, and those of sign-in, sessions and slow queries."""
        from ombudsman.sign_in.views import second_factor

        view = self.admin_view(self.slow_queries)
        return [
            path("sessions/", self.admin_view(self.sessions), name="sessions"),
            path("second-factor/", second_factor, name="second-factor"),
            path("slow-queries/", view, name="slow-queries"),
            *super().get_urls(),
        ]

    def slow_queries(self, request: HttpRequest) -> HttpResponse:
        """The queries that take PostgreSQL most time."""
        return slow_queries_page(request, self.each_context(request))

    def sessions(self, request: HttpRequest) -> HttpResponse:
        """The sessions of the user who asks, and their end."""
        from ombudsman.sign_in.own_sessions import own_sessions_page

        return own_sessions_page(request, self.each_context(request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The archive before users and groups, and in it what staff come for most."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(model["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "decisions")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for a password; who gave it and still lacks the code goes on to that page."""
        if super().has_permission(request) and not self.has_permission(request):
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('admin:second-factor')}?{query}")
        return super().login(request, extra_context)

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
        if request.user.has_perm("decisions.erase_decision"):
            requests = ErasureRequest.objects.exclude(requested_by=request.user.pk)
            context["open_erasures"] = requests.count()
        return super().index(request, context)


def _rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)
