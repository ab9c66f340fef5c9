"""Ways in: home, councils, categories, reasons and laws."""

from collections.abc import Sequence
from itertools import groupby

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.analysis.closure_rules import REASONS
from decisions.models import NOT_STATED, Category, Council, Decision, Provision
from decisions.search import SearchQuery
from decisions.web.charts import Chart, charts, uphold_rate_in_words
from decisions.web.charts.uphold_rate import UpholdRate, compared, percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import DecisionFilterSet
from decisions.web.name_filter import fits, natural
from decisions.web.presenters.reason_examples import examples_of
from decisions.web.presenters.search_results import (
    counted_categories,
    in_groups,
    most_frequent,
    options,
)
from decisions.web.querystring import to_querydict
from decisions.web.responses import render
from decisions.web.results import aggregate, find

LATEST = 6
EXAMPLES = 5
# Those of a council and a category; a search has more.
CHARTS = ("years", "uphold-rate", "reasons", "payments")
# Ways in on the home page: the councils with the most decisions.
MOST_COMPLAINED_ABOUT = 12

PUBLISHED = Q(decision__withdrawn_at=None)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    search_results = find(SearchQuery(sort="newest"))
    counts = search_results.facets if search_results.from_index else {}
    names = FacetLabels.cached()
    published = Decision.objects.published()
    dated = published.exclude(decided_on=None).values_list("decided_on", flat=True)
    found = options(names["council"], counts.get("council"))
    return render(
        request,
        "decisions/home.html",
        {
            "total": search_results.total,
            "first_day": dated.oldest_first().first(),
            "last_day": dated.newest_first().first(),
            "holds_samples": published.filter(is_sample=True).exists(),
            "latest": published.for_list().by_ids(search_results.ids[:LATEST]),
            "councils": most_frequent(found)[:MOST_COMPLAINED_ABOUT],
            "council_total": sum(option.value != NOT_STATED for option in found),
            "categories": in_groups(options(names["category"], counts.get("category"))),
            "charts": _charts(SearchQuery(), ["years"]),
        },
    )


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("name", "").strip()
    everything = Council.objects.annotate(count=Count("decision", filter=PUBLISHED))
    listed = [council for council in everything if council.count]
    listed.sort(key=lambda council: council.name.casefold())
    found = [council for council in listed if fits(council.name, name)]
    by_letter = [
        (letter, list(members)) for letter, members in groupby(found, key=lambda c: _letter(c.name))
    ]
    return render(
        request,
        "decisions/councils.html",
        {
            "name": name,
            "total": len(listed),
            "found": len(found),
            "by_letter": by_letter,
            "not_stated": Decision.objects.published().filter(council=None).count(),
        },
    )


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    council = Council.objects.filter(slug=slug).first()
    if council is None:
        raise Http404("There is no such council in this archive.")
    about = Decision.objects.published().filter(council=council)
    asked = SearchQuery(terms={"council": (slug,)})
    total = aggregate(asked).total
    return render(
        request,
        "decisions/council.html",
        {
            "council": council,
            "total": total,
            "is_sample": bool(total) and not about.filter(is_sample=False).exists(),
            "share": _share_in_words(asked, "about all other bodies in this archive"),
            "charts": _charts(asked, only=CHARTS),
            "categories": counted_categories(about),
            "latest": about.for_list().newest_first()[:LATEST],
        },
    )


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    published = Decision.objects.published()
    return render(request, "decisions/categories.html", {"groups": counted_categories(published)})


@require_safe
def category(request: HttpRequest, path: str) -> HttpResponse:
    category = Category.objects.select_related("parent").filter(path=path).first()
    if category is None:
        raise Http404("There is no such category in this archive.")
    asked = SearchQuery(terms={"category": (path,)})
    about = DecisionFilterSet(to_querydict(asked)).qs.order_by()
    within = [] if category.parent else counted_categories(about)
    councils = (
        Council.objects.filter(decision__in=about)
        .annotate(count=Count("decision"))
        .order_by("-count", "name")
    )
    return render(
        request,
        "decisions/category.html",
        {
            "category": category,
            "total": aggregate(asked).total,
            "subcategories": [option for group in within for option in group.options[1:]],
            "share": _share_in_words(asked, "on all other subjects in this archive"),
            "charts": _charts(asked, only=CHARTS),
            "councils": councils[:MOST_COMPLAINED_ABOUT],
            "latest": about.for_list().newest_first()[:LATEST],
        },
    )


