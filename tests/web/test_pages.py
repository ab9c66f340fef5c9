"""The pages as a reader sees them."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from decisions import search
from decisions.models import Decision
from decisions.search import page_ids
from tests.factories import Item, Paragraph, Section, make_council, make_decision
from tests.processes import wait_until
from tests.reading import text, texts

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "results"}


def inline_scripts(page: Tag) -> list[Tag]:
    """What would run; structured data does not."""
    scripts = page.select("script:not([type='application/ld+json'])")
    return [tag for tag in scripts if not tag.get("src")]


def option(page: Tag, identifier: str) -> Tag:
    """A filter's option, by the id of its box."""
    box = page.find(id=identifier)
    assert box is not None, f"there is no {identifier}"
    return box.parent


@pytest.fixture
def archive():
    """Five decisions that differ in everything a list can be narrowed by."""
    make_decision(
        "95 000 001",
        council="Kent County Council",
        decided_on="2020-01-01",
        paragraphs=("Mr X complains.", "The school bus was late."),
    )
    make_decision(
        "95 000 002",
        council="Kent County Council",
        category=("Education", "Other"),
        outcome="Not upheld",
        decided_on="2021-06-01",
        paragraphs=("The bus was cancelled.",),
    )
    make_decision(
        "95 000 003",
        council="Essex County Council",
        category=("Housing", "Homelessness"),
        outcome="Closed after initial enquiries",
        decided_on="2022-02-02",
        is_sample=True,
    )
    make_decision(
        "95 000 004",
        council=None,
        category=None,
        outcome=None,
        decided_on=None,
        summary=None,
        kind="report",
        source_url="https://www.lgo.org.uk/decisions/95-000-004",
    )
    make_decision("95 000 005", withdrawn_at="2024-01-01T00:00:00Z", council="Gone Council")


def test_home_says_what_is_here_and_leads_in(see, archive):
    page = see("/")
    assert "4 decisions, from 1 January 2020 to 2 February 2022" in text(
        page.select_one(".subtitle")
    )
    assert "Holds invented samples" in text(page.select_one(".subtitle"))
    assert texts(page, ".result .reference") == [
        "95 000 003",
        "95 000 002",
        "95 000 001",
        "95 000 004",
    ]
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    keys = {text(key): key.a["href"] for key in page.select(".legend li")}
    assert keys["Upheld 1 25%"] == "/decisions/?outcome=upheld"
    assert keys["Outcome not stated 1 25%"] == "/decisions/?outcome=not-stated"
    assert ways["Education 2"] == "/categories/education/"
    assert ways["Category not stated 1"] == "/decisions/?category=not-stated"
    assert ways["Kent County Council 2"] == "/councils/kent-county-council/"
    assert "Gone Council" not in text(page.main)


def test_an_empty_archive_says_how_to_fill_it(see):
    page = see("/")
    assert "The archive is empty" in text(page.main)
    assert "manage.py ingest" in text(page.main)
    assert page.main.select_one("form") is None
    assert "How to fill it" in text(see("/decisions/").main)


def test_a_real_archive_is_not_called_a_sample(see):
    make_decision("95 000 001")
    assert "sample" not in text(see("/").main).lower()


def test_the_list_shows_who_what_and_when(see, archive):
    page = see("/decisions/")
    assert text(page.h1) == "4 decisions"
    assert texts(page, ".result h2") == [
        "Essex County Council",
        "Kent County Council",
        "Kent County Council",
        "Council not stated",
    ]
    assert texts(page, ".facts") == [
        "Closed after initial enquiries 2 February 2022 Housing › Homelessness 95 000 003"
        " Invented sample",
        "Not upheld 1 June 2021 Education › Other 95 000 002",
        "Upheld 1 January 2020 Education › School transport 95 000 001",
        "Outcome not stated Date not stated Category not stated 95 000 004 Report",
    ]
    assert page.select_one(".chips") is None


