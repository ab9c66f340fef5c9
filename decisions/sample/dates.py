"""Chooses the dates of decisions and of the events in them."""

import datetime
from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR, LAST_MONTH = 2016, 2026, 10

# Weight of each month: fewer decisions in August (leave) and December (a short month). Later years
# weigh more (_WEIGHTS).
SEASON = (1.0, 1.0, 1.15, 0.95, 1.0, 1.05, 0.9, 0.55, 0.95, 1.1, 1.05, 0.7)
_MONTHS = [
    (year, month)
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    for month in range(1, 13)
    if (year, month) <= (LAST_YEAR, LAST_MONTH)
]
_WEIGHTS = list(
    accumulate((1 + 0.14 * (year - FIRST_YEAR)) * SEASON[month - 1] for year, month in _MONTHS)
)
_DAY = datetime.timedelta(days=1)
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def pick_date(chance: Callable[[], float]) -> datetime.date:
    """A weekday between January 2016 and October 2026."""
    year, month = _MONTHS[bisect(_WEIGHTS, chance() * _WEIGHTS[-1])]
    return weekday(working_day(datetime.date(year, month, 1 + int(chance() * 26))))


def working_day(day: datetime.date) -> datetime.date:
    """The day itself, or a day near it if it is 25 or 26 December or 1 January."""
    if day.month == 12 and day.day in (25, 26):
        return day.replace(day=23)
    return day.replace(day=4) if (day.month, day.day) == (1, 1) else day


def weekday(day: datetime.date) -> datetime.date:
    """The day itself, or the Friday before a weekend (Monday when that would leave the month)."""
    days_after_friday = day.weekday() - 4
    if days_after_friday <= 0:
        return day
    friday = day - days_after_friday * _DAY
    return friday if friday.month == day.month else day + (3 - days_after_friday) * _DAY


def month_of(day: datetime.date) -> str:
    """`July 2019`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_of(day: datetime.date) -> str:
    """`12 July 2019`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Clock:
    """The date of each event in a story: later than the one before, and before `end`.

    `start` is the first day of the story, `events` about how many events it has.
    """

    def __init__(
        self, start: datetime.date, end: datetime.date, events: int, chance: Callable[[], float]
    ) -> None:
        self.day = start
        self.end = end
        self.pace = (end - start).days / events  # average days between events
        self.chance = chance
        self.begun = False

    def _advance(self) -> datetime.date:
        days_left = (self.end - self.day).days
        # At most a quarter of the days left: events may crowd at the end but never pass it.
        step = 2 + int(self.chance() * min(2 * self.pace, days_left / 4))
        if days_left > 8:
            self.day = weekday(working_day(self.day + step * _DAY))
        self.begun = True
        return self.day

    def opening(self) -> str:
        """The next event's time, to begin a sentence: `In July 2019,` or `Two weeks later,`."""
        draw = self.chance()
        days_left = (self.end - self.day).days
        if self.begun and draw < 0.3 and days_left > 60:
            if draw < 0.06 and self.day.weekday() < 4:
                self.day += _DAY
                return "The next day,"
            weeks = 1 + int(draw * 20) % max(1, min(5, int(self.pace / 4)))
            self.day += 7 * weeks * _DAY
            return "A week later," if weeks == 1 else f"{NUMBERS[weeks].capitalize()} weeks later,"
        month = self.day.month, self.day.year
        day = self._advance()
        if draw > 0.62:
            return f"On {day_of(day)},"
        if (day.month, day.year) == month and draw > 0.45 and days_left > 60:
            return "Later that month,"
        part = "early " if draw < 0.34 else "late " if draw < 0.37 else ""
        if (part == "early " and day.day > 10) or (part == "late " and day.day < 20):
            part = ""
        return f"In {part}{month_of(day)},"

    def inside(self) -> str:
        """The next event's time within a sentence: `in July 2019` or `on 12 July 2019`."""
        day = self._advance()
        return f"on {day_of(day)}" if self.chance() > 0.6 else f"in {month_of(day)}"
