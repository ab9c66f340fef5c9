"""The row of links on every list: the same decisions as a file, a feed, letters, data.

A new way to take decisions away is one more line in `list_links`.
"""

from typing import Any, NamedTuple

from django.http import QueryDict

from decisions import alerts
from decisions.web.querystring import alert_url, export_url


class ListLink(NamedTuple):
    """A link to the decisions of a list in another form; `hint` says in which."""

    label: str
    address: str
    hint: str


def list_links(query: QueryDict | None = None, /, **changes: Any) -> list[ListLink]:
    """The links of the list that `query` with these changes finds, in the order of the row."""
    links = [
        ListLink("Spreadsheet", export_url("xlsx", query, **changes), "All as an Excel workbook"),
        ListLink("CSV", export_url("csv", query, **changes), "All as comma-separated values"),
    ]
    alert = alert_link(query, **changes)
    return [*links, alert] if alert else links


def alert_link(query: QueryDict | None = None, /, **changes: Any) -> ListLink | None:
    """The link to the form for an e-mail alert on this list; None where the archive has no mail."""
    if not alerts.emails_are_offered():
        return None
    return ListLink("E-mail alert", alert_url(query, **changes), "New decisions by e-mail")
