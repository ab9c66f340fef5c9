"""How names, days and sums stand in a sentence."""

import datetime


def in_a_sentence(label: str) -> str:
    """`Late` as `late`: a label where it does not begin the sentence."""
    return label[:1].lower() + label[1:]


def pounds(pence: int) -> str:
    """`£1,400`, or `£1,400.50` where there are pence."""
    return f"£{pence / 100:,.2f}" if pence % 100 else f"£{pence // 100:,}"


def day(date: datetime.date) -> str:
    """`20 April 2021`."""
    return f"{date.day} {date:%B} {date.year}"


def decisions(count: int) -> str:
    """`1 decision`, `1,200 decisions`."""
    return f"{count:,} decision{'' if count == 1 else 's'}"
