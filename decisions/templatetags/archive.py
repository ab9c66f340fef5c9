from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.glance import pounds
from decisions.listing import Option

register = template.Library()


@register.filter
def marked(body: str, text: str) -> SafeString:
    """`body` escaped, with the words of the query `text` marked."""
    return search.mark(text, body)


@register.filter
def reason_label(code: str) -> str:
    """A closure reason as readers know it."""
    return REASONS[code].label if code in REASONS else "Reason not stated"


@register.filter
def in_pounds(pence: int | None) -> str:
    return pounds(pence) if pence else ""


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


_CHECKED = mark_safe(" checked")


@register.simple_tag
def option_boxes(name: str, options: Iterable[Option]) -> SafeString:
    """A check box for every option of a filter.

    Not a template: there may be 700 councils, and an include for each took three times as long.
    """
    return format_html_join(
        "\n",
        '<label class="option"><input type="checkbox" name="{}" value="{}" id="{}-{}"{}>'
        "<span>{}</span>{}</label>",
        (
            (
                name,
                option.value,
                name,
                option.value,
                _CHECKED if option.chosen else "",
                option.name,
                "" if option.count is None else _count(option.count),
            )
            for option in options
        ),
    )


def _count(count: int) -> SafeString:
    return format_html('<span class="n">{}</span>', intcomma(count))
