"""Twenty things that five kinds of people come for. Each begins at the home page.

They type what people type and click what the pages show; nothing is reached by an address that
only a programmer knows.
"""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from decisions import search
from decisions.analysis.closure import ClosureReason
from decisions.analysis.passages import Evidence
from decisions.models import Decision, MistakeReport, Provision
from decisions.web import reader_form
from tests.factories import make_decision, make_decisions, make_mistake_report
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

expect.set_options(timeout=30_000)

KENT, ESSEX = "Kent County Council", "Essex County Council"
TRANSPORT = ("Education", "School transport")
SPECIAL_NEEDS = ("Education", "Special educational needs")
CLOSED = "Closed after initial enquiries"
LATE = "The complaint is late. She knew of it for more than 12 months. There is no good reason."


@pytest.fixture(autouse=True)
def archive():
    """70 decisions: transport and special needs at two councils, some late, with payments."""
    rows = []
    for number in range(36):
        upheld = number % 3 == 0
        rows.append(
            {
                "reference": f"22 100 {number:03}",
                "council": KENT if number % 2 else ESSEX,
                "category": TRANSPORT,
                "outcome": "Upheld" if upheld else "Not upheld",
                "decided_on": f"20{18 + number % 5}-03-{number % 27 + 1:02}",
                "payment": 10_000 * (number + 1) if upheld else None,
                "remedies": ["payment"] if upheld else [],
                "summary": "The Council refused free transport to school for an autistic child.",
                "paragraphs": ("Mr X complains about transport.", "The bus was refused."),
            }
        )
    for number in range(32):
        rows.append(
            {
                "reference": f"22 200 {number:03}",
                "council": KENT if number % 3 else ESSEX,
                "category": SPECIAL_NEEDS,
                "outcome": "Upheld",
                "decided_on": f"20{18 + number % 5}-05-{number % 27 + 1:02}",
                "payment": 20_000 + 5_000 * number,
                "remedies": ["payment", "apology"],
                "summary": "The Council missed special educational provision and was late with the"
                " education, health and care plan. It agreed to pay.",
                "paragraphs": ("The plan was late.", "The Council paid compensation."),
            }
        )
    make_decisions(rows)
    late = ClosureReason("late", "decision", (Evidence(0, 0, (), 1, 0, 22),))
    for reference in ("22 300 001", "22 300 002"):
        make_decision(
            reference,
            council=KENT,
            category=("Housing", "Homelessness"),
            outcome=CLOSED,
            reasons=["late"],
            paragraphs=(LATE,),
            findings={"closure_reasons": [late.to_json()]},
        )
    act = Provision.objects.create(
        key="local-government-act-1974", label="Local Government Act 1974", short="LGA 1974"
    )
    section = Provision.objects.create(
        key="local-government-act-1974-s26-6-a",
        label="Local Government Act 1974, section 26(6)(a)",
        short="LGA 1974 s 26(6)(a)",
        parent=act,
    )
    Decision.objects.filter(reference="22 300 001").update(provisions=[act.key, section.key])
    search.catch_up()


@pytest.fixture
def home(page: Page) -> Page:
    page.goto("/")
    return page


def ask(page: Page, words: str) -> None:
    box = page.get_by_role("combobox", name="Search decisions")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url(re.compile(r"/decisions/"))


def results(page: Page) -> Locator:
    return page.locator("#results article")


