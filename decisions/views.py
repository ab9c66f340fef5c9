"""Requests to pages: choose what is shown, and hand it to a template."""

from itertools import groupby

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.filters import SORTS, DecisionFilterSet, Names
from decisions.glance import Glance
from decisions.help import REFERENCES, TOPICS
from decisions.history import versions
from decisions.listing import (
    Listing,
    counted_categories,
    counted_outcomes,
    in_groups,
    most_frequent,
    options,
)
from decisions.models import NOT_STATED, Category, Council, Decision, Provision
from decisions.pages import render
from decisions.references import read_reference, reference_slug
from decisions.rendering import DecisionText
from decisions.suggestions import suggest
from decisions.templatetags.archive import list_url

LATEST = 6
# Ways in on the home page: the councils with the most decisions.
MOST_COMPLAINED_ABOUT = 12

PUBLISHED = Q(decision__withdrawn_at=None)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    answer = search.search(search.Question(sort="newest"))
    counts = answer.facets if answer.from_index else {}
    names = Names()
    published = Decision.objects.published()
    dated = published.exclude(decided_on=None).values_list("decided_on", flat=True)
    found = options(names["council"], counts.get("council"))
    return render(
        request,
        "decisions/home.html",
        {
            "total": answer.total,
            "first_day": dated.oldest_first().first(),
            "last_day": dated.newest_first().first(),
            "holds_samples": published.filter(is_sample=True).exists(),
            "latest": published.for_list().by_ids(answer.ids[:LATEST]),
            "councils": most_frequent(found)[:MOST_COMPLAINED_ABOUT],
            "council_total": sum(option.value != NOT_STATED for option in found),
            "categories": in_groups(options(names["category"], counts.get("category"))),
            "outcomes": most_frequent(options(names["outcome"], counts.get("outcome"))),
        },
    )


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    filterset = DecisionFilterSet(request.GET)
    question = filterset.question
    reference = read_reference(question.text)
    if reference and (decision := _find(reference)) and not decision.withdrawn_at:
        if request.htmx:
            return HttpResponseClientRedirect(decision.get_absolute_url())
        return redirect(decision)

    listing = Listing(filterset)
    in_place = request.htmx and not request.htmx.history_restore_request
    response = render(
        request,
        "decisions/_listing.html" if in_place else "decisions/list.html",
        {
            "listing": listing,
            "question": question,
            "form": filterset.form,
            "problems": [error for errors in filterset.errors.values() for error in errors],
            "missing_reference": reference,
            "sorts": SORTS if question.text else {k: SORTS[k] for k in ("newest", "oldest")},
            "in_place": in_place,
        },
    )
    patch_vary_headers(response, ["HX-Request"])
    if in_place:
        push_url(response, list_url(listing.query))
    return response


@require_safe
@cache_control(private=True, max_age=30)
def suggestions(request: HttpRequest) -> HttpResponse:
    context = {"groups": suggest(request.GET.get("q", ""))}
    response = render(request, "decisions/_suggestions.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    canonical = read_reference(reference)
    if canonical is None:
        raise Http404(f"“{reference}” is not a reference. A reference looks like 21 019 030.")
    decision = _find(canonical)
    if decision is None:
        raise Http404(f"There is no decision {canonical} in this archive.")
    if reference != reference_slug(decision.reference):
        query = request.GET.urlencode()
        address = decision.get_absolute_url()
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    if decision.withdrawn_at:
        return render(
            request, "decisions/withdrawn.html", {"reference": decision.reference}, status=410
        )
    return render(
        request,
        "decisions/decision.html",
        {
            "decision": decision,
            "text": DecisionText(decision, request.GET.get("q", "")),
            "glance": Glance(decision),
            "received": decision.captures.aggregate(
                first=Min("received_at"), last=Max("received_at"), count=Count("pk")
            ),
            "words": request.GET.get("q", ""),
            "not_stated": NOT_STATED,
        },
    )


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    canonical = read_reference(reference)
    decision = _find(canonical) if canonical else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    context = {"decision": decision, "versions": versions(decision)}
    return render(request, "decisions/history.html", context)


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("name", "").strip()
    everything = Council.objects.annotate(count=Count("decision", filter=PUBLISHED))
    listed = [council for council in everything if council.count]
    listed.sort(key=lambda council: council.name.casefold())
    found = [council for council in listed if name.casefold() in council.name.casefold()]
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
    counts = about.aggregate(total=Count("pk"), samples=Count("pk", filter=Q(is_sample=True)))
    return render(
        request,
        "decisions/council.html",
        {
            "council": council,
            "total": counts["total"],
            "is_sample": 0 < counts["total"] == counts["samples"],
            "outcomes": counted_outcomes(about),
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
    about = Decision.objects.published().matching({"category": (path,)})
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
            "total": about.count(),
            "subcategories": [option for group in within for option in group.options[1:]],
            "outcomes": counted_outcomes(about),
            "councils": councils[:MOST_COMPLAINED_ABOUT],
            "latest": about.for_list().newest_first()[:LATEST],
        },
    )


@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    counts = search.search(search.Question()).facets.get("reason", {})
    explained = [(code, reason, counts.get(code, 0)) for code, reason in REASONS.items()]
    explained.sort(key=lambda entry: -entry[2])
    context = {"reasons": explained, "not_stated": counts.get(NOT_STATED, 0)}
    return render(request, "decisions/reasons.html", context)


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    counts = search.search(search.Question()).facets.get("provision", {})
    cited = [law for law in Provision.objects.all() if law.key in counts]
    parts: dict[int, list[tuple[Provision, int]]] = {}
    for law in cited:
        if law.parent_id:
            parts.setdefault(law.parent_id, []).append((law, counts[law.key]))
    groups = [(law, counts[law.key], parts.get(law.pk, [])) for law in cited if not law.parent_id]
    groups.sort(key=lambda group: -group[1])
    return render(request, "decisions/laws.html", {"groups": groups, "total": len(cited)})


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    law = Provision.objects.select_related("parent").filter(key=key).first()
    if law is None:
        raise Http404("No decision in this archive cites that.")
    answer = search.search(search.Question(terms={"provision": (key,)}, sort="newest"))
    counts = answer.facets
    parts = [
        (part, counts["provision"][part.key])
        for part in law.subdivisions.all()
        if part.key in counts.get("provision", {})
    ]
    return render(
        request,
        "decisions/law.html",
        {
            "law": law,
            "total": answer.total,
            "parts": parts,
            "outcomes": most_frequent(options(Names().outcome, counts.get("outcome"))),
            "latest": Decision.objects.published().for_list().by_ids(answer.ids[:LATEST]),
        },
    )


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


def _find(reference: str) -> Decision | None:
    """The decision of that reference; one that only carries it beside its own comes second."""
    found = Decision.objects.with_reference(reference).select_related(
        "council", "category__parent", "outcome"
    )
    return min(found, key=lambda decision: decision.reference != reference, default=None)


def _letter(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
