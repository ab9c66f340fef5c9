"""The row of links on every list: the same decisions as a file, a feed, letters, data.

A new way to take decisions away is one more line in `list_links`.
"""

from typing import Any, NamedTuple

from django.http import QueryDict

from decisions.web.querystring import api_url, export_url, feed_url


class ListLink(NamedTuple):
    """A link to the decisions of a list in another form; `hint` says in which."""

    label: str
    address: str
    hint: str


def list_links(query: QueryDict | None = None, /, **changes: Any) -> list[ListLink]:
    """The links of the list that `query` with these changes finds, in the order of the row."""
    return [
        ListLink("Spreadsheet", export_url("xlsx", query, **changes), "All as an Excel workbook"),
        ListLink("CSV", export_url("csv", query, **changes), "All as comma-separated values"),
        ListLink("Feed", feed_url("atom", query, **changes), "New ones in a feed reader"),
        ListLink("API", api_url(query, **changes), "All as JSON, for programs"),
    ]
