"""Says whether a form was sent from a page of this site.

Django's own protection needs a cookie, and readers get none.
"""

from django.conf import settings
from django.http import HttpRequest

from decisions.web.seo import site_url


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether a browser sent this form from a page of this site, as far as it says so.

    Browsers say it in Sec-Fetch-Site; those from before 2023 name the page's site in Origin.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    ours = {
        site_url(request),
        f"{request.scheme}://{request.get_host()}",
        *settings.CSRF_TRUSTED_ORIGINS,
    }
    origin = request.headers.get("Origin")
    return origin is None or origin in ours
