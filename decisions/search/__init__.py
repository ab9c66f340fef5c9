"""The one door to the search: `search` a question, `tally` it, mark `excerpts`, `catch_up` with
changes.

    grammar (the reader's words) ─► query (the engine's) ─► asking (a page, its counts), tallies
    schema (a decision's entry) ─► index (writing) ─► generation (an index on disk) ─► proof
    following (who writes, and when; damage is mended)

Everything else in this package is behind it; nothing outside knows the engine.
"""

import logging

from decisions.models import Decision
from decisions.search.asking import ask
from decisions.search.corrections import Correction, corrections
from decisions.search.excerpts import Excerpt, Span, excerpts, hits, mark, marked
from decisions.search.following import catch_up, follow, holds, mend, rebuild
from decisions.search.generation import (
    Generation,
    IndexUnavailable,
    State,
    asked,
    current,
    is_the_engines,
)
from decisions.search.grammar import Reading, describe, read
from decisions.search.index import wanted_state
from decisions.search.phrases import completions
from decisions.search.proof import Differences, Status, status, verify
from decisions.search.question import FACETS, PAGE_SIZE, YEAR, Answer, Question
from decisions.search.tallies import Payments, Tallies, tally

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "YEAR",
    "Answer",
    "Correction",
    "Differences",
    "Excerpt",
    "Generation",
    "IndexUnavailable",
    "Payments",
    "Question",
    "Reading",
    "Span",
    "State",
    "Status",
    "Tallies",
    "asked",
    "catch_up",
    "completions",
    "describe",
    "excerpts",
    "follow",
    "hits",
    "holds",
    "mark",
    "marked",
    "read",
    "rebuild",
    "search",
    "status",
    "suggest_spellings",
    "tally",
    "verify",
    "wanted_state",
]

log = logging.getLogger(__name__)


def search(question: Question) -> Answer:
    """The ids of one page, the exact total and the facets.

    Where the index cannot be asked, it is mended in the background; meanwhile PostgreSQL answers
    for the filters alone (`Answer.from_index` is False).
    """
    for _ in range(2):  # the second time, another index has just been put in place
        try:
            return ask(current(), question)
        except IndexUnavailable as error:
            log.warning("Search is not available: %s", error)
        except BaseException as error:
            if not is_the_engines(error):
                raise
            log.exception("The search index could not answer %s", question)
            break
    mend()
    return _answer_without_index(question)


def suggest_spellings(question: Question, answer: Answer) -> list[Correction]:
    """Other spellings of the words that would find more, where few or no decisions were found."""
    if not answer.from_index:
        return []
    return asked(lambda generation: corrections(generation, question, answer), otherwise=[])


def _answer_without_index(question: Question) -> Answer:
    decisions = Decision.objects.published().matching(**question.filters())
    ordered = decisions.in_order(question.sort)
    start = (question.page - 1) * PAGE_SIZE
    ids = list(ordered.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    total = decisions.count()
    return Answer(ids, total, {}, max(1, -(-total // PAGE_SIZE)), from_index=False)
