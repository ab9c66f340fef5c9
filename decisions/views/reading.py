"""One decision, and what happened to it."""

from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from decisions.glance import Glance
from decisions.history import versions
from decisions.models import NOT_STATED, Decision
from decisions.pages import render
from decisions.references import read_reference, reference_slug
from decisions.rendering import DecisionText


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
    decision = Decision.objects.find(canonical) if canonical else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    context = {"decision": decision, "versions": versions(decision)}
    return render(request, "decisions/history.html", context)
