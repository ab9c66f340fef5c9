"""The one door to the search: `search` a question, mark `excerpts`, `catch_up` with changes.

    grammar (the reader's words) ─► query (the engine's) ─► asking (a page, its counts)
    schema (a decision's entry) ─► index (writing) ─► generation (an index on disk) ─► proof

Everything else in this package is behind it; nothing outside knows the engine.
"""

import logging
import threading

from django.db import connection

from decisions.models import Decision
from decisions.search.asking import ask
from decisions.search.corrections import Correction, corrections
from decisions.search.excerpts import Excerpt, Span, excerpts, hits, mark, marked
from decisions.search.generation import IndexUnavailable, current
from decisions.search.grammar import Reading, describe, read
from decisions.search.index import catch_up, discard, follow, rebuild
from decisions.search.phrases import completions
from decisions.search.proof import Differences, Status, status, verify
from decisions.search.question import FACETS, PAGE_SIZE, YEAR, Answer, Question

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "YEAR",
    "Answer",
    "Correction",
    "Differences",
    "Excerpt",
    "IndexUnavailable",
    "Question",
    "Reading",
    "Span",
    "Status",
    "catch_up",
    "completions",
    "current",
    "describe",
    "excerpts",
    "follow",
    "hits",
    "mark",
    "marked",
    "read",
    "rebuild",
    "search",
    "status",
    "suggest_spellings",
    "verify",
]

log = logging.getLogger(__name__)


def search(question: Question) -> Answer:
    """The ids of one page, the exact total and the facets.

    An index found missing or damaged is rebuilt in the background; meanwhile PostgreSQL answers
    for the filters alone (`Answer.from_index` is False).
    """
    for _ in range(2):  # the second time, a rebuild has just put another index in place
        try:
            generation = current()
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
            continue
        try:
            return ask(generation, question)
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
        except BaseException as error:
            if not _is_the_engines(error):
                raise
            log.exception("The search index %s could not be read", generation.path.name)
            discard(generation)
    _heal()
    return _answer_without_index(question)


def suggest_spellings(question: Question, answer: Answer) -> list[Correction]:
    """Other spellings of the words that would find more, where few or no decisions were found."""
    try:
        return corrections(current(), question, answer) if answer.from_index else []
    except IndexUnavailable:
        return []


def _is_the_engines(error: BaseException) -> bool:
    """Whether the engine found its files not to be what it wrote: an error, or a panic of Rust's,
    which is none of Python's exceptions."""
    return isinstance(error, ValueError | OSError) or type(error).__module__ == "pyo3_runtime"


def _answer_without_index(question: Question) -> Answer:
    decisions = Decision.objects.published().matching(**question.filters())
    ordered = decisions.in_order(question.sort)
    start = (question.page - 1) * PAGE_SIZE
    ids = list(ordered.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    total = decisions.count()
    return Answer(ids, total, {}, max(1, -(-total // PAGE_SIZE)), from_index=False)


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
