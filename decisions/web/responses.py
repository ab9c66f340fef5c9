"""Templates made into responses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext
from django.template.loader import get_template

from decisions.web.seo import shared


def render(
    request: HttpRequest, name: str, values: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """As `django.shortcuts.render`, whose context is part of a cycle and outlives the response.

    All that a list page shows waited then for the garbage collector, which at last took longer
    for it than a page.
    """
    values = values or {}
    if status < 400:
        values = {**values, "shared": shared(request, values)}
    context = RequestContext(request, values)
    html = get_template(name).template.render(context)
    context.dicts.clear()
    return HttpResponse(html, status=status)
