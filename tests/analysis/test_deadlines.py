"""Deadlines as decisions write them."""

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
