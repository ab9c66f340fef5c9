import datetime
from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from decisions.models import Decision
from decisions.web import text_format
from decisions.web.highlight_markup import mark_words
from decisions.web.presenters import result_summary
from decisions.web.presenters.result_summary import SummaryLine
from decisions.web.presenters.search_results import Option
from decisions.web.querystring import list_url

register = template.Library()
register.simple_tag(list_url)


@register.filter
def marked(body: str, text: str) -> SafeString:
    """`body` escaped, with the words of the query `text` marked."""
    return mark_words(body, text)


@register.filter
def day(date: datetime.date) -> str:
    """`20 April 2021`; Django's own `date` takes ten times as long. For times, which have a zone,
    it is the one to take."""
    return text_format.day(date)


@register.filter
def summary_lines(decision: Decision) -> list[SummaryLine]:
    """Why a decision ended so, as a line in a list says it."""
    return result_summary.summary_lines(decision)


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """What stands inside, without the space around it: `{% capture as title %}`."""
    return mark_safe(content.strip())  # noqa: S308


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
