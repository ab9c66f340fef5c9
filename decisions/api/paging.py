"""Pages of results behind a cursor: the cost of a page does not depend on what comes before it."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from decisions.api.problems import InvalidParameters
from decisions.web.seo import site_url

AFTER = "after"

# Results on a page of a list that has no parameter `size`.
SIZE = 100


def read_cursor(request: HttpRequest) -> str:
    """The text that `page` was given as `after`; "" for the first page."""
    cursor = request.GET.get(AFTER, "")
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        raise invalid_cursor(cursor) from None
    if "\0" in text:
        raise invalid_cursor(cursor)
    return text


def invalid_cursor(cursor: str) -> InvalidParameters:
    """The error for a cursor that no page of this list has."""
    return InvalidParameters(
        {AFTER: f"“{cursor}” is not a cursor of this list. Take “next” as it is given."}
    )


def page(request: HttpRequest, results: list[Any], after: str | None) -> dict[str, Any]:
    """A page of results with the address of the next one; `after` is None on the last page."""
    return {"results": results, "next": None if after is None else _next(request, after)}


def _next(request: HttpRequest, after: str) -> str:
    cursor = base64.urlsafe_b64encode(after.encode()).decode().rstrip("=")
    parameters = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name != AFTER and value
    ]
    query = urlencode([*parameters, (AFTER, cursor)])
    return f"{site_url(request)}{request.path}?{query}"
