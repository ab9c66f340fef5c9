"""Renders templates into responses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext
from django.template.loader import get_template
from django_htmx.middleware import HtmxDetails

from decisions.web.seo import (
    PageMetadata,
    is_indexable,
    json_ld_script,
    robots_directive,
    site_url,
)

# Seconds after which a client may ask again while the search index is rebuilt.
RETRY_AFTER = 60


class HtmxRequest(HttpRequest):
    """A request that the middleware of django-htmx has extended."""

    htmx: HtmxDetails


class PageResponse(HttpResponse):
    """A page; `indexable` tells the middleware whether search engines may list it."""

    indexable = False


def render(
    request: HttpRequest,
    template_name: str,
    values: dict[str, Any] | None = None,
    page: PageMetadata | None = None,
    status: int = 200,
) -> PageResponse:
    """Render a template with these values and the page's metadata.

    Without metadata, as for a part of a page or an error, search engines are told not to list it.
    This replaces `django.shortcuts.render`, which leaves a reference cycle between the context and
    its template: everything that the page showed then stays in memory until the garbage collector
    runs. Emptying the context breaks the cycle.
    """
    values = dict(values or {})
    indexable = page is not None and is_indexable(request, page)
    if page:
        values |= {
            "page": page,
            "canonical_path": page.canonical or request.path,
            "robots": robots_directive(indexable),
            "json_ld": json_ld_script(page, site_url(request)),
        }
    # Templates format dates and sums themselves; localisation would look at every value again.
    context = RequestContext(request, values, use_l10n=False)
    template = get_template(template_name).template  # type: ignore[attr-defined]
    html = template.render(context)
    context.dicts.clear()
    response = PageResponse(html, status=status)
    response.indexable = indexable
    return response


def mark_unavailable(response: HttpResponse) -> HttpResponse:
    """Say that the search index cannot answer for the moment: nothing may cache this response."""
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
