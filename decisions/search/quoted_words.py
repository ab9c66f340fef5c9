"""Finds the decisions that may hold quoted words, standard wording included.

The index finds words in any form ("delays", "delayed") and knows no punctuation: who needs the
very words compares the text of what is found here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Occur, Order, Query, Schema, Searcher

from decisions.search.analyzers import stems_of
from decisions.search.index.store import IndexStore, query_index
from decisions.search.page_ids import ids_of

# The fields that hold all of a decision's text.
_FIELDS = ("everything", "standard")

# Words of a run that is looked for as a phrase, and most runs of one quotation: longer phrases take
# longer, and what a few rare runs find is compared in any case.
RUN_WORDS = 8
MAX_RUNS = 4

# The same for what resembles a quotation: a run is lost with each word that differs in it. Shorter
# runs are in too many decisions.
RESEMBLING_RUN_WORDS = 4
MAX_RESEMBLING_RUNS = 8

# Most words of a passage of which every three words in a row are a run: one word that differs would
# leave no longer run.
SHORT_PASSAGE = 9
_SHORT_RUN_WORDS = 3


_MISS = re.compile(r"\bmiss\b", re.IGNORECASE)


@dataclass(frozen=True)
class QuotedWords:
    """Decisions that hold the words in any form: the newest ids, and how many there are."""

    ids: list[int]
    total: int


def find_quoted(passages: Sequence[str], limit: int) -> QuotedWords | None:
    """The newest decisions that hold each passage, its words next to each other in any form.

    None where the index is unavailable.
    """
    return query_index(lambda store: _find_quoted(store, passages, limit), default=None)


def find_resembling(passages: Sequence[str], limit: int) -> list[int] | None:
    """The ids of the decisions that hold most runs of words of the passages, the best first.

    None where the index is unavailable.
    """
    return query_index(lambda store: _find_resembling(store, passages, limit), default=None)


def _find_quoted(store: IndexStore, passages: Sequence[str], limit: int) -> QuotedWords:
    searcher, schema = store.searcher(), store.schema
    runs = {run for stems in _stems(passages) for run in _runs(stems, RUN_WORDS, RUN_WORDS)}
    rarest = _rarest(searcher, runs, MAX_RUNS)
    if not rarest:
        return QuotedWords([], 0)
    query = Query.boolean_query([(Occur.Must, _phrase(schema, run)) for run in rarest])
    result: Any = searcher.search(query, limit, order_by_field="newest", order=Order.Desc)
    return QuotedWords(ids_of(searcher, result), int(result.count))


def _find_resembling(store: IndexStore, passages: Sequence[str], limit: int) -> list[int]:
    searcher, schema = store.searcher(), store.schema
    runs = {run for stems in _stems(passages) for run in _overlapping_runs(stems)}
    rarest = _rarest(searcher, runs, MAX_RESEMBLING_RUNS)
    if not rarest:
        return []
    # Every run counts the same, however rare: the decision quoted has most of them.
    counted = (Query.const_score_query(_phrase(schema, run), 1.0) for run in rarest)
    query = Query.boolean_query([(Occur.Should, run) for run in counted])
    return ids_of(searcher, searcher.search(query, limit, count=False))


def _stems(passages: Iterable[str]) -> Iterator[list[str]]:
    """The stems of the passages, which end at "miss".

    Whether that is a title depends on capitals (`analyzers.MISS`), and a quotation may have others.
    """
    for passage in passages:
        yield from map(stems_of, _MISS.split(passage))


def _runs(stems: list[str], size: int, step: int) -> Iterator[tuple[str, ...]]:
    """Runs of `size` stems that begin every `step` stems, and one at the end; all, if shorter."""
    last = max(0, len(stems) - size)
    for start in dict.fromkeys((*range(0, last, step), last)):
        yield tuple(stems[start : start + size])


def _overlapping_runs(stems: list[str]) -> Iterator[tuple[str, ...]]:
    if len(stems) <= SHORT_PASSAGE:
        return _runs(stems, _SHORT_RUN_WORDS, 1)
    return _runs(stems, RESEMBLING_RUN_WORDS, RESEMBLING_RUN_WORDS // 2)


def _rarest(
    searcher: Searcher, runs: Iterable[tuple[str, ...]], limit: int
) -> list[tuple[str, ...]]:
    """Up to `limit` runs: those of several words whose rarest word is in the fewest decisions."""

    def frequency(run: tuple[str, ...]) -> tuple[bool, int, tuple[str, ...]]:
        rarest = min(sum(searcher.doc_freq(name, stem) for name in _FIELDS) for stem in run)
        return len(run) < _SHORT_RUN_WORDS, rarest, run

    return sorted(filter(None, runs), key=frequency)[:limit]


def _phrase(schema: Schema, stems: Sequence[str]) -> Query:
    """Matches the stems next to each other in one of the fields."""
    queries = [
        Query.phrase_query(schema, name, [*stems])
        if len(stems) > 1
        else Query.term_query(schema, name, stems[0])
        for name in _FIELDS
    ]
    return Query.boolean_query([(Occur.Should, query) for query in queries])
