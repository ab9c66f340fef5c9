"""Measures each request, and logs it where logs are JSON: by its view, never by its address."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ombudsman.observability import metrics

log = logging.getLogger("archive.requests")

_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}

# Views that search, by the names of their addresses.
_SEARCHES = {
    "decisions:list",
    "decisions:charts",
    "exports:list",
    "feeds:atom",
    "feeds:json",
    "api:decisions",
    "api:facets",
    "api:paragraphs",
}

# Parameters that neither search nor filter.
_OTHER_PARAMETERS = {"q", "sort", "page", "size", "after", "fields", "opened"}


def measure_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count the request and its time; a middleware. The time of a stream ends where it begins."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - started
        view = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in _METHODS else "other"
        metrics.REQUESTS.labels(view, method, response.status_code).inc()
        metrics.SECONDS.labels(view).observe(seconds)
        if view in _SEARCHES:
            metrics.SEARCHES.labels(view, _kind_of_search(request)).inc()
        if settings.LOG_FORMAT == "json":
            about = {
                "view": view,
                "method": method,
                "status": response.status_code,
                "milliseconds": round(1000 * seconds, 1),
            }
            log.info("request", extra=about)
        return response

    return middleware


def _kind_of_search(request: HttpRequest) -> str:
    words = request.GET.get("q", "").strip()
    if '"' in words or "“" in words:
        return "phrase"
    if words:
        return "words"
    return "filters" if request.GET.keys() - _OTHER_PARAMETERS else "all"
