"""How a page is found and shared: its one address, the way to it, what machines may know of it,
and whether search engines may list it.

Titles and descriptions are words for people and stand in the templates. Whoever adds a page for
search engines to list names it in `_LISTED`; one that lies below others, in `_ABOVE`.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from decisions.models import NOT_STATED, Category, Council, Decision
from decisions.web.querystring import list_url

SITE = "Ombudsman Decisions"

# All that search engines may list where SEARCH_ENGINES_MAY_INDEX lets them in. Whatever else there
# is now or later (histories, quotations, suggestions, files, the admin) stays out.
_LISTED = {
    f"decisions:{name}"
    for name in (
        "home", "list", "decision", "councils", "council", "categories", "category", "reasons",
        "reason", "laws", "law", "help", "about",
    )
}  # fmt: skip

Values = dict[str, Any]
Step = tuple[str, str]
Thing = dict[str, Any]

_OMBUDSMAN: Thing = {
    "@type": "GovernmentOrganization",
    "name": "Local Government and Social Care Ombudsman",
    "url": "https://www.lgo.org.uk/",
}
_COPYRIGHT_HOLDER: Thing = {
    "@type": "Organization",
    "name": "Commission for Local Administration in England",
}
_PUBLIC_BODIES = set(Council.Kind) - {Council.Kind.CARE_PROVIDER}


@dataclass(frozen=True)
class Shared:
    """What stands in the head of a page, and above its heading.

    `address` is absolute, the one that all addresses of the page are known by. `trail` has name
    and address of each page above this one, the highest first. `robots` is what is asked of
    search engines, None for nothing. `kind` is Open Graph's.
    """

    address: str
    trail: tuple[Step, ...]
    robots: str | None
    kind: str
    json_ld: SafeString


def shared(request: HttpRequest, values: Values) -> Shared:
    """`values` are what the page's template is given."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    site = site_of(request)
    trail = tuple(_ABOVE.get(name, _nothing)(values))
    things = list(_THINGS.get(name, _nothing)(values, site))
    if trail:
        things.append(_breadcrumbs(trail, site))
    address = _ADDRESSES.get(name)
    return Shared(
        address=site + (address(values) if address else request.path),
        trail=trail,
        robots=robots(request),
        kind="article" if name == "decisions:decision" else "website",
        json_ld=_script(things),
    )


