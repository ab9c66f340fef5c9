"""The one place that makes addresses of the list of decisions and of its charts."""

import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import get_script_prefix, reverse

from decisions.search import FACETS, PAGE_SIZE, SearchQuery


def to_querydict(search_query: SearchQuery) -> QueryDict:
    """The parameters that ask this question, without its page and without empty ones."""
    query = QueryDict(mutable=True)
    if search_query.text:
        query["q"] = search_query.text
    for name in FACETS:
        if values := search_query.terms.get(name):
            query.setlist(name, list(values))
    for name in ("date_from", "date_to"):
        day: datetime.date | None = getattr(search_query, name)
        if day:
            query[name] = day.isoformat()
    for name in ("payment_min", "payment_max"):
        pounds: int | None = getattr(search_query, name)
        if pounds is not None:
            query[name] = str(pounds)
    if search_query.standard:
        query["standard"] = "true"
    if search_query.sort != "relevance":
        query["sort"] = search_query.sort
    if search_query.size != PAGE_SIZE:
        query["size"] = str(search_query.size)
    return query


def list_url(query: QueryDict | None = None, **changes: Any) -> str:
    """The address of the list of decisions that `query`, with these changes, asks for.

    The first page has no number.
    """
    # Not by a copy of the QueryDict: a page has 60 of these addresses.
    asked = {**dict(query.lists() if query else ()), **changes}
    if asked.get("page") == 1:
        del asked["page"]
    address = _list_address(get_script_prefix())
    parameters = urlencode(asked, doseq=True, safe="/", quote_via=quote)
    return f"{address}?{parameters}" if asked else address


@cache
def _list_address(script_prefix: str) -> str:
    """Looked up once for each place that the archive may be mounted at."""
    return reverse("decisions:list")
