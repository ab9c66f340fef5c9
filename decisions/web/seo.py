"""What search engines may know of a page: its address, breadcrumbs, structured data and robots.

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

SITE_NAME = "Ombudsman Decisions"

JsonLd = dict[str, Any]


class Breadcrumb(NamedTuple):
    """A page above this one: its name, and its address without the site."""

    name: str
    address: str


@dataclass(frozen=True)
class PageMetadata:
    """What a view says about its page.

    `canonical` is the one address (without the site) that all spellings of the page's address
    lead to; None means the requested path. `breadcrumbs` begin with the highest page. `json_ld`
    holds objects of schema.org. `indexable` pages may be listed by search engines, where the
    settings let these in at all. `og_type` is the type in the words of Open Graph.
    """

    title: str
    description: str
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    canonical: str | None = None
    json_ld: tuple[JsonLd, ...] = ()
    indexable: bool = False
    og_type: str = "website"


def site_url(request: HttpRequest) -> str:
    """Scheme and host of the site: SITE_URL, or else as the visitor asked for it."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def is_indexable(request: HttpRequest, page: PageMetadata) -> bool:
    """Whether this response may be listed: an address with parameters never is.

    Such an address is another view of a page that is listed already.
    """
    return page.indexable and not request.META.get("QUERY_STRING")


def robots_directive(indexable: bool) -> str | None:
    """The value of the robots header and meta element; None where nothing is to be said."""
    if not settings.SEARCH_ENGINES_MAY_INDEX:
        return "noindex"
    return None if indexable else "noindex, follow"


def json_ld_script(page: PageMetadata, site: str) -> SafeString:
    """The content of the page's script element of type application/ld+json; empty for none."""
    things = [*page.json_ld]
    if page.breadcrumbs:
        things.append(_breadcrumb_list(page.breadcrumbs, site))
    if not things:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308


# HTML entities mean nothing inside a script element, and "</script" or "<!--" would end it.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def _breadcrumb_list(breadcrumbs: Iterable[Breadcrumb], site: str) -> JsonLd:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site + address}
            for position, (name, address) in enumerate(breadcrumbs, 1)
        ],
    }
