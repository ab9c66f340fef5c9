from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from decisions import search

register = template.Library()


@register.filter
def marked(body: str, text: str) -> SafeString:
    """`body` escaped, with the words of the query `text` marked."""
    return search.mark(text, body)


@register.simple_tag
def list_url(query: QueryDict | None = None, **changes: Any) -> str:
    """The address of the list of decisions that `query`, with these changes, asks for.

    The first page has no number.
    """
    asked = query.copy() if query else QueryDict(mutable=True)
    for name, value in changes.items():
        asked[name] = value
    if changes.get("page") == 1:
        del asked["page"]
    address = reverse("decisions:list")
    return f"{address}?{asked.urlencode(safe='/')}" if asked else address
