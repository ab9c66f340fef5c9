"""Marks spans of a text: text and spans go in, escaped HTML comes out."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions import search


def mark_spans(
    text: str, spans: Sequence[search.Span], start: int = 0, end: int | None = None
) -> SafeString:
    """`text[start:end]` escaped, with the spans inside it as `<mark>` elements.

    Spans are positions in `text`, in order and without overlaps. A span that crosses `start` or
    `end` is marked only between them.
    """
    # Built without `format_html`, which is slow: a page calls this for every text.
    end = len(text) if end is None else end
    if not spans:
        return mark_safe(escape(text[start:end]))  # noqa: S308
    parts = []
    position = start
    for first, last in spans:
        first, last = max(first, position), min(last, end)
        if first < last:
            parts.append(escape(text[position:first]))
            parts.append(f"<mark>{escape(text[first:last])}</mark>")
            position = last
    parts.append(escape(text[position:end]))
    return mark_safe("".join(parts))  # noqa: S308


def mark_words(text: str, query: str) -> SafeString:
    """`text` escaped, with the words that match `query` marked."""
    return mark_spans(text, search.find_spans(query, text))
