"""Reads the deadline of a remedy.

within one month of the date of my final decision → 1 month
within 20 working days                            → 20 working days
by 31 March 2024                                  → the text alone
"""

import re
from dataclasses import dataclass
from typing import Any

from decisions.analysis.number_words import NUMBER, parse_number

_OF_THE_DECISION = (
    r" (?:of|from|after) (?:(?:the|my|our|this|its|his|her|a|receiving|issuing|receipt|date|issue"
    r"|of|final) ){1,7}(?:decision|statement|report|letter)\b"
)
# "Within one month of the date of my decision", "within 20 working days", "in the next two weeks";
# not "decisions it has made within the past 12 months".
DEADLINE = re.compile(
    r"\b(?:within (?:a period of |a further |the next |no more than )?|in the next "
    r"|no later than )"
    rf"(?P<count>{NUMBER}|an?) (?P<unit>(?:working |school |calendar )?(?:day|week|month|term)s?)\b"
    rf"(?P<decision>{_OF_THE_DECISION})?"
    r"|\bby (?P<date>\d{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) \d{4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time by which something is to be done.

    `text` is as written. `count` and `unit` ("day", "working day", "week", "month", "term") are
    None for a date.
    """

    text: str
    count: int | None
    unit: str | None

    def to_json(self) -> dict[str, Any]:
        """The deadline as JSON types."""
        return {"text": self.text, "count": self.count, "unit": self.unit}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Deadline":
        """The inverse of `to_json`."""
        return cls(stored["text"], stored["count"], stored["unit"])


def deadline_of(match: re.Match[str]) -> Deadline:
    """The deadline that DEADLINE matched."""
    if match["date"]:
        return Deadline(match[0], None, None)
    unit = match["unit"].lower().removesuffix("s").removeprefix("calendar ")
    return Deadline(match[0], parse_number(match["count"]), unit)
