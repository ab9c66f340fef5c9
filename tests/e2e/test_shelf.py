"""The reader's shelf in a real browser: kept, noted, exported, removed; in two tabs."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = "/decisions/95-000-001/", "/decisions/95-000-002/"


@pytest.fixture(autouse=True)
def archive():
    make_decision("95 000 001", council="Kent County Council", decided_on="2022-04-20")
    make_decision("95 000 002", council='Essex & "Sons" <b>Council</b>')


def keep(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        page.get_by_role("button", name="Keep on my shelf").click()
        expect(page.get_by_role("status").filter(has_text="Kept")).to_be_visible()


def titles(page: Page) -> list[str]:
    return page.locator("#shelf h2").all_inner_texts()


def test_kept_decisions_are_listed_with_notes_and_exported(page: Page):
    sent = []
    keep(page, FIRST, SECOND)
    page.on("request", lambda request: sent.append((request.method, request.url)))
    page.get_by_role("link", name="My shelf").first.click()
    assert titles(page) == [
        'School transport: Essex & "Sons" <b>Council</b>',
        "School transport: Kent County Council",
    ]
    page.get_by_label("Your note on 95 000 001").fill("Like mine.\nAsk about the bus.")
    page.reload()
    expect(page.get_by_label("Your note on 95 000 001")).to_have_value(
        "Like mine.\nAsk about the bus."
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Download citations").click()
    exported = Path(download.value.path()).read_text()
    first, second = exported.strip().split("\n\n")
    assert first.startswith("Local Government and Social Care Ombudsman, Essex")
    assert second.endswith("/decisions/95-000-001/\n    Like mine.\n    Ask about the bus.")
    assert "20 April 2022" in second
    assert all(method == "GET" and "Like" not in url for method, url in sent)
    assert not Axe().run(page).response["violations"]


def test_a_decision_can_be_removed_on_its_page_and_on_the_shelf(page: Page):
    keep(page, FIRST, SECOND)
    page.get_by_role("button", name="Remove from my shelf").click()
    expect(page.get_by_role("button", name="Keep on my shelf")).to_be_visible()
    page.goto("/shelf/")
    assert titles(page) == ["School transport: Kent County Council"]
    page.get_by_role("button", name="Remove School transport: Kent").click()
    expect(page.get_by_text("Your shelf is empty.")).to_be_visible()
    expect(page.get_by_role("button", name="Download citations")).to_be_hidden()


def test_all_are_removed_only_when_the_reader_agrees(page: Page):
    keep(page, FIRST)
    page.goto("/shelf/")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Remove all").click()
    assert len(titles(page)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove all").click()
    expect(page.locator("#shelf li")).to_have_count(0)


def test_a_change_in_another_tab_is_seen(page: Page):
    page.goto("/shelf/")
    expect(page.get_by_text("Your shelf is empty.")).to_be_visible()
    other = page.context.new_page()
    keep(other, FIRST)
    expect(page.locator("#shelf li")).to_have_count(1)
    page.get_by_role("button", name="Remove School transport: Kent").click()
    expect(other.get_by_role("button", name="Keep on my shelf")).to_be_visible()


def test_a_shelf_that_cannot_be_read_is_kept_aside(page: Page):
    page.goto("/shelf/")
    page.evaluate("localStorage.setItem('shelf', '{broken')")
    keep(page, FIRST)
    stored = page.evaluate("({...localStorage})")
    assert stored["shelf-unreadable"] == "{broken"
    assert [entry["reference"] for entry in json.loads(stored["shelf"])] == ["95 000 001"]


def test_a_full_storage_is_said(page: Page):
    page.goto("/shelf/")
    page.evaluate("localStorage.setItem('rest', 'x'.repeat(5 * 1024 * 1024 - 4))")
    page.goto(FIRST)
    page.get_by_role("button", name="Keep on my shelf").click()
    expect(page.get_by_role("status").filter(has_text="was not saved")).to_be_visible()
    expect(page.get_by_role("button", name="Keep on my shelf")).to_be_visible()
