"""Sums of money as decisions write them."""

import pytest

from decisions.analysis.money import find_sums


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£300", [(30000, None, None)]),
        ("£1,400.50", [(140050, None, None)]),
        ("£1.4 million", [(140000000, None, None)]),
        ("£2m", [(200000000, None, None)]),
        ("£200 a month for five months", [(20000, "month", 5)]),
        ("£250 per month for one year", [(25000, "month", 12)]),
        ("£50 a week for six months", [(5000, "week", None)]),
        ("£900 for each term", [(90000, "term", None)]),
        ("£300 for each of the four months", [(30000, "month", 4)]),
        ("£100 per term for two and a half terms", [(10000, "term", 2.5)]),
        ("£100 a month for ten months and a half month", [(10000, "month", None)]),
        ("£100 to £300", [(None, None, None)]),
        ("between £100 and £300", [(None, None, None)]),
        ("£100 and £300", [(10000, None, None), (30000, None, None)]),
        ("up to £500", [(None, None, None)]),
        ("£1,4000", [(None, None, None)]),
        ("£1.2345", [(None, None, None)]),
        ("£", [(None, None, None)]),
        ("300 homes", []),
    ],
)
def test_sums(text: str, expected: list[tuple[int | None, str | None, float | None]]) -> None:
    assert [(one.pence, one.per, one.periods) for one in find_sums(text)] == expected
