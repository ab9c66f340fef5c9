"""What is said on every response."""

from django.conf import settings


def keep_search_engines_away(get_response):
    """Ask search engines to list nothing, until SEARCH_ENGINES_MAY_INDEX says otherwise."""

    def middleware(request):
        response = get_response(request)
        if not settings.SEARCH_ENGINES_MAY_INDEX:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
