"""Says which requests may have a body, so that no other body is ever read.

A body takes a thread's time and memory. Readers send short forms to few addresses; only staff, who
have signed in, send long ones: files to import.
"""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from decisions.web.failures import failure

# Most bytes of a body that anyone may send. The longest form has a text of 100,000 characters to
# check, which take up to 1.2 million bytes.
MAX_FORM_BYTES = 1_500_000

# How the paths start at which something reads a body.
_TAKEN_AT = ("/admin/", "/alerts/", "/api/check/", "/check/", "/report-a-mistake/")

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_taken(path: str) -> bool:
    """Whether something at this path reads the body of a request."""
    return path.startswith(_TAKEN_AT)


def is_short_form(path: str, length: int) -> bool:
    """Whether anyone may send a body of this length to this path."""
    return is_taken(path) and length <= MAX_FORM_BYTES


def refuse_bodies(get_response: GetResponse) -> GetResponse:
    """Answer 405, 413 or 403 without reading the body, where nothing takes it from this client."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in _SAFE:
            return get_response(request)
        path = request.path_info
        if not is_taken(path):
            # The API refuses other methods itself, and an unknown address is answered with 404.
            if path.startswith("/api/") or not _is_known(path):
                return get_response(request)
            response = failure(request, 405)
            response.headers["Allow"] = "GET, HEAD"
            return response
        if _length(request) > MAX_FORM_BYTES and not admin.site.has_permission(request):
            return failure(request, 403 if path.startswith("/admin/") else 413)
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _is_known(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
