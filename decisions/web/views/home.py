"""The home page: what the archive contains, and where to start."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.web.archive_version import version_of
from decisions.web.presenters.home_page import HomePage
from decisions.web.presenters.structured_data import searchable_archive
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.seo import PageMetadata, site_url


@require_safe
@revalidated
def home(request: HttpRequest) -> HttpResponse:
    """Search box, categories, reasons and questions, latest decisions, a chart and councils."""
    return render(
        request,
        "decisions/home.html",
        {"archive_version": version_of(request), "home": HomePage()},
        PageMetadata(
            "What the Ombudsman decided about councils",
            "A searchable archive of decisions by the Local Government and Social Care Ombudsman.",
            json_ld=(searchable_archive(site_url(request)),),
            indexable=True,
        ),
    )