def test_sorting(see, archive):
    page = see("/decisions/?sort=oldest")
    assert texts(page, ".result .reference") == [
        "95 000 001",
        "95 000 002",
        "95 000 003",
        "95 000 004",
    ]
    sort = page.find("nav", {"aria-label": "Sort"})
    links = {text(link): link["href"] for link in sort.select("a")}
    assert links == {
        "Newest": "/decisions/?sort=newest",
        "Oldest": "/decisions/?sort=oldest",
        "Largest payment": "/decisions/?sort=payment",
    }
    assert text(sort.select_one("[aria-current]")) == "Oldest"
    assert texts(see("/decisions/?q=bus"), ".choices a")[0] == "Best match"
    # A changed filter keeps the order.
    assert page.select_one("#filters input[name=sort]")["value"] == "oldest"


def test_words_lead_to_paragraphs(see, archive):
    page = see("/decisions/?q=school bus")
    assert text(page.h1) == "1 decision for school bus"
    [result] = page.select("#results > .result")
    assert result.h2.a["href"] == "/decisions/95-000-001/?q=school%20bus"
    assert texts(result, ".snippet .snippet-text") == ["The school bus was late."]
    assert texts(result, "mark") == ["school", "bus"]
    assert result.select_one(".snippet a")["href"] == "/decisions/95-000-001/?q=school%20bus#para-2"
    assert page.select_one("#q")["value"] == "school bus"


def test_what_was_understood_is_said_when_it_is_more_than_words(see, archive):
    assert see("/decisions/?q=school+bus").select_one(".interpretation") is None
    page = see("/decisions/?q=“school bus")
    [understood, note] = texts(page, ".interpretation p")
    assert understood == "Looked for “school bus” How to search"
    assert note == "A quotation mark was left open; it was closed at the end."
    assert page.select_one(".interpretation a")["href"] == "/help/"


def test_a_slip_is_offered_to_be_mended_and_nothing_is_forced(see, many):
    page = see("/decisions/?q=dleayed&outcome=upheld")
    assert text(page.h1) == "0 decisions for dleayed"
    [offer] = page.select("#results > .notice")
    assert text(offer).startswith("Did you mean delayed (")
    assert offer.a["href"] == "/decisions/?q=delayed&outcome=upheld"
    assert see("/decisions/?q=delayed").select_one("#results > .notice") is None
    assert see("/decisions/?q=zzzzzzzz").select_one("#results > .notice") is None


def test_where_few_hold_all_the_words_those_with_some_follow(see, archive):
    page = see("/decisions/?q=school+bus")
    assert text(page.h1) == "1 decision for school bus"
    assert text(page.select_one(".partial-matches h2")) == "1 more holds some of these words"
    assert "95 000 002" in texts(page, ".partial-matches .reference")
    assert "95 000 001" not in texts(page, ".partial-matches .reference")
    assert see("/decisions/?q=school+bus&outcome=upheld").select_one(".partial-matches") is None


def test_years_are_counted_and_lead_to_their_decisions(see, archive):
    page = see("/decisions/?council=kent-county-council")
    years = {text(link): link["href"] for link in page.select(".years a")}
    assert list(years) == ["2021 1 decision", "2020 1 decision"]
    page = see(years["2020 1 decision"])
    assert texts(page, ".result .reference") == ["95 000 001"]
    assert texts(page, ".chips li")[:3] == [
        "Remove Kent County Council",
        "Remove From 1 January 2020",
        "Remove To 31 December 2020",
    ]
    chosen = page.select_one(".years [aria-current]")
    assert text(chosen) == "2020 1 decision"
    assert see(chosen["href"]).select_one(".years [aria-current]") is None


