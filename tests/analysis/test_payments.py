"""What a payment comes to, who receives it, and what it is for."""

import pytest

from decisions.analysis.passages import split
from decisions.analysis.payments import find_payments
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Amount, total and recipient of every payment, in pounds.
        ("pay her", [(None, None, "her")]),
        (
            "pay Mr X £250, on top of the £150 it has paid, making £400 in total",
            [(250, 250, "Mr X")],
        ),
        (
            "pay Mr X £250 (in addition to the £150 already offered) and £100 for his trouble",
            [(250, 250, "Mr X"), (100, 100, None)],
        ),
        ("increase its offer to Mr X from £150 to £400", [(400, 400, None)]),
        ("pay Mr X because it lost his £40 deposit", [(None, None, "Mr X")]),
        ("pay Mr X £100 for the loss of the £40 deposit", [(100, 100, "Mr X")]),
        ("pay Mr X, in addition to the £150 already paid, £250", [(250, 250, "Mr X")]),
        ("pay to Mr X a remedy", [(None, None, "Mr X")]),
        # A total of others is no payment; a sum that is not their total is one.
        ("pay Mr X £300 and £200, a total of £500", [(300, 300, "Mr X"), (200, 200, None)]),
        (
            "pay Mr X £500: £300 for distress and £200 for his time and trouble",
            [(300, 300, "Mr X"), (200, 200, None)],
        ),
        (
            "pay Mr X £500: £300 for distress and £100 for his time and trouble",
            [(500, 500, "Mr X"), (300, 300, None), (100, 100, None)],
        ),
        # A stated total that is not the sum of its parts stands for them …
        ("pay Mr X £300 and £200, £600 in total", [(600, 600, "Mr X")]),
        ("pay Mr X £300, £500 in total", [(500, 500, "Mr X")]),
        ("pay £300 to Mr X and £200 to Mrs X, a total of £600", [(600, 600, None)]),
        ("pay Mr X £150 a month and £300 for distress, £1,200 in total", [(1200, 1200, "Mr X")]),
        # … unless it counts what was paid before.
        ("pay Mr X a further £300, £500 in total", [(300, 300, "Mr X")]),
        # A sum beside a rate is a payment, though it equals what the rate comes to.
        (
            "pay Mrs Y £100 a term for two terms and a further £200",
            [(100, 200, "Mrs Y"), (200, 200, None)],
        ),
        (
            "pay Mrs Y £200 a month for five months and £1,000 for her distress",
            [(200, 1000, "Mrs Y"), (1000, 1000, None)],
        ),
        (
            "pay Mrs Y £100 a term for two terms plus another £200",
            [(100, 200, "Mrs Y"), (200, 200, None)],
        ),
        ("pay Mrs Y £100 a term for two terms, £200", [(100, 200, "Mrs Y")]),
        ("pay Mrs Y £100 a term for two terms (£200)", [(100, 200, "Mrs Y")]),
        (
            "pay Mrs Y £100 a term for two terms and £50, a total of £250",
            [(100, 200, "Mrs Y"), (50, 50, None)],
        ),
        ("pay Mr X £500 and Mrs Y £500", [(500, 500, "Mr X"), (500, 500, "Mrs Y")]),
        # A rate with its total.
        (
            "pay Mrs Y £200 a month for five months, a total of £1,000, and £150 for her time",
            [(200, 1000, "Mrs Y"), (150, 150, None)],
        ),
        ("pay Mrs Y £200 a term, in total £900", [(200, 900, "Mrs Y")]),
        ("pay Mrs Y £1,500 (£300 per month for five months)", [(300, 1500, "Mrs Y")]),
        (
            "pay Mrs Y £1,000 (£300 per month for five months)",
            [(1000, 1000, "Mrs Y"), (300, 1500, None)],
        ),
        (
            "pay Mrs Y £200 a month because it failed to provide transport, a total of £900",
            [(200, 900, "Mrs Y")],
        ),
        # A sum without a certain amount is not the total of a rate without an end.
        (
            "pay Mrs Y £200 a month and £100 to £300 for her costs",
            [(200, None, "Mrs Y"), (None, None, None)],
        ),
        ("pay £100 to Mr X for his distress", [(100, 100, "Mr X")]),
        ("pay Mr and Mrs D £150 each", [(150, 300, "Mr and Mrs D")]),
        # Those who are named with another payment do not count.
        (
            "pay them £150 each and £50 to both parents",
            [(150, None, "them"), (50, 50, "both parents")],
        ),
    ],
)
def test_payments_of_a_commitment(text, expected):
    verb_end = text.index(" ")
    found = [
        (payment.amount, payment.total, payment.recipient)
        for payment in find_payments(text, 0, verb_end, len(text))
    ]
    in_pence = [
        (amount and amount * 100, total and total * 100, recipient)
        for amount, total, recipient in expected
    ]
    assert found == in_pence


def test_a_purpose_holds_for_the_payments_before_it() -> None:
    first, second = remedies(
        split(
            decide("The Council will pay the first family £300, the second £100 for the distress.")
        )
    )
    assert (first.purpose, second.purpose) == ("distress", "distress")


def test_a_payment_without_a_sum_may_have_no_purpose() -> None:
    (payment,) = find_payments("pay her", 0, len("pay"), len("pay her"))
    assert payment.purpose is None


def test_a_payment_begins_with_the_words_that_lead_to_it() -> None:
    text = "pay Mr X £50 and £1,500 (£300 per month for five months)"
    found = find_payments(text, 0, len("pay"), len(text))
    assert [text[payment.start : payment.end] for payment in found] == [
        "pay Mr X £50 ",
        "and £1,500 (£300 per month for five months)",
    ]


def test_those_who_are_paid_may_be_named_before() -> None:
    (_, payment) = remedies(
        split(decide("The Council will apologise to Mr and Mrs D and pay them £150 each."))
    )
    assert (payment.amount_pence, payment.total_pence) == (15000, 30000)