@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    aggregations = aggregate(SearchQuery())
    counts, closed = aggregations.reasons, aggregations.closed
    most = max(counts.values(), default=0)
    explained = [
        {
            "code": code,
            "reason": reason,
            "count": counts.get(code, 0),
            "share": percent(counts[code] / closed) if code in counts else "",
            "width": 100 * counts[code] / most if code in counts else 0,
        }
        for code, reason in REASONS.items()
    ]
    explained.sort(key=lambda entry: -entry["count"])
    context = {"reasons": explained, "closed": closed, "not_stated": counts.get(NOT_STATED, 0)}
    return render(request, "decisions/reasons.html", context)


@require_safe
def reason(request: HttpRequest, code: str) -> HttpResponse:
    if code not in REASONS:
        raise Http404("There is no such reason for closing a complaint.")
    aggregations = aggregate(SearchQuery())
    count = aggregations.reasons.get(code, 0)
    asked = SearchQuery(terms={"reason": (code,)})
    return render(
        request,
        "decisions/reason.html",
        {
            "code": code,
            "reason": REASONS[code],
            "count": count,
            "closed": aggregations.closed,
            "share": percent(count / aggregations.closed) if count else "",
            "charts": _charts(asked, only=["years"]),
            "examples": examples_of(code, EXAMPLES),
        },
    )


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("name", "").strip()
    counts = find(SearchQuery()).facets.get("provision", {})
    cited = [law for law in Provision.objects.select_related("parent") if law.key in counts]
    parts: dict[int, list[tuple[Provision, int]]] = {}
    for law in cited:
        if law.parent_id and fits(law.label, name):
            parts.setdefault(law.parent_id, []).append((law, counts[law.key]))
    groups = [
        (law, counts[law.key], sorted(parts.get(law.pk, []), key=_by_name))
        for law in cited
        if not law.parent_id and (law.pk in parts or fits(law.label, name))
    ]
    groups.sort(key=lambda group: -group[1])
    context = {"name": name, "groups": groups, "total": len(cited)}
    return render(request, "decisions/laws.html", context)


def _by_name(counted: tuple[Provision, int]) -> list[tuple[int, str]]:
    return natural(counted[0].short)


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    law = Provision.objects.select_related("parent").filter(key=key).first()
    if law is None:
        raise Http404("No decision in this archive cites that.")
    search_results = find(SearchQuery(terms={"provision": (key,)}, sort="newest"))
    counts = search_results.facets
    parts = [
        (part, counts["provision"][part.key])
        for part in law.subdivisions.all()
        if part.key in counts.get("provision", {})
    ]
    parts.sort(key=_by_name)
    return render(
        request,
        "decisions/law.html",
        {
            "law": law,
            "total": search_results.total,
            "parts": parts,
            "outcomes": most_frequent(options(FacetLabels.cached().outcome, counts.get("outcome"))),
            "latest": Decision.objects.published().for_list().by_ids(search_results.ids[:LATEST]),
        },
    )


def _charts(search_query: SearchQuery, only: Sequence[str]) -> list[Chart]:
    return charts(aggregate(search_query), search_query, FacetLabels.cached(), only)


def _share_in_words(search_query: SearchQuery, others: str) -> str:
    """The share upheld and how it stands to all others; empty where none was investigated."""
    aggregations, everything = aggregate(search_query), aggregate(SearchQuery())
    share = UpholdRate.of(aggregations.outcomes)
    if share is None:
        return ""
    rest = UpholdRate.of(everything.outcomes)
    rest = rest and rest.without(share)
    said = uphold_rate_in_words(share)
    return f"{said} {compared(share, rest, others)}" if rest else said


def _letter(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
