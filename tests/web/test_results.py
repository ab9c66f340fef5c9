"""What the list shows of each decision, where nothing is found, and how many are on a page."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import search
from decisions.models import NOT_STATED, Council
from decisions.search import facets
from decisions.search.index import sync
from tests.factories import Paragraph, Section, make_council, make_decision, make_decisions
from tests.processes import wait_until

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "results"}


def text(tag: Tag | None) -> str:
    """Its words with no blank put between elements: as it is read aloud."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def texts(page: Tag, selector: str) -> list[str]:
    return [text(tag) for tag in page.select(selector)]


def relaxation_links(page: Tag) -> dict[str, str]:
    """Each way out with its number, and where it leads."""
    return {text(way): way.a["href"] for way in page.select(".empty li")}


# ---- Where nothing is found


@pytest.fixture
def few():
    make_decision(
        "95 000 001",
        council="Wexcombe District Council",
        decided_on="2020-01-01",
        paragraphs=("The yellow bus was late.",),
    )
    make_decision(
        "95 000 002",
        council="Dunley Council",
        outcome="Not upheld",
        decided_on="2021-06-01",
        paragraphs=("The bus was cancelled.",),
    )
    make_decision("95 000 003", council="Ash Council", outcome="Not upheld", decided_on=None)


def test_a_search_without_results_lists_relaxations_with_counts(see, few):
    page = see("/decisions/?q=bus&outcome=upheld&council=dunley-council")
    assert text(page.select_one(".empty h2")) == "No decisions match everything in your search"
    assert relaxation_links(page) == {
        "Without Dunley Council 1 decision": "/decisions/?q=bus&outcome=upheld",
        "Without Upheld 1 decision": "/decisions/?q=bus&council=dunley-council",
        "Without any filter 2 decisions": "/decisions/?q=bus",
        "Without words or filters 3 decisions": "/decisions/",
    }


def test_a_relaxation_without_results_is_not_offered(see, few):
    page = see("/decisions/?q=zebra&outcome=upheld&date_to=2020-12-31")
    assert relaxation_links(page) == {
        "Without the word “zebra” 1 decision": ("/decisions/?outcome=upheld&date_to=2020-12-31"),
        "Without words or filters 3 decisions": "/decisions/",
    }


def test_every_number_is_what_its_link_finds(see, few):
    page = see("/decisions/?q=yellow+cancelled&outcome=upheld&date_from=2019-01-01")
    ways = page.select(".empty li")
    assert len(ways) >= 2
    for way in ways:
        assert text(see(way.a["href"]).h1).startswith(text(way.select_one(".n")))


def test_one_word_of_several_can_be_dropped(see, few):
    page = see("/decisions/?q=yellow+cancelled")
    assert relaxation_links(page) == {
        "Without the word “yellow” 1 decision": "/decisions/?q=cancelled",
        "Without the word “cancelled” 1 decision": "/decisions/?q=yellow",
        "Without the words “yellow cancelled” 3 decisions": "/decisions/",
    }


def test_the_values_of_one_filter_are_dropped_together(see, few):
    """They are alternatives: to drop one of several gives nothing."""
    page = see("/decisions/?outcome=upheld&council=dunley-council&council=ash-council")
    assert relaxation_links(page) == {
        "Without Dunley Council or Ash Council 1 decision": "/decisions/?outcome=upheld",
        "Without Upheld 2 decisions": ("/decisions/?council=dunley-council&council=ash-council"),
        "Without any filter 3 decisions": "/decisions/",
    }


def test_dates_are_dropped_alone_or_together(see, few):
    page = see("/decisions/?date_from=2022-01-01&date_to=2022-12-31")
    assert relaxation_links(page) == {
        "Without “from 1 January 2022” 2 decisions": "/decisions/?date_to=2022-12-31",
        "Without “from 1 January 2022” and “to 31 December 2022” 3 decisions": "/decisions/",
    }


def test_a_misspelling_keeps_its_suggestion(see, few):
    for number in range(10):
        make_decision(f"95 000 1{number:02}")
    page = see("/decisions/?q=dleayed&outcome=upheld")
    assert text(page.select_one("#results > .notice")).startswith("Did you mean delayed (")
    assert "Without the word “dleayed” 11 decisions" in relaxation_links(page)


def test_a_missing_reference_is_not_relaxed_word_by_word(see, few):
    page = see("/decisions/?q=99+999+999")
    assert list(relaxation_links(page)) == ["Without the words “99 999 999” 3 decisions"]


def test_relaxations_keep_order_and_page_size(see, few):
    page = see("/decisions/?q=zebra&outcome=upheld&sort=newest&size=50")
    assert relaxation_links(page)["Without the word “zebra” 1 decision"] == (
        "/decisions/?outcome=upheld&sort=newest&size=50"
    )


