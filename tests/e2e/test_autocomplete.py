"""The search box as a combobox in a real browser: keyboard, pointer, roles, late answers."""

import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from decisions import search
from decisions.web.views import search as search_views
from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 700}
DESKTOP = {"width": 1280, "height": 900}

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive():
    for number in range(4):
        make_decision(
            f"95 100 00{number}",
            council="London Borough of Ambridge",
            category=("Housing", "Homelessness"),
            summary="The Council delayed school transport appeals.",
        )
    make_decision("95 200 001", council="Borough of Long Barton")
    make_decision("96 000 001", council="Wexcombe District Council")
    search.catch_up()


@pytest.fixture
def box(page: Page):
    page.goto("/")
    return page.get_by_role("combobox", name="Search decisions")


def test_by_keyboard_alone(page: Page, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    controlled = box.get_attribute("aria-controls")
    box.focus()
    page.keyboard.type("borough lon")
    listbox = page.get_by_role("listbox", name="Suggestions")
    expect(listbox).to_be_visible()
    expect(listbox).to_have_id(controlled)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("2 suggestions")).to_have_attribute("aria-live", "polite")
    group = page.get_by_role("group", name="Councils")
    options = group.get_by_role("option")
    expect(options).to_have_text(
        [
            re.compile(r"London Borough of Ambridge\s+4 decisions"),
            re.compile(r"Borough of Long Barton\s+1 decision$"),
        ]
    )
    # Nothing is chosen until somebody chooses.
    expect(listbox.locator("[aria-selected=true]")).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.first).to_have_attribute("aria-selected", "false")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/decisions/\?council=borough-of-long-barton$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision")


def test_escape_closes_first_and_empties_second(page: Page, box):
    box.press_sequentially("wexc")
    listbox = page.get_by_role("listbox")
    expect(listbox).to_be_visible()
    box.press("ArrowDown")
    box.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value("wexc")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("ArrowDown")
    expect(listbox).to_be_visible()
    box.press("Escape")
    box.press("Escape")
    expect(box).to_have_value("")


def test_tab_closes_the_list_and_moves_on(page: Page, box):
    box.press_sequentially("wexc")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_enter_without_a_choice_searches(page: Page, box):
    box.press_sequentially("school tr")
    option = page.get_by_role("group", name="Phrases").get_by_role("option").first
    expect(option).to_have_text(re.compile("school transport appeals"))
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/decisions/\?q=school\+tr$"))


def test_on_the_list_a_suggestion_is_a_link_and_enter_keeps_the_filters(page: Page):
    page.goto("/decisions/?outcome=upheld")
    box = page.get_by_role("combobox", name="Search decisions")
    box.press_sequentially("transport")
    expect(page.get_by_role("group", name="Categories")).to_be_visible()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=transport&outcome=upheld$"))
    expect(page.get_by_role("listbox")).to_be_hidden()

    # What comes back by the browser's history is a combobox too.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 decisions")
    box.fill("951000")
    option = page.get_by_role("option", name="95 100 002 London Borough of Ambridge")
    option.click()
    expect(page).to_have_url(re.compile(r"/decisions/95-100-002/$"))
    # And in the head of every page.
    box.press_sequentially("homelessn")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?category=housing/homelessness$"))
    page.go_back()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_late_answer_is_ignored(page: Page, box, monkeypatch):
    held = {"borough": threading.Event(), "wexcom": threading.Event()}
    suggest = search_views.suggest
    monkeypatch.setattr(
        search_views, "suggest", lambda typed: held[typed].wait(30) and suggest(typed)
    )
    with page.expect_request("**/suggest/?q=borough"):
        box.press_sequentially("borough")
    box.fill("wexcom")
    # Asked for as soon as the first answer has come, and been dropped.
    with page.expect_request("**/suggest/?q=wexcom"):
        held["borough"].set()
    expect(page.get_by_role("option", include_hidden=True)).to_have_count(0)
    held["wexcom"].set()
    expect(page.get_by_role("option")).to_have_text([re.compile("Wexcombe")])


def test_a_late_answer_does_not_open_the_list_after_the_search_started(page: Page, monkeypatch):
    held = threading.Event()
    suggest = search_views.suggest
    monkeypatch.setattr(search_views, "suggest", lambda typed: held.wait(30) and suggest(typed))
    page.goto("/decisions/")
    box = page.get_by_role("combobox", name="Search decisions")
    with page.expect_request("**/suggest/?q=transport"):
        box.press_sequentially("transport")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=transport$"))
    held.set()
    # Neither does one that was asked for within the pause after the last letter.
    box.press_sequentially("s")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=transports$"))
    page.wait_for_timeout(500)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_failed_request_for_suggestions_leaves_the_search_box_usable(
    browser, live_server, monkeypatch
):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/decisions/")
    monkeypatch.setattr(search_views, "suggest", lambda typed: 1 / 0)
    box = page.get_by_role("combobox", name="Search decisions")
    with page.expect_response("**/suggest/?q=transport") as search_results:
        box.press_sequentially("transport")
    assert search_results.value.status == 500
    expect(page).to_have_url(re.compile(r"/decisions/$"))
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=transport$"))
    context.close()


def test_without_script_the_search_box_is_an_ordinary_field(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("searchbox", name="Search decisions")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", NARROW)])
def test_axe_finds_no_violations_in_the_suggestions(page: Page, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in ("/", "/decisions/", "/decisions/95-100-001/"):
        page.goto(address)
        box = page.get_by_role("combobox", name="Search decisions")
        box.fill("95")
        expect(page.get_by_role("group", name="Decisions")).to_be_visible()
        box.fill("bo")
        expect(page.get_by_role("group", name="Councils")).to_be_visible()
        box.press("ArrowDown")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{address} is {wide} pixels wide"
        for option in page.get_by_role("option").all():
            assert option.bounding_box()["height"] >= 24
