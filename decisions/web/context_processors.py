"""Values that every template may use, whatever its view."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest

from decisions.web.seo import site_url


def site(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """`site_url` is scheme and host, which absolute addresses begin with.

    A function, called where a template asks: the error page of a request for a host that is not
    ours has no address to show.
    """
    return {"site_url": partial(site_url, request)}