def test_an_order_that_ends_early_says_how_to_read_on(see, many, monkeypatch):
    monkeypatch.setattr(page_ids, "MAX_RANK", search.PAGE_SIZE)
    page = see("/decisions/?q=delayed")
    assert page.select_one(".pages") is None
    [notice] = page.select("#results > .notice")
    assert "goes no further" in text(notice)
    assert notice.a["href"] == "/decisions/?q=delayed&sort=newest"
    assert see(notice.a["href"]).select_one(".pages") is not None


def test_options_are_counted_under_the_other_filters(see, archive):
    page = see("/decisions/?council=kent-county-council&outcome=upheld")
    assert text(page.h1) == "1 decision"
    assert text(option(page, "outcome-upheld")) == "Upheld 1"
    assert text(option(page, "outcome-not-upheld")) == "Not upheld 1"
    assert page.find(id="outcome-closed-after-initial-enquiries") is None
    assert text(option(page, "council-kent-county-council")) == "Kent County Council 1"
    assert text(option(page, "category-education/school-transport")) == "School transport 1"
    chosen = [box["id"] for box in page.select("#filters input[checked]")]
    assert chosen == ["outcome-upheld", "council-kent-county-council"]


def test_a_chosen_option_stays_when_nothing_has_it(see, archive):
    page = see("/decisions/?outcome=closed-after-initial-enquiries&council=kent-county-council")
    assert text(page.h1) == "0 decisions"
    assert (
        text(option(page, "outcome-closed-after-initial-enquiries"))
        == "Closed after initial enquiries 0"
    )


def test_not_stated_can_be_asked_for(see, archive):
    page = see("/decisions/?council=not-stated")
    assert texts(page, ".result .reference") == ["95 000 004"]
    assert text(option(page, "council-not-stated")) == "Council not stated 1"


def test_chips_take_one_choice_away(see, archive):
    page = see(
        "/decisions/?q=bus&council=kent-county-council&council=not-stated&outcome=upheld"
        "&date_from=2019-01-01&sort=newest&page=1"
    )
    chips = {text(chip): chip["href"] for chip in page.select(".chip")}
    kept = "date_from=2019-01-01&sort=newest"
    assert chips == {
        "Remove Kent County Council": (
            f"/decisions/?q=bus&council=not-stated&outcome=upheld&{kept}"
        ),
        "Remove Council not stated": (
            f"/decisions/?q=bus&council=kent-county-council&outcome=upheld&{kept}"
        ),
        "Remove Upheld": (
            f"/decisions/?q=bus&council=kent-county-council&council=not-stated&{kept}"
        ),
        "Remove From 1 January 2019": (
            "/decisions/?q=bus&council=kent-county-council&council=not-stated&outcome=upheld"
            "&sort=newest"
        ),
    }
    assert page.select_one(".clear")["href"] == "/decisions/?q=bus&sort=newest"
    assert text(page.select_one("#fold-filters")) == "Filters 4 chosen"


def test_what_is_wrong_is_said_twice_and_the_rest_holds(see, archive):
    page = see("/decisions/?council=nowhere&outcome=upheld&date_from=yesterday")
    assert texts(page, ".result .reference") == ["95 000 001"]
    assert sorted(texts(page, ".problems li")) == [
        "There is no council “nowhere” in this archive.",
        "“yesterday” is not a date; write it as 2021-04-20.",
    ]
    assert texts(page, ".facet:has(#council-kent-county-council) .error") == [
        "There is no council “nowhere” in this archive."
    ]
    field = page.select_one("#date_from")
    assert field["aria-invalid"] == "true"
    assert "yesterday" in text(page.find(id=field["aria-describedby"]))


@pytest.fixture
def many():
    for number in range(45):
        make_decision(f"91 000 {number:03}", decided_on=f"2020-01-{number % 28 + 1:02}")


