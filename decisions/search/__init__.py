"""The one door to the search: `search` a question, `tally` it, mark `excerpts`, find what is
`similar`, `catch_up` with changes.

    grammar (the reader's words) ─► query (the engine's) ─► asking (a page, its counts), tallies
    schema (a decision's entry) ─► index (writing) ─► generation (an index on disk) ─► proof
    following (who writes, and when; damage is mended)

Everything else in this package is behind it; nothing outside knows the engine.
"""

import logging
from collections.abc import Sequence

from decisions.search.aggregations import Aggregations, Payments, aggregate, payments_of
from decisions.search.corrections import Correction, corrections
from decisions.search.execute import ask, count_matches
from decisions.search.highlighting import Snippet, find_spans, snippets
from decisions.search.index.store import (
    IndexStore,
    IndexUnavailable,
    State,
    current,
    is_the_engines,
    query_index,
)
from decisions.search.index.sync import catch_up, follow, has_reached, mend, rebuild
from decisions.search.index.verify import Differences, Status, status, verify
from decisions.search.index.writer import database_state
from decisions.search.more_like_this import MoreLikeThis, find_similar, summary_words
from decisions.search.phrases import complete_phrase, phrases_of
from decisions.search.query_language import ParsedQuery, describe, parse, without_each_word
from decisions.search.search_query import (
    FACETS,
    PAGE_SIZE,
    PAGE_SIZES,
    YEAR,
    SearchQuery,
    SearchResults,
)
from decisions.search.term_matcher import Span

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "PAGE_SIZES",
    "YEAR",
    "Aggregations",
    "Correction",
    "Differences",
    "IndexStore",
    "IndexUnavailable",
    "MoreLikeThis",
    "ParsedQuery",
    "Payments",
    "SearchQuery",
    "SearchResults",
    "Snippet",
    "Span",
    "State",
    "Status",
    "aggregate",
    "catch_up",
    "complete_phrase",
    "count",
    "database_state",
    "describe",
    "find_similar",
    "find_spans",
    "follow",
    "has_reached",
    "parse",
    "payments_of",
    "phrases_of",
    "query_index",
    "rebuild",
    "search",
    "snippets",
    "status",
    "suggest_spellings",
    "summary_words",
    "verify",
    "without_each_word",
]

log = logging.getLogger(__name__)


def search(search_query: SearchQuery) -> SearchResults | None:
    """The ids of one page, the exact total and the facets.

    None while the index cannot answer; it is repaired in the background.
    """
    for _ in range(2):  # the second time, another index has just been put in place
        try:
            return ask(current(), search_query)
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
        except BaseException as error:
            if not is_the_engines(error):
                raise
            log.exception("The search index could not answer %s", search_query)
            break
    mend()
    return None


def count(questions: Sequence[SearchQuery]) -> list[int] | None:
    """How many decisions each would find, and nothing else; None where nobody can say."""
    return query_index(
        lambda store: [count_matches(store, search_query) for search_query in questions],
        default=None,
    )


def suggest_spellings(search_query: SearchQuery, search_results: SearchResults) -> list[Correction]:
    """Other spellings of the words that would find more, where few or no decisions were found."""
    if not search_results.from_index:
        return []
    return query_index(lambda store: corrections(store, search_query, search_results), default=[])
