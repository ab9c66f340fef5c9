"""The title of a list, which a shared link shows: it names the filters."""

import pytest

from tests.factories import make_decision
from tests.reading import text

pytestmark = pytest.mark.django_db


THREE_FILTERS = "outcome=upheld&outcome=not-upheld&category=education"
TITLES = {
    "": "4 decisions",
    "?q=school bus&outcome=upheld": "1 decision for school bus: Upheld",
    "?council=kent-county-council&outcome=Upheld": "1 decision: Kent County Council, Upheld",
    "?date_from=2021-01-01&payment_max=500": "0 decisions: From 1 January 2021, £500 or less",
    f"?{THREE_FILTERS}&date_from=2019-01-01": (
        "2 decisions: Education, Upheld, Not upheld and 1 more filter"
    ),
    f"?{THREE_FILTERS}&date_from=2019-01-01&date_to=2022-01-01": (
        "2 decisions: Education, Upheld, Not upheld and 2 more filters"
    ),
    "?council=nowhere": "4 decisions",
}


def test_the_title_of_a_shared_link_names_its_filters(see, archive):
    for address, title in TITLES.items():
        page = see(f"/decisions/{address}")
        assert text(page.title) == f"{title} · Ombudsman Decisions"
        assert page.select_one('meta[property="og:title"]')["content"] == title


def test_a_title_shortens_long_names(see):
    make_decision(council=f"Wexcombe {'and Ashmere ' * 9}Joint Committee")
    slug = "wexcombe-" + "and-ashmere-" * 9 + "joint-committee"
    title = see(f"/decisions/?council={slug}").title.get_text()
    assert title.startswith("1 decision: Wexcombe and Ashmere")
    assert "… · Ombudsman Decisions" in title
    assert len(title) < 100


def test_the_title_names_the_page_after_the_filters(see, many):
    page = see("/decisions/?outcome=upheld&page=2")
    assert text(page.title) == "45 decisions: Upheld, page 2 · Ombudsman Decisions"