def test_relaxations_cost_no_query_and_are_limited(client, few, monkeypatch):
    asked: list[search.SearchQuery] = []
    counted = search.count
    monkeypatch.setattr(
        search, "count", lambda questions: asked.extend(questions) or counted(questions)
    )
    search.catch_up()
    words = "+".join(f"zebra{number}" for number in range(40))
    filters = "&outcome=upheld&council=ash-council&date_from=2020-01-01&date_to=2020-02-01"
    client.get("/decisions/?q=zebra")
    with CaptureQueriesContext(connection) as queries:
        client.get("/decisions/?q=zebra")
    plain = len(queries)
    asked.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/decisions/?q={words}{filters}&payment_min=1&payment_max=2")
    assert len(queries) <= plain + 2  # the names of the values chosen
    assert 8 < len(asked) <= 20


@pytest.mark.django_db(transaction=True)
def test_without_an_index_relaxations_have_no_count(client, few):
    with sync.lock(wait=False) as held:  # so that nobody builds the index while the page is made
        assert held
        page = BeautifulSoup(
            client.get("/decisions/?outcome=upheld&council=ash-council").content, "lxml"
        )
    assert relaxation_links(page) == {
        "Without Ash Council": "/decisions/?outcome=upheld",
        "Without Upheld": "/decisions/?council=ash-council",
        "Without any filter": "/decisions/",
    }
    # Whoever builds the index must have done so before the tables are emptied.
    wait_until(lambda: search.search(search.SearchQuery()))


def test_an_empty_archive_has_no_relaxations(see):
    page = see("/decisions/?size=50")
    assert text(page.select_one(".empty h2")) == "The archive is empty"
    assert page.select(".view, .pages, .chips") == []


# ---- What each decision shows


def test_why_a_decision_was_closed(see):
    make_decision(
        outcome="Closed after initial enquiries", reasons=["late", "court-or-tribunal-remedy"]
    )
    page = see("/decisions/")
    assert texts(page, ".summary-line") == ["Why: Late, could appeal or go to court"]


def test_a_reason_that_is_not_stated_is_not_guessed(see):
    make_decision(outcome="Closed after initial enquiries", reasons=[NOT_STATED])
    assert texts(see("/decisions/"), ".summary-line") == ["Why: Reason not stated"]


def test_remedies_and_payments(see):
    make_decision(remedies=["action", "apology", "payment", "training"], payment=140_050)
    page = see("/decisions/")
    assert texts(page, ".summary-line") == [
        "Remedy: £1,400.50, apology, staff training, other action"
    ]
    assert text(page.select_one(".summary-line strong")) == "£1,400.50"


def test_a_payment_without_a_certain_sum_is_named_without_one(see):
    make_decision(remedies=["payment", "review"])
    assert texts(see("/decisions/"), ".summary-line") == ["Remedy: Payment, review of procedure"]


def test_a_decision_without_reason_or_remedy_has_no_summary_lines(see, few):
    assert see("/decisions/").select(".summary-line") == []


def test_the_best_paragraph_leads_to_itself(see):
    make_decision(
        "95 000 001",
        summary="The Council delayed.",
        sections=(
            Section("The complaint", 1, (Paragraph(1, "Mr X complains."),)),
            Section(
                "What I found", 1, (Paragraph(2, "The bus was late."), Paragraph(None, "A bus."))
            ),
        ),
    )
    [first, second] = see("/decisions/?q=bus").select(".snippet")
    assert text(first) == "¶ 2The bus was late."
    assert first.a["aria-label"] == "Paragraph 2"
    assert first.a["href"] == "/decisions/95-000-001/?q=bus#para-2"
    assert text(second.a) == "What I found"
    assert second.a["href"] == "/decisions/95-000-001/?q=bus#section-2"


def test_without_words_the_summary_is_shown(see):
    make_decision(summary="The Council delayed.")
    assert texts(see("/decisions/"), ".snippet") == ["Summary: The Council delayed."]


# ---- How many are on a page


@pytest.fixture
def many():
    make_decisions(
        {"reference": f"91 000 {n:03}", "decided_on": f"2020-01-{n % 28 + 1:02}"}
        for n in range(130)
    )


def sizes(page: Tag) -> dict[str, str]:
    return {
        text(link): link["href"]
        for link in page.find("nav", {"aria-label": "Decisions per page"}).select("a")
    }


def test_a_page_has_the_requested_size(see, many):
    page = see("/decisions/?outcome=upheld&size=50&page=2")
    assert len(page.select(".result")) == 50
    assert text(page.h1) == "130 decisions"
    assert [link["href"] for link in page.select(".pages a")] == [
        "/decisions/?outcome=upheld&size=50",
        "/decisions/?outcome=upheld&size=50",
        "/decisions/?outcome=upheld&size=50&page=2",
        "/decisions/?outcome=upheld&size=50&page=3",
        "/decisions/?outcome=upheld&size=50&page=3",
    ]
    sort = page.find("nav", {"aria-label": "Sort"})
    assert sort.a["href"] == "/decisions/?outcome=upheld&size=50&sort=newest"
    assert page.select_one(".chip")["href"] == "/decisions/?size=50"
    assert page.select_one(".clear")["href"] == "/decisions/?size=50"
    assert page.select_one("#filters input[name=size]")["value"] == "50"
    current = page.find("nav", {"aria-label": "Decisions per page"}).select_one("[aria-current]")
    assert text(current) == "50"


