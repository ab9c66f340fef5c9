"""Headers that every response gets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from decisions.web.seo import robots_directive

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def robots_header(get_response: GetResponse) -> GetResponse:
    """Tell search engines on every response, files and errors included, whether to list it.

    Only a page whose view calls it indexable may be listed. A redirect holds nothing to list.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_redirect = 300 <= response.status_code < 400
        if directive := robots_directive(is_redirect or getattr(response, "indexable", False)):
            response.headers["X-Robots-Tag"] = directive
        return response

    return middleware