def heading(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("heading", level=1)


class TestSomeoneWrongedByHerCouncil:
    def test_asks_in_a_sentence_and_finds_cases_like_hers(self, home: Page):
        ask(home, "council refused school transport for my autistic son")
        expect(home.locator(".ignored")).to_contain_text("my")
        expect(results(home).first).to_contain_text("School transport")
        home.get_by_role("checkbox", name=KENT).check()
        expect(home.get_by_role("link", name=f"Remove {KENT}")).to_be_visible()
        expect(results(home).first).to_contain_text("School transport")

    def test_learns_what_is_usually_recommended_for_missed_provision(self, home: Page):
        ask(home, "special educational provision missed")
        usual = home.locator(".usual-outcomes")
        expect(usual).to_contain_text("A payment was recommended or agreed in 32 decisions")
        expect(usual).to_contain_text("median £975")
        usual.get_by_role("link", name="32 decisions").click()
        expect(heading(home)).to_have_text(re.compile("^32 decisions"))

    def test_learns_whether_she_can_complain_so_late(self, home: Page):
        home.get_by_role("link", name="Can I complain?").first.click()
        home.get_by_role("link", name="Late", exact=True).click()
        expect(home.locator(".guide")).to_contain_text("within 12 months")
        home.locator(".guide").get_by_role("link", name="2 decisions").first.click()
        expect(heading(home)).to_have_text(re.compile("^2 decisions"))

    def test_learns_what_an_outcome_means(self, home: Page):
        ask(home, "22 300 001")
        home.get_by_role("link", name="What “closed after initial enquiries” means").click()
        meaning = "does not mean that the council did nothing wrong"
        expect(home.locator(":target")).to_contain_text(meaning)


class TestAnAdviserWithTenMinutes:
    def test_finds_upheld_cases_with_a_large_payment(self, home: Page):
        ask(home, "EHCP late")
        home.get_by_role("checkbox", name="Upheld", exact=False).first.check()
        expect(home.get_by_role("link", name="Remove Upheld")).to_be_visible()
        home.get_by_role("link", name="Largest payment").click()
        expect(results(home).first).to_contain_text("£1,750")

    def test_copies_a_citation(self, home: Page):
        home.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask(home, "22 200 001")
        home.get_by_role("link", name="Copy a citation").click()
        dialog = home.get_by_role("dialog", name="Quote this decision")
        dialog.get_by_role("button", name="Copy").first.click()
        expect(dialog.get_by_role("status")).to_contain_text("Copied")
        assert "22 200 001" in home.evaluate("navigator.clipboard.readText()")

    def test_goes_from_a_section_to_the_decisions_that_cite_it(self, home: Page):
        ask(home, "s 26(6)(a)")
        home.locator(".answers").get_by_role("link", name=re.compile(r"26\(6\)\(a\)")).click()
        expect(home.get_by_role("main")).to_contain_text("22 300 001")

    def test_keeps_two_decisions_with_a_note_and_exports_them(self, home: Page):
        for reference in ("22 200 001", "22 200 002"):
            home.goto("/")
            ask(home, reference)
            home.get_by_role("button", name="Keep on my shelf").click()
        home.get_by_role("link", name="My shelf").first.click()
        home.get_by_label("Your note on 22 200 001").fill("Same delay.")
        with home.expect_download() as download:
            home.get_by_role("button", name="Download citations").click()
        exported = Path(download.value.path()).read_text()
        assert "22 200 002" in exported
        assert exported.rstrip().endswith("    Same delay.")


class TestAJournalist:
    def test_compares_a_council_with_all_others(self, home: Page):
        home.get_by_role("link", name="Councils", exact=True).click()
        home.get_by_role("link", name=KENT).click()
        expect(home.locator(".uphold-rate")).to_contain_text("investigated were upheld")
        expect(home.locator(".uphold-rate")).to_contain_text(re.compile("chance|different"))

    def test_finds_the_largest_payment(self, home: Page):
        home.get_by_role("link", name="Decisions", exact=True).first.click()
        home.get_by_role("link", name="Charts", exact=True).click()
        chart = home.locator(".chart-payments")
        expect(chart.get_by_role("heading")).to_have_text("Payments recommended")
        chart.get_by_role("link", name="The largest payments first").click()
        expect(results(home).first).to_contain_text("£3,400")

    def test_takes_the_numbers_away(self, home: Page):
        ask(home, "transport")
        home.get_by_role("link", name="Charts", exact=True).click()
        with home.expect_download() as download:
            home.locator(".chart-uphold-rate").get_by_role("link", name="CSV").click()
        rows = Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert rows[0].startswith("Year,Upheld,Not upheld,Investigated")
        assert rows[-1].startswith("All,12,24,36")

    def test_shares_a_link_whose_title_names_its_filters(self, home: Page):
        ask(home, "transport")
        home.get_by_role("checkbox", name=KENT).check()
        expect(home.get_by_role("link", name=f"Remove {KENT}")).to_be_visible()
        other = home.context.new_page()
        other.goto(home.url)
        expect(other).to_have_title(re.compile(f"18 decisions for transport: {KENT}"))


class TestACouncilsComplaintsOfficer:
    def test_finds_a_decision_by_its_address_on_the_ombudsmans_site(self, home: Page):
        ask(home, "https://www.lgo.org.uk/decisions/education/school-transport/22-100-003")
        expect(home).to_have_url(re.compile(r"/decisions/22-100-003/$"))

    def test_mistypes_a_reference_and_is_offered_the_right_one(self, home: Page):
        ask(home, "LGSCO ref. 22 100 999")
        expect(home.locator("#results")).to_contain_text("No decision 22 100 999 in this archive")
        home.goto("/")
        ask(home, "Ref: 22–201–000")
        home.locator(".near-references").get_by_role("link", name="22 200 000").click()
        expect(home).to_have_url(re.compile(r"/decisions/22-200-000/$"))

    def test_reads_how_cases_like_the_councils_own_ended(self, home: Page):
        ask(home, KENT)
        home.locator(".answers").get_by_role("link", name=KENT).click()
        categories = home.get_by_role("region", name="By category")
        categories.get_by_role("link", name="Special educational needs").click()
        expect(results(home).first).to_contain_text("£")

    def test_reports_a_mistake(self, home: Page, monkeypatch):
        monkeypatch.setattr(reader_form, "MIN_SECONDS_OPEN", -1)
        ask(home, "22 100 003")
        home.get_by_role("link", name="Report a mistake").first.click()
        home.get_by_label("A reason, remedy, payment or law is wrong").check()
        home.get_by_label("What is wrong?").fill("The payment was £50.")
        home.get_by_role("button", name="Send the report").click()
        expect(heading(home)).to_contain_text("Thank you")
        assert MistakeReport.objects.get().reference == "22 100 003"


class TestAMemberOfStaff:
    @pytest.fixture
    def admin(self, home: Page) -> Page:
        User.objects.create_superuser("editor", password="a long password")
        home.goto("/admin/")
        home.get_by_label("Username").fill("editor")
        home.get_by_label("Password").fill("a long password")
        home.get_by_role("button", name="Log in").click()
        expect(home.get_by_role("heading", name="The archive")).to_be_visible()
        return home

    @pytest.mark.usefixtures("immediate_jobs")
    def test_imports_a_file_that_readers_then_find(self, admin: Page, tmp_path: Path):
        file = tmp_path / "new.txt"
        file.write_text(decision_text("22 900 001", paragraphs=("A badger undermined a wall.",)))
        admin.get_by_role("link", name="Uploads").first.click()
        admin.get_by_role("link", name="Add upload").last.click()
        admin.get_by_label("Files").set_input_files([file])
        admin.get_by_role("button", name="Review these files").click()
        admin.get_by_role("button", name="Import 1 decision").click()
        expect(admin.get_by_role("heading", name="Result")).to_be_visible()
        admin.goto("/")
        ask(admin, "badgers")
        expect(results(admin)).to_have_count(1)

    def test_sees_an_urgent_report_first_and_deals_with_it(self, admin: Page):
        make_mistake_report("22 100 001", message="A typing error.")
        make_mistake_report("22 100 002", kind="person", message="I know this person.")
        admin.get_by_role("link", name="Mistake reports").first.click()
        expect(admin.locator("#result_list tbody tr").first).to_contain_text("I know this person.")
        admin.get_by_role("link", name="I know this person.").click()
        admin.get_by_label("Dealt with").check()
        admin.get_by_role("button", name="Save", exact=True).click()
        expect(admin.get_by_text("was changed successfully")).to_be_visible()
        assert MistakeReport.objects.open().get().reference == "22 100 001"

    def test_withdraws_a_decision_and_readers_are_told(self, admin: Page):
        admin.get_by_role("rowheader", name="Decisions", exact=True).get_by_role("link").click()
        admin.locator("#searchbar").fill("22 100 004")
        admin.get_by_role("button", name="Search").click()
        admin.locator("input.action-select").check()
        admin.get_by_label("Action:").select_option("withdraw")
        admin.locator("button[name=index]").click()
        admin.get_by_label("Reason").select_option("identifiable")
        admin.get_by_role("button", name="Withdraw").click()
        expect(admin.locator(".messagelist")).to_contain_text("1 withdrawn")
        admin.goto("/")
        ask(admin, "22 100 004")
        expect(admin.locator("#results")).to_contain_text("was withdrawn")

    def test_corrects_the_name_of_a_council_everywhere(self, admin: Page):
        admin.get_by_role("link", name="Councils").first.click()
        admin.get_by_role("link", name=ESSEX).click()
        admin.get_by_label("Name").fill("Essex Council")
        admin.get_by_role("button", name="Save", exact=True).click()
        expect(admin.get_by_text("was changed successfully")).to_be_visible()
        admin.goto("/")
        ask(admin, "council:essex")
        expect(results(admin).first).to_contain_text("Essex Council")
