"""The list in a real browser: the filter dialog, filtering options, what screen readers hear."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from decisions import search
from tests.factories import make_decision
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 568}
DESKTOP = {"width": 1280, "height": 700}
ZOOMED = {"width": 640, "height": 450}  # 1280 by 900 at 200 %

LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwll and Surrounding Villages Joint Committee"
LONG_WORD = "donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive():
    for number in range(26):
        make_decision(council=f"St. Orrin’s {number:02} Council", decided_on="2020-01-05")
    make_decision(
        council="Dunley Council",
        outcome="Not upheld",
        decided_on="2021-06-01",
        paragraphs=("The school bus was late.",),
    )
    make_decision(
        council=LONG_NAME,
        outcome="Closed after initial enquiries",
        decided_on="2022-06-01",
        reasons=["late", "court-or-tribunal-remedy"],
        paragraphs=(f"About a {LONG_WORD} and a bus.",),
    )
    search.catch_up()


def count(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def open_filter_dialog(page: Page, address: str = "/decisions/") -> Locator:
    page.goto(address)
    page.get_by_role("button", name="Filters").click()
    dialog = page.get_by_role("dialog", name="Filters")
    expect(dialog).to_be_visible()
    return dialog


# ---- The filter dialog


def test_on_a_phone_filters_are_a_dialog_whose_count_follows(page: Page):
    page.set_viewport_size(PHONE)
    dialog = open_filter_dialog(page, "/decisions/?outcome=upheld")
    assert dialog.bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert dialog.locator(".filter-dialog-header").bounding_box()["y"] == 0
    assert dialog.evaluate("dialog => dialog.scrollHeight") == PHONE["height"]
    expect(dialog.get_by_role("button", name="Show 26 decisions")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Filters")).to_be_focused()
    box = dialog.get_by_role("checkbox", name="Not upheld")
    box.focus()
    box.press("Space")
    expect(dialog.get_by_role("button", name="Show 27 decisions")).to_be_in_viewport()
    expect(dialog.get_by_role("status").last).to_have_text("27 decisions")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(page).to_have_url(re.compile(r"outcome=upheld&outcome=not-upheld$"))

    dialog.get_by_role("button", name="Show 27 decisions").click()
    expect(dialog).to_be_hidden()
    expect(count(page)).to_have_text("27 decisions")
    expect(page.get_by_role("button", name="Filters 2 chosen")).to_be_focused()
    # To show them was no step: going back undoes the choice.
    page.go_back()
    expect(count(page)).to_have_text("26 decisions")
    expect(page.get_by_role("button", name="Filters 1 chosen")).to_be_visible()
    # The page that came back has a dialog too.
    page.get_by_role("button", name="Filters 1 chosen").click()
    expect(dialog.get_by_role("checkbox", name="Not upheld")).not_to_be_checked()


def test_the_dialog_keeps_and_returns_the_focus(page: Page):
    page.set_viewport_size(PHONE)
    dialog = open_filter_dialog(page)
    inside = "document.getElementById('filter-dialog').contains(document.activeElement)"
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 14:
        page.keyboard.press(key)
        # Between the last and the first the browser's own buttons have their turn.
        assert page.evaluate(f"{inside} || document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Filters")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Filters")).to_be_focused()


def test_nothing_behind_the_dialog_is_read_or_reached(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("/decisions/")
    session = page.context.new_cdp_session(page)

    def names() -> set[str]:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        return {
            node["name"]["value"]
            for node in nodes
            if not node["ignored"] and node.get("name", {}).get("value")
        }

    assert "28 decisions" in names()
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    heard = names()
    assert {"Outcome", "Council", "Show 28 decisions", "Close"} <= heard
    assert not {"28 decisions", "Search decisions", "Sort"} & heard


def test_a_click_outside_the_dialog_closes_it(page: Page):
    page.set_viewport_size({"width": 800, "height": 700})
    dialog = open_filter_dialog(page)
    assert dialog.bounding_box()["width"] < 500
    page.mouse.click(750, 400)
    expect(dialog).to_be_hidden()
    # A dialog that is open when the window grows becomes the panel.
    page.get_by_role("button", name="Filters").click()
    page.set_viewport_size(DESKTOP)
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Not upheld")).to_be_visible()
    page.get_by_role("checkbox", name="Not upheld").check()
    expect(count(page)).to_have_text("1 decision")


def test_without_script_the_filters_are_folded(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=PHONE
    )
    page = context.new_page()
    page.goto("/decisions/")
    apply = page.get_by_role("button", name="Apply")
    expect(apply).to_be_hidden()
    page.locator("summary", has_text="Filters").click()
    expect(page.get_by_label("Find a council to choose")).to_be_hidden()
    page.get_by_role("checkbox", name="Not upheld").check()
    apply.click()
    expect(count(page)).to_have_text("1 decision")
    expect(page.locator("summary", has_text="Filters 1 chosen")).to_be_visible()
    context.close()


# ---- Finding in a long list


def test_a_council_is_found_by_typing(page: Page):
    page.set_viewport_size(DESKTOP)
    page.goto("/decisions/")
    finder = page.get_by_label("Find a council to choose")
    facet = page.locator("fieldset", has=finder)
    said = facet.get_by_role("status")
    # In any order, and however the name is pointed.
    finder.press_sequentially("13 orrins st")
    expect(facet.locator(".option:visible")).to_have_text(["St. Orrin’s 13 Council1"])
    expect(said).to_have_text("1 of 28 councils")
    finder.press("Enter")
    expect(page).to_have_url(re.compile(r"/decisions/$"))
    # Those that stood before the fold are found as well.
    finder.fill("dunl")
    expect(facet.locator(".option:visible")).to_have_text(["Dunley Council1"])
    finder.fill("<b>zz")
    expect(said).to_have_text("No council contains “<b>zz”.")
    finder.press("Escape")
    expect(finder).to_have_value("")
    expect(said).to_be_empty()
    expect(page.locator("#fold-councils")).not_to_have_attribute("open", "")
    expect(page.get_by_text("Show all: 20 more")).to_be_visible()


def test_typed_words_remain_after_a_choice(page: Page):
    page.goto("/decisions/")
    finder = page.get_by_label("Find a council to choose")
    finder.fill("orrins 1")
    page.get_by_role("checkbox", name="St. Orrin’s 11 Council").check()
    expect(count(page)).to_have_text("1 decision")
    expect(page.get_by_role("checkbox", name="St. Orrin’s 11 Council")).to_be_focused()
    expect(finder).to_have_value("orrins 1")
    page.get_by_role("checkbox", name="St. Orrin’s 12 Council").check()
    expect(count(page)).to_have_text("2 decisions")
    # A fold that the reader opened stays open too.
    finder.fill("")
    page.get_by_text("Show all:").click()
    page.get_by_role("checkbox", name="St. Orrin’s 25 Council").check()
    expect(count(page)).to_have_text("3 decisions")
    expect(page.locator("#fold-councils")).to_have_attribute("open", "")


def test_escape_clears_first_and_closes_the_dialog_second(page: Page):
    page.set_viewport_size(PHONE)
    dialog = open_filter_dialog(page)
    finder = dialog.get_by_label("Find a council to choose")
    finder.fill("dunley")
    finder.press("Escape")
    expect(finder).to_have_value("")
    expect(dialog).to_be_visible()
    finder.press("Escape")
    expect(dialog).to_be_hidden()


# ---- A change, and what is said of it


def test_while_the_list_is_fetched_it_is_busy(page: Page):
    page.goto("/decisions/")
    held: list[Route] = []
    page.route(re.compile("outcome="), lambda route: held.append(route))
    page.get_by_role("checkbox", name="Not upheld").click()
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#announcement")).to_be_empty()
    # The list is marked before the request leaves; waiting so, the browser is listened to.
    wait_until(lambda: page.wait_for_timeout(20) or held)
    held[0].continue_()
    expect(page.locator("#announcement")).to_have_text("1 decision")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page).to_have_title("1 decision: Not upheld · Ombudsman Decisions")


def test_the_panel_stays_where_it_was_scrolled_to(page: Page):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto("/decisions/")
    panel = page.locator(".filters")
    box = page.get_by_role("checkbox", name="St. Orrin’s 05 Council")
    box.focus()
    before = panel.evaluate("panel => panel.scrollTop")
    assert before > 0
    box.press("Space")
    expect(count(page)).to_have_text("1 decision")
    expect(box).to_be_focused()
    after = panel.evaluate("panel => panel.scrollTop")
    most = panel.evaluate("panel => panel.scrollHeight - panel.clientHeight")
    assert after == min(before, most)


def test_a_long_panel_scrolls_on_its_own(page: Page):
    page.set_viewport_size(DESKTOP)
    page.goto("/decisions/")
    panel = page.locator(".filters")
    assert panel.evaluate("panel => panel.scrollHeight > panel.clientHeight")
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.get_by_role("checkbox", name="Upheld").first).to_be_in_viewport()
    box = panel.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= DESKTOP["height"]


def test_a_date_applies_when_its_field_loses_focus(page: Page):
    page.goto("/decisions/")
    field = page.get_by_label("From", exact=True)
    field.fill("2021-01-01")
    expect(count(page)).to_have_text("28 decisions")
    page.get_by_label("To", exact=True).focus()
    expect(count(page)).to_have_text("2 decisions")
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    # Asked for by the button as well, it is still one step back.
    page.get_by_role("button", name="Apply").click()
    page.wait_for_load_state("networkidle")
    page.go_back()
    expect(count(page)).to_have_text("28 decisions")


def test_a_year_is_chosen_in_place(page: Page):
    page.goto("/decisions/")
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.get_by_role("link", name="2020 26 decisions").click()
    expect(count(page)).to_have_text("26 decisions")
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")
    expect(page.locator("#year-2020")).to_be_focused()
    expect(page.get_by_label("From", exact=True)).to_have_value("2020-01-01")
    expect(page).to_have_url(re.compile(r"\?date_from=2020-01-01&date_to=2020-12-31$"))


def test_order_and_size_stay_when_a_filter_changes(page: Page):
    page.goto("/decisions/?q=council")
    page.get_by_role("navigation", name="Sort").get_by_role("link", name="Oldest").click()
    page.get_by_role("navigation", name="per page").get_by_role("link", name="50").click()
    expect(page.locator(".result")).to_have_count(28)
    page.get_by_role("checkbox", name="Upheld", exact=False).first.check()
    expect(page).to_have_url(re.compile(r"outcome=[a-z-]+&sort=oldest&size=50$"))
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/\?q=council&sort=oldest&size=50$"))


def test_a_search_without_results_links_to_other_searches(page: Page):
    page.goto("/decisions/?q=bus&outcome=upheld")
    page.get_by_role("link", name="Without Upheld").click()
    expect(count(page)).to_have_text("2 decisions for bus")


# ---- Every window


@pytest.mark.parametrize("size", [NARROW, ZOOMED, DESKTOP])
def test_nothing_is_wider_than_the_window(page: Page, size):
    page.set_viewport_size(size)
    for address in (
        "/decisions/?size=50",
        f"/decisions/?q={LONG_WORD}",
        f"/decisions/?q=zebra+{LONG_WORD}&outcome=upheld&date_from=2030-01-01",
        "/decisions/?outcome=not-upheld",
        "/decisions/?outcome=upheld&page=2",
        "/decisions/options/?filter=council",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


@pytest.mark.parametrize(("scheme", "size"), [("light", NARROW), ("dark", PHONE)])
def test_axe_finds_no_violations_in_the_dialog(page: Page, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    dialog = open_filter_dialog(page, "/decisions/?q=council&outcome=upheld")
    dialog.get_by_label("Find a council to choose").fill("orrin")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert dialog.evaluate("dialog => dialog.scrollWidth") <= size["width"]
    small = dialog.evaluate("""dialog => [...dialog.querySelectorAll("a, button, .option, summary")]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24)
        .map(one => one.textContent)""")
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violations_in_the_list(page: Page, scheme):
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in (
        "/decisions/?size=50&sort=oldest",
        "/decisions/?q=bus",
        "/decisions/?q=zebra&outcome=upheld&date_from=2020-01-01&date_to=2020-02-01",
        "/decisions/options/?filter=council&q=bus",
    ):
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
