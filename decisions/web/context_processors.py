"""Values that every template can use."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest

from decisions.web.seo import site_url


def site(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Provide `site_url`: scheme and host, which absolute addresses start with.

    It is a function that only templates which need it call, because it fails in the error page of
    a request for a host that is not ours.
    """
    return {"site_url": partial(site_url, request)}
