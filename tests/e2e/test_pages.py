"""The pages in a real browser: filters in place, history, focus, a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from decisions import search
from tests.factories import Item, Paragraph, Section, make_council, make_decision

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive():
    for number in range(14):
        make_decision(council=f"Council {number:02}", decided_on=f"2020-01-{number + 1:02}")
    make_council("Ash Trust", kind="nhs")
    make_decision(
        "95 000 001",
        council="Ash Trust",
        outcome="Not upheld",
        decided_on="2021-06-01",
        is_sample=True,
        sections=(
            Section("The complaint", 1, (Paragraph(1, "The school bus was late."),)),
            Section(
                "Agreed action",
                1,
                (
                    Paragraph(2, "The Council will:", (Item("a", "apologise, and pay £100."),)),
                    Paragraph(None, "(Local Government Act 1974)"),
                ),
            ),
        ),
    )
    make_decision("95 000 002", council=None, category=None, outcome=None, decided_on=None)
    make_decision("95 000 003", withdrawn_at="2024-01-01T00:00:00Z")
    search.catch_up()


def test_a_filter_changes_the_list_in_place(page: Page):
    page.goto("/decisions/")
    page.evaluate("document.body.dataset.stays = 'yes'")
    box = page.get_by_role("checkbox", name="Not upheld")
    box.focus()
    box.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision")
    expect(page).to_have_url(re.compile(r"/decisions/\?outcome=not-upheld$"))
    expect(page).to_have_title("1 decision: Not upheld · Ombudsman Decisions")
    expect(page.get_by_role("status")).to_have_text("1 decision")
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")
    expect(page.get_by_role("checkbox", name="Not upheld")).to_be_focused()
    expect(page.get_by_role("link", name="Remove Not upheld")).to_be_visible()

    page.get_by_role("checkbox", name="Upheld", exact=False).first.check()
    expect(page.get_by_role("heading", level=1)).to_have_text("15 decisions")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision")
    expect(page.get_by_role("checkbox", name="Not upheld")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("16 decisions")
    expect(page.get_by_role("checkbox", name="Not upheld")).not_to_be_checked()
    # What came back works too.
    page.get_by_role("checkbox", name="Not upheld").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision")


def test_an_error_in_place_is_shown_as_a_page(browser, live_server, monkeypatch):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/decisions/")
    monkeypatch.setattr(search, "search", lambda search_query: 1 / 0)
    page.get_by_role("checkbox", name="Not upheld").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Something went wrong")
    expect(page).to_have_url(re.compile(r"outcome=not-upheld"))
    context.close()


def test_words_and_filters_are_asked_for_together(page: Page):
    page.goto("/decisions/?outcome=not-upheld")
    page.get_by_label("Search decisions").fill("school bus")
    page.get_by_label("Search decisions").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision for school bus")
    expect(page).to_have_url(re.compile(r"\?q=school%20bus&outcome=not-upheld$"))
    page.get_by_role("link", name="Paragraph 1").click()
    expect(page).to_have_url(re.compile(r"/decisions/95-000-001/\?q=school%20bus#para-1$"))
    expect(page.locator("#para-1 mark")).to_have_text(["school", "bus"])
    expect(page.locator("#para-1")).to_be_in_viewport()


def test_a_reference_goes_to_its_decision_from_the_list(page: Page):
    page.goto("/decisions/")
    page.get_by_label("Search decisions").fill("95000001")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/decisions/95-000-001/$"))


def test_dates_wait_for_apply(page: Page):
    page.goto("/decisions/")
    page.get_by_label("From", exact=True).fill("2021-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 decision")
    expect(page).to_have_url(re.compile(r"\?date_from=2021-01-01$"))


def test_on_a_phone_contents_are_folded(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("/decisions/95-000-001/")
    link = page.get_by_role("link", name="Agreed action")
    expect(link).to_be_hidden()
    page.get_by_text("In this decision").click()
    link.click()
    expect(page).to_have_url(re.compile(r"#section-2$"))


def test_every_step_works_without_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search decisions").fill('"school bus"')
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text('1 decision for "school bus"')
    page.get_by_role("checkbox", name="Not upheld").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"q=%22school\+bus%22&.*outcome=not-upheld"))
    page.get_by_role("link", name="Remove Not upheld").click()
    expect(page).to_have_url(re.compile(r"\?q=%22school%20bus%22$"))
    context.close()
