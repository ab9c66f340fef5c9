"""Compresses pages, and sets the headers that every response has."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from decisions.web.seo import robots_directive

# What no page of this site does, so that no script in it can either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "magnetometer",
        "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial",
        "usb", "web-share", "xr-spatial-tracking",
    )
)  # fmt: skip


class CompressPages(GZipMiddleware):
    """Compress what is not sent in ranges: those are parts of the file as it is."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the response, if its client accepts that."""
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


GetResponse = Callable[[HttpRequest], HttpResponseBase]


def robots_header(get_response: GetResponse) -> GetResponse:
    """Set X-Robots-Tag on every response, files and errors included.

    Only a page that its view calls indexable may be listed. A redirect has nothing to list.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_redirect = 300 <= response.status_code < 400
        if directive := robots_directive(is_redirect or getattr(response, "indexable", False)):
            response.headers["X-Robots-Tag"] = directive
        return response

    return middleware


def security_headers(get_response: GetResponse) -> GetResponse:
    """Set the headers of every response that Django and its packages do not set.

    Other sites may load only what is for them: what has a CORS header. No cache keeps a page of
    the admin, nor does a browser.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_for_all = "Access-Control-Allow-Origin" in response.headers
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if is_for_all else "same-origin"
        )
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "private, no-store"
        if request.path_info == "/admin/logout/":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return middleware
