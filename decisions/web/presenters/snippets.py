"""The paragraphs that a list shows of a decision, with their matches marked."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from decisions import search
from decisions.web.highlight_markup import mark_spans


@dataclass(frozen=True)
class RenderedSnippet:
    """A paragraph that matches, with its matches marked, and its anchor on the decision's page.

    The text of its link is the paragraph's `number`, or `heading` if `number` is None.
    """

    anchor: str
    number: int | None
    heading: str
    html: SafeString

    @property
    def has_long_label(self) -> bool:
        """Whether the text of the link is a section's heading."""
        return self.number is None and self.anchor != "summary"


def render_snippet(snippet: search.Snippet) -> RenderedSnippet:
    """The snippet with its anchor on the decision's page."""
    html = mark_spans(snippet.text, snippet.spans)
    if snippet.section is None:
        return RenderedSnippet("summary", None, "Summary", html)
    if snippet.number is None:
        anchor = f"section-{snippet.section + 1}"
        return RenderedSnippet(anchor, None, snippet.heading or "Text", html)
    return RenderedSnippet(f"para-{snippet.number}", snippet.number, snippet.heading, html)
