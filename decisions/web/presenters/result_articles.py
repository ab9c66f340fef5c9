"""The results of a list as HTML.

This is not a template, because a page has twenty to a hundred of them: as a template, they took a
tenth of its time.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from decisions.models import Decision
from decisions.web.highlight_markup import mark_words
from decisions.web.presenters.result_summary import facts
from decisions.web.presenters.search_results import SearchResult
from decisions.web.presenters.snippets import RenderedSnippet

MAX_SUMMARY_WORDS = 60  # most words of a summary where no paragraph is shown


def result_articles(
    results: Iterable[SearchResult], words: str, by_category: bool = False, by_subject: bool = False
) -> SafeString:
    """Each result with its facts, and the paragraphs that match or else its summary.

    `words` are marked in the summary. A result is headed by its subject or its council; a list
    `by_category` names neither again.
    """
    articles = [_article(result, words, by_category, by_subject) for result in results]
    return mark_safe("\n".join(articles))  # noqa: S308


def _article(result: SearchResult, words: str, by_category: bool, by_subject: bool) -> str:
    decision, url = result.decision, escape(result.url)
    if by_subject:
        heading = str(decision.category or "Category not stated")
    else:
        heading = str(decision.council or "Council not stated")
    paragraphs = [_paragraph(snippet, url) for snippet in result.snippets]
    return "\n".join(
        (
            f'<article class="result"><h2><a href="{url}">{escape(heading)}</a></h2>',
            facts(decision, by_category, by_subject),
            *(paragraphs or _summary(decision, words)),
            "</article>",
        )
    )


def _paragraph(snippet: RenderedSnippet, url: str) -> str:
    stacked = " snippet-stacked" if snippet.has_long_label else ""
    attributes, label = "", escape(snippet.heading)
    if snippet.number:
        attributes, label = f' aria-label="Paragraph {snippet.number}"', f"¶ {snippet.number}"
    return (
        f'<p class="snippet{stacked}"><a class="num" href="{url}#{snippet.anchor}"{attributes}>'
        f"{label}</a><span>{snippet.html}</span></p>"
    )


def _summary(decision: Decision, words: str) -> list[str]:
    if not decision.summary:
        return []
    beginning = Truncator(decision.summary).words(MAX_SUMMARY_WORDS, truncate=" …")
    return [
        '<p class="snippet"><span class="label">Summary:</span>'
        f" <span>{mark_words(beginning, words)}</span></p>"
    ]
