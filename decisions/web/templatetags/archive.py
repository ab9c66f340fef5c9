"""Template tags and filters of this site; `{% load archive %}`."""

import datetime

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
from decisions.web.presenters.answer_sections import answer_sections
from decisions.web.presenters.decision_summary import summary_points
from decisions.web.presenters.facet_fields import facet_fields, option_boxes, option_filter
from decisions.web.presenters.list_links import alert_link, list_links_row
from decisions.web.presenters.range_fields import range_fields
from decisions.web.presenters.result_articles import result_articles
from decisions.web.presenters.result_links import page_links, size_links, sort_links
from decisions.web.presenters.result_summary import facts
from decisions.web.presenters.search_results import SearchResultsPage

register = template.Library()
register.simple_tag(answer_sections)
register.simple_tag(page_address)
register.simple_tag(querystring.chart_csv_url)
register.simple_tag(facet_fields)
register.simple_tag(facts)
register.simple_tag(querystring.charts_url)
register.simple_tag(alert_link)
register.simple_tag(main_pages)
register.simple_tag(querystring.feed_url)
register.simple_tag(list_links_row)
register.simple_tag(querystring.list_url)
register.simple_tag(option_boxes)
register.simple_tag(option_filter)
register.simple_tag(page_links)
register.simple_tag(querystring.quote_url)
register.simple_tag(range_fields)
register.simple_tag(result_articles)
register.simple_tag(size_links)
register.simple_tag(sort_links)
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


@register.simple_tag
def filter_count(page: SearchResultsPage) -> SafeString:
    """What opens the filters on a phone, with how many are chosen."""
    chosen = f' <span class="n">{len(page.chips)} chosen</span>' if page.chips else ""
    return mark_safe(f"Filters{chosen}")  # noqa: S308


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
