"""The answers to requests that failed: a page for readers, problem details for programs (RFC 9457).

They need neither the database nor the index, and repeat nothing of the request.
"""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found
from psycopg.errors import QueryCanceled

log = logging.getLogger(__name__)

# Seconds after which a client may ask again while the database is away.
RETRY_AFTER = 10

# What went wrong, for programs; each status has a template of its name for readers.
DETAILS = {
    400: "The request is malformed.",
    403: "You do not have permission.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    408: "The request did not arrive in time.",
    413: "The request is too long.",
    414: "The address is too long.",
    429: "This network has sent too many requests. Ask again later.",
    431: "The headers of the request are too long.",
    500: "The archive failed to answer. Its operator can read why in the log.",
    503: "The database does not answer. Ask again in a few seconds.",
    504: "The answer took too long. Ask for less.",
}

PROBLEM = "application/problem+json"

# Statuses whose page is another's.
_TEMPLATES = {431: 414}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def failure(request: HttpRequest | None, status: int, path: str = "") -> HttpResponse:
    """The answer to a request that failed with this status, in the form that its client reads.

    Without a request, `path` says what was asked for.
    """
    headers = {"Cache-Control": "no-store"}
    if status in {429, 503}:
        headers["Retry-After"] = str(RETRY_AFTER)
    if (request.path if request else path).startswith("/api/"):
        content = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": DETAILS[status],
        }
        headers["Access-Control-Allow-Origin"] = "*"
        return JsonResponse(content, status=status, headers=headers, content_type=PROBLEM)
    html = render_to_string(f"{_TEMPLATES.get(status, status)}.html")
    return HttpResponse(html, status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host, a form or parameters that Django refuses."""
    return failure(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a view refused."""
    return failure(request, 403)


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the token against forged forms is missing or wrong."""
    return failure(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404: no such address, or what a view says of it."""
    if isinstance(exception, Http404) and request.path.startswith("/api/"):
        return failure(request, 404)
    return page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, 504 for a query that took too long, else 500."""
    error = sys.exc_info()[1]
    return failure(request, status_of(error) if error else 500)


def status_of(error: BaseException) -> int:
    """The status that an unexpected error is answered with."""
    if isinstance(error.__cause__, QueryCanceled):
        return 504
    return 503 if isinstance(error, OperationalError | InterfaceError) else 500


def pages_for_failures(get_response: GetResponse) -> GetResponse:
    """Give a page to a refusal without one, such as Django's 405."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_empty = not response.streaming and not getattr(response, "content", b"")
        if response.status_code not in DETAILS or not is_empty or request.method == "HEAD":
            return response
        page = failure(request, response.status_code)
        for name, value in response.items():
            if name not in {"Content-Type", "Content-Length"}:
                page.headers[name] = value
        return page

    return middleware
