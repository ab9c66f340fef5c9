"""Pages to browse by: councils, categories, reasons for closing, and laws."""

from collections.abc import Sequence
from itertools import groupby

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from decisions.analysis.closure_rules import REASONS
from decisions.models import (
    NOT_STATED,
    Category,
    Council,
    Decision,
    Provision,
    current_council_slugs,
    page_address,
)
from decisions.search import SearchQuery
from decisions.web.archive_version import version_of
from decisions.web.charts import Chart, draw_charts, uphold_rate_in_words
from decisions.web.charts.uphold_rate import UpholdRate, compare_in_words, percent
from decisions.web.complaint_guide import COMPLAIN_URL, shown_statements
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import DecisionFilterSet
from decisions.web.law_titles import label_with_title
from decisions.web.name_filter import matches, natural_sort_key
from decisions.web.presenters.council_page import (
    MAX_LATEST,
    OVERVIEW_CHARTS,
    CouncilPage,
    find_council,
)
from decisions.web.presenters.facets import count_categories, facet_options, most_frequent
from decisions.web.presenters.reason_examples import reason_examples
from decisions.web.presenters.structured_data import council_data
from decisions.web.querystring import to_querydict, with_parameters
from decisions.web.responses import render
from decisions.web.results import aggregate, find
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata, site_url
from decisions.web.text_format import decision_count

MAX_FACTS = 6  # subjects, and reasons for closing, shown on the page of a law
MAX_EXAMPLES = 5  # decisions quoted on the page of a reason
MAX_COUNCILS = 12  # councils shown on the page of a category, those with the most decisions

_IS_PUBLISHED = Q(decision__withdrawn_at=None)


def councils_with_decisions() -> list[Council]:
    """Every council that has published decisions, from A to Z, with their `count`."""
    councils = Council.objects.annotate(count=Count("decision", filter=_IS_PUBLISHED))
    with_decisions = [council for council in councils if council.count]
    return sorted(with_decisions, key=lambda council: council.name.casefold())


