"""What other programs ask of any site: security.txt (RFC 9116) and oEmbed."""

import datetime
from html import escape
from xml.sax.saxutils import escape as escape_xml

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
)
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions.models import Decision
from decisions.references import reference_asked_for
from decisions.web.mementos import host_of
from decisions.web.presenters.citation_formats import OMBUDSMAN, SAMPLE_AUTHOR
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.revalidation import revalidated
from decisions.web.seo import site_url

# Days that a reader of security.txt may rely on it; RFC 9116 wants less than a year.
_SECURITY_DAYS = 180

# Width of an embedded decision, in pixels, unless the page that embeds it has less room.
_EMBED_WIDTH = 600
# Most characters of the summary that an embedded decision shows.
_EMBED_CHARACTERS = 600


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of the site; 404 while the operator has named no contact."""
    contact = settings.SECURITY_CONTACT or settings.CONTACT
    if not contact:
        raise Http404("The operator of this archive has not named a contact.")
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    until = timezone.now().replace(microsecond=0) + datetime.timedelta(days=_SECURITY_DAYS)
    lines = [
        f"Contact: {contact}",
        f"Expires: {until.astimezone(datetime.UTC).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {site_url(request)}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@revalidated
def oembed(request: HttpRequest) -> HttpResponse:
    """A decision to be shown within another site: the parameters `url`, `format`, `maxwidth`.

    Answers 501 for formats other than json and xml, as oEmbed demands.
    """
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        message = f"“{form}” is not a format of this site. Ask for json or xml."
        return HttpResponse(message, status=501, content_type="text/plain; charset=utf-8")
    width = request.GET.get("maxwidth", str(_EMBED_WIDTH))
    if not (width.isascii() and width.isdigit() and 0 < len(width) < 6):
        return HttpResponseBadRequest(
            f"“{width}” is not a width in pixels.", content_type="text/plain; charset=utf-8"
        )
    site = site_url(request)
    decision = _decision_at(request.GET.get("url", ""), request)
    answer = _embedded(decision, site, min(int(width), _EMBED_WIDTH))
    if form == "json":
        return JsonResponse(answer, headers={"Access-Control-Allow-Origin": "*"})
    elements = "".join(f"<{name}>{escape_xml(str(it))}</{name}>" for name, it in answer.items())
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{elements}</oembed>'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def _decision_at(address: str, request: HttpRequest) -> Decision:
    """The published decision whose page here has this address. Raises Http404."""
    own = {request.get_host(), host_of(site_url(request))}
    reference = reference_asked_for(address) if host_of(address) in own else None
    decision = Decision.objects.find(reference) if reference else None
    if decision is None or decision.withdrawn_at:
        raise Http404("There is no such decision in this archive.")
    return decision


def _embedded(decision: Decision, site: str, width: int) -> dict[str, str | int]:
    address = site + decision.get_absolute_url()
    title = DecisionTitle(decision).with_reference
    author = SAMPLE_AUTHOR if decision.is_sample else OMBUDSMAN
    summary = decision.summary or ""
    if len(summary) > _EMBED_CHARACTERS:
        summary = summary[:_EMBED_CHARACTERS].rpartition(" ")[0] + " …"
    quoted = f"<p>{escape(summary)}</p>" if summary else ""
    html = (
        f'<blockquote cite="{escape(address)}">{quoted}<footer>{escape(author)}:'
        f' <a href="{escape(address)}">{escape(title)}</a></footer></blockquote>'
    )
    return {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "author_name": author,
        "provider_name": settings.ARCHIVE_NAME,
        "provider_url": f"{site}/",
        "html": html,
        "width": width,
        # A line has about an eighth as many characters as pixels, and is 24 pixels high.
        "height": 24 * (3 + 8 * len(summary) // width),
    }
