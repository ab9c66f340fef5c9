"""Limits how many searches and sign-ins one network sends, by the API's way of counting."""

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

# The paths that take a password or a code.
_SIGN_INS = frozenset(
    {"/admin/login/", "/admin/second-factor/", "/admin/password_change/", "/admin/sessions/"}
)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def limit_searches(get_response: GetResponse) -> GetResponse:
    """Answer 429 to a network that has used SEARCHES_PER_MINUTE or SIGN_INS_PER_MINUTE."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in _SEARCHES:
            name, allowance = "search-requests", settings.SEARCHES_PER_MINUTE
        elif request.method == "POST" and request.path_info in _SIGN_INS:
            name, allowance = "sign-ins", settings.SIGN_INS_PER_MINUTE
        else:
            return get_response(request)
        if not allowance:
            return get_response(request)
        limit = request_limit(settings.DATA_DIR / name)
        wait = limit.count(client_network(request), allowance)
        if not wait:
            return get_response(request)
        response = failure(request, 429)
        response.headers["Retry-After"] = str(ceil(wait))
        return response

    return middleware