@require_safe
@revalidated
def councils(request: HttpRequest) -> HttpResponse:
    """All councils from A to Z, or those whose name contains the parameter `name`."""
    name = request.GET.get("name", "").strip()
    all_councils = councils_with_decisions()
    matching = [council for council in all_councils if matches(council.name, name)]
    by_letter = [
        (letter, list(members))
        for letter, members in groupby(matching, key=lambda council: _first_letter(council.name))
    ]
    return render(
        request,
        "decisions/councils.html",
        {
            "name": name,
            "total": len(all_councils),
            "found": len(matching),
            "by_letter": by_letter,
            "not_stated": Decision.objects.published().filter(council=None).count(),
        },
        PageMetadata(
            "Councils and other bodies",
            "Every council and other body with decisions in this archive, from A to Z.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """One council: its uphold rate, charts, latest decisions and categories."""
    version = version_of(request)
    council = find_council(slug)
    if council is None:
        current = current_council_slugs([slug]).get(slug)
        if current is None:
            raise Http404("There is no such council in this archive.")
        address = page_address("decisions:council", current)
        return HttpResponsePermanentRedirect(with_parameters(address, dict(request.GET.lists())))
    council_page = CouncilPage(council)
    uphold_rate = _uphold_rate(council_page.search_query, "about all other bodies in this archive")
    return render(
        request,
        "decisions/council.html",
        {
            "archive_version": version,
            "council": council,
            "council_page": council_page,
            "uphold_rate": uphold_rate,
        },
        PageMetadata(
            f"{council.name}: complaints the Ombudsman decided",
            f"{'Invented sample. ' if council_page.is_sample else ''}What the Ombudsman decided"
            f" about complaints against {council.name}: {decision_count(council_page.total)} to"
            " read, search and quote, by outcome and category.",
            (Breadcrumb("Councils and other bodies", page_address("decisions:councils")),),
            json_ld=(council_data(council, site_url(request), council_page.is_sample),),
            indexable=True,
        ),
    )


@require_safe
@revalidated
def categories(request: HttpRequest) -> HttpResponse:
    """All categories with their subcategories."""
    return render(
        request,
        "decisions/categories.html",
        {"groups": count_categories(Decision.objects.published())},
        PageMetadata(
            "What complaints to the Ombudsman are about",
            "What complaints to the Ombudsman are about, with the number of decisions on each"
            " subject.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def category(request: HttpRequest, path: str) -> HttpResponse:
    """One category: its uphold rate, charts, latest decisions, subcategories and councils."""
    category = Category.objects.select_related("parent").filter(path=path).first()
    if category is None:
        raise Http404("There is no such category in this archive.")
    search_query = SearchQuery(terms={"category": (path,)})
    decisions = DecisionFilterSet(to_querydict(search_query)).qs.order_by()
    groups = [] if category.parent else count_categories(decisions)
    total = aggregate(search_query).total
    councils = (
        Council.objects.filter(decision__in=decisions)
        .annotate(count=Count("decision"))
        .order_by("-count", "name")
    )
    breadcrumbs = [Breadcrumb("Categories", page_address("decisions:categories"))]
    if category.parent:
        breadcrumbs.append(Breadcrumb(category.parent.name, category.parent.get_absolute_url()))
    return render(
        request,
        "decisions/category.html",
        {
            "category": category,
            "total": total,
            "subcategories": [option for group in groups for option in group.options[1:]],
            "uphold_rate": _uphold_rate(search_query, "on all other subjects in this archive"),
            "charts": _charts(search_query, OVERVIEW_CHARTS),
            "councils": councils[:MAX_COUNCILS],
            "latest": decisions.for_list().newest_first()[:MAX_LATEST],
        },
        PageMetadata(
            f"{category}: complaints the Ombudsman decided",
            f"What the Ombudsman decided about complaints on {category}: {decision_count(total)}"
            " to read, search and quote, by outcome and council.",
            tuple(breadcrumbs),
            indexable=True,
        ),
    )


@require_safe
@revalidated
def reasons(request: HttpRequest) -> HttpResponse:
    """All reasons for closing a complaint, explained, the most frequent first."""
    aggregations = aggregate(SearchQuery())
    counts, closed = aggregations.reasons, aggregations.closed
    largest = max(counts.values(), default=0)
    entries = [
        {
            "code": code,
            "reason": reason,
            "count": counts.get(code, 0),
            "share": percent(counts[code] / closed) if code in counts else "",
            "width": 100 * counts[code] / largest if code in counts else 0,
        }
        for code, reason in sorted(REASONS.items(), key=lambda entry: -counts.get(entry[0], 0))
    ]
    return render(
        request,
        "decisions/reasons.html",
        {"reasons": entries, "closed": closed, "not_stated": counts.get(NOT_STATED, 0)},
        PageMetadata(
            "Why complaints are closed",
            "Why the Ombudsman closes complaints without an investigation, in plain English, and"
            " how often it gives each reason.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def reason(request: HttpRequest, code: str) -> HttpResponse:
    """One reason for closing: what it means, decisions that give it, and a chart."""
    if code not in REASONS:
        raise Http404("There is no such reason for closing a complaint.")
    reason = REASONS[code]
    aggregations = aggregate(SearchQuery())
    count = aggregations.reasons.get(code, 0)
    return render(
        request,
        "decisions/reason.html",
        {
            "code": code,
            "reason": reason,
            "count": count,
            "closed": aggregations.closed,
            "share": percent(count / aggregations.closed) if count else "",
            "charts": _charts(SearchQuery(terms={"reason": (code,)}), ["years"]),
            "examples": reason_examples(code, MAX_EXAMPLES),
            "statements": shown_statements(code),
            "complain_url": COMPLAIN_URL,
        },
        PageMetadata(
            f"{reason.label}: why complaints are closed",
            f"{reason.explanation} Decisions of the Ombudsman that were closed for this reason,"
            " with the sentence that says so.",
            (Breadcrumb("Why complaints are closed", page_address("decisions:reasons")),),
            indexable=True,
        ),
    )


@require_safe
@revalidated
def laws(request: HttpRequest) -> HttpResponse:
    """All laws cited, with their parts, or those whose name contains the parameter `name`."""
    name = request.GET.get("name", "").strip()
    counts = find(SearchQuery(size=0)).facets.get("provision", {})
    cited = [law for law in Provision.objects.select_related("parent") if law.key in counts]
    parts: dict[int, list[tuple[Provision, int]]] = {}
    for law in cited:
        if law.parent_id and matches(label_with_title(law), name):
            parts.setdefault(law.parent_id, []).append((law, counts[law.key]))
    groups = [
        (law, counts[law.key], sorted(parts.get(law.pk, []), key=_provision_sort_key))
        for law in cited
        if not law.parent_id and (law.pk in parts or matches(law.label, name))
    ]
    groups.sort(key=lambda group: -group[1])
    return render(
        request,
        "decisions/laws.html",
        {"name": name, "groups": groups, "total": len(cited)},
        PageMetadata(
            "Law the Ombudsman cites",
            "The provisions of law, cases and guidance that the Ombudsman cites, with the decisions"
            " that cite them.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One law or a part of it: its latest decisions, its parts, and outcomes."""
    law = Provision.objects.select_related("parent").filter(key=key).first()
    if law is None:
        raise Http404("No decision in this archive cites this law.")
    search_results = find(SearchQuery(terms={"provision": (key,)}, sort="newest"))
    counts = search_results.facets
    parts = [
        (part, counts["provision"][part.key])
        for part in law.subdivisions.all()
        if part.key in counts.get("provision", {})
    ]
    parts.sort(key=_provision_sort_key)
    total = search_results.total
    breadcrumbs = [Breadcrumb("Law cited", page_address("decisions:laws"))]
    if law.parent:
        breadcrumbs.append(Breadcrumb(law.parent.label, law.parent.get_absolute_url()))
    labels = FacetLabels.cached()
    subjects = [
        option
        for option in most_frequent(facet_options(labels.category, counts.get("category")))
        if "/" in option.value
    ]
    latest = Decision.objects.listed(search_results.ids[:MAX_LATEST])
    return render(
        request,
        "decisions/law.html",
        {
            "law": law,
            "total": total,
            "parts": parts,
            "outcomes": most_frequent(facet_options(labels.outcome, counts.get("outcome"))),
            "subjects": subjects[:MAX_FACTS],
            "reasons": [
                option
                for option in most_frequent(facet_options(labels.reason, counts.get("reason")))
                if option.value != NOT_STATED
            ][:MAX_FACTS],
            "latest": latest,
        },
        PageMetadata(
            f"{label_with_title(law)} in the Ombudsman’s decisions",
            f"{decision_count(total)} of the Ombudsman {'cites' if total == 1 else 'cite'}"
            f" {law.label}: read how it was applied to complaints against councils.",
            tuple(breadcrumbs),
            indexable=True,
        ),
    )


def _charts(search_query: SearchQuery, names: Sequence[str]) -> list[Chart]:
    return draw_charts(aggregate(search_query), search_query, FacetLabels.cached(), names)


def _uphold_rate(search_query: SearchQuery, others: str) -> str:
    """Sentences that compare the uphold rate with all others; empty without investigations."""
    rate = UpholdRate.of(aggregate(search_query).outcomes)
    if rate is None:
        return ""
    total = UpholdRate.of(aggregate(SearchQuery()).outcomes)
    rest = total.without(rate) if total else None
    words = uphold_rate_in_words(rate)
    return f"{words} {compare_in_words(rate, rest, others)}" if rest else words


def _provision_sort_key(entry: tuple[Provision, int]) -> list[tuple[int, str]]:
    return natural_sort_key(entry[0].short)


def _first_letter(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
