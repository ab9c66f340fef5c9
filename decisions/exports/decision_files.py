"""One decision as a file: its page's address with an ending in place of the last slash."""

import json
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.exports.akoma_ntoso import akoma_ntoso
from decisions.exports.pdf import PdfUnavailable, pdf
from decisions.exports.plain_text import markdown, plain_text
from decisions.exports.reading import ReadDecision
from decisions.models import Decision
from decisions.serializers import decision_json
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.seo import site_url
from decisions.web.views.decision import find_published

log = logging.getLogger(__name__)


def _json(read: ReadDecision) -> str:
    document = decision_json(read.decision, read.site)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


# The media type of each ending, and what makes the file.
FORMATS: dict[str, tuple[str, Callable[[ReadDecision], str | bytes]]] = {
    "txt": ("text/plain; charset=utf-8", plain_text),
    "md": ("text/markdown; charset=utf-8", markdown),
    "json": ("application/json", _json),
    "xml": ("application/akn+xml; charset=utf-8", akoma_ntoso),
    "pdf": ("application/pdf", pdf),
}


@require_safe
@revalidated
def decision_file(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """A decision in one format; it answers as the page does if there is none to show.

    503 if the PDF cannot be made now.
    """

    def address(decision: Decision) -> str:
        return reverse("exports:decision", args=[decision.slug, extension])

    found = find_published(request, reference, address)
    if isinstance(found, HttpResponse):
        return found
    media_type, write = FORMATS[extension]
    try:
        content = write(ReadDecision(found, site_url(request)))
    except PdfUnavailable as error:
        log.warning("No PDF of %s: %s", found.reference, error)
        response: HttpResponse = render(
            request,
            "exports/no_pdf.html",
            {"decision": found, "title": "The PDF could not be made"},
            status=503,
        )
        response.headers["Retry-After"] = "30"
        return response
    name = f"{found.slug}.{extension}"
    return HttpResponse(
        content, media_type, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