def test_pages_of_results(see, many):
    page = see("/decisions/?outcome=upheld&page=2")
    assert text(page.h1) == "45 decisions"
    assert len(page.select(".result")) == 20
    links = {text(link): link["href"] for link in page.select(".pages a")}
    assert links == {
        "Previous": "/decisions/?outcome=upheld",
        "Page 1": "/decisions/?outcome=upheld",
        "Page 2": "/decisions/?outcome=upheld&page=2",
        "Page 3": "/decisions/?outcome=upheld&page=3",
        "Next": "/decisions/?outcome=upheld&page=3",
    }
    assert "page 2" in text(page.title)
    seen = {
        reference
        for number in (1, 2, 3)
        for reference in texts(see(f"/decisions/?page={number}"), ".result .reference")
    }
    assert len(seen) == 45


def test_a_page_beyond_the_end_says_where_the_end_is(see, many):
    page = see("/decisions/?outcome=upheld&page=99")
    assert text(page.h1) == "45 decisions"
    assert page.select(".result") == []
    notice = page.select_one(".notice")
    assert "There is no page 99" in text(notice)
    assert notice.a["href"] == "/decisions/?outcome=upheld&page=3"


@pytest.mark.parametrize("number", ["0", "-3", "abc"])
def test_what_is_no_page_number_shows_the_first(see, many, number):
    page = see(f"/decisions/?page={number}")
    assert len(page.select(".result")) == 20
    assert f"“{number}” is not a page number" in text(page.select_one(".problems"))


@pytest.mark.parametrize("spelling", ["95 000 001", "95-000-001", "95000001", " 95 000001 "])
def test_a_reference_in_the_search_box_goes_to_the_decision(client, archive, spelling):
    response = client.get("/decisions/", {"q": spelling})
    assert response.status_code == 302
    assert response["Location"] == "/decisions/95-000-001/"


def test_a_reference_typed_in_a_page_with_script_goes_there_too(client, archive):
    response = client.get("/decisions/", {"q": "95000001"}, headers=HTMX)
    assert response["HX-Redirect"] == "/decisions/95-000-001/"


@pytest.mark.parametrize("reference", ["99 999 999", "95 000 005"])
def test_a_reference_that_cannot_be_shown_is_said_to_be_missing(see, archive, reference):
    page = see(f"/decisions/?q={reference}")
    assert f"No decision {reference} in this archive." in text(page.select_one(".notice"))


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 8),
        ("/decisions/", 8),
        ("/decisions/?q=council&outcome=upheld&council=kent-county-council&category=education", 8),
        ("/decisions/95-000-001/?q=bus", 7),
        ("/councils/", 2),
        ("/councils/kent-county-council/", 7),
        ("/categories/", 2),
        ("/categories/education/", 8),
        ("/decisions/charts/?council=kent-county-council", 4),
        ("/reasons/", 0),
        ("/reasons/late/", 2),
    ],
)
def test_the_number_of_queries_is_small_and_does_not_grow(client, archive, address, most):
    def count() -> int:
        search.catch_up()
        client.get(address)  # what is kept for the process is not asked again
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    before = count()
    for number in range(30):
        make_decision(
            council=f"Council {number}",
            category=(f"Category {number}", "Other"),
            outcome=f"Outcome {number}",
        )
    assert count() == before <= most


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_missing_the_list_says_so(client, archive):
    page = BeautifulSoup(client.get("/decisions/?q=bus&outcome=upheld").content, "lxml")
    assert "search index is being built" in text(page.select_one(".notice"))
    assert text(page.h1) == "1 decision"
    assert page.select("mark") == []
    # Options can be chosen, but nobody has counted them.
    assert text(option(page, "outcome-not-upheld")) == "Not upheld"
    wait_until(lambda: search.search(search.SearchQuery()))
    assert "being built" not in client.get("/decisions/?q=bus").text


