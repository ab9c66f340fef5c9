"""The list of decisions: results, sorting, filters, chips and paging."""

import datetime

import pytest
from bs4 import BeautifulSoup

from decisions import search
from decisions.models import Erasure
from tests.factories import make_decision
from tests.reading import text, texts
from tests.web.pages import HTMX, option

pytestmark = pytest.mark.django_db


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
    assert texts(result, ".snippet > span") == ["The school bus was late."]
    assert texts(result, "mark") == ["school", "bus"]
    assert result.select_one(".snippet a")["href"] == "/decisions/95-000-001/?q=school%20bus#para-2"
    assert page.select_one("#q")["value"] == "school bus"


def test_the_interpretation_is_shown_for_more_than_words(see, archive):
    assert see("/decisions/?q=school+was").select_one(".interpretation") is None
    page = see("/decisions/?q=“school bus")
    [understood, note] = texts(page, ".interpretation p")
    assert understood == "Searched for “school bus” How to search"
    assert note == "A phrase had no closing quotation mark, so it was closed at the end."
    assert page.select_one(".interpretation a")["href"] == "/help/"


def test_a_misspelling_gets_a_suggestion_and_is_not_replaced(see, many):
    page = see("/decisions/?q=dleayed&outcome=upheld")
    assert text(page.h1) == "0 decisions for dleayed"
    [offer] = page.select("#results > .notice")
    assert text(offer).startswith("Did you mean delayed (")
    assert offer.a["href"] == "/decisions/?q=delayed&outcome=upheld"
    assert see("/decisions/?q=delayed").select_one("#results > .notice") is None
    assert see("/decisions/?q=zzzzzzzz").select_one("#results > .notice") is None


def test_near_matches_follow_where_few_contain_all_words(see, archive):
    page = see("/decisions/?q=school+bus")
    assert text(page.h1) == "1 decision for school bus"
    assert text(page.select_one(".partial-matches h2")) == "The closest match"
    assert "95 000 002" in texts(page, ".partial-matches .reference")
    assert "95 000 001" not in texts(page, ".partial-matches .reference")
    assert see("/decisions/?q=school+bus&outcome=upheld").select_one(".partial-matches") is None


def test_what_was_ignored_and_widened_is_shown_and_can_be_undone(see, archive):
    page = see("/decisions/?q=why+was+the+EHCP+so+bad")
    [ignored] = page.select(".ignored")
    assert text(ignored) == "We ignored why, was, the, so · search for every word"
    assert text(see(ignored.a["href"]).h1).endswith('"why" "was" "the" EHCP "so" bad')
    assert see(ignored.a["href"]).select_one(".ignored") is None
    [widened] = page.select(".widened")
    assert text(widened) == "EHCP also: EHC plan, education health and care plan · only EHCP"
    only = see(widened.a["href"])
    assert only.select_one("#q")["value"] == 'why was the "EHCP" so bad'
    assert only.select_one(".widened") is None
    assert text(only.select_one(".ignored")).startswith("We ignored why, was, the, so")


def test_the_page_says_how_many_hold_all_the_words_and_how_many_are_closest(see, archive):
    page = see("/decisions/?q=school+bus")
    assert text(page.select_one(".near-total")) == (
        "1 decision contains all of these words; the closest follows."
    )
    assert text(page.select_one(".partial-matches > p")) == (
        "It matches at least 1 of 3: the 2 words and the subject School transport."
    )
    page = see("/decisions/?q=school+zebra")
    assert text(page.select_one(".near-total")).startswith(
        "No decision contains all of these words; the "
    )


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


def test_a_chosen_option_without_decisions_stays_visible(see, archive):
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


def test_an_invalid_filter_is_reported_twice_and_the_others_apply(see, archive):
    page = see("/decisions/?council=nowhere&outcome=upheld&date_from=yesterday")
    assert texts(page, ".result .reference") == ["95 000 001"]
    assert sorted(texts(page, ".problems li")) == [
        "There is no council “nowhere” in this archive.",
        "“yesterday” is not a date. Write a date like 2021-04-20.",
    ]
    assert texts(page, ".facet:has(#council-kent-county-council) .error") == [
        "There is no council “nowhere” in this archive."
    ]
    field = page.select_one("#date_from")
    assert field["aria-invalid"] == "true"
    assert "yesterday" in text(page.find(id=field["aria-describedby"]))


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
def test_an_invalid_page_number_shows_the_first_page(see, many, number):
    page = see(f"/decisions/?page={number}")
    assert len(page.select(".result")) == 20
    assert f"“{number}” is not a page number" in text(page.select_one(".problems"))


