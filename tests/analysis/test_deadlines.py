"""Deadlines as decisions write them."""

from datetime import date

import pytest

from decisions.analysis.deadlines import DEADLINE, deadline_of


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("within three months", 3, "month"),
        ("Within four weeks of the date of this decision", 4, "week"),
        ("within 20 working days", 20, "working day"),
        ("within a month", 1, "month"),
        ("Within Ten Calendar Days", 10, "day"),
        ("by 31 March 2024", None, None),
    ],
)
def test_deadlines(text: str, count: int | None, unit: str | None) -> None:
    match = DEADLINE.fullmatch(text)
    assert match is not None
    deadline = deadline_of(match)
    assert (deadline.text, deadline.count, deadline.unit) == (text, count, unit)


DECIDED = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("within one month of the final decision", date(2024, 2, 29)),
        ("within three months of the date of this report", date(2024, 4, 30)),
        ("within 11 months of my decision", date(2024, 12, 31)),
        ("within 12 months of my decision", date(2025, 1, 31)),
        ("Within four weeks of the date of my final decision", date(2024, 2, 28)),
        ("within 20 days of this decision", date(2024, 2, 20)),
        ("by 31 March 2024", date(2024, 3, 31)),
        ("by 31 June 2024", None),
        ("within one month", None),
        ("within one month of receiving the decision", None),
        ("within 20 working days of my decision", None),
        ("within one term of my decision", None),
    ],
)
def test_a_deadline_is_a_date_only_where_the_text_fixes_one(text: str, due: date | None) -> None:
    match = DEADLINE.fullmatch(text)
    assert match is not None
    assert deadline_of(match).due_on(DECIDED) == due


def test_a_deadline_without_the_decisions_date() -> None:
    for text, due in (
        ("within one month of my decision", None),
        ("by 31 March 2024", date(2024, 3, 31)),
    ):
        match = DEADLINE.fullmatch(text)
        assert match is not None
        assert deadline_of(match).due_on(None) == due


@pytest.mark.parametrize("time", ["two months", "10 weeks"])
def test_a_deadline_after_the_last_year_of_the_calendar(time: str) -> None:
    match = DEADLINE.fullmatch(f"within {time} of my decision")
    assert match is not None
    assert deadline_of(match).due_on(date(9999, 12, 1)) is None
