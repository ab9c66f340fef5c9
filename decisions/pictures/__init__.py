"""Tallies as pictures: rows of bars, each with the search for exactly its decisions, and a table.

Every picture has a title, a sentence that says in numbers what it shows, and a table of the same.
Rows and not columns, because words beside a bar can be read on a phone. No engine, no database:
names come with the call.
"""

from collections.abc import Iterable
from dataclasses import replace

from decisions.filters import Names
from decisions.pictures.parts import Picture, Table, as_csv
from decisions.pictures.share import chooses_by_result, draw_share, share_in_words
from decisions.pictures.values import draw_payments, draw_reasons, draw_remedies
from decisions.pictures.years import draw_years
from decisions.search import Question, Tallies

__all__ = [
    "TABLES",
    "Picture",
    "Table",
    "as_csv",
    "chooses_by_result",
    "pictures",
    "share_in_words",
]

# By their names in addresses, in the order in which they stand.
_DRAWN = {
    "years": draw_years,
    "share": draw_share,
    "reasons": draw_reasons,
    "payments": draw_payments,
    "remedies": draw_remedies,
}
TABLES = tuple(_DRAWN)


def pictures(
    tallies: Tallies, question: Question, names: Names, only: Iterable[str] = TABLES
) -> list[Picture]:
    """Those of the pictures in `only` for which there is something to show."""
    if not tallies.total:
        return []
    question = replace(question, sort="relevance", page=1)
    drawn = (_DRAWN[name](tallies, question, names) for name in only)
    return [picture for picture in drawn if picture]
