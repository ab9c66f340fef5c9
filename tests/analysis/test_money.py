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
        ("£3k", [(300000, None, None)]),
        ("£2 billion", [(200000000000, None, None)]),
        ("£1.5bn", [(150000000000, None, None)]),
        ("£50 pw", [(5000, "week", None)]),
        ("£80 pm", [(8000, "month", None)]),
        ("£500 per annum", [(50000, "year", None)]),
        ("£200 a month for five months", [(20000, "month", 5)]),
        ("£250 per month for one year", [(25000, "month", 12)]),
        ("£50 a week for six months", [(5000, "week", None)]),
        ("£50 a week for one year", [(5000, "week", None)]),
        ("£250 per month for six weeks", [(25000, "month", None)]),
        ("£900 for each term", [(90000, "term", None)]),
        ("£300 for each of the four months", [(30000, "month", 4)]),
        ("£300 for each of the Four Months", [(30000, "month", 4)]),
        ("£100 per term for two and a half terms", [(10000, "term", 2.5)]),
        ("£100 a month for ten months and a half month", [(10000, "month", None)]),
        ("£100 to £300", [(None, None, None)]),
        ("between £100 and £300", [(None, None, None)]),
        ("£100 and £300", [(10000, None, None), (30000, None, None)]),
        ("up to £500", [(None, None, None)]),
        ("£1,4000", [(None, None, None)]),
        ("£1.2345", [(None, None, None)]),
        ("£", [(None, None, None)]),
        ("££300", [(None, None, None), (30000, None, None)]),
        ("300 homes", []),
    ],
)
def test_sums(text: str, expected: list[tuple[int | None, str | None, float | None]]) -> None:
    assert [(one.pence, one.per, one.periods) for one in find_sums(text)] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pay £200 a month for five months of it", "£200 a month for five months"),
        ("pay £200 a month for it", "£200 a month"),
        ("pay £300 for each of the four months of it", "£300 for each of the four months"),
        ("pay £100 to £300 of it", "£100 to £300"),
        ("pay £ 300 of it", "£ 300"),
        ("pay £ of it", "£"),
    ],
)
def test_where_a_sum_begins_and_ends(text: str, words: str) -> None:
    (found,) = find_sums(text)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("£200", 20000),
        ("£200 a month", None),
        ("£200 a month for five months", 100000),
        ("up to £200", None),
        ("up to £200 a month for five months", None),
    ],
)
def test_what_a_sum_comes_to(text: str, product: int | None) -> None:
    (found,) = find_sums(text)
    assert found.product == product


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("a total of £500", True),
        ("£500 in total", True),
        ("£500", False),
        ("£100 to £300", False),
        ("£", False),
    ],
)
def test_which_sums_are_called_a_total(text: str, is_total: bool) -> None:
    (found,) = find_sums(text)
    assert found.is_total is is_total
