"""Long lists of options in a browser: they load when opened, and have a page without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from decisions import search
from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive():
    for number in range(26):
        make_decision(council=f"St. Orrin’s {number:02} Council", decided_on="2020-01-05")
    for council in ("Dunley Council", "Wexcombe Joint Committee"):
        make_decision(council=council, outcome="Not upheld")
    search.catch_up()


def count(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_a_long_list_loads_when_it_is_opened(page: Page):
    page.goto("/decisions/")
    last = page.get_by_role("checkbox", name="St. Orrin’s 25 Council")
    expect(last).to_have_count(0)
    summary = page.get_by_text("Show all: 20 more")
    summary.focus()
    summary.press("Enter")
    expect(last).to_be_visible()
    expect(summary).to_be_focused()
    expect(page.get_by_role("link", name="Choose from all councils")).to_have_count(0)
    last.check()
    expect(count(page)).to_have_text("1 decision")
    expect(last).to_be_focused()
    expect(page).to_have_url(re.compile(r"/\?council=st-orrins-25-council$"))
    # A second request for the options is not needed: the update has them.
    boxes = page.locator("#fold-councils input")
    expect(boxes).to_have_count(20)
    page.go_back()
    expect(count(page)).to_have_text("28 decisions")
    # The list that was open is open again, so it loads.
    expect(last).to_be_visible()
    expect(last).not_to_be_checked()


def test_a_failed_load_leaves_the_link_and_opening_again_loads(page: Page):
    page.goto("/decisions/")
    page.route("**/options/**", lambda route: route.fulfill(status=204))
    summary = page.get_by_text("Show all: 20 more")
    summary.click()
    link = page.get_by_role("link", name="Choose from all councils")
    expect(link).to_be_visible()
    page.unroute("**/options/**")
    summary.click()
    expect(link).to_be_hidden()
    summary.click()
    expect(page.locator("#fold-councils input")).to_have_count(20)


def test_subcategories_load_when_their_group_is_opened(page: Page):
    for number in range(14):
        make_decision(category=("Housing", f"Part {number:02}"))
    search.catch_up()
    page.goto("/decisions/")
    page.locator("summary", has_text="Housing").click()
    page.get_by_role("checkbox", name="Part 03").check()
    expect(count(page)).to_have_text("1 decision")
    expect(page.get_by_role("checkbox", name="Part 03")).to_be_focused()
    page.get_by_role("checkbox", name="Part 04").check()
    expect(count(page)).to_have_text("2 decisions")


def test_two_tabs_choose_from_their_own_lists(page: Page):
    other = page.context.new_page()
    page.goto("/decisions/")
    other.goto("/decisions/?outcome=upheld")
    for tab, number in ((page, 20), (other, 18)):
        tab.get_by_text("Show all:").click()
        expect(tab.locator("#fold-councils input")).to_have_count(number)
        tab.get_by_role("checkbox", name="St. Orrin’s 25 Council").check()
        expect(count(tab)).to_have_text("1 decision")
    expect(page).to_have_url(re.compile(r"/\?council=st-orrins-25-council$"))
    expect(other).to_have_url(re.compile(r"council=st-orrins-25-council&outcome=upheld$"))


def test_without_script_a_long_list_is_a_page(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/decisions/?q=council&outcome=upheld&sort=oldest")
    page.get_by_text("Show all: 18 more").click()
    page.get_by_role("link", name="Choose from all councils").click()
    expect(count(page)).to_have_text("Choose councils")
    expect(page.get_by_label("Find a council to choose")).to_be_hidden()
    page.get_by_role("checkbox", name="St. Orrin’s 11 Council").check()
    page.get_by_role("checkbox", name="St. Orrin’s 25 Council").check()
    page.get_by_role("button", name="Show decisions").click()
    expect(count(page)).to_have_text("2 decisions for council")
    expect(page).to_have_url(
        f"{live_server.url}/decisions/?q=council&outcome=upheld&sort=oldest"
        "&council=st-orrins-11-council&council=st-orrins-25-council"
    )
    page.go_back()
    page.get_by_role("link", name="Back to").click()
    expect(count(page)).to_have_text("26 decisions for council")
    context.close()


def test_with_script_the_page_of_options_is_filtered_by_typing(page: Page):
    page.goto("/decisions/options/?filter=council")
    finder = page.get_by_label("Find a council to choose")
    finder.press_sequentially("13 orrin")
    expect(page.locator(".option:visible")).to_have_text(["St. Orrin’s 13 Council1"])
    expect(page.get_by_role("status").first).to_have_text("1 of 28 councils")
    finder.press("Enter")
    expect(count(page)).to_have_text("Choose councils")
