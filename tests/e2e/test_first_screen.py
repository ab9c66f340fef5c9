"""What stands on the first screen, and where, on a phone and a desktop."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import watched_page
from tests.page_types import Archive

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


def top(page: Page, selector: str) -> float:
    """Where the first of them begins, in pixels from the top of the page."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"]


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_home_page_offers_subjects_reasons_and_questions_at_once(
    browser: Browser, samples: Archive, device
):
    with watched_page(browser, samples.url, **device) as page:
        samples.visit(page, "home")
        places = [top(page, heading) for heading in ("#by-category", "#by-reason", "#questions")]
        assert places == sorted(places)
        assert top(page, "main form") < places[0] < 400
        first_question = top(page, "#questions + ul a")
        assert first_question < device["viewport"]["height"]


def test_the_home_page_shows_all_ways_in_on_a_desktop(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url, **DESKTOP) as page:
        samples.visit(page, "home")
        box = page.locator(".ways-in").bounding_box()
        assert box["y"] + box["height"] < 900


def test_outcome_and_summary_come_before_the_facts_on_a_phone(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url, **PHONE) as page:
        samples.visit(page, "decision")
        parts = ("h1", ".decision-outcome", "#summary", ".decision-summary")
        places = [top(page, part) for part in parts]
        assert places == sorted(places)
        assert places[2] < 600


def test_hints_of_keys_are_for_those_who_have_a_keyboard(browser: Browser, samples: Archive):
    for device, is_shown in ((PHONE, False), (DESKTOP, True)):
        with watched_page(browser, samples.url, **device) as page:
            samples.visit(page, "decision, found by words")
            assert page.locator(".key-hint").is_visible() == is_shown