def site_of(request: HttpRequest) -> str:
    """The address that all others of this site begin with: as chosen, or else as asked for."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def robots(request: HttpRequest, status: int = 200) -> str | None:
    """What is asked of search engines, in the words of the header and of the meta element.

    An address with a question mark is a way of looking at a page, and no page to be listed.
    """
    if not settings.SEARCH_ENGINES_MAY_INDEX:
        return "noindex"
    name = request.resolver_match.view_name if request.resolver_match else ""
    search_views = name in _LISTED and not request.META.get("QUERY_STRING") and status < 400
    return None if search_views else "noindex, follow"


# --- The address


def _list_address(values: Values) -> str:
    return list_url(values["results_page"].query, page=values["search_query"].page)


def _charts_address(values: Values) -> str:
    query = values["results_page"].query
    address = reverse("decisions:charts")
    return f"{address}?{query.urlencode()}" if query else address


def _quoted_address(values: Values) -> str:
    return values["decision"].get_absolute_url()


# Where it is not the path that was asked for.
_ADDRESSES: dict[str, Callable[[Values], str]] = {
    "decisions:list": _list_address,
    "decisions:charts": _charts_address,
    "decisions:quote": _quoted_address,
}


# --- The pages above a page


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def _above_decision(values: Values) -> Iterator[Step]:
    category = values["decision"].category
    if category is None:
        yield "Category not stated", list_url(category=NOT_STATED)
    else:
        if category.parent:
            yield _step(category.parent)
        yield _step(category)


def _above_charts(values: Values) -> Iterator[Step]:
    yield "The decisions as a list", list_url(values["results_page"].query)


def _beside_decision(values: Values) -> Iterator[Step]:
    yield str(values["decision"]), values["decision"].get_absolute_url()


def _above_council(values: Values) -> Iterator[Step]:
    yield "Councils and other bodies", reverse("decisions:councils")


def _above_category(values: Values) -> Iterator[Step]:
    yield "Categories", reverse("decisions:categories")
    if parent := values["category"].parent:
        yield _step(parent)


def _above_reason(values: Values) -> Iterator[Step]:
    yield "Why complaints are closed", reverse("decisions:reasons")


def _above_law(values: Values) -> Iterator[Step]:
    yield "Law cited", reverse("decisions:laws")
    if parent := values["law"].parent:
        yield parent.label, parent.get_absolute_url()


def _step(category: Category) -> Step:
    return category.name, category.get_absolute_url()


_ABOVE: dict[str, Callable[[Values], Iterator[Step]]] = {
    "decisions:decision": _above_decision,
    "decisions:history": _beside_decision,
    "decisions:quote": _beside_decision,
    "decisions:charts": _above_charts,
    "decisions:council": _above_council,
    "decisions:category": _above_category,
    "decisions:reason": _above_reason,
    "decisions:law": _above_law,
}


# --- What the page is about, in the words of schema.org


def _home(values: Values, site: str) -> Iterator[Thing]:
    yield {
        **_archive(site),
        "inLanguage": "en-GB",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site}{reverse('decisions:list')}?q={{words}}",
            },
            "query-input": "required name=words",
        },
    }


def _decision(values: Values, site: str) -> Iterator[Thing]:
    decision: Decision = values["decision"]
    about = [_body(decision.council, site, decision.is_sample)] if decision.council else []
    if decision.category:
        about.append({"@type": "Thing", "name": str(decision.category)})
    thing = {
        "@type": "Report" if decision.kind == Decision.Kind.REPORT else "CreativeWork",
        "name": str(decision),
        "url": site + decision.get_absolute_url(),
        "identifier": [decision.reference, *decision.other_references],
        "inLanguage": "en-GB",
        "isPartOf": _archive(site),
    }
    if about:
        thing["about"] = about
    if decision.summary:
        thing["abstract"] = decision.summary
    if decision.decided_on:
        # When it was decided. On which day it was published is not known.
        thing["dateCreated"] = decision.decided_on.isoformat()
    if decision.is_sample:
        thing["creativeWorkStatus"] = "Invented sample"
    else:
        thing |= {
            "author": _OMBUDSMAN,
            "publisher": _OMBUDSMAN,
            "copyrightHolder": _COPYRIGHT_HOLDER,
            "license": f"{site}{reverse('decisions:about')}#terms",
        }
        if decision.source_url:
            thing["isBasedOn"] = decision.source_url
    yield thing


def _council(values: Values, site: str) -> Iterator[Thing]:
    yield _body(values["council"], site, values["is_sample"])


def _body(council: Council, site: str, invented: bool) -> Thing:
    """A body complained about. Nothing invented is called an organisation."""
    public = "GovernmentOrganization" if council.kind in _PUBLIC_BODIES else "Organization"
    thing = {
        "@type": "Thing" if invented else public,
        "name": council.name,
        "mainEntityOfPage": site + council.get_absolute_url(),
    }
    if invented:
        thing["description"] = "Invented sample"
    return thing


def _archive(site: str) -> Thing:
    return {"@type": "WebSite", "name": SITE, "url": f"{site}{reverse('decisions:home')}"}


_THINGS: dict[str, Callable[[Values, str], Iterator[Thing]]] = {
    "decisions:home": _home,
    "decisions:decision": _decision,
    "decisions:council": _council,
}


def _breadcrumbs(trail: tuple[Step, ...], site: str) -> Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": site + address}
            for place, (name, address) in enumerate(trail, 1)
        ],
    }


# Inside a script element nothing is an entity, and "</script" or "<!--" would be the end of it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def _script(things: list[Thing]) -> SafeString:
    """As the content of a script element of the type application/ld+json; empty for nothing."""
    if not things:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308