def test_another_page_size_keeps_the_first_visible_result(see, many):
    assert sizes(see("/decisions/?page=6")) == {  # the decisions 101 to 120
        "20": "/decisions/?page=6",
        "50": "/decisions/?size=50&page=3",
        "100": "/decisions/?size=100&page=2",
    }
    assert sizes(see("/decisions/?size=100&page=2"))["20"] == "/decisions/?page=6"


@pytest.mark.slow
def test_pages_of_every_size_hold_each_decision_once(see, many):
    for size, pages in ((20, 7), (50, 3), (100, 2)):
        for sort in ("newest", "oldest", "payment"):
            seen = [
                reference
                for page in range(1, pages + 1)
                for reference in texts(
                    see(f"/decisions/?sort={sort}&size={size}&page={page}"), ".result .reference"
                )
            ]
            assert len(seen) == len(set(seen)) == 130


def test_a_list_of_one_page_of_the_smallest_size_has_no_choice_of_size(see, few):
    page = see("/decisions/")
    assert page.find("nav", {"aria-label": "Decisions per page"}) is None
    assert page.find("nav", {"aria-label": "Sort"}) is not None
    assert see("/decisions/?outcome=upheld").select_one(".view") is None  # one decision


def test_another_size_is_not_counted_again(many, monkeypatch):
    search.catch_up()
    first = search.search(search.SearchQuery("delayed"))
    monkeypatch.setattr(facets, "_passes", None)
    assert search.search(search.SearchQuery("delayed", size=100)).facets is first.facets


def test_the_number_of_queries_does_not_grow_with_the_page(client, many):
    search.catch_up()

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert count("/decisions/?q=delayed&size=100") == count("/decisions/?q=delayed")


# ---- What is exchanged when a filter changes


def test_a_repeated_request_adds_no_step_to_the_history(client, few):
    search.catch_up()
    address = "/decisions/?outcome=upheld"
    here = {**HTMX, "HX-Current-URL": f"http://testserver{address}"}
    assert client.get(address, headers=here)["HX-Push-Url"] == "false"
    elsewhere = {**HTMX, "HX-Current-URL": "http://testserver/decisions/"}
    assert client.get(address, headers=elsewhere)["HX-Push-Url"] == address


def test_a_list_update_shows_the_count_everywhere(see, few):
    page = see("/decisions/?outcome=not-upheld", headers=HTMX)
    assert text(page.find(id="announcement")) == "2 decisions"
    assert text(page.find(id="filter-count")) == "Filters 1 chosen"
    assert text(page.find(id="show-results")) == "Show 2 decisions"
    assert page.find(id="facets")["hx-swap-oob"] == "innerHTML"
    assert page.find(id="filters") is None  # the form stays, and what has been typed elsewhere


def test_only_long_lists_are_searched_by_typing(see):
    for number in range(30):
        make_decision(council=f"Council {number:02}")
    page = see("/decisions/")
    assert [box["aria-label"] for box in page.select(".option-filter")] == [
        "Find a council to choose"
    ]


def test_the_panel_is_fieldsets_with_legends(see, many):
    page = see("/decisions/?q=delayed")
    form = page.find(id="filters")
    for box in form.select("input:not([type=hidden])"):
        assert box.find_parent("fieldset").legend is not None
        assert box.find_parent("label") or form.find("label", {"for": box["id"]})


# ---- What the options are called


@pytest.mark.django_db(transaction=True)
def test_option_labels_follow_renamings(see, few):
    def councils() -> list[str]:
        return texts(see("/decisions/"), '.option:has([name="council"]) > span:not(.n)')

    search.catch_up()
    assert councils() == ["Ash Council", "Dunley Council", "Wexcombe District Council"]
    Council.objects.filter(name="Ash Council").update(name="Great Ash Council")
    search.catch_up()
    assert councils() == ["Dunley Council", "Great Ash Council", "Wexcombe District Council"]


@pytest.mark.django_db(transaction=True)
def test_names_are_read_once_for_each_state_of_the_index(see, few):
    def asked_for_names() -> bool:
        with CaptureQueriesContext(connection) as asked:
            see("/decisions/?council=ash-council")
        return any('FROM "decisions_provision"' in query["sql"] for query in asked)

    search.catch_up()
    assert [asked_for_names(), asked_for_names()] == [True, False]
    make_decision(council="Another Council")
    search.catch_up()
    assert [asked_for_names(), asked_for_names()] == [True, False]


def test_a_council_newer_than_the_index_can_be_filtered_by(see, few):
    search.catch_up()
    see("/decisions/")
    make_council("Another Council")
    page = see("/decisions/?council=another-council")
    assert page.select(".problems, .error") == []
    assert texts(page, ".chip") == ["Remove Another Council"]
    assert text(see("/decisions/?council=nowhere").select_one(".error")) == (
        "There is no council “nowhere” in this archive."
    )
