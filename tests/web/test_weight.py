"""How heavy the list page is: as heavy as one of 57,500 decisions, with all that makes it so."""

import pytest

from decisions import search
from tests.factories import make_decisions

pytestmark = pytest.mark.django_db

# Most bytes of the HTML of a list page, uncompressed, with 20 decisions and short search words.
MAX_BYTES = 57_000

CATEGORIES = 11
SUBCATEGORIES = 11
COUNCILS = 20
YEARS = 12
PARAGRAPH = "The bus was late, so that the child missed school on many days of that term. " * 4


@pytest.mark.slow
def test_the_list_page_stays_light(client):
    make_decisions(
        {
            "reference": f"91 {number:06}"[:6] + f" {number:03}",
            "council": f"Wexcombe and Scarrowstoke {number % COUNCILS:02} Borough Council",
            "category": (
                f"Category of complaints {number % CATEGORIES:02}",
                f"Subject of some length {number % SUBCATEGORIES:02}",
            ),
            "outcome": ("Upheld", "Not upheld", "Closed after initial enquiries")[number % 3],
            "decided_on": f"{2015 + number % YEARS}-06-15",
            "reasons": [("late", "better-placed-body", "court-or-tribunal-remedy")[number % 3]],
            "remedies": [("apology", "training", "reassessment")[number % 3]],
            "payment": 100 * number or None,
            "paragraphs": (PARAGRAPH, PARAGRAPH),
            "is_sample": True,
        }
        for number in range(396)
    )
    search.catch_up()
    response = client.get(
        "/decisions/?q=bus&category=category-of-complaints-00"
        "&date_from=2015-01-01&date_to=2026-12-31"
    )
    page = response.text
    assert page.count('<article class="result">') == 20
    assert page.count('<p class="snippet') == 40
    assert page.count('<details class="group"') == CATEGORIES
    assert len(response.content) < MAX_BYTES