def test_with_script_only_the_list_is_exchanged(client, archive):
    search.catch_up()
    response = client.get("/decisions/?q=&outcome=upheld&date_from=&council=", headers=HTMX)
    page = BeautifulSoup(response.content, "lxml")
    assert page.select_one("#results") is not None
    assert page.header is None
    assert response["HX-Push-Url"] == "/decisions/?outcome=upheld"
    assert "HX-Request" in response["Vary"]
    announcement = page.find(id="announcement")
    assert announcement["hx-swap-oob"] == "innerHTML"
    assert text(announcement) == "1 decision"
    assert text(page.title) == "1 decision · Ombudsman Decisions"


def test_going_back_gets_the_whole_page(client, archive):
    search.catch_up()
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    page = BeautifulSoup(client.get("/decisions/", headers=headers).content, "lxml")
    assert page.select_one("header.masthead") is not None


def test_long_lists_of_councils_are_folded(see):
    for number in range(12):
        make_decision(council=f"Council {number:02}")
    for _ in range(3):
        make_decision(council="Yarmouth Council")
    page = see("/decisions/?council=council-11")
    rest = page.select_one("#fold-councils")
    assert text(rest.summary) == "Show all: 5 more"
    assert len(rest.select(".option")) == 5
    shown = [box["value"] for box in page.select("input[name=council]")]
    assert shown[:2] == ["council-11", "yarmouth-council"]
    assert len(set(shown)) == len(shown) == 13


def test_the_decision_page(see):
    make_decision(
        "95 000 001",
        council="Kent County Council",
        decided_on="2020-01-01",
        summary="The Council was late.",
        other_references=["95 000 111"],
        source_url="https://www.lgo.org.uk/decisions/x/95-000-001",
        sections=(
            Section("The complaint", 1, (Paragraph(1, "Mr X complains."),)),
            Section("What I found", 1, (Paragraph(2, "There was fault."),)),
            Section(
                "Analysis",
                2,
                (
                    Paragraph(
                        3,
                        "The Council will:",
                        (
                            Item("a", "apologise;", (Item("i", "in writing;"),)),
                            Item(None, "pay £100."),
                        ),
                    ),
                    Paragraph(None, "(Local Government Act 1974)"),
                ),
            ),
        ),
    )
    page = see("/decisions/95-000-001/?q=fault")
    assert text(page.h1) == "Kent County Council"
    assert page.h1.a["href"] == "/councils/kent-county-council/"
    assert text(page.title) == (
        "Kent County Council, School transport (95 000 001) · Ombudsman Decisions"
    )
    assert text(page.select_one(".byline span")) == "Statement 95 000 001 , also 95 000 111"
    assert [link["href"] for link in page.select(".breadcrumbs a")] == [
        "/categories/education/",
        "/categories/education/school-transport/",
    ]
    contents = {text(link): link["href"] for link in page.select(".toc a")}
    assert contents == {
        "Summary": "#summary",
        "The complaint": "#section-1",
        "What I found": "#section-2",
        "Analysis": "#section-3",
    }
    for target in [*contents.values(), "#para-1", "#para-2", "#para-3"]:
        assert page.select_one(target) is not None
    assert page.select_one("#para-3 .num")["href"] == "#para-3"
    assert text(page.select_one("#para-3 .items")) == "a) apologise; i) in writing; • pay £100."
    assert texts(page, "mark") == ["fault"]
    unnumbered = page.select(".para")[-1]
    assert text(unnumbered) == "(Local Government Act 1974)"
    assert unnumbered.get("id") is None
    source = page.select_one(".source")
    assert "© Commission for Local Administration in England, reproduced unamended" in text(source)
    assert source.a["href"] == "https://www.lgo.org.uk/decisions/x/95-000-001"
    canonical = page.select_one("link[rel=canonical]")
    assert canonical["href"] == "http://testserver/decisions/95-000-001/"


def test_a_decision_whose_file_says_little(see, archive):
    page = see("/decisions/95-000-004/")
    assert page.h1.a["href"] == "/decisions/?council=not-stated"
    assert text(page.select_one(".byline span")) == "Report 95 000 004"
    assert (
        page.select_one(".decision-summary a:has(.outcome)")["href"]
        == "/decisions/?outcome=not-stated"
    )
    assert page.select_one(".breadcrumbs a")["href"] == "/decisions/?category=not-stated"
    assert page.select_one("#summary") is None


