"""One walk through everything: real files in by the command, found in every way, read in full;
then a file more through the admin, reviewed, confirmed and found."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from decisions import search
from decisions.models import Decision
from decisions.references import reference_slug
from tests.real_files import DECISIONS
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENTS = {"20 009 466", "21 019 030"}
REPORTS = {"15 016 298", "15 017 863", "15 018 169", "15 018 561", "15 019 136", "15 020 236"}


@pytest.fixture
def real_decisions(capsys):
    call_command("ingest", DECISIONS)
    assert "8 created, 0 updated, 0 unchanged, 1 skipped, 0 failed" in capsys.readouterr().out


def listed_references(page: Page) -> set[str]:
    """References of the decisions in the list, which says itself how many there are."""
    expect(page.locator("#results article")).not_to_have_count(0)
    references = set(re.findall(r"\d\d \d{3} \d{3}", page.locator("#results").inner_text()))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(references)} decision")
    return references


def choose(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=name, exact=False).first.check()
    expect(page.get_by_role("link", name=re.compile(f"Remove .*{name}"))).to_be_visible()


@pytest.mark.real_files
def test_real_decisions_are_found_in_every_way(page: Page, real_decisions):
    page.goto("/")
    expect(page.locator("main")).to_contain_text("8 decisions")
    page.get_by_role("link", name="Decisions", exact=True).click()
    assert listed_references(page) == STATEMENTS | REPORTS

    choose(page, "Kent County Council")
    assert listed_references(page) == STATEMENTS
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("8 decisions")

    # The records name no council: unknown, not guessed, and such decisions can be listed.
    choose(page, "Council not stated")
    assert listed_references(page) == REPORTS
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("8 decisions")

    choose(page, "Upheld")
    assert listed_references(page) == REPORTS
    page.get_by_text("Education", exact=False).first.click()
    choose(page, "School transport")
    assert listed_references(page) == {"15 018 169", "15 019 136", "15 020 236"}

    page.goto("/decisions/?date_from=2021-01-01&date_to=2021-12-31")
    assert listed_references(page) == {"20 009 466"}

    page.goto("/")
    page.get_by_role("combobox").first.fill("“gender bias” -foster")
    page.get_by_role("button", name="Search").first.click()
    assert listed_references(page) == {"20 009 466"}
    expect(page.locator("#results mark").first).to_have_text("gender bias")
    page.locator("a.num").first.click()
    expect(page.locator(":target mark").first).to_be_visible()

    for spelling in ("21 019 030", "21-019-030", "21019030"):
        page.goto("/")
        page.get_by_role("combobox").first.fill(spelling)
        page.get_by_role("combobox").first.press("Enter")
        expect(page).to_have_url(re.compile(r"/decisions/21-019-030/$"))


@pytest.mark.real_files
def test_every_paragraph_of_every_real_decision_is_on_its_page(page: Page, real_decisions):
    assert {decision.reference for decision in Decision.objects.all()} == STATEMENTS | REPORTS
    for decision in Decision.objects.all():
        page.goto(decision.get_absolute_url())
        shown = squeeze(page.locator("main").text_content())
        assert decision.reference in shown
        assert squeeze(decision.summary) in shown
        for section in decision.document_sections:
            assert squeeze(section.heading or "") in shown
            for paragraph in section.paragraphs:
                for text in paragraph.texts():
                    assert squeeze(text) in shown
                if paragraph.number:
                    anchor = page.locator(f"#para-{paragraph.number}")
                    expect(anchor).to_contain_text(squeeze(paragraph.text)[:40])
        source = page.locator("footer.source")
        expect(source).to_contain_text("© Commission for Local Administration in England")
        if decision.kind == "report":
            address = source.get_by_role("link").first.get_attribute("href")
            assert address.endswith(reference_slug(decision.reference))

    page.goto("/decisions/21-019-030/#para-3")
    expect(page.locator(":target")).to_contain_text("simply because the complainant disagrees")
    expect(page.get_by_text("Review your privacy settings")).to_have_count(0)


@pytest.mark.usefixtures("immediate_jobs")
def test_an_uploaded_file_is_imported_and_found(page: Page, live_server, tmp_path):
    User.objects.create_superuser("editor", password="a long password")
    good = tmp_path / "one.txt"
    good.write_text(decision_text("90 000 077", paragraphs=("A badger undermined the wall.",)))
    bad = tmp_path / "two.txt"
    bad.write_text("Milk, eggs, flour")

    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Uploads").first.click()
    page.get_by_role("link", name="Add upload").last.click()
    page.get_by_label("Files").set_input_files([good, bad])
    page.get_by_role("button", name="Review these files").click()

    expect(page.get_by_role("heading", name="Review before the import")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("one.txt"))
    expect(row).to_contain_text("created")
    expect(row).to_contain_text("Wexcombe District Council (90 000 077)")
    expect(page.get_by_role("row", name=re.compile("two.txt"))).to_contain_text("no decision")
    assert not Decision.objects.exists()

    page.get_by_role("button", name="Import 1 decision").click()
    expect(page.get_by_role("heading", name="Result")).to_be_visible()

    search.catch_up()  # as the follower of a running site does
    page.goto("/decisions/?q=badgers")
    assert listed_references(page) == {"90 000 077"}
    page.get_by_role("link", name="Wexcombe District Council").first.click()
    expect(page.locator("#para-1")).to_contain_text("A badger undermined the wall.")


def squeeze(text: str) -> str:
    return " ".join(text.split())