@pytest.mark.parametrize(
    "spelling",
    [
        "95 000 001",
        "95-000-001",
        "95000001",
        " 95 000001 ",
        "95\u2011000\u2013001\u200b",
        "(95  000  001).",
        "LGO ref: 95 000 001",
        "https://www.lgo.org.uk/decisions/education/other/95-000-001",
    ],
)
def test_a_reference_in_the_search_box_goes_to_the_decision(client, archive, spelling):
    response = client.get("/decisions/", {"q": spelling})
    assert response.status_code == 302
    assert response["Location"] == "/decisions/95-000-001/"


def test_a_reference_typed_with_script_opens_its_decision(client, archive):
    response = client.get("/decisions/", {"q": "95000001"}, headers=HTMX)
    assert response["HX-Redirect"] == "/decisions/95-000-001/"


def test_a_reference_without_a_decision_is_reported_missing(see, archive):
    page = see("/decisions/?q=99 999 999")
    assert "No decision 99 999 999 in this archive." in text(page.select_one(".notice"))


def test_a_withdrawn_reference_is_reported_withdrawn(see, archive):
    notice = see("/decisions/?q=ref 95-000-005").select_one(".notice")
    assert text(notice).startswith("Decision 95 000 005 was withdrawn.")
    assert notice.a["href"] == "/decisions/95-000-005/"


def test_an_erased_reference_is_reported_erased(see, archive):
    at = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
    Erasure.objects.create(
        reference="95 999 999", other_references=["95 999 998"], erased_at=at, reason="court"
    )
    for asked in ("95999999", "95 999 998"):
        notice = see(f"/decisions/?q={asked}").select_one(".notice")
        assert text(notice) == (
            "Decision 95 999 999 was erased from this archive on 1 May 2026. The reason:"
            " A court or a regulator ordered it."
        )
        assert notice.a["href"] == "/decisions/95-999-999/"


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_missing_the_list_says_so(client, archive, monkeypatch):
    repairs = []
    monkeypatch.setattr(search, "repair", lambda: repairs.append(1))
    unavailable = client.get("/decisions/?q=bus OR taxi&outcome=upheld")
    assert (unavailable.status_code, unavailable["Retry-After"]) == (503, "60")
    page = BeautifulSoup(unavailable.content, "lxml")
    assert text(page.h1) == "The search index is being rebuilt"
    assert page.title.text.startswith("The search index is being rebuilt: Upheld")
    assert page.select("#results article, #results mark, .interpretation, .list-links") == []
    assert "Without" not in text(page.select_one("#results"))
    [without_words] = page.select("#results .empty a")
    # htmx shows no page of an error.
    part = client.get("/decisions/?q=bus&outcome=upheld", headers=HTMX)
    assert part.status_code == 200
    assert "The search index is being rebuilt" in part.text
    page = BeautifulSoup(client.get(without_words["href"]).content, "lxml")
    assert "search index is being rebuilt" in text(page.select_one(".notice"))
    assert text(page.h1) == "1 decision"
    # Options can be chosen, but nobody has counted them.
    assert text(option(page, "outcome-not-upheld")) == "Not upheld"
    assert repairs
    search.catch_up()
    assert "being rebuilt" not in client.get("/decisions/?q=bus").text


def test_with_script_only_the_list_is_replaced(client, archive):
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
    assert text(page.title) == "1 decision: Upheld · Ombudsman Decisions"


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


def test_a_list_with_samples_says_so_once(see, archive):
    banner = see("/decisions/").select(".sample-banner")
    assert [text(line) for line in banner] == [
        "Some of these decisions are invented samples. Each one is labelled."
    ]
    assert see("/decisions/?council=kent-county-council").select(".sample-banner") == []


def test_results_about_one_council_are_headed_by_their_subject(see):
    make_decision("90 000 001", council="Kent County Council", paragraphs=("A bus.",))
    kent = {"council": "Kent County Council", "category": None}
    make_decision("90 000 002", **kent, paragraphs=("A bus.",))
    make_decision("90 000 003", council="Essex County Council")

    def headings(address: str) -> list[str]:
        return texts(see(address), ".result h2")

    by_council = ["Essex County Council", "Kent County Council", "Kent County Council"]
    by_subject = ["Category not stated", "Education › School transport"]
    assert headings("/decisions/") == by_council
    assert headings("/decisions/?council=kent-county-council&council=essex-county-council") == (
        by_council
    )
    assert headings("/decisions/?council=kent-county-council") == by_subject
    facts = see("/decisions/?council=kent-county-council").select_one(".facts")
    assert "Kent County Council" not in text(facts)
    # Nothing else on the page says that all of these are about one council.
    assert sorted(headings("/decisions/?q=bus")) == by_subject
    assert "Kent County Council" in text(see("/decisions/?q=bus").select_one(".facts"))