def test_a_sample_is_labelled_and_not_attributed(see, archive):
    page = see("/decisions/95-000-003/")
    assert "Invented sample." in text(page.select_one(".decision-head .notice"))
    assert "Invented sample." in text(page.select_one(".source"))
    assert "©" not in text(page.select_one(".source"))


def test_every_spelling_of_a_reference_leads_to_one_address(client):
    make_decision("95 000 001", other_references=["95 000 111"])
    for spelling in ("95000001", "95 000 001", "95-000-111"):
        response = client.get(f"/decisions/{spelling}/?q=bus")
        assert response.status_code == 301
        assert response["Location"] == "/decisions/95-000-001/?q=bus"


def test_a_decision_of_its_own_goes_before_one_that_carries_its_reference(see):
    make_decision("95 000 001", other_references=["95 000 002"], council="Carrier Council")
    make_decision("95 000 002", council="Own Council")
    assert text(see("/decisions/95-000-002/").h1) == "Own Council"


def test_a_withdrawn_decision_is_gone(see, archive):
    page = see("/decisions/95-000-005/", status=410)
    assert "Decision 95 000 005 was withdrawn" in text(page.main)
    assert "Gone Council" not in text(page)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/decisions/99-999-999/", "There is no decision 99 999 999 in this archive."),
        ("/decisions/kent/", "“kent” is not a reference. A reference looks like 21 019 030."),
        ("/councils/nowhere/", "There is no such council in this archive."),
        ("/categories/nothing/at-all/", "There is no such category in this archive."),
        ("/nowhere/", "The address leads nowhere in this archive."),
    ],
)
def test_what_is_not_found_says_why(see, address, says):
    page = see(address, status=404)
    assert text(page.select_one(".lead")) == says
    assert page.select_one("form[role=search]") is not None


def test_councils_from_a_to_z(see, archive):
    make_council("Ash Park Authority", kind="park")
    make_decision("95 000 006", council="Ash Park Authority")
    page = see("/councils/")
    assert texts(page, ".letter h2") == ["A", "E", "K"]
    assert texts(page, ".letter li") == [
        "Ash Park Authority National park authority 1",
        "Essex County Council 1",
        "Kent County Council 2",
    ]
    assert "3 bodies" in text(page.select_one(".subtitle"))
    assert page.select_one(".subtitle a")["href"] == "/decisions/?council=not-stated"


def test_councils_by_a_part_of_the_name(see, archive):
    page = see("/councils/?name=SEX")
    assert texts(page, ".letter li a") == ["Essex County Council"]
    assert page.select_one("#name")["value"] == "SEX"
    assert "No name holds “zz”" in text(see("/councils/?name=zz").main)


def test_a_councils_page(see, archive):
    make_decision("95 000 006", council="Kent County Council", withdrawn_at="2024-01-01T00:00Z")
    page = see("/councils/kent-county-council/")
    assert text(page.h1) == "Kent County Council"
    assert text(page.select_one(".subtitle")) == "Council. 2 decisions"
    assert texts(page, ".result .reference") == ["95 000 002", "95 000 001"]
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    keys = {text(key): key.a["href"] for key in page.select(".legend li")}
    assert keys == {
        "Upheld 1 50%": "/decisions/?council=kent-county-council&outcome=upheld",
        "Not upheld 1 50%": "/decisions/?council=kent-county-council&outcome=not-upheld",
    }
    assert ways == {
        "Education 2": "/decisions/?council=kent-county-council&category=education",
        "Other 1": "/decisions/?council=kent-county-council&category=education/other",
        "School transport 1": (
            "/decisions/?council=kent-county-council&category=education/school-transport"
        ),
    }
    form = page.main.select_one("form")
    assert form["action"] == "/decisions/"
    assert form.select_one("[name=council]")["value"] == "kent-county-council"


