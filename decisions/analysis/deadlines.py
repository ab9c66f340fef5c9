"""Reads the deadline of a remedy.

within one month of the date of my final decision → 1 month
within 20 working days                            → 20 working days
by 31 March 2024                                  → the text alone

`Deadline.due_on` gives the date, where the text and the decision's date fix one.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Any

from decisions.analysis import lazy_regex
from decisions.analysis.number_words import NUMBER, parse_number

_OF_THE_DECISION = (
    r" (?:of|from|after) (?:(?:the|my|our|this|its|his|her|a|receiving|issuing|receipt|date|issue"
    r"|of|final) ){1,7}(?:decision|statement|report|letter)\b"
)
# "Within one month of the date of my decision", "within 20 working days", "in the next two weeks";
# not "decisions it has made within the past 12 months".
DEADLINE = lazy_regex.compile(
    r"\b(?:within (?:a period of |a further |the next |no more than )?|in the next "
    r"|no later than )"
    rf"(?P<count>{NUMBER}|an?) (?P<unit>(?:working |school |calendar )?(?:day|week|month|term)s?)\b"
    rf"(?P<decision>{_OF_THE_DECISION})?"
    r"|\bby (?P<date>\d{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) \d{4})\b",
    re.IGNORECASE,
)

_RECEIVED = lazy_regex.compile(r"\b(?:receiving|receipt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time by which something is to be done.

    `text` is as written. `count` and `unit` ("day", "working day", "week", "month", "term") are
    None for a date.
    """

    text: str
    count: int | None
    unit: str | None

    def due_on(self, decided_on: datetime.date | None) -> datetime.date | None:
        """The last day for a decision of this date; None where text and date do not fix one.

        Only a time that runs from the decision itself fixes a day. Working days and terms do not,
        as holidays differ from place to place.
        """
        match = DEADLINE.fullmatch(self.text)
        if not match:
            return None
        if match["date"]:
            try:
                return datetime.datetime.strptime(match["date"], "%d %B %Y").date()
            except ValueError:  # "31 June 2024"
                return None
        runs_from_decision = match["decision"] and not _RECEIVED.search(match["decision"])
        if decided_on is None or self.count is None or not runs_from_decision:
            return None
        try:
            return _later(decided_on, self.count, self.unit)
        except (OverflowError, ValueError):  # after the year 9999
            return None

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


def _later(day: datetime.date, count: int, unit: str | None) -> datetime.date | None:
    """The day `count` units later; None for a unit of uncertain length.

    A month after 31 January is the last day of February.
    """
    if unit == "day":
        return day + datetime.timedelta(days=count)
    if unit == "week":
        return day + datetime.timedelta(weeks=count)
    if unit != "month":
        return None
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last))
