"""Limits how many searches one network sends, by the API's way of counting (`limits`)."""

from collections.abc import Callable
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from decisions.web.client_network import client_network
from decisions.web.failures import failure
from decisions.web.limits import request_limit

# The paths that search. Other pages cost little.
_SEARCHES = frozenset(
    {
        "/decisions/",
        "/decisions/charts/",
        "/decisions/charts.csv",
        "/decisions/export.csv",
        "/decisions/export.jsonl",
        "/decisions/export.xlsx",
        "/decisions/feed.atom",
        "/decisions/feed.json",
        "/decisions/options/",
        "/suggest/",
    }
)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def limit_searches(get_response: GetResponse) -> GetResponse:
    """Answer 429 to a network that has sent SEARCHES_PER_MINUTE within a minute."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        allowance = settings.SEARCHES_PER_MINUTE
        if not allowance or request.path_info not in _SEARCHES:
            return get_response(request)
        limit = request_limit(settings.DATA_DIR / "search-requests")
        wait = limit.count(client_network(request), allowance)
        if not wait:
            return get_response(request)
        response = failure(request, 429)
        response.headers["Retry-After"] = str(ceil(wait))
        return response

    return middleware
