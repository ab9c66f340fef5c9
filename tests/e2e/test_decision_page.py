"""A decision's page in a real browser: stepping, quoting, previews, contents, and no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from decisions import search
from decisions.documents import sections_to_json
from decisions.models import Decision
from tests.factories import Item, Paragraph, Section, make_decision

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/decisions/95-000-001/"
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1680, "height": 900}
LONG = "The Council wrote to Mr X about his son and the way he goes to school each day. " * 6

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive():
    """A long decision that refers to its own third paragraph, and whose fourth is standard."""
    sections = (
        Section("The complaint", 1, (Paragraph(1, LONG), Paragraph(2, "The taxi was late."))),
        Section(
            "What I found",
            1,
            (
                Paragraph(3, "A taxi is a car.", (Item("a", "with a driver;"),)),
                Paragraph(4, "We cannot question a taxi."),
                Paragraph(5, LONG),
                Paragraph(6, f"{LONG} This is so for the reasons in paragraph three."),
            ),
        ),
        Section("Final decision", 1, tuple(Paragraph(number, LONG) for number in range(7, 11))),
    )
    start = len(f"{LONG} This is so for the reasons in ")
    target = {"number": 3, "item": []}
    evidence = {"section": 1, "paragraph": 3, "item": [], "start": start, "end": start + 15}
    made = make_decision(
        "95 000 001",
        summary="A taxi came late.",
        sections=sections,
        reasons=["late"],
        outcome="Closed after initial enquiries",
    )
    evidence |= {"anchor": "para-6", "number": 6}
    reason = {**evidence, "paragraph": 1, "start": 0, "end": 5, "anchor": "para-4", "number": 4}
    findings = {
        "cross_references": [{"evidence": evidence, "targets": [target]}],
        "closure_reasons": [{"code": "late", "basis": "decision", "evidence": [reason]}],
        "standard": [[1, 1, 77]],
    }
    Decision.objects.filter(pk=made.pk).update(
        sections=sections_to_json(sections), findings=findings, fingerprints=[77]
    )
    for _ in range(10):
        make_decision(fingerprints=[77], summary="Nothing.", paragraphs=("No.",))
    search.catch_up()


def current(page: Page):
    return page.locator("mark[aria-current]")


def test_buttons_move_between_the_hits(page: Page):
    page.goto(f"{PAGE}?q=taxi")
    expect(page.locator("#hit-count")).to_have_text("4 found")
    following, previous = (page.get_by_role("button", name=name) for name in ("Next", "Previous"))
    following.click()
    expect(page.locator("#hit-count")).to_have_text("1 of 4")
    expect(page.locator("#hit-status")).to_have_text("1 of 4: taxi")
    following.click()
    expect(page.locator("#hit-status")).to_have_text("2 of 4, paragraph 2: taxi")
    expect(page.locator("#para-2 mark[aria-current]")).to_be_in_viewport()
    expect(following).to_be_focused()
    previous.click()
    previous.click()
    expect(page.locator("#hit-count")).to_have_text("4 of 4")
    expect(current(page)).to_have_count(1)
    background = "element => getComputedStyle(element).backgroundColor"
    other = page.locator("#para-3 mark").evaluate(background)
    assert current(page).evaluate(background) != other


def test_moving_between_hits_by_key_moves_the_focus_and_can_be_turned_off(page: Page):
    page.goto(f"{PAGE}?q=taxi")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#para-2 mark")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("#hit-count")).to_have_text("1 of 4")
    page.get_by_label("Search decisions").press("n")  # typing is no step
    expect(page.locator("#hit-count")).to_have_text("1 of 4")

    page.get_by_label("Keys n and p").uncheck()
    page.keyboard.press("n")
    expect(page.locator("#hit-count")).to_have_text("1 of 4")
    page.reload()
    expect(page.get_by_label("Keys n and p")).not_to_be_checked()


def test_the_count_starts_at_the_paragraph_of_the_address(page: Page):
    page.goto(f"{PAGE}?q=taxi#para-3")
    expect(page.locator("#hit-count")).to_have_text("3 of 4")
    expect(page.locator("#para-3 mark")).to_have_attribute("aria-current", "true")


def test_a_hit_in_folded_wording_is_opened(page: Page):
    page.goto(f"{PAGE}?q=taxi")
    fold = page.locator("details.standard")
    fold.evaluate("fold => fold.open = false")
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#para-4 mark")).to_be_visible()
    expect(fold).to_have_attribute("open", "")


def test_the_back_link_leads_to_the_previous_list(page: Page):
    page.goto("/decisions/?q=taxi&outcome=closed-after-initial-enquiries")
    page.locator("#results h2 a").first.click()
    back = page.get_by_role("link", name="Back to the results")
    # Without the script, it leads to the words alone.
    expect(back).to_have_attribute("href", re.compile("outcome="))
    back.click()
    expect(page).to_have_url(re.compile(r"q=taxi&outcome=closed-after-initial-enquiries$"))


def test_a_paragraph_is_quoted_and_copied_by_keyboard_alone(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    quote = page.locator("#para-2 .quote")
    expect(quote).to_be_hidden()
    page.locator("#para-2 .num").focus()
    page.keyboard.press("Tab")
    expect(quote).to_be_focused()
    assert quote.bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Quote this decision")
    expect(dialog).to_be_visible()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    copy = dialog.get_by_role("button", name="Copy").first
    expect(copy).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Copied: The paragraph, cited.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“The taxi was late.”\n\nLocal Government and Social Care Ombudsman")
    assert copied.endswith(f"paragraph 2, {page.url}#para-2")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(quote).to_be_focused()


def test_another_paragraph_is_chosen_in_the_dialog(page: Page):
    page.goto(PAGE)
    page.set_viewport_size(WIDE)
    page.get_by_role("link", name="Copy a citation").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".citation")).to_have_count(3)
    dialog.get_by_label("Cite another paragraph").fill("2")
    dialog.get_by_label("Cite another paragraph").press("Enter")
    expect(dialog.locator(".citation")).to_have_count(4)
    expect(dialog.locator("#cited-text")).to_contain_text("The taxi was late.")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_if_copying_is_not_allowed_the_citation_is_selected(page: Page):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{PAGE}quote/?paragraph=2")
    page.get_by_role("button", name="Copy").nth(1).click()
    expect(page.get_by_role("status").last).to_contain_text("press Ctrl and C")
    assert page.evaluate("getSelection().toString()").startswith("Local Government and Social")


def test_a_reference_shows_its_paragraph_until_escape_or_leaving(page: Page):
    page.goto(PAGE)
    reference = page.locator("#para-6 p a")
    preview = page.get_by_role("tooltip")
    reference.hover()
    expect(preview).to_contain_text("A taxi is a car.")
    expect(preview).to_contain_text("a) with a driver;")
    preview.hover()  # stays while the pointer is on it
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()

    reference.hover()
    expect(preview).to_be_visible()
    page.mouse.move(5, 5)
    expect(preview).to_be_hidden()
    identifiers = page.evaluate("[...document.querySelectorAll('[id]')].map(tag => tag.id)")
    assert len(identifiers) == len(set(identifiers))


def test_a_preview_appears_on_focus_and_does_not_cover_the_link(page: Page):
    page.goto(PAGE)
    page.keyboard.press("Tab")
    reference = page.locator(".summary-points a")
    reference.focus()
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("We cannot question a taxi.")
    expect(reference).to_have_attribute("aria-describedby", "preview")
    shown, focused = preview.bounding_box(), reference.bounding_box()
    assert shown["y"] >= focused["y"] + focused["height"] or (
        shown["y"] + shown["height"] <= focused["y"]
    )
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(reference).to_be_focused()


def test_the_contents_follow_the_reader(page: Page):
    page.goto(PAGE)
    here = page.locator(".toc [aria-current]")
    page.locator("#para-10").scroll_into_view_if_needed()
    expect(here).to_have_text("Final decision")
    page.locator("#para-1").evaluate("tag => tag.scrollIntoView()")
    expect(here).to_have_text("The complaint")
    expect(here).to_have_count(1)


def test_without_script_hits_are_links_and_citations_are_a_page(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{PAGE}?q=taxi")
    expect(page.locator(".text mark")).to_have_count(4)
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    page.locator(".search-hits .hit-locations a").last.click()
    expect(page).to_have_url(re.compile(r"#para-4$"))
    expect(page.locator("#para-4 mark")).to_be_visible()
    page.locator("#para-2 .num").click()
    page.locator("#para-2 .quote").click()
    expect(page).to_have_url(re.compile(r"/quote/\?paragraph=2$"))
    expect(page.locator("#cited-text")).to_contain_text("The taxi was late.")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_label("Cite another paragraph").fill("3")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#cited-text")).to_contain_text("a) with a driver;")
    context.close()


def test_on_paper_standard_wording_is_unfolded_and_the_rest_is_gone(page: Page):
    page.goto(f"{PAGE}?q=late")
    fold = page.locator("details.standard")
    expect(fold).not_to_have_attribute("open", "")
    page.emulate_media(media="print")
    expect(page.locator("#para-4 p")).to_be_visible()
    expect(page.locator("#para-4 .num")).to_be_visible()
    expect(page.locator(".print-only")).to_contain_text(f"{PAGE}")
    for gone in (".search-hits", ".aside", ".contents", ".masthead", "details.standard > summary"):
        expect(page.locator(gone)).to_be_hidden()


def test_reduced_motion_disables_smooth_scrolling(page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{PAGE}?q=taxi")
    gliding = "selector => getComputedStyle(document.querySelector(selector)).scrollBehavior"
    assert [page.evaluate(gliding, selector) for selector in ("html", ".contents")] == ["auto"] * 2


@pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", WIDE), ("dark", PHONE), ("light", {"width": 320, "height": 700}), ("dark", WIDE)],
)
def test_axe_finds_no_violations_in_the_suggestions(page: Page, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in (f"{PAGE}?q=taxi#para-3", f"{PAGE}?q=zebra", f"{PAGE}quote/?paragraph=2"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
