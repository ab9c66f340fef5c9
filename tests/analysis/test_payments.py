"""What a payment comes to, who receives it, and what it is for."""

import pytest

from decisions.analysis.passages import split
from decisions.analysis.remedies import remedies
from tests.analysis.remedy_cases import decide


def test_a_rate_its_periods_and_its_total() -> None:
    (remedy,) = remedies(split(decide("The Council will pay Mrs Y £200 a month for five months.")))
    assert (remedy.amount_pence, remedy.per, remedy.periods) == (20000, "month", 5)
    assert (remedy.total_pence, remedy.recipient) == (100000, "Mrs Y")


def test_an_amount_for_each_of_several() -> None:
    (remedy,) = remedies(split(decide("The Council should pay each of the three children £250.")))
    assert (remedy.amount_pence, remedy.total_pence) == (25000, 75000)
    (remedy,) = remedies(split(decide("The Council should pay the complainants £250 each.")))
    assert (remedy.amount_pence, remedy.total_pence) == (25000, None)


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("for her distress and worry", "distress"),
        ("for the time and trouble she was put to", "time and trouble"),
        ("for the loss of special educational provision", "lost provision"),
        ("for distress and her time and trouble", "distress, time and trouble"),
        ("to reimburse her legal costs", "costs"),
        ("within a month", None),
    ],
)
def test_what_a_payment_is_for(words: str, purpose: str | None) -> None:
    (remedy,) = remedies(split(decide(f"The Council has agreed to pay Ms B £100 {words}.")))
    assert (remedy.purpose, remedy.total_pence) == (purpose, 10000)
