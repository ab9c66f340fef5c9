"""Metadata for search engines: canonical address, breadcrumbs, structured data and robots.

A view gives `render` a `PageMetadata`. The middleware writes the same robots directive as a
header on every response, files and errors included.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

JsonLd = dict[str, Any]


class Breadcrumb(NamedTuple):
    """A page above this one: its name, and its address without scheme and host."""

    name: str
    address: str


@dataclass(frozen=True)
class PageMetadata:
    """The metadata that a view sets for its page.

    `canonical` is the canonical address, without the site; None means the requested path.
    `breadcrumbs` start with the top page. `json_ld` has objects of schema.org. Search engines may
    list `indexable` pages if the settings allow it. `og_type` is the type in Open Graph.
    """

    title: str
    description: str
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    canonical: str | None = None
    json_ld: tuple[JsonLd, ...] = ()
    indexable: bool = False
    og_type: str = "website"


def site_url(request: HttpRequest) -> str:
    """Scheme and host of the site: SITE_URL, or else those of the request."""
    if settings.SITE_URL:
        return str(settings.SITE_URL)
    # To check the host takes time, and a page asks six times.
    site: str | None = getattr(request, "site_url", None)
    if site is None:
        site = f"{request.scheme}://{request.get_host()}"
        request.site_url = site  # type: ignore[attr-defined]
    return site


def is_indexable(request: HttpRequest, page: PageMetadata) -> bool:
    """Whether search engines may list this response.

    An address with parameters is never listed: it is another view of a page without them.
    """
    return page.indexable and not request.META.get("QUERY_STRING")


def robots_directive(indexable: bool) -> str | None:
    """The value of the robots header and meta element; None where neither is needed."""
    if not settings.SEARCH_ENGINES_MAY_INDEX:
        return "noindex"
    return None if indexable else "noindex, follow"


def json_ld_script(page: PageMetadata, site: str) -> SafeString:
    """The content of the page's script element of type application/ld+json; empty for none."""
    objects = [*page.json_ld]
    if page.breadcrumbs:
        objects.append(_breadcrumb_list(page.breadcrumbs, site))
    if not objects:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": objects}, ensure_ascii=False)
    # Browsers decode no HTML entities inside a script element; "</script" or "<!--" would end it.
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308


def _breadcrumb_list(breadcrumbs: Iterable[Breadcrumb], site: str) -> JsonLd:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site + address}
            for position, (name, address) in enumerate(breadcrumbs, 1)
        ],
    }
