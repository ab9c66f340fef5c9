"""Pages about the site, and its word to search engines."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.web.responses import render
from decisions.web.search_help import REFERENCES, TOPICS


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    context = {"topics": TOPICS, "references": REFERENCES}
    return render(request, "decisions/help.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "decisions/about.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    decisions = reverse("decisions:list")
    if settings.SEARCH_ENGINES_MAY_INDEX:
        # Through the pages of the whole list, but not through every set of filters.
        rules = [f"Allow: {decisions}?page=", f"Disallow: {decisions}?"]
    else:
        rules = ["Disallow: /"]
    rules += [f"Disallow: {reverse(name)}" for name in ("admin:index", "decisions:suggestions")]
    lines = ["User-agent: *", *rules, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
