"""Earlier versions of a decision: a page for each, and the TimeGate and TimeMap of Memento."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from decisions.models import Decision
from decisions.references import read_reference
from decisions.web import mementos
from decisions.web.captured_document import captured_document
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata, site_url
from decisions.web.text_format import day

_NOT_HELD = "This archive holds no decision of that address."


@require_safe
@revalidated
def version(request: HttpRequest, reference: str, digits: str) -> HttpResponse:
    """A decision as one captured file has it."""
    canonical = read_reference(reference)
    decision = Decision.objects.find(canonical) if canonical else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    capture = mementos.version_at(decision, digits)
    if capture is None:
        raise Http404("This archive has no version of the decision from that time.")
    name = DecisionTitle(decision).with_reference
    response = render(
        request,
        "decisions/version.html",
        {
            "decision": decision,
            "capture": capture,
            "document": captured_document(decision, capture),
        },
        PageMetadata(
            f"Version of {day(capture.captured_at)}: {name}",
            f"Decision {decision.reference} as one file has it that this archive received.",
            (
                Breadcrumb(name, decision.get_absolute_url()),
                Breadcrumb("History", decision.get_absolute_url() + "history/"),
            ),
            canonical=decision.get_absolute_url(),
        ),
    )
    site = site_url(request)
    response.headers["Memento-Datetime"] = http_date(capture.captured_at.timestamp())
    response.headers["Link"] = ", ".join(mementos.page_links(decision, site))
    return response


@require_safe
def timegate(request: HttpRequest, original: str) -> HttpResponse:
    """Redirect to the version nearest to the time in the header Accept-Datetime."""
    decision = _decision_of(request, original)
    site = site_url(request)
    captures = mementos.versions_of(decision)
    if not captures:
        raise Http404("This archive has the decision, but no file that it was captured from.")
    try:
        capture = mementos.nearest(captures, request.headers.get("Accept-Datetime"))
    except mementos.InvalidTime as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    response = HttpResponse(status=302)
    response.headers["Location"] = site + mementos.version_address(decision, capture)
    shown = [item for item in captures if item in (captures[0], captures[-1], capture)]
    links = [
        mementos.link(mementos.original_address(decision, site), "original"),
        *mementos.page_links(decision, site)[2:],
        *mementos.memento_links(decision, shown, captures, site),
    ]
    response.headers["Link"] = ", ".join(links)
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


@require_safe
@revalidated
def timemap(request: HttpRequest, original: str) -> HttpResponse:
    """All versions of a decision, in the link format that Memento asks for."""
    decision = _decision_of(request, original)
    lines = mementos.timemap(decision, site_url(request))
    return HttpResponse(",\n".join(lines) + "\n", content_type="application/link-format")


def _decision_of(request: HttpRequest, original: str) -> Decision:
    if query := request.META.get("QUERY_STRING"):
        original += f"?{query}"
    scheme, separator, rest = original.partition(":/")
    # Some proxies make one slash of the two.
    address = f"{scheme}://{rest.lstrip('/')}" if separator else f"https://{original}"
    decision = mementos.find_by_address(address, request.get_host())
    if decision is None:
        raise Http404(_NOT_HELD)
    return decision
