"""Compares quotations with the decisions that they are taken from.

In: a text with quotations and references. Out: a Verdict for each quotation, with the addresses of
paragraphs; it says what is so, and never why. May touch: the models and `decisions.search`; no
request. It stores nothing and logs no words of the text. Withdrawn decisions are not compared.

    reading (quotations in a text) ─► citing (the reference of each) ─► checking ─► Verdict
                  words, decision_words (what is compared) ─► comparing ─┘
"""

from decisions.quotations.as_json import verdict_json
from decisions.quotations.checking import check
from decisions.quotations.reading import (
    MAX_CHARACTERS,
    MAX_QUOTATIONS,
    MIN_WORDS,
    TextTooLongError,
    TooManyQuotationsError,
)
from decisions.quotations.verdicts import Difference, Place, Segment, Status, Verdict

__all__ = [
    "MAX_CHARACTERS",
    "MAX_QUOTATIONS",
    "MIN_WORDS",
    "Difference",
    "Place",
    "Segment",
    "Status",
    "TextTooLongError",
    "TooManyQuotationsError",
    "Verdict",
    "check",
    "verdict_json",
]
