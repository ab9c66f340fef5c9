"""Formats names, dates, sums and counts for a sentence."""

import datetime


def lowercase_first(label: str) -> str:
    """A label inside a sentence: `Late` becomes `late`."""
    return label[:1].lower() + label[1:]


def pounds(pence: int) -> str:
    """An amount in pence as `£1,400`, or `£1,400.50` if there are pence."""
    return f"£{pence / 100:,.2f}" if pence % 100 else f"£{pence // 100:,}"


def day(date: datetime.date) -> str:
    """`20 April 2021`."""
    return f"{date.day} {date:%B} {date.year}"


def decision_count(count: int) -> str:
    """`1 decision`, `1,200 decisions`."""
    return f"{count:,} decision{'' if count == 1 else 's'}"
