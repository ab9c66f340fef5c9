"""What is said on every response."""

from decisions.web.seo import robots


def ask_search_engines(get_response):
    """Say on every response, pages and files alike, what is asked of search engines."""

    def middleware(request):
        response = get_response(request)
        if word := robots(request, response.status_code):
            response.headers["X-Robots-Tag"] = word
        return response

    return middleware
