"""One decision: its page, its citations, and its history."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from decisions.models import NOT_STATED, Decision, Erasure
from decisions.references import read_reference, reference_slug
from decisions.web.archive_version import version_of
from decisions.web.mementos import page_links
from decisions.web.presenters.citation_formats import (
    CitedDecision,
    citation_formats,
    plain_citation,
)
from decisions.web.presenters.council_outcomes import CouncilOutcomes
from decisions.web.presenters.decision_summary import DecisionSummary
from decisions.web.presenters.decision_text import DecisionText
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.presenters.related_rows import RelatedRows
from decisions.web.presenters.similar_decisions import similar_decisions
from decisions.web.presenters.staff_changes import staff_notices
from decisions.web.presenters.structured_data import decision_data
from decisions.web.presenters.version_diff import versions
from decisions.web.querystring import list_url, with_parameters
from decisions.web.responses import HtmxRequest, render
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata, site_url
from decisions.web.signposting import decision_links

MAX_DESCRIPTION_WORDS = 40  # most words of the summary in the page's description


def find_published(
    request: HttpRequest, reference: str, address: Callable[[Decision], str]
) -> Decision | HttpResponse:
    """The decision that the reference in an address names, or the answer where none is shown.

    Other spellings of its reference redirect to `address`. A withdrawn or erased decision answers
    410 Gone; one that is not held 404, with those of a near reference.
    """
    canonical = read_reference(reference)
    if canonical is None:
        raise Http404(f"“{reference}” is not a reference. A reference looks like 21 019 030.")
    decision = Decision.objects.find_with_captures(canonical)
    if decision is None:
        if erasure := Erasure.objects.of([canonical]).get(canonical):
            return render(request, "decisions/erased.html", {"erasure": erasure}, status=410)
        return _not_held(request, canonical)
    if reference != reference_slug(decision.reference):
        parameters = dict(request.GET.lists())
        return HttpResponsePermanentRedirect(with_parameters(address(decision), parameters))
    if decision.withdrawn_at:
        return render(
            request, "decisions/withdrawn.html", {"reference": decision.reference}, status=410
        )
    return decision


@require_safe
@revalidated
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """A decision; the parameter `q` marks words in it. For other answers see `find_published`."""
    version = version_of(request)  # before the decision is read: HTML is kept by it
    found = find_published(request, reference, Decision.get_absolute_url)
    if isinstance(found, HttpResponse):
        return found
    decision = found
    words = request.GET.get("q", "")
    related = RelatedRows(decision)
    captures = decision.received_captures
    received = [timezone.localdate(capture.received_at) for capture in captures]
    newest = captures[0] if captures else None
    response = render(
        request,
        "decisions/decision.html",
        {
            "decision": decision,
            "decision_title": DecisionTitle(decision),
            "text": DecisionText(decision, related, words),
            "decision_summary": DecisionSummary(decision, related),
            "staff_notices": staff_notices(decision),
            "received": {
                "first": min(received, default=None),
                "last": max(received, default=None),
                "count": len(received),
            },
            "newest_capture": newest,
            "captured_on": newest and timezone.localdate(newest.captured_at),
            "citation": plain_citation(_cited_decision(request, decision)),
            "archive_version": version,
            # Read only when the template has no HTML of them.
            "similar_decisions": SimpleLazyObject(lambda: similar_decisions(related)),
            "council_outcomes": decision.council and CouncilOutcomes(decision.council),
            "words": words,
            "not_stated": NOT_STATED,
        },
        _metadata(request, decision),
    )
    site = site_url(request)
    response.headers["Link"] = ", ".join(
        [*decision_links(decision, site), *page_links(decision, site)]
    )
    return response


@require_safe
@revalidated
def quote(request: HtmxRequest, reference: str) -> HttpResponse:
    """The citations of a decision, or of the paragraph in the parameter `paragraph`.

    A request from htmx gets the citations only.
    """
    decision = _published_decision(reference)
    number = request.GET.get("paragraph", "").strip()
    paragraphs = decision.document_paragraphs
    paragraph = next((p for p in paragraphs if number and str(p.number) == number), None)
    name = DecisionTitle(decision).with_reference
    response = render(
        request,
        "decisions/_citations.html" if request.htmx else "decisions/quote.html",
        {
            "decision": decision,
            "name": name,
            "citations": citation_formats(_cited_decision(request, decision), paragraph),
            "paragraph": paragraph,
            "requested_number": number,
        },
        PageMetadata(
            f"Quote {f'paragraph {paragraph.number} of ' if paragraph else ''}{name}",
            "Ways to cite a decision of the Local Government and Social Care Ombudsman.",
            (Breadcrumb(name, decision.get_absolute_url()),),
            canonical=decision.get_absolute_url(),
        ),
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@revalidated
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every version of a decision that was received, and what changed."""
    decision = _published_decision(reference)
    name = DecisionTitle(decision).with_reference
    return render(
        request,
        "decisions/history.html",
        {"decision": decision, "versions": versions(decision)},
        PageMetadata(
            f"History of {name}",
            f"Every text of decision {decision.reference} that this archive received, with the"
            " words that changed.",
            (Breadcrumb(name, decision.get_absolute_url()),),
        ),
    )


def _not_held(request: HttpRequest, reference: str) -> HttpResponse:
    near_references = Decision.objects.published().near_reference(reference)
    context = {"reference": reference, "near_references": near_references}
    return render(request, "decisions/not_held.html", context, status=404)


def _metadata(request: HttpRequest, decision: Decision) -> PageMetadata:
    category = decision.category
    description = f"{'Invented sample. ' if decision.is_sample else ''}"
    if decision.summary:
        description += Truncator(decision.summary).words(MAX_DESCRIPTION_WORDS, truncate=" …")
    else:
        body = decision.council or "a body that it does not name"
        description += f"Decision {decision.reference} on a complaint against {body}."
    breadcrumbs = [
        Breadcrumb(level.name, level.get_absolute_url())
        for level in (category and category.parent, category)
        if level
    ]
    if not breadcrumbs:
        not_stated = list_url(category=NOT_STATED)
        breadcrumbs = [Breadcrumb("Category not stated", not_stated)]
    return PageMetadata(
        DecisionTitle(decision).with_reference,
        description,
        tuple(breadcrumbs),
        json_ld=(decision_data(decision, site_url(request)),),
        indexable=True,
        og_type="article",
    )


def _published_decision(reference: str) -> Decision:
    canonical = read_reference(reference)
    decision = Decision.objects.find(canonical) if canonical else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    return decision


def _cited_decision(request: HttpRequest, decision: Decision) -> CitedDecision:
    return CitedDecision(
        (decision.reference, *decision.other_references),
        decision.council.name if decision.council else None,
        decision.decided_on,
        decision.is_sample,
        site_url(request) + decision.get_absolute_url(),
    )
