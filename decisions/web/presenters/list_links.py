"""The row of links on every list: the same decisions as files, feed, e-mail alert and API.

A new form of a list is one more line in `list_links`.
"""

from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from decisions import alerts
from decisions.search import SearchQuery
from decisions.web.querystring import alert_url, api_url, export_url, feed_url


class ListLink(NamedTuple):
    """A link to the decisions of a list in another form; `hint` says in which."""

    label: str
    address: str
    hint: str


def list_links(search_query: SearchQuery | None = None, /, **terms: str) -> list[ListLink]:
    """The links of the list that a search finds, in the order of the row.

    `terms` is a search by one value of each.
    """
    workbook = export_url("xlsx", search_query, **terms)
    links = [
        ListLink("Spreadsheet", workbook, "All as an Excel workbook"),
        ListLink("CSV", export_url("csv", search_query, **terms), "All as comma-separated values"),
        ListLink("Feed", feed_url("atom", search_query, **terms), "New ones in your feed reader"),
        alert_link(search_query, **terms),
        ListLink("API", api_url(search_query, **terms), "As JSON for programs"),
    ]
    return [link for link in links if link]


def list_links_row(search_query: SearchQuery | None = None, /, **terms: str) -> SafeString:
    """The row of these links as HTML, which is no template because it is on every list."""
    links = "".join(
        [
            f'<a href="{escape(link.address)}" title="{link.hint}">{link.label}</a>'
            for link in list_links(search_query, **terms)
        ]
    )
    return mark_safe(  # noqa: S308
        '<nav class="choices list-links" aria-label="Get these decisions as">\n'
        f'<span class="quiet" aria-hidden="true">Get these as</span>\n{links}\n</nav>'
    )


def alert_link(search_query: SearchQuery | None = None, /, **terms: str) -> ListLink | None:
    """The link to the form for an e-mail alert on this list; None where the archive has no mail."""
    if not alerts.emails_are_offered():
        return None
    return ListLink("E-mail alert", alert_url(search_query, **terms), "New decisions by e-mail")
