"""One decision: to read, to quote, and what happened to it."""

from typing import Any

from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from decisions.models import NOT_STATED, Council, Decision
from decisions.references import read_reference, reference_slug
from decisions.search import SearchQuery
from decisions.web.charts import uphold_rate_in_words
from decisions.web.charts.uphold_rate import UpholdRate
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.citation_formats import CitedDecision, forms, plain
from decisions.web.presenters.decision_summary import DecisionSummary
from decisions.web.presenters.decision_text import DecisionText
from decisions.web.presenters.search_results import most_frequent, options
from decisions.web.presenters.similar_decisions import similar_decisions
from decisions.web.presenters.version_diff import versions
from decisions.web.responses import render
from decisions.web.results import aggregate
from decisions.web.seo import site_of


@require_safe
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    canonical = read_reference(reference)
    if canonical is None:
        raise Http404(f"“{reference}” is not a reference. A reference looks like 21 019 030.")
    decision = Decision.objects.find(canonical)
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
    words = request.GET.get("q", "")
    quotable = _quotable(request, decision)
    return render(
        request,
        "decisions/decision.html",
        {
            "decision": decision,
            "text": DecisionText(decision, words),
            "decision_summary": DecisionSummary(decision),
            "received": decision.captures.aggregate(
                first=Min("received_at"), last=Max("received_at"), count=Count("pk")
            ),
            "citation": plain(quotable),
            "similar_decisions": similar_decisions(decision),
            **_about(decision.council),
            "words": words,
            "not_stated": NOT_STATED,
        },
    )


@require_safe
def quote(request: HttpRequest, reference: str) -> HttpResponse:
    """Every way to quote a decision or the paragraph asked for; with htmx, that part alone."""
    decision = _readable(reference)
    asked = request.GET.get("paragraph", "").strip()
    paragraphs = decision.document_paragraphs
    paragraph = next((p for p in paragraphs if asked and str(p.number) == asked), None)
    response = render(
        request,
        "decisions/_quote.html" if request.htmx else "decisions/quote.html",
        {
            "decision": decision,
            "forms": forms(_quotable(request, decision), paragraph),
            "paragraph": paragraph,
            "asked": asked,
        },
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    decision = _readable(reference)
    context = {"decision": decision, "versions": versions(decision)}
    return render(request, "decisions/history.html", context)


def _readable(reference: str) -> Decision:
    canonical = read_reference(reference)
    decision = Decision.objects.find(canonical) if canonical else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    return decision


def _quotable(request: HttpRequest, decision: Decision) -> CitedDecision:
    return CitedDecision(
        (decision.reference, *decision.other_references),
        decision.council.name if decision.council else None,
        decision.decided_on,
        decision.is_sample,
        site_of(request) + decision.get_absolute_url(),
    )


def _about(council: Council | None) -> dict[str, Any]:
    """How the decisions about a council ended; nothing for a decision that names none."""
    if council is None:
        return {}
    aggregations = aggregate(SearchQuery(terms={"council": (council.slug,)}))
    share = UpholdRate.of(aggregations.outcomes)
    return {
        "council_outcomes": most_frequent(
            options(FacetLabels.cached().outcome, aggregations.outcomes)
        ),
        "council_share": share and uphold_rate_in_words(share),
    }
