"""`/metrics`, for Prometheus: of requests, added up over all worker processes, and of the archive.

gunicorn's workers keep their numbers in files below PROMETHEUS_MULTIPROC_DIR, which
`runtime/gunicorn.py` sets; without it, they are those of this process alone.
"""

import hmac
import ipaddress
import os
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ombudsman.observability.figures import Figure, figures

# Upper limits of the histogram's buckets, in seconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("archive_requests", "Requests answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "archive_request_seconds", "Seconds until an answer begins.", ["view"], buckets=_BUCKETS
)
SEARCHES = Counter(
    "archive_searches", "Searches: for a phrase, words, by filters alone, or all.", ["view", "kind"]
)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers, for who has METRICS_TOKEN or asks from METRICS_NETWORKS; else 403."""
    if not _may_see(request):
        return HttpResponse("Metrics are not public.\n", status=403, content_type="text/plain")
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        numbers = generate_latest(registry)
    else:
        numbers = generate_latest(REGISTRY)
    of_archive = CollectorRegistry()
    of_archive.register(_Archive(figures()))
    return HttpResponse(numbers + generate_latest(of_archive), content_type=CONTENT_TYPE_LATEST)


class _Archive(Collector):
    """The figures of the archive, as Prometheus has them."""

    def __init__(self, found: list[Figure]) -> None:
        self._figures = found

    def collect(self) -> Iterator[Metric]:
        """One gauge for each figure."""
        for figure in self._figures:
            family = GaugeMetricFamily(figure.name, figure.description, labels=figure.labels)
            for labels, value in figure.values.items():
                family.add_metric(labels, value)
            yield family


def _may_see(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and kind.lower() == "bearer":
        return hmac.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    # A proxy passes on what visitors ask, so the address that it has itself proves nothing.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(peer in ipaddress.ip_network(network) for network in settings.METRICS_NETWORKS)