def test_an_invented_council_is_labelled_and_a_real_one_is_not(see):
    make_decision(council="Invented Council", is_sample=True)
    make_decision(council="Real Council")
    assert "There is no such body" in see("/councils/invented-council/").get_text()
    assert "There is no such body" not in see("/councils/real-council/").get_text()


def test_a_council_whose_decisions_are_all_withdrawn(see, archive):
    assert "No decision about it is in this archive now." in text(see("/councils/gone-council/"))


def test_categories(see, archive):
    page = see("/categories/")
    assert texts(page, "h2") == ["Education 2", "Housing 1", "Category not stated 1"]
    page = see("/categories/education/")
    assert text(page.select_one(".subtitle")) == "2 decisions"
    ways = {text(way): way.a["href"] for way in page.select(".link-list li")}
    assert ways["Other 1"] == "/categories/education/other/"
    key = page.select_one(".legend a")
    assert (text(key), key["href"]) == ("Upheld", "/decisions/?category=education&outcome=upheld")
    assert ways["Kent County Council 2"] == (
        "/decisions/?category=education&council=kent-county-council"
    )
    page = see("/categories/education/other/")
    assert text(page.h1) == "Other"
    assert texts(page, ".result .reference") == ["95 000 002"]
    assert [link["href"] for link in page.select(".breadcrumbs a")] == [
        "/categories/",
        "/categories/education/",
    ]


def test_names_and_words_are_escaped_everywhere(see):
    evil = "<script>alert(1)</script>"
    decision = make_decision(
        "95 000 001",
        council=evil,
        category=(evil, f"{evil} sub"),
        outcome=evil,
        summary=f"{evil} bus",
        paragraphs=(f"{evil} bus",),
    )
    for address in (
        "/",
        f"/decisions/?q={evil}",
        f"/decisions/?q=bus {evil}&council={evil}&outcome={evil}&date_from={evil}&page={evil}",
        "/decisions/?q=alert&council=scriptalert1script",
        f"/decisions/95-000-001/?q={evil} bus",
        "/councils/",
        f"/councils/?name={evil}",
        decision.council.get_absolute_url(),
        "/categories/",
        decision.category.get_absolute_url(),
    ):
        page = see(address)
        assert inline_scripts(page) == []
        assert "alert(1)" in text(page)
    see(f"/decisions/{evil}/".replace("</", "<"), status=404)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/decisions/?q=bus",
        "/decisions/95-000-001/",
        "/councils/",
        "/categories/",
        "/about/",
        "/help/",
    ],
)
def test_no_page_needs_a_style_or_script_of_its_own(see, archive, address):
    page = see(address)
    assert page.select("style, [style]") == []
    assert inline_scripts(page) == []
    handlers = [
        name
        for tag in page.find_all(True)
        for name in tag.attrs
        if name.startswith(("on", "hx-on"))
    ]
    assert handlers == []
    identifiers = [tag["id"] for tag in page.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))
    assert page.html["lang"] == "en-GB"
    assert page.select_one("link[rel=canonical]") is not None
    assert page.select_one("a.skip")["href"] == "#main"


def test_about_names_the_source_and_the_terms(see):
    page = text(see("/about/").main)
    assert "Commission for Local Administration in England" in page
    assert "unamended" in page


@pytest.mark.parametrize("status", [400, 403, 500])
def test_pages_of_failure_need_no_request_and_no_database(status, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = BeautifulSoup(render_to_string(f"{status}.html"), "lxml")
    assert page.h1 is not None
    assert page.select_one("a.brand")["href"] == "/"


def test_pages_only_answer_to_reading(client, archive):
    assert client.post("/decisions/").status_code == 405
    assert Decision.objects.count() == 5
