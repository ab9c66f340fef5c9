"""Full-text search: the only entry point to the search index and its engine.

In: a SearchQuery, a query's text, or a decision. Out: SearchResults (ids, total, facets), batches
of all ids, Aggregations, the new decisions that a saved search finds, spans and snippets as plain
text, spelling corrections, similar decisions, decisions that may hold quoted words.
It may read PostgreSQL, and read and write INDEX_DIR. It writes nothing to PostgreSQL and makes no
HTML and no URLs. Other rooms import this package; only tests import its modules.
"""

import logging
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from decisions.search.aggregations import (
    Aggregations,
    Payments,
    aggregate,
    payments_of,
    recommended_payments,
)
from decisions.search.analyzers import stems_of, words_of
from decisions.search.batches import Batch, Cursor, InvalidCursor, all_ids, batch
from decisions.search.execution import count_matches, execute
from decisions.search.fillers import FILLERS
from decisions.search.highlighting import Snippet, find_spans, snippets
from decisions.search.index.lost_pages import reading
from decisions.search.index.store import (
    IndexStore,
    IndexUnavailable,
    State,
    current,
    is_engine_failure,
    query_index,
)
from decisions.search.index.sync import catch_up, follow, has_reached, purge, rebuild, repair
from decisions.search.index.verify import Differences, Status, status, verify
from decisions.search.index.writer import database_state
from decisions.search.more_like_this import MoreLikeThis, find_similar
from decisions.search.percolator import Percolator
from decisions.search.phrases import complete_phrase, phrases_of
from decisions.search.query_language import ParsedQuery, parse, quote, without_each_word
from decisions.search.query_nodes import describe
from decisions.search.quoted_words import QuotedWords, find_quoted, find_resembling
from decisions.search.relaxation import closest, named_by
from decisions.search.search_query import (
    FACETS,
    PAGE_SIZE,
    PAGE_SIZES,
    YEAR,
    SearchQuery,
    SearchResults,
)
from decisions.search.spelling import Correction, corrections
from decisions.search.term_matcher import Span
from decisions.search.thesaurus import names_for

__all__ = [
    "FACETS",
    "FILLERS",
    "PAGE_SIZE",
    "PAGE_SIZES",
    "YEAR",
    "Aggregations",
    "Batch",
    "Correction",
    "Cursor",
    "Differences",
    "IndexStore",
    "IndexUnavailable",
    "InvalidCursor",
    "MoreLikeThis",
    "ParsedQuery",
    "Payments",
    "Percolator",
    "QuotedWords",
    "SearchQuery",
    "SearchResults",
    "Snippet",
    "Span",
    "State",
    "Status",
    "aggregate",
    "batch_of_ids",
    "catch_up",
    "closest",
    "complete_phrase",
    "count",
    "database_state",
    "describe",
    "find_quoted",
    "find_resembling",
    "find_similar",
    "find_spans",
    "follow",
    "has_reached",
    "index_version",
    "iterate",
    "named_by",
    "names_for",
    "parse",
    "payments_of",
    "phrases_of",
    "purge",
    "query_index",
    "quote",
    "rebuild",
    "recommended_payments",
    "search",
    "snippets",
    "status",
    "stems_of",
    "suggest_spellings",
    "verify",
    "without_each_word",
    "words_of",
]

log = logging.getLogger(__name__)


def search(search_query: SearchQuery) -> SearchResults | None:
    """One page of ids, the exact total and the facets.

    None while the index is unavailable; it is then repaired in the background.
    """
    for _ in range(2):  # the second attempt finds an index that has just replaced the first
        try:
            with reading():
                return execute(current(), search_query)
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
        except BaseException as error:
            if not is_engine_failure(error):
                raise
            # Not its message: that, like the query, would quote a reader.
            log.error("The search index could not answer: %s", type(error).__name__)
            break
    repair()
    return None


def count(search_queries: Sequence[SearchQuery]) -> list[int] | None:
    """How many decisions each query finds; None where the index is unavailable."""
    return query_index(
        lambda store: [count_matches(store, search_query) for search_query in search_queries],
        default=None,
    )


def batch_of_ids(search_query: SearchQuery, after: str, size: int) -> Batch | None:
    """Up to `size` ids of the list behind the cursor `after`, or from its start if that is "".

    None where the index is unavailable. Raises InvalidCursor.
    """
    return query_index(lambda store: batch(store, search_query, after, size), default=None)


def iterate(search_query: SearchQuery, size: int) -> Iterator[list[int]] | None:
    """The ids of all decisions that the list has on all its pages, in lists of up to `size`.

    There is no ceiling. Later changes of the index make no difference to what is still to come.
    None where the index is unavailable; a failure after the first ids is raised.
    """

    def begin(store: IndexStore) -> Iterator[list[int]]:
        ids = _read_all(all_ids(store, search_query, size))
        first = next(ids, None)
        return iter(()) if first is None else chain([first], ids)

    return query_index(begin, default=None)


def _read_all(batches: Iterator[list[int]]) -> Iterator[list[int]]:
    while True:
        with reading():
            ids = next(batches, None)
        if ids is None:
            return
        yield ids


def index_version() -> tuple[str, int] | None:
    """The name of the index, and the number of the last change that it holds.

    None where the index is unavailable. An index that is built anew has a new name. The number is
    read once a commit, so that asking again costs no search.
    """
    return query_index(
        lambda store: (store.path.name, _change_at(store, store.commit())), default=None
    )


@lru_cache(maxsize=1)
def _change_at(store: IndexStore, commit: Hashable) -> int:
    return store.state().change


def suggest_spellings(search_query: SearchQuery, search_results: SearchResults) -> list[Correction]:
    """Other spellings of the words that find more decisions, where few or none were found."""
    if not search_results.from_index:
        return []
    return query_index(lambda store: corrections(store, search_query, search_results), default=[])
