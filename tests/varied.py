"""An archive that differs in all that is tallied: years, outcomes, reasons, remedies, payments."""

import random
from collections.abc import Iterator
from typing import Any

from decisions.models import NOT_STATED
from tests.factories import make_decisions

CLOSED = "Closed after initial enquiries"
OUTCOMES = ("Upheld", "Upheld", "Not upheld", CLOSED, CLOSED, "Report issued: no fault", None)
COUNCILS = ("Wexcombe District Council", "Ashmere Council", "Ostley Borough Council")
CATEGORIES = (("Education", "School transport"), ("Education", "Other"), ("Housing", None), None)
REASONS = ("late", "premature", "insufficient-injustice")
# Edges of bands, and pence that fall between two whole pounds.
PAYMENTS = (5_000, 9_999, 10_000, 24_950, 25_000, 49_999, 50_000, 123_456, 900_000)


def make_varied_archive(number: int = 90) -> None:
    """The same each time; some undated, some without any of these, and one withdrawn."""
    make_decisions(_varied(number))


def _varied(number: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(5)
    for place in range(number):
        outcome = chance.choice(OUTCOMES)
        closed = outcome == CLOSED
        year = chance.choice((2016, 2017, 2018, 2020, 2021, None))
        yield {
            "council": chance.choice(COUNCILS),
            "category": chance.choice(CATEGORIES),
            "outcome": outcome,
            "decided_on": year and f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "paragraphs": (chance.choice(("The bus was late.", "The house was cold.")),),
            "reasons": chance.sample(REASONS, chance.randint(1, 2)) if closed else [],
            "remedies": chance.sample(("apology", "payment", "review"), 2) if not closed else [],
            "payment": chance.choice(PAYMENTS) if outcome == "Upheld" and place % 4 else None,
        }
    yield {"outcome": CLOSED, "reasons": [NOT_STATED], "decided_on": "2021-12-31"}
    yield {"outcome": "Upheld", "payment": 77_700, "withdrawn_at": "2024-01-01T00:00:00Z"}
