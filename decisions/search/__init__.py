"""The one door to the search: `search` a question, mark `excerpts`, `catch_up` with changes.

Everything else in this package is behind it; nothing outside knows the engine.
"""

import logging
import threading

from django.db import connection
from tantivy import Order

from decisions.models import Decision
from decisions.search.excerpts import Excerpt, Span, excerpts, hits, mark, marked
from decisions.search.index import (
    Differences,
    Generation,
    IndexUnavailable,
    catch_up,
    current,
    discard_damaged,
    rebuild,
    verify,
)
from decisions.search.phrases import completions
from decisions.search.query import Queries
from decisions.search.question import FACETS, PAGE_SIZE, Answer, Question
from decisions.search.vocabulary import near_spellings

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "Answer",
    "Differences",
    "Excerpt",
    "IndexUnavailable",
    "Question",
    "Span",
    "catch_up",
    "completions",
    "current",
    "excerpts",
    "hits",
    "mark",
    "marked",
    "near_spellings",
    "rebuild",
    "search",
    "verify",
]

log = logging.getLogger(__name__)

_ORDERS = {
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "payment": ("largest", Order.Desc),
}

_MOST_OPTIONS = 65_000  # the engine's own limit for one facet; far above all councils there are


def search(question: Question) -> Answer:
    """The ids of one page, the exact total and the facets.

    An index found missing or damaged is rebuilt in the background; meanwhile PostgreSQL answers
    for the filters alone (`Answer.from_index` is False).
    """
    for _ in range(2):  # the second time, a rebuild has just put another index in place
        try:
            generation = current()
            return _answer(generation, question)
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
        except (ValueError, OSError):
            log.exception("The search index %s could not be read", generation.path.name)
            discard_damaged(generation)
    _heal()
    return _answer_without_index(question)


def _answer(generation: Generation, question: Question) -> Answer:
    searcher = generation.searcher()
    queries = Queries(generation.schema, question)
    offset = min((question.page - 1) * PAGE_SIZE, searcher.num_docs)
    page = {"limit": PAGE_SIZE, "offset": offset}
    if question.sort == "relevance" and queries.words:
        result = searcher.search(queries.ranked(), **page)
    else:
        field, order = _ORDERS.get(question.sort, _ORDERS["newest"])
        result = searcher.search(queries.matching(), order_by_field=field, order=order, **page)

    addresses = [address for _, address in result.hits]
    facets: dict[str, dict[str, int]] = {}
    unfiltered = [name for name in FACETS if not question.terms.get(name)]
    facets |= _count(searcher, queries.matching(), unfiltered)
    for name in FACETS:
        if name not in unfiltered:
            facets |= _count(searcher, queries.matching(without=name), [name])
    return Answer(searcher.fast_field_values("id", addresses), result.count, facets)


def _count(searcher, matching, names: list[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": name, "size": _MOST_OPTIONS}} for name in names}
    counted = searcher.aggregate(matching, wanted)
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
        for name in names
    }


def _answer_without_index(question: Question) -> Answer:
    decisions = Decision.objects.published().matching(**question.filters())
    ordered = decisions.in_order(question.sort)
    start = (question.page - 1) * PAGE_SIZE
    ids = list(ordered.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    return Answer(ids, decisions.count(), {}, from_index=False)


_healing = threading.Lock()


def _heal() -> None:
    """Rebuild in the background, once at a time, on a database connection of its own."""
    if _healing.acquire(blocking=False):
        threading.Thread(target=_heal_now, name="search-index", daemon=True).start()


def _heal_now() -> None:
    try:
        catch_up()
    except Exception:
        log.exception("The search index could not be rebuilt.")
    finally:
        connection.close()
        _healing.release()
