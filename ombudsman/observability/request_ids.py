"""Gives each request an id, which its log lines and its response have."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"

# The id of the request that this thread answers; "" for none.
current_id: ContextVar[str] = ContextVar("request_id", default="")

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take the id that a proxy of ours made, else make one; a middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
        name = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token = current_id.set(name)
        try:
            response = get_response(request)
        finally:
            current_id.reset(token)
        response.headers[HEADER] = name
        return response

    return middleware
