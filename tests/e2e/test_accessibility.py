"""Nobody is shut out: every type of page in a real browser, by axe and by keyboard.

`tests/page_types.py` lists the types.
"""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.conftest import watched_page
from tests.page_types import PAGES, Archive, fail

DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 700}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
# A desktop at 200 %: half as many CSS pixels.
ZOOMED = {"width": 640, "height": 450}

# Which rules axe checks; it leaves out the size of targets unless asked.
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
# Colours take axe most of its time, and do not depend on the script.
ALL_BUT_COLOURS = {
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}
}
WIDTH_RULES = {
    "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
}

CHECKS = Path(__file__).with_name("accessibility.js").read_text()

every_page = pytest.mark.parametrize("page_type", PAGES)


@every_page
def test_keyboard_structure_and_axe_in_any_light_or_size(
    browser: Browser, samples: Archive, page_type
):
    with watched_page(browser, samples.url, viewport=DESKTOP, reduced_motion="reduce") as page:
        samples.visit(page, page_type)
        assert run_check(page, "disorder") == []
        assert run_check(page, "motion") == []
        assert unreachable_controls(page) == []
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        # Colours do not depend on the width, nor the layout on the colours.
        assert faults(page) == []
        page.set_viewport_size(ZOOMED)
        assert faults(page, WIDTH_RULES) == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        assert faults(page) == []


def test_rare_failures_and_the_sign_in_of_staff(browser: Browser, samples: Archive):
    """Pages that are like another one in PAGES, and Django's own with our styles."""
    failures = (405, 408, 413, 414, 504)
    with watched_page(browser, samples.url, viewport=DESKTOP) as page:
        for status in failures:
            fail(page, status)
        for address in (*(f"/failure/{status}/" for status in failures), "/admin/login/"):
            page.set_viewport_size(DESKTOP)
            page.emulate_media(color_scheme="light")
            page.goto(address)
            assert page.locator("h1").count()
            assert faults(page) == [], address
            page.set_viewport_size(NARROW)
            page.emulate_media(color_scheme="dark")
            assert faults(page) == [], address


@every_page
def test_axe_finds_nothing_without_script(browser: Browser, samples: Archive, page_type):
    # Axe needs script to be on, but that of the site does not arrive.
    with watched_page(browser, samples.url, viewport=DESKTOP) as page:
        page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript"))
        samples.visit(page, page_type)
        assert page.evaluate("typeof htmx") == "undefined"
        assert faults(page, ALL_BUT_COLOURS) == []


@every_page
def test_targets_keep_their_distance_on_a_phone(browser: Browser, samples: Archive, page_type):
    with watched_page(browser, samples.url, **PHONE) as page:
        samples.visit(page, page_type)
        assert run_check(page, "crowding") == []
        # Nobody presses keys there.
        assert page.locator("kbd:visible").count() == 0


def test_results_and_filters_are_announced(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url, viewport=DESKTOP) as page:
        page.goto("/decisions/")
        status = page.locator("#announcement[role=status]")
        status.evaluate("element => { element.dataset.stays = 'yes' }")
        for name in ("Upheld", "Not upheld"):
            before = page.get_by_role("heading", level=1).inner_text()
            page.get_by_role("checkbox", name=name, exact=False).first.press("Space")
            expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
            expect(status).to_have_text(page.get_by_role("heading", level=1).inner_text())
        # A screen reader listens to the element that was there, not to a new one.
        assert status.get_attribute("data-stays") == "yes"


def test_the_accessibility_checks_find_known_mistakes(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url, viewport=DESKTOP, bypass_csp=True) as page:
        page.goto("/about/")
        page.evaluate(
            """() => {
              document.querySelector("h2").outerHTML = "<h4>Skipped</h4>";
              const main = document.querySelector("main");
              main.insertAdjacentHTML("beforeend", `<nav></nav><h1>Another</h1>
                <div style="width: 2000px; transition: opacity 1s">wide</div>
                <button style="width: 9px; height: 9px; padding: 0">a</button
                ><button style="width: 9px; height: 9px; padding: 0">b</button>
                <p><a href="/" tabindex="1">first</a>
                  <a href="/" style="outline: none">unseen</a></p>
                <p style="color: #bbb">faint</p>`);
            }"""
        )
        found = "\n".join(
            [
                *run_check(page, "disorder"),
                *run_check(page, "motion"),
                *run_check(page, "crowding"),
                *unreachable_controls(page),
            ]
        )
        for fault in (
            "h2",
            "2 of h1",
            "nav without a name",
            "opacity 1s",
            "too near",
            "not seen",
            "order",
        ):
            assert fault in found, found
        found = "\n".join(faults(page))
        for fault in ("target-size", "color-contrast", "sideways"):
            assert fault in found, found


# --- The checks. Each gives what is wrong, in words.


def faults(page: Page, rules: dict[str, Any] = ALL_RULES) -> list[str]:
    """What axe finds by these rules with every fold open, and whether the page scrolls sideways."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "options => axe.run(options).then(found => found.violations)",
        {"resultTypes": ["violations"], **rules},
    )
    wrong = [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*wrong, f"scrolls sideways: {wide} of {width} pixels"] if wide > width else wrong


def unreachable_controls(page: Page) -> list[str]:
    """The controls that Tab does not reach in page order with a visible focus."""
    run_check(page, "watchFocus")
    while not run_check(page, "cameRound"):
        for _ in range(10):
            page.keyboard.press("Tab")
    return run_check(page, "unreached")


def run_check(page: Page, check: str) -> Any:
    """The result of a check in accessibility.js."""
    return page.evaluate(f"{CHECKS}\n;{check}()")
