"""The sitemap: an index, one part with all pages that are not decisions, and parts of decisions.

It exists only if search engines may list the archive. Parts are streamed, so that memory does not
grow with the number of decisions. A part of decisions is a range of ids; ids are never reused, so a
decision stays in its part.
"""

import datetime
from collections.abc import Iterator
from itertools import chain
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.analysis.closure_rules import REASONS
from decisions.models import Category, Decision, DecisionQuerySet, Provision
from decisions.references import reference_slug
from decisions.search import SearchQuery
from decisions.web.results import aggregate, find
from decisions.web.revalidation import revalidated
from decisions.web.seo import site_url
from decisions.web.views.browse import councils_with_decisions

# Most addresses in one part: the limit of sitemaps.org.
MAX_ADDRESSES = 50_000
# Decisions read from the database at a time.
CHUNK_SIZE = 2_000

STATIC_PAGES = (
    "home",
    "list",
    "councils",
    "categories",
    "reasons",
    "laws",
    "can-i-complain",
    "glossary",
    "check",
    "help",
    "about",
    "data",
    "examples",
)

# An address without scheme and host, and when its page last changed; None if that is unknown.
Entry = tuple[str, datetime.datetime | None]


@require_safe
@revalidated
def sitemap_index(request: HttpRequest) -> StreamingHttpResponse:
    """The addresses of all parts."""
    _require_indexing()
    parts = _published().annotate(part=F("pk") / MAX_ADDRESSES).values_list("part")
    dated = parts.annotate(Max("updated_at")).order_by("part")
    entries: Iterator[Entry] = chain(
        [(reverse("decisions:sitemap-pages"), None)],
        ((reverse("decisions:sitemap-part", args=[part]), changed) for part, changed in dated),
    )
    return _respond(request, "sitemapindex", "sitemap", entries)


@require_safe
@revalidated
def sitemap_pages(request: HttpRequest) -> StreamingHttpResponse:
    """All pages but the decisions: what can be browsed, and the pages about the site."""
    _require_indexing()
    return _respond(request, "urlset", "url", ((address, None) for address in _pages()))


@require_safe
@revalidated
def sitemap_part(request: HttpRequest, part: int) -> StreamingHttpResponse:
    """The published decisions whose ids are in one range; 404 if there are none."""
    _require_indexing()
    first = part * MAX_ADDRESSES
    decisions = _published().filter(pk__gte=first, pk__lt=first + MAX_ADDRESSES)
    if not decisions.exists():
        raise Http404("There are no decisions in this part of the sitemap.")
    return _respond(request, "urlset", "url", _decision_entries(decisions))


def _require_indexing() -> None:
    if not settings.SEARCH_ENGINES_MAY_INDEX:
        raise Http404("This archive asks search engines not to list it, so there is no sitemap.")


def _published() -> DecisionQuerySet:
    return Decision.objects.published()


def _pages() -> Iterator[str]:
    """The addresses of fixed pages, and of pages that published decisions lead to.

    Laws are missing while the search index is unavailable, because it counts their decisions.
    """
    yield from (reverse(f"decisions:{name}") for name in STATIC_PAGES)
    yield reverse("api:docs")
    yield from (council.get_absolute_url() for council in councils_with_decisions())
    paths = set(_published().values_list("category__path", flat=True).distinct())
    paths |= {path.partition("/")[0] for path in paths if path}
    for category in Category.objects.filter(path__in=paths - {None}):
        yield category.get_absolute_url()
    for code in sorted(aggregate(SearchQuery()).reasons.keys() & REASONS.keys()):
        yield reverse("decisions:reason", args=[code])
    cited = find(SearchQuery(size=0)).facets.get("provision", {})
    for law in Provision.objects.filter(key__in=cited.keys()):
        yield law.get_absolute_url()


def _decision_entries(decisions: DecisionQuerySet) -> Iterator[Entry]:
    """Read in chunks by id, without a server-side cursor, which connection poolers can break."""
    rows = decisions.order_by("pk").values_list("pk", "reference", "updated_at")
    last = -1
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK_SIZE]):
        for pk, reference, changed in chunk:
            yield reverse("decisions:decision", args=[reference_slug(reference)]), changed
            last = pk


def _respond(
    request: HttpRequest, root: str, element: str, entries: Iterator[Entry]
) -> StreamingHttpResponse:
    lines = _xml_lines(site_url(request), root, element, entries)
    return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")


def _xml_lines(site: str, root: str, element: str, entries: Iterator[Entry]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for address, changed in entries:
        modified = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield f"<{element}><loc>{escape(site + address)}</loc>{modified}</{element}>\n"
    yield f"</{root}>\n"
