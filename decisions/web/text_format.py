"""Formats names, dates, sums and counts for a sentence."""

import datetime
from collections.abc import Sequence

from django.utils.text import Truncator

# Python's own names are those of the process's locale, and slower.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# Most filters that a title names, and the characters it shows of each.
MAX_NAMED_FILTERS = 3
MAX_FILTER_CHARS = 60


def lowercase_first(label: str) -> str:
    """A label inside a sentence: `Late` becomes `late`."""
    return label[:1].lower() + label[1:]


def uppercase_first(text: str) -> str:
    """A text that begins a sentence: `same category` becomes `Same category`."""
    return text[:1].upper() + text[1:]


def pounds(pence: int) -> str:
    """An amount in pence as `£1,400`, or `£1,400.50` if there are pence."""
    return f"£{pence / 100:,.2f}" if pence % 100 else f"£{pence // 100:,}"


def day(date: datetime.date) -> str:
    """`20 April 2021`."""
    return f"{date.day} {month(date)}"


def month(date: datetime.date) -> str:
    """`April 2021`."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def shortened(text: str, length: int) -> str:
    """At most `length` characters of the text, the last of them "…" where it was cut."""
    if len(text) <= length and text.isascii():
        return text  # as Truncator gives it, but faster
    return Truncator(text).chars(length)


def decision_count(count: int) -> str:
    """`1 decision`, `1,200 decisions`."""
    return f"{count:,} decision{'' if count == 1 else 's'}"


def filters_in_words(labels: Sequence[str]) -> str:
    """The labels of filters for a title: `Kent County Council, Upheld, Late and 2 more filters`."""
    named = ", ".join(_shortened(label) for label in labels[:MAX_NAMED_FILTERS])
    more = len(labels) - MAX_NAMED_FILTERS
    if more <= 0:
        return named
    return f"{named} and {more} more filter{'' if more == 1 else 's'}"


def _shortened(label: str) -> str:
    return label if len(label) <= MAX_FILTER_CHARS else f"{label[: MAX_FILTER_CHARS - 1]}…"
