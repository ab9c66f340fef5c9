"""Compresses pages, and sets the headers that every response has."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from decisions.web.seo import robots_directive


class CompressPages(GZipMiddleware):
    """Compress what is not sent in ranges: those are parts of the file as it is."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the response, if its client accepts that."""
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


GetResponse = Callable[[HttpRequest], HttpResponseBase]


def robots_header(get_response: GetResponse) -> GetResponse:
    """Set X-Robots-Tag on every response, files and errors included.

    Only a page that its view calls indexable may be listed. A redirect has nothing to list.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_redirect = 300 <= response.status_code < 400
        if directive := robots_directive(is_redirect or getattr(response, "indexable", False)):
            response.headers["X-Robots-Tag"] = directive
        return response

    return middleware
