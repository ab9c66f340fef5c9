"""Charts and ways in, in a real browser: by mouse, by keyboard, by typing, and for everyone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from decisions import search
from decisions.models import Provision
from tests.factories import make_decision
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
PAGES = (
    "/",
    "/decisions/charts/",
    "/councils/ashmere-council/",
    "/categories/education/",
    "/reasons/",
    "/reasons/late/",
    "/councils/",
    "/laws/",
)


@pytest.fixture(autouse=True)
def archive():
    make_varied_archive()
    act = Provision.objects.create(key="bus-act", label="Bus Act 1999", short="Bus Act 1999")
    for number in (1, 2):
        label = f"Bus Act 1999, section {number}"
        Provision.objects.create(key=f"bus-act-{number}", label=label, short=label, parent=act)
    Provision.objects.create(key="code", label="Code of Practice", short="Code of Practice")
    make_decision(provisions=["bus-act", "bus-act-1", "bus-act-2", "code"])
    search.catch_up()


def test_a_bar_leads_to_its_decisions(page: Page):
    page.goto("/decisions/charts/?council=ashmere-council")
    chart = page.locator(".chart-years")
    bar = chart.locator(".row-bars a").first
    said = re.search(r"(\d+) decision", bar.locator("title").text_content() or "")
    assert said
    bar.click()
    expect(page).to_have_url(re.compile(r"/decisions/\?council=ashmere-council&outcome="))
    expect(page.locator("#found")).to_have_text(re.compile(rf"^{said[1]} decisions?$"))


def test_the_keyboard_reaches_every_number_in_the_table(page: Page):
    page.goto("/decisions/charts/?council=ashmere-council")
    chart = page.locator(".chart-years")
    summary = chart.locator("summary")
    expect(chart.locator("table")).to_be_hidden()
    summary.focus()
    summary.press("Enter")
    expect(chart.locator("table")).to_be_visible()
    page.keyboard.press("Tab")
    cell = chart.locator("td a").first
    expect(cell).to_be_focused()
    number = cell.text_content()
    cell.press("Enter")
    expect(page.locator("#found")).to_have_text(re.compile(rf"^{number} decisions?$"))


def test_the_csv_file_is_saved(page: Page):
    page.goto("/councils/ashmere-council/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download as CSV.*by year and outcome")).click()
    assert download.value.suggested_filename == "decisions-years.csv"


def test_councils_are_found_while_typing(page: Page):
    page.goto("/councils/")
    page.get_by_label("Part of a name").press_sequentially("ost")
    expect(page.locator("#bodies li:visible")).to_have_text([re.compile("Ostley")])
    expect(page.locator("#bodies section:visible")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 of 3 with “ost” in the name.")
    expect(page).to_have_url(re.compile(r"/councils/\?name=ost$"))
    page.get_by_label("Part of a name").fill("")
    expect(page.locator("#bodies li:visible")).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("")
    expect(page).to_have_url(re.compile(r"/councils/$"))


def test_laws_are_found_while_typing_with_the_acts_they_are_part_of(page: Page):
    page.goto("/laws/")
    page.get_by_label("Part of a name or number").fill("section 2")
    expect(page.locator("#laws h2:visible")).to_have_text([re.compile("Bus Act 1999")])
    expect(page.locator("#laws li:visible")).to_have_text([re.compile("section 2")])
    page.get_by_label("Part of a name or number").fill("bus act")
    expect(page.locator("#laws li:visible")).to_have_count(2)
    page.get_by_label("Part of a name or number").fill("section 1")
    page.keyboard.press("Enter")  # the server finds the same
    expect(page).to_have_url(re.compile(r"name=section\+1$"))
    expect(page.locator("#laws li:visible")).to_have_text([re.compile("section 1")])


def test_axe_finds_no_violations_in_charts(page: Page):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for address in PAGES:
        for size in (PHONE, NARROW):
            page.set_viewport_size(size)
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        for table in page.locator(".numbers summary").all():
            table.click()
        # Only the colours depend on the scheme.
        for scheme, rules in (
            ("light", ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]),
            ("dark", ["color-contrast"]),
        ):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": rules})
            assert results.violations_count == 0, f"{address}: {results.generate_report()}"
        page.emulate_media(color_scheme="light")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


# Pairs of texts in a chart that touch or overlap, or are cut off at its edge.
COLLISIONS = """figure => {
  const wrong = [];
  for (const list of figure.querySelectorAll(".legend, .rows")) {
    const boxOf = (part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      return [part.textContent.trim(), range.getBoundingClientRect()];
    };
    const textsOf = (line) =>
      [...line.children].filter((part) => part.tagName !== "svg" && part.textContent.trim());
    const lines = [...list.querySelectorAll("li:not(.axis)")]
      .map((line) => textsOf(line).map(boxOf));
    const frame = figure.getBoundingClientRect();
    lines.forEach((parts, place) => {
      for (const [text, box] of parts)
        if (box.left < frame.left || box.right > frame.right + 1) wrong.push(`cut off: ${text}`);
      parts.slice(1).forEach(([next, nextBox], i) => {
        const [text, box] = parts[i];
        if (box.right + 2 > nextBox.left) wrong.push(`${text} meets ${next}`);
      });
      for (const [text, box] of parts)
        for (const [below, belowBox] of lines[place + 1] ?? [])
          if (box.bottom + 2 > belowBox.top) wrong.push(`${text} is close to ${below}`);
    });
  }
  return wrong;
}"""


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_long_labels_keep_apart(page: Page, width):
    for outcome in (
        "Report issued: Upheld; maladministration and injustice",
        "Report issued: Not upheld; no maladministration",
        "Report issued: Upheld; maladministration, no injustice",
    ):
        make_decision(outcome=outcome)
    search.catch_up()
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/decisions/charts/"):
        page.goto(address)
        charts = page.locator("figure.chart").all()
        assert charts
        for chart in charts:
            assert chart.evaluate(COLLISIONS) == []
