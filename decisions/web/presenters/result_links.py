"""The links of a list to its other orders, page sizes and pages, as HTML.

These are not templates, because a page has up to twenty of them.
"""

from collections.abc import Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.querystring import list_url


def sort_links(page: SearchResultsPage, sorts: Mapping[str, str]) -> SafeString:
    """A link for each order; `sorts` has their labels."""
    links = [
        _choice(label, list_url(page.query, sort=sort), sort == page.sort)
        for sort, label in sorts.items()
    ]
    return mark_safe("".join(links))  # noqa: S308


def size_links(page: SearchResultsPage) -> SafeString:
    """A link for each page size."""
    links = [
        _choice(
            str(option.size),
            list_url(option.query, page=option.page),
            option.size == page.search_query.size,
        )
        for option in page.page_sizes
    ]
    return mark_safe("".join(links))  # noqa: S308


def page_links(page: SearchResultsPage) -> SafeString:
    """A list item for the page before this one, for each page that is linked, and for the next."""
    here = page.search_query.page
    items = [_page_item(page, number) for number in page.pages]
    if here > 1:
        address = escape(list_url(page.query, page=here - 1))
        items.insert(0, f'<li><a rel="prev" href="{address}">Previous</a></li>')
    if here < page.last_page:
        address = escape(list_url(page.query, page=here + 1))
        items.append(f'<li><a rel="next" href="{address}">Next</a></li>')
    return mark_safe("\n".join(items))  # noqa: S308


def _choice(label: str, address: str, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a href="{escape(address)}"{current}>{label}</a>'


def _page_item(page: SearchResultsPage, number: int | str) -> str:
    if not isinstance(number, int):
        return f'<li class="gap">{number}</li>'
    current = 'aria-current="page" ' if number == page.search_query.page else ""
    address = escape(list_url(page.query, page=number))
    label = f'<span class="visually-hidden">Page </span>{number:,}'
    return f'<li><a {current}href="{address}">{label}</a></li>'
