"""A decision's paragraphs on its admin page: a table without a form.

It is not an inline, because an inline's form cannot handle a composite primary key.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions.models import Paragraph


def paragraph_table(paragraphs: Iterable[Paragraph]) -> SafeString:
    """A table with one row for each paragraph; its lists follow its own text."""
    rows = (
        (
            paragraph.heading or "",
            "" if paragraph.number is None else paragraph.number,
            paragraph.text,
            _list(paragraph.items),
            "Yes" if paragraph.is_standard else "",
        )
        for paragraph in paragraphs
    )
    return format_html(
        "<table><thead><tr><th>Heading</th><th>Number</th><th>Text</th><th>Standard paragraph</th>"
        "</tr></thead><tbody>{}</tbody></table>",
        format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>", rows),
    )


def _list(items: list[dict[str, Any]]) -> SafeString:
    if not items:
        return SafeString()
    entries = (
        (f"{item['label']}) " if item["label"] else "", item["text"], _list(item["items"]))
        for item in items
    )
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}{}</li>", entries))
