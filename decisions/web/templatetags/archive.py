"""Template tags and filters of this site; `{% load archive %}`."""

import datetime
from collections.abc import Iterable
from html import escape

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.urls import get_script_prefix
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from decisions.models import page_address
from decisions.web import law_titles, querystring, text_format
from decisions.web.glossary import TERMS
from decisions.web.highlight_markup import mark_words
from decisions.web.main_pages import main_pages
from decisions.web.presenters.decision_summary import summary_points
from decisions.web.presenters.facets import FacetOption
from decisions.web.presenters.list_links import alert_link, list_links
from decisions.web.presenters.result_articles import result_articles
from decisions.web.presenters.result_summary import facts
from decisions.web.presenters.search_results import YearOption

register = template.Library()
register.simple_tag(page_address)
register.simple_tag(querystring.chart_csv_url)
register.simple_tag(facts)
register.simple_tag(querystring.charts_url)
register.simple_tag(alert_link)
register.simple_tag(main_pages)
register.simple_tag(querystring.feed_url)
register.simple_tag(list_links)
register.simple_tag(querystring.list_url)
register.simple_tag(querystring.options_url)
register.simple_tag(querystring.quote_url)
register.simple_tag(result_articles)
register.simple_tag(summary_points)
register.filter(law_titles.label_with_title)
register.filter(law_titles.part_with_title)
register.filter(mark_words)
register.filter(text_format.shortened)


@register.simple_tag
def site_name() -> str:
    """The archive's name, also for error pages, which have no context."""
    name: str = settings.ARCHIVE_NAME
    return name


@register.simple_tag
def brand() -> SafeString:
    """The archive's name as the masthead shows it, with the last word in the accent colour."""
    first, space, last = settings.ARCHIVE_NAME.rpartition(" ")
    return format_html("{}{}<b>{}</b>", first, space, last)


class _Fixed(template.Node):
    """Renders what is inside once for each path that the site is mounted at."""

    child_nodelists = ()  # no block of a template is inside

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self._html: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        prefix = get_script_prefix()
        html = self._html.get(prefix)
        if html is None:
            html = self._html[prefix] = self.nodelist.render(context)
        return html


@register.tag
def fixed(parser: Parser, token: Token) -> _Fixed:
    """Part of a template that is the same in every page: `{% fixed %}…{% endfixed %}`.

    It may have addresses of pages and of static files, and no value of the context.
    """
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return _Fixed(nodelist)


@register.filter
def thousands(count: int | None) -> str:
    """`1,200`, as `intcomma` writes it, but faster; empty for None."""
    return "" if count is None else f"{count:,}"


@register.simple_tag
def count(number: int | None) -> SafeString:
    """A count beside a link, as `1,200`; nothing for None."""
    return mark_safe("" if number is None else f'<span class="n">{number:,}</span>')  # noqa: S308


@register.filter
def day(date: datetime.date) -> str:
    """`20 April 2021`, as `date:"j F Y"` writes it, but faster; only for dates without a time."""
    return text_format.day(date)


@register.filter
def month(date: datetime.date) -> str:
    """`April 2021`; only for dates without a time."""
    return text_format.month(date)


@register.simple_tag
def term(slug: str, text: str) -> SafeString:
    """A word as a link to its entry in the glossary. KeyError if the glossary lacks the term."""
    TERMS[slug]
    glossary = page_address("decisions:glossary")
    return mark_safe(f'<a class="term" href="{glossary}#{slug}">{conditional_escape(text)}</a>')  # noqa: S308


@register.simple_tag
def what_it_means(slug: str) -> SafeString:
    """A link to a term's entry in the glossary; nothing where the glossary lacks the term."""
    if slug not in TERMS:
        return SafeString("")
    name = TERMS[slug].name
    return term(slug, f"What “{name[0].lower()}{name[1:]}” means")


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """Store the content, without surrounding space, in a variable: `{% capture as title %}`."""
    return mark_safe(content.strip())  # noqa: S308


@register.simple_tag
def option_boxes(name: str, options: Iterable[FacetOption]) -> SafeString:
    """A check box for every option of a filter.

    This is not a template, because including one for each of 700 councils is slow.
    """
    return mark_safe("\n".join(_option_box(escape(name), option) for option in options))  # noqa: S308


@register.simple_tag
def year_links(years: Iterable[YearOption]) -> SafeString:
    """A list item for every year: a link with a bar and the count. Not a template, as above."""
    return mark_safe("\n".join(map(_year_link, years)))  # noqa: S308


def _year_link(year: YearOption) -> str:
    current = ' aria-current="true"' if year.chosen else ""
    unit = "decision" if year.count == 1 else "decisions"
    return (
        f'<li><a id="year-{year.label}" href="{escape(querystring.list_url(year.query))}"'
        f"{current}><span>{year.label}</span>"
        f'<svg class="bar" aria-hidden="true"><rect width="{year.percent}%" height="100%"/></svg>'
        f'<span class="n">{year.count:,}<span class="visually-hidden"> {unit}</span></span>'
        "</a></li>"
    )


def _option_box(name: str, option: FacetOption) -> str:
    """Escaped by `html.escape`, because Django's `format_html` is slow for so many options."""
    value, label = escape(option.value), escape(option.label)
    count = "" if option.count is None else f'<span class="n">{option.count:,}</span>'
    return (
        f'<label class="option"><input type="checkbox" name="{name}" value="{value}"'
        f' id="{name}-{value}"{" checked" if option.chosen else ""}>'
        f"<span>{label}</span>{count}</label>"
    )
