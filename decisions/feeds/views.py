"""The two feeds of a search. A reader that asks again for what has not changed costs one query."""

import json
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from decisions.feeds import atom
from decisions.feeds import json_feed as json_format
from decisions.feeds.page import FeedPage, feed_page
from decisions.models import Decision
from decisions.search import InvalidCursor
from decisions.web import results
from decisions.web.filters import DecisionFilterSet
from decisions.web.responses import mark_unavailable
from decisions.web.revalidation import validators
from decisions.web.seo import site_url

# Decisions on one page of a feed.
SIZE = 50


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponseBase:
    """A page of a search's feed as Atom."""
    return _respond(request, "atom", atom.MEDIA_TYPE, atom.atom)


@require_safe
def json_feed(request: HttpRequest) -> HttpResponseBase:
    """A page of a search's feed as JSON Feed."""
    return _respond(request, "json", json_format.MEDIA_TYPE, _json_text)


def _json_text(page: FeedPage) -> str:
    return json.dumps(json_format.json_feed(page), ensure_ascii=False)


def _respond(
    request: HttpRequest, kind: str, media_type: str, write: Callable[[FeedPage], str]
) -> HttpResponseBase:
    """The page behind the cursor in the parameter `after`.

    A filter that the archive does not have is an error: to ignore it would send a reader every
    decision there is.
    """
    filterset = DecisionFilterSet(request.GET)
    if filterset.problems:
        return _failure(400, " ".join(filterset.problems))
    current = validators(request)
    if (not_modified := current.not_modified(request)) is not None:
        return not_modified
    search_query = replace(filterset.search_query, sort="imported", exact=True, page=1, size=SIZE)
    after = request.GET.get("after", "")
    try:
        batch = results.batch(search_query, after, SIZE)
    except InvalidCursor as error:
        return _failure(400, str(error))
    except results.WordsNotSearchable as error:
        return mark_unavailable(_failure(503, str(error)))
    page = feed_page(
        kind,
        search_query,
        Decision.objects.published().for_export().by_ids(batch.ids),
        site_url(request),
        filterset.labels,
        after=after,
        following=batch.after,
    )
    response = HttpResponse(write(page), content_type=f"{media_type}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    current.set_on(response)
    return response


def _failure(status: int, message: str) -> HttpResponse:
    return HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
