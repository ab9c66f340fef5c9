import datetime
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.http import QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe

from decisions import gist, phrasing, search
from decisions.gist import Gist
from decisions.listing import Option
from decisions.models import Decision

register = template.Library()


@register.filter
def marked(body: str, text: str) -> SafeString:
    """`body` escaped, with the words of the query `text` marked."""
    return search.mark(text, body)


@register.filter
def day(date: datetime.date) -> str:
    """`20 April 2021`; Django's own `date` takes ten times as long. For times, which have a zone,
    it is the one to take."""
    return phrasing.day(date)


@register.filter
def gists(decision: Decision) -> list[Gist]:
    """Why a decision ended so, as a line in a list says it."""
    return gist.gists(decision)


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """What stands inside, without the space around it: `{% capture as title %}`."""
    return mark_safe(content.strip())  # noqa: S308


@register.simple_tag
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


@register.simple_tag
def option_boxes(name: str, options: Iterable[Option]) -> SafeString:
    """A check box for every option of a filter.

    Not a template: there may be 700 councils, and an include for each took three times as long.
    """
    return mark_safe("\n".join(_option_box(escape(name), option) for option in options))  # noqa: S308


def _option_box(name: str, option: Option) -> str:
    """Escaped by hand: Django's ways take ten times as long, and a page has 600 of these."""
    value, label = escape(option.value), escape(option.name)
    count = "" if option.count is None else f'<span class="n">{option.count:,}</span>'
    return (
        f'<label class="option"><input type="checkbox" name="{name}" value="{value}"'
        f' id="{name}-{value}"{" checked" if option.chosen else ""}>'
        f"<span>{label}</span>{count}</label>"
    )
