"""What people come for, as somebody does it who has never been here.

They begin at the home page and go by what the pages say. At ten seconds a step, to read a page and
then type or click, each task takes less than a minute.
"""

import json
import re
from collections import Counter
from statistics import median_low

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from decisions import search
from decisions.models import Decision
from decisions.web.charts.uphold_rate import UpholdRate
from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = 5


class Visitor:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.locator("main")
        self.steps = 0
        page.goto("/")

    def types(self, text: str, end: str = "") -> None:
        """Into the search box, and then perhaps a key."""
        self.steps += 1
        box = self.page.get_by_role("combobox", name="Search decisions")
        box.press_sequentially(text)
        if end:
            box.press(end)

    def clicks(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def clicks_link(self, name: str) -> None:
        self.clicks(self.main.get_by_role("link", name=name, exact=True).first)

    def references(self) -> list[str]:
        """Those of the decisions in the list, which says itself how many there are."""
        heading = self.main.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(r"^[\d,]+ decisions?\b"))
        shown = self.main.locator("#results article .reference").all_inner_texts()
        assert heading.inner_text().split()[0] == f"{len(shown)}"
        return shown


@pytest.fixture
def visitor(page: Page):
    call_command("sample", count=200)
    visitor = Visitor(page)
    yield visitor
    assert 0 < visitor.steps <= STEPS


def closed_late() -> list[Decision]:
    return [decision for decision in Decision.objects.all() if "late" in decision.reasons]


def test_find_a_councils_late_complaints(visitor: Visitor):
    late = [decision for decision in closed_late() if decision.council]
    (name, count), *_ = Counter(decision.council.name for decision in late).most_common(1)
    assert count > 1
    visitor.types(name.lower()[:12])
    visitor.clicks(visitor.page.get_by_role("option", name=name))
    visitor.clicks(visitor.page.get_by_role("checkbox", name="Late"))
    expect(visitor.page.get_by_role("link", name="Remove Late")).to_be_visible()
    expected = {decision.reference for decision in late if decision.council.name == name}
    assert set(visitor.references()) == expected


def plain_paragraph(decision: Decision, number: int) -> str | None:
    """The text of a paragraph that holds no list."""
    paragraphs = [p for section in decision.document_sections for p in section.paragraphs]
    return next((p.text for p in paragraphs if p.number == number and not p.items), None)


def test_quote_paragraph_9(visitor: Visitor):
    decisions = Decision.objects.order_by("pk")
    decision, nine = next((d, text) for d in decisions if (text := plain_paragraph(d, 9)))
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.types(decision.reference, "Enter")
    paragraph = page.locator("#para-9")
    paragraph.scroll_into_view_if_needed()
    paragraph.hover()
    visitor.clicks(paragraph.get_by_role("link", name="Quote paragraph 9"))
    dialog = page.get_by_role("dialog", name="Quote this decision")
    visitor.clicks(dialog.get_by_role("button", name="Copy").first)
    expect(dialog.get_by_role("status")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{nine}”")
    assert decision.council.name in copied
    assert decision.reference in copied
    assert copied.endswith(f"paragraph 9, {page.url}#para-9")


def test_learn_what_was_paid_for_lost_school_transport(visitor: Visitor):
    for pence in (25_000, 150_000, 40_050):
        make_decision(payment=pence, category=("Education", "School transport"))
    search.catch_up()
    about = Decision.objects.filter(category__name="School transport")
    paid = sorted(about.exclude(payment=None).values_list("payment", flat=True))
    visitor.clicks(visitor.page.get_by_role("link", name="Categories", exact=True))
    visitor.clicks_link("School transport")
    chart = visitor.main.locator(".chart-payments")
    expect(chart).to_contain_text(f"{len(paid)} decisions have a payment")
    expect(chart).to_contain_text(f"Median {pounds(median_low(paid))},")
    expect(chart).to_contain_text(f"from {pounds(paid[0])} to {pounds(paid[-1])}")
    visitor.clicks(chart.get_by_role("link", name="The largest payments first"))
    visitor.references()
    first = visitor.main.locator("#results article").first
    expect(first).to_contain_text(pounds(paid[-1]))


def pounds(pence: int) -> str:
    return f"£{pence // 100:,}" + (f".{pence % 100:02}" if pence % 100 else "")


def test_see_whether_a_council_is_upheld_more_than_most(visitor: Visitor):
    outcomes = Counter(Decision.objects.values_list("council__name", "outcome__slug"))
    council = max(outcomes, key=lambda key: (key[1] == "upheld" and bool(key[0])) * outcomes[key])[
        0
    ]
    own = UpholdRate.of({outcome: n for (name, outcome), n in outcomes.items() if name == council})
    rest = UpholdRate.of(
        {
            slug: sum(n for (name, of), n in outcomes.items() if of == slug and name != council)
            for slug in ("upheld", "not-upheld")
        }
    )
    visitor.clicks(visitor.page.get_by_role("link", name="Councils", exact=True))
    visitor.clicks_link(council)
    said = visitor.main.locator(".uphold-rate")
    expect(said).to_contain_text(f"of {own.investigated} investigated")
    expect(said).to_contain_text(f"{own.fraction:.0%}")
    expect(said).to_contain_text(f"the {rest.fraction:.0%} of {rest.investigated}")
    verdict = "more than" if own.fraction > rest.fraction else "less than"
    if own.investigated < 10:
        verdict = "too few to compare"
    elif not own.differs_from(rest):
        verdict = "not clearly different"
    expect(said).to_contain_text(verdict)


def test_find_the_newest_about_noise(visitor: Visitor):
    def holds_noise(decision: Decision) -> bool:
        texts = json.dumps(decision.sections), decision.summary or "", str(decision.category)
        return any(re.search(r"\bnois", text, re.IGNORECASE) for text in texts)

    decided = [
        decision.decided_on
        for decision in Decision.objects.select_related("category__parent")
        if decision.decided_on and holds_noise(decision)
    ]
    assert len(decided) > 2
    visitor.types("noise", "Enter")
    visitor.clicks_link("Newest")
    first = visitor.main.locator("#results article").first
    expect(first.locator("time")).to_have_attribute("datetime", max(decided).isoformat())
    expect(first.locator("mark").first).to_have_text(re.compile("nois", re.IGNORECASE))
