"""Long lists of options: left out of the list page until opened, and a page without script."""

import pytest
from bs4 import BeautifulSoup, Tag

from decisions import search
from tests.factories import make_decision, make_decisions
from tests.reading import text, texts
from tests.web.pages import HTMX

pytestmark = pytest.mark.django_db

COUNCILS = 60
# Most bytes of HTML that the list page has, uncompressed.
MAX_HTML = 60_000


def make_councils(numbers: range) -> None:
    make_decisions(
        {"reference": f"91 000 {n:03}", "council": f"Council {n:03}", "summary": "A bus was late."}
        for n in numbers
    )


@pytest.fixture
def many_councils():
    """Each council has one decision, and Yarmouth has three more."""
    make_councils(range(COUNCILS))
    for _ in range(3):
        make_decision(council="Yarmouth Council", outcome="Not upheld")


def boxes(page: Tag) -> list[str]:
    """The councils that can be chosen, in order."""
    return [box["value"] for box in page.select('input[type="checkbox"][name="council"]')]


def fold(page: Tag) -> Tag:
    folded = page.select_one("#fold-councils")
    assert folded is not None
    return folded


@pytest.mark.slow
def test_the_list_page_is_light_however_many_councils_there_are(client, many_councils):
    make_councils(range(COUNCILS, 300))
    search.catch_up()
    for address in ("/decisions/", "/decisions/?q=bus", "/decisions/?council=council-059"):
        html = client.get(address).content
        assert len(html) < MAX_HTML, address


def test_a_long_list_links_to_all_options(see, many_councils):
    page = see("/decisions/?q=bus&outcome=upheld&council=council-059&sort=oldest&page=2")
    assert text(fold(page).summary) == "Show all: 52 more"
    assert len(boxes(page)) == 8
    link = fold(page).a
    assert text(link) == "Choose from all councils"
    address = (
        "/decisions/options/?q=bus&council=council-059&outcome=upheld&sort=oldest&filter=council"
    )
    assert link["href"] == address


def test_all_options_have_a_page_without_script(see, many_councils):
    page = see("/decisions/options/?q=bus&council=council-007&sort=oldest&filter=council")
    assert text(page.h1) == "Choose councils"
    assert boxes(page) == [f"council-{n:03}" for n in range(COUNCILS)]
    assert [box["value"] for box in page.select("[name=council][checked]")] == ["council-007"]
    form = page.select_one("main form")
    assert form["action"] == "/decisions/"
    hidden = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    assert hidden == {"q": "bus", "sort": "oldest"}
    back = page.select_one(".page-head a")
    assert text(back) == "Back to 1 decision"
    assert back["href"] == "/decisions/?q=bus&council=council-007&sort=oldest"


def test_options_are_counted_under_the_other_filters(see, many_councils):
    page = see("/decisions/options/?outcome=not-upheld&council=council-001&filter=council")
    assert texts(page, ".option") == ["Council 001 0", "Yarmouth Council 3"]


def test_a_mistake_in_the_address_is_named(see, many_councils):
    page = see("/decisions/options/?filter=council&outcome=nonsense")
    assert "nonsense" in text(page.select_one(".problems"))
    assert len(boxes(page)) == COUNCILS + 1


@pytest.mark.parametrize("name", ["", "outcome", "nonsense"])
def test_other_filters_have_no_list_of_options(client, name):
    response = client.get(f"/decisions/options/?filter={name}")
    assert response.status_code == 404
    assert f"There is no list of options for “{name}”." in response.text


def test_without_an_index_all_options_can_be_chosen(see, many_councils, monkeypatch):
    monkeypatch.setattr("decisions.web.results.search.search", lambda query: None)
    page = see("/decisions/options/?filter=council")
    assert boxes(page)[:2] == ["council-000", "council-001"]
    assert page.select(".option .n") == []


def test_opening_a_long_list_gets_what_is_folded(client, see, many_councils):
    address = fold(see("/decisions/?council=council-059")).a["href"]
    response = client.get(address, headers=HTMX)
    assert "HX-Request" in response["Vary"]
    rest = BeautifulSoup(response.content, "lxml")
    assert rest.form is None
    listed = see("/decisions/?council=council-059")
    assert len(boxes(listed)) + len(boxes(rest)) == COUNCILS + 1
    assert not set(boxes(listed)) & set(boxes(rest))


def test_an_update_keeps_an_opened_list_full(client, many_councils):
    search.catch_up()
    address = "/decisions/?council=council-059&opened=council"
    update = BeautifulSoup(client.get(address, headers=HTMX).content, "lxml")
    assert len(fold(update).select(".option")) == COUNCILS - 7
    assert fold(update).a is None
    assert client.get(address, headers=HTMX)["HX-Push-Url"] == "/decisions/?council=council-059"
    closed = BeautifulSoup(client.get("/decisions/", headers=HTMX).content, "lxml")
    assert fold(closed).select(".option") == []


@pytest.mark.parametrize(("councils", "in_page"), [(13, 13), (14, 8)])
def test_only_long_lists_load_when_opened(see, councils, in_page):
    for number in range(councils):
        make_decision(council=f"Council {number:02}")
    page = see("/decisions/")
    assert text(fold(page).summary) == f"Show all: {councils - 8} more"
    assert len(boxes(page)) == in_page


def test_the_subcategories_of_many_categories_load_when_opened(client, see):
    for number in range(14):
        make_decision(category=("Education", f"Part {number:02}"))
    make_decision(category=("Housing", "Homelessness"))
    page = see("/decisions/?category=housing/homelessness")
    chosen = page.select_one("#fold-housing")
    assert chosen.has_attr("open")
    assert len(chosen.select(".option")) == 2
    education = page.select_one("#fold-education")
    assert education.select(".option") == []
    assert education.a["href"] == "#all-categories"
    address = page.select_one("#all-categories")["href"]
    assert address == "/decisions/options/?category=housing/homelessness&filter=category"
    part = client.get(f"{address}&group=education", headers=HTMX)
    options = BeautifulSoup(part.content, "lxml").select(".option")
    assert [text(option) for option in options][:2] == ["All of Education 14", "Part 00 1"]
    assert len(options) == 15
    update = see("/decisions/?opened=category", headers=HTMX)
    assert len(update.select("#fold-education .option")) == 15
    everything = texts(see(address), ".option")
    assert "Education › Part 00 1" in everything
    assert len(everything) == 17


def test_an_unknown_category_has_no_options(client, many_councils):
    search.catch_up()
    address = "/decisions/options/?filter=category&group=nonsense"
    assert client.get(address, headers=HTMX).text.strip() == ""
