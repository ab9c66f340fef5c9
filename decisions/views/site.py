"""Pages about the site, and its word to search engines."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.help import REFERENCES, TOPICS
from decisions.pages import render


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    context = {"topics": TOPICS, "references": REFERENCES}
    return render(request, "decisions/help.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "decisions/about.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = "Disallow: /decisions/?" if settings.SEARCH_ENGINES_MAY_INDEX else "Disallow: /"
    never = [f"Disallow: {reverse(name)}" for name in ("admin:index", "decisions:suggestions")]
    lines = ["User-agent: *", closed, *never, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
