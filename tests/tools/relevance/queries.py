"""The judged queries, by the kind of need behind them.

Each says what is typed, what the reader wants in one sentence, and which decisions are best (3),
good (2) and fair (1); all others are irrelevant. Every second query of a kind belongs to the half
that weights are tuned on; the rest is held out.
"""

from tests.tools.relevance.subject_queries import SUBJECT_QUERIES
from tests.tools.relevance.wording_queries import WORDING_QUERIES

QUERIES = {**SUBJECT_QUERIES, **WORDING_QUERIES}
TUNED = [query for kind in QUERIES.values() for query in kind[::2]]
HELD_OUT = [query for kind in QUERIES.values() for query in kind[1::2]]
