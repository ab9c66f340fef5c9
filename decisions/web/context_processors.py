"""Values that every template may use, whatever its view."""

from django.http import HttpRequest

from decisions.web.seo import site_url


def site(request: HttpRequest) -> dict[str, str]:
    """`site_url` is scheme and host, which absolute addresses begin with."""
    return {"site_url": site_url(request)}
