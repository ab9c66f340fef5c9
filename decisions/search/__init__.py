"""The one door to the search: `search` a question, `tally` it, mark `excerpts`, find what is
`similar`, `catch_up` with changes.

    grammar (the reader's words) ─► query (the engine's) ─► asking (a page, its counts), tallies
    schema (a decision's entry) ─► index (writing) ─► generation (an index on disk) ─► proof
    following (who writes, and when; damage is mended)

Everything else in this package is behind it; nothing outside knows the engine.
"""

import logging
from collections.abc import Sequence

from decisions.models import Decision
from decisions.search.asking import ask, count_matches
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
from decisions.search.grammar import Reading, describe, read, without_each_word
from decisions.search.index import wanted_state
from decisions.search.phrases import completions, phrases_of
from decisions.search.proof import Differences, Status, status, verify
from decisions.search.question import FACETS, PAGE_SIZE, PAGE_SIZES, YEAR, Answer, Question
from decisions.search.similar import Similar, similar, telling_words
from decisions.search.tallies import Payments, Tallies, tally

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "PAGE_SIZES",
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
    "Similar",
    "Span",
    "State",
    "Status",
    "Tallies",
    "asked",
    "catch_up",
    "completions",
    "count",
    "describe",
    "excerpts",
    "follow",
    "hits",
    "holds",
    "mark",
    "marked",
    "phrases_of",
    "read",
    "rebuild",
    "search",
    "similar",
    "status",
    "suggest_spellings",
    "tally",
    "telling_words",
    "verify",
    "wanted_state",
    "without_each_word",
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


def count(questions: Sequence[Question]) -> list[int] | None:
    """How many decisions each would find, and nothing else; None where nobody can say."""
    return asked(
        lambda generation: [count_matches(generation, question) for question in questions],
        otherwise=None,
    )


def suggest_spellings(question: Question, answer: Answer) -> list[Correction]:
    """Other spellings of the words that would find more, where few or no decisions were found."""
    if not answer.from_index:
        return []
    return asked(lambda generation: corrections(generation, question, answer), otherwise=[])


def _answer_without_index(question: Question) -> Answer:
    decisions = Decision.objects.published().matching(**question.filters())
    ordered = decisions.in_order(question.sort)
    start = question.rank
    ids = list(ordered.values_list("pk", flat=True)[start : start + question.size])
    total = decisions.count()
    return Answer(ids, total, {}, max(1, -(-total // question.size)), from_index=False)
