"""The judged queries, by the kind of need behind them, in four sets.

Each says what is typed, what the reader wants in one sentence, and which decisions are best (3),
good (2) and fair (1); all others are irrelevant. Every second query of a kind in `SEEN` belongs to
the half that weights are tuned on; the other half is held out, and its single scores may be read
to see what a change does. The third set, `UNSEEN`, is never looked at: its means are printed and
nothing else. Weights and entries were chosen while those means were known, so `FRESH` was written
on 2026-11-28, after all of them: of it too, only means are printed. When it had been run once, a
hash of the text split it: causes may be looked for in half a, with `--fresh-a`, never in half b.
"""

from hashlib import sha256

from tests.tools.relevance.fresh_lay_word_queries import FRESH_LAY_WORDS
from tests.tools.relevance.fresh_question_queries import FRESH_QUESTIONS
from tests.tools.relevance.judging import Query
from tests.tools.relevance.lay_word_queries import LAY_WORDS
from tests.tools.relevance.question_queries import QUESTIONS
from tests.tools.relevance.subject_queries import SUBJECT_QUERIES
from tests.tools.relevance.unseen_queries import UNSEEN_LAY_WORDS, UNSEEN_QUESTIONS
from tests.tools.relevance.wording_queries import WORDING_QUERIES

SEEN: dict[str, tuple[Query, ...]] = {**SUBJECT_QUERIES, **WORDING_QUERIES}
SEEN["topic in lay words"] += LAY_WORDS
SEEN["question"] += QUESTIONS
UNSEEN: dict[str, tuple[Query, ...]] = {
    "topic in lay words": UNSEEN_LAY_WORDS,
    "question": UNSEEN_QUESTIONS,
}
FRESH: dict[str, tuple[Query, ...]] = {
    "topic in lay words": FRESH_LAY_WORDS,
    "question": FRESH_QUESTIONS,
}


def in_half_a(query: Query) -> bool:
    return sha256(query.text.encode()).digest()[0] % 2 == 0


TUNED = [query for kind in SEEN.values() for query in kind[::2]]
HELD_OUT = [query for kind in SEEN.values() for query in kind[1::2]]
NEVER_LOOKED_AT = [query for kind in UNSEEN.values() for query in kind]
ALL_FRESH = [query for kind in FRESH.values() for query in kind]
