"""A decision's page as the server sends it: the first screen, the hits, quoting, what is alike."""

import datetime
import shutil

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings

from decisions import search
from decisions.documents import CaptureBasis, CaptureTime
from decisions.ingest import ingest_all
from decisions.models import Decision
from decisions.sources import Source
from decisions.web.presenters.related_rows import RelatedRows
from decisions.web.presenters.similar_decisions import similar_decisions
from tests.factories import Item, Paragraph, Section, make_decision, make_decisions
from tests.processes import wait_until
from tests.reading import text
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
POWERS = "We cannot investigate late complaints unless we decide there are good reasons."


def decision_summary(page: Tag) -> dict[str, str]:
    return {text(row.dt): text(row.dd) for row in page.select(".decision-summary > div")}


def outcome(page: Tag) -> str:
    return text(page.select_one(".decision-outcome"))


def closing(summary: str, final: str, **fields) -> bytes:
    """A statement that was closed, with a summary and a final decision."""
    fields = {"outcome": "Closed after initial enquiries", **fields}
    reference = fields.pop("reference", "90 000 001")
    head = decision_text(reference, summary=summary, **fields).partition("The complaint")[0]
    sections = {
        "The complaint": "Mr X complains about a bus.",
        "Final decision": final,
        "The Ombudsman’s role and powers": POWERS,
    }
    body = "".join(f"{name}\n\n  1. {words}\n\nBack to top\n\n" for name, words in sections.items())
    return (head + body).encode()


def take_in(*files: bytes) -> None:
    report = ingest_all(Source(f"{number}.txt", data) for number, data in enumerate(files))
    assert not report.failures


# The first screen ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_first_screen_says_who_what_why_and_when(see):
    late = "We will not investigate this complaint because it is late."
    take_in(closing(late, late))
    page = see("/decisions/90-000-001/")
    said = decision_summary(page)
    decision = Decision.objects.get()
    assert (
        said["Who"]
        == f"A complaint about {decision.council} , in the category {decision.category} ."
    )
    assert outcome(page) == (
        "The complaint was closed after initial enquiries."
        " What “closed after initial enquiries” means"
    )
    assert said["Why"] == "The reason given: late paragraph ¶ 2"
    assert said["When"] == f"Decided on {decision.decided_on.day} {decision.decided_on:%B %Y} ."
    assert "© Commission for Local Administration in England" in said["Source"]
    assert page.select_one('.decision-summary a[href$="/history/"]') is not None
    assert page.select_one('.decision-summary a[href="#para-2"]') is not None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Upheld", "The complaint was upheld. What “upheld” means"),
        ("Not upheld", "The complaint was not upheld. What “not upheld” means"),
        ("Report issued", "The outcome is stated as “Report issued”."),
        (None, "How the complaint ended is not stated."),
    ],
)
def test_every_outcome_has_its_sentence(see, name, sentence):
    make_decision("90 000 001", outcome=name)
    assert outcome(see("/decisions/90-000-001/")) == sentence


def test_an_unknown_value_is_shown_as_not_stated(see):
    make_decision("90 000 001", council=None, category=None, outcome=None, decided_on=None)
    said = decision_summary(see("/decisions/90-000-001/"))
    assert (
        said["Who"]
        == "A complaint about a body that is not stated , in a category that is not stated ."
    )
    assert said["When"] == "The date of the decision is not stated."
    assert "Why" not in said

    make_decision("90 000 002", outcome="Upheld")
    said = decision_summary(see("/decisions/90-000-002/"))
    assert said["Why"] == "Not stated in words that this archive recognises."


def test_a_sample_names_no_publisher_as_its_source(see):
    make_decision("90 000 001", is_sample=True)
    assert decision_summary(see("/decisions/90-000-001/"))["Source"].startswith(
        "Made by this archive."
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("time", "due"), [("of the final decision", "by 30 May 2022 "), ("", "")], ids=["fixed", "open"]
)
def test_a_remedy_is_due_by_a_date_where_the_decision_fixes_one(see, time, due):
    agreed = f"The Council will apologise to Mr X within one month {time}".strip() + "."
    take_in(closing("There was fault.", agreed, outcome="Upheld", date="30 Apr 2022"))
    said = decision_summary(see("/decisions/90-000-001/"))
    assert f"apology {due}paragraph" in said["Remedy"]


def test_outcome_and_summary_come_before_the_facts(see):
    make_decision("90 000 001", summary="A bus was late.")
    main = str(see("/decisions/90-000-001/").main)
    places = [main.index(part) for part in ("<h1", "decision-outcome", "A bus was", "<dl")]
    assert places == sorted(places)


# Hits ------------------------------------------------------------------------------------------


@pytest.fixture
def found():
    return make_decision(
        "90 000 001",
        summary="A bus was late.",
        sections=(
            Section(
                "The bus", 1, (Paragraph(1, "Mr X complains."), Paragraph(2, "The bus; a bus."))
            ),
            Section(
                "What I found",
                1,
                (
                    Paragraph(3, "The Council:", (Item("a", "lost a bus."),)),
                    Paragraph(None, "Buses"),
                ),
            ),
        ),
    )


def test_hits_are_counted_and_their_places_are_links(see, found):
    page = see("/decisions/90-000-001/?q=bus")
    assert len(page.select(".text mark")) == 6
    assert text(page.select_one("#hit-count")) == "6 found"
    links = [(link["href"], text(link)) for link in page.select(".search-hits .hit-locations a")]
    assert links == [
        ("#summary", "summary"),
        ("#section-1", "section"),
        ("#para-2", "paragraph ¶ 2"),
        ("#section-2", "section"),  # for what has no number
        ("#para-3", "paragraph ¶ 3"),
    ]
    assert page.select_one(".search-hits .back-link")["href"] == "/decisions/?q=bus"


def test_without_words_there_is_no_bar_and_without_hits_it_says_so(see, found):
    assert see("/decisions/90-000-001/").select_one(".search-hits") is None
    page = see("/decisions/90-000-001/?q=zebra")
    assert "No words from “zebra” were found in this decision." in text(
        page.select_one(".search-hits")
    )
    assert page.select_one("#hit-next") is None
    assert not [script for script in page.select("script") if "hits" in script.get("src", "")]


@pytest.mark.django_db(transaction=True)
def test_standard_wording_is_opened_only_where_it_holds_a_hit(see):
    take_in(*(closing("Late.", "Late.", reference=f"90 000 0{n:02}") for n in range(1, 13)))
    [fold] = see("/decisions/90-000-001/?q=bus").select("details.standard:has(#para-3)")
    assert not fold.has_attr("open")
    [fold] = see("/decisions/90-000-001/?q=unless").select("details.standard:has(#para-3)")
    assert fold.has_attr("open")


# Quoting ---------------------------------------------------------------------------------------


def test_every_numbered_paragraph_leads_to_its_citation(see, found):
    page = see("/decisions/90-000-001/")
    assert [link["href"] for link in page.select(".para .quote")] == [
        "/decisions/90-000-001/quote/?paragraph=1",
        "/decisions/90-000-001/quote/?paragraph=2",
        "/decisions/90-000-001/quote/?paragraph=3",
    ]
    page = see("/decisions/90-000-001/quote/?paragraph=3")
    assert (
        text(page.select_one(".citation-of"))
        == "Paragraph 3 of School transport: Wexcombe District Council (90 000 001)"
    )
    cited = {pre["id"]: pre.get_text() for pre in page.select(".citation-text")}
    assert cited["cited-text"].startswith("“The Council:\na) lost a bus.”\n\n")
    assert cited["cited-plain"].endswith(
        "paragraph 3, http://testserver/decisions/90-000-001/#para-3"
    )
    assert list(cited) == ["cited-text", "cited-plain", "cited-oscola", "cited-markdown"]


def test_the_quoting_page_is_for_readers_and_not_for_search_engines(client, see, found):
    page = see("/decisions/90-000-001/quote/")
    canonical = page.select_one("link[rel=canonical]")
    assert canonical["href"] == "http://testserver/decisions/90-000-001/"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert client.get("/decisions/90-000-001/quote/")["X-Robots-Tag"] == "noindex"
    assert page.select_one(".citation-text")["id"] == "cited-plain"


@pytest.mark.parametrize("asked", ["99", "zebra", "<b>"])
def test_a_paragraph_that_is_not_there_is_named_and_the_decision_is_cited(see, found, asked):
    page = see(f"/decisions/90-000-001/quote/?paragraph={asked}")
    assert f"This decision has no paragraph {asked}." in text(page.select_one(".notice"))
    assert page.select_one("#cited-plain").get_text().endswith("/decisions/90-000-001/")


def test_a_request_from_htmx_gets_only_the_citations(client, found):
    response = client.get("/decisions/90-000-001/quote/?paragraph=1", headers=HTMX)
    assert response.text.lstrip().startswith('<div class="citations">')
    assert "HX-Request" in response["Vary"]


def test_nothing_can_be_quoted_from_what_was_withdrawn(see):
    make_decision("90 000 001", withdrawn_at="2024-01-01T00:00:00Z")
    see("/decisions/90-000-001/quote/", status=404)
    see("/decisions/kent/quote/", status=404)


def test_on_paper_the_citation_stands_at_the_end(see, found):
    page = see("/decisions/90-000-001/")
    assert "http://testserver/decisions/90-000-001/" in text(page.select_one(".source .print-only"))


# Similar decisions -----------------------------------------------------------------------------


@pytest.fixture
def neighbours():
    """One about a school taxi, some like it in more or less, and others that fill the archive."""
    taxi = "The Council refused a school taxi."
    make_decision("91 000 001", summary=taxi, reasons=["late"], provisions=["law-a"])
    make_decision("91 000 002", summary=taxi, reasons=["late"], provisions=["law-a"])
    make_decision("91 000 003", summary="A bin was lost.", reasons=["late"], outcome="Not upheld")
    make_decision("91 000 004", summary=taxi, reasons=["late"], withdrawn_at="2024-01-01T00:00:00Z")
    make_decisions(
        {
            "reference": f"92 000 0{number:02}",
            "category": ("Housing", "Other"),
            "summary": f"A tenant wrote of damp number{number}.",
        }
        for number in range(60)
    )
    search.catch_up()
    return Decision.objects.find("91 000 001")


def test_similar_decisions_say_what_they_share(neighbours):
    [first, second] = similar_decisions(RelatedRows(neighbours))
    assert first.decision.reference == "91 000 002"
    assert first.shared.startswith("same category; same reason: late")
    assert "both say “school taxi”" in first.shared or "“refused a school taxi”" in first.shared
    assert second.decision.reference == "91 000 003"
    assert second.shared == "same category; same reason: late"


def test_similar_decisions_are_in_the_margin_with_what_they_share(see, neighbours):
    page = see("/decisions/91-000-001/")
    [first, _] = page.select(".similar-decisions li")
    assert first.a["href"] == "/decisions/91-000-002/"
    assert "Same category; same reason: late" in text(first)


def test_a_first_view_asks_postgresql_three_times(client, neighbours, django_assert_num_queries):
    """For the archive's version, for the decision, and for what it is shown with."""
    client.get("/decisions/91-000-002/")  # reads the names of outcomes
    with django_assert_num_queries(3):
        assert b"similar-decisions" in client.get("/decisions/91-000-001/").content


def test_decisions_that_share_too_little_are_not_similar(see):
    make_decision("91 000 001", category=None, summary=None)
    make_decision("91 000 002", category=None, summary=None)
    assert see("/decisions/91-000-001/").select_one(".similar-decisions") is None


@pytest.mark.django_db(transaction=True)
def test_without_an_index_the_page_has_no_similar_decisions(client, neighbours):
    shutil.rmtree(settings.INDEX_DIR)
    page = BeautifulSoup(client.get("/decisions/91-000-001/").content, "lxml")
    assert page.select_one(".similar-decisions") is None
    assert text(page.h1.a) == "Wexcombe District Council"
    # Whoever mends it must have done so before the next test's index takes its place.
    wait_until(lambda: search.search(search.SearchQuery()))
    page = BeautifulSoup(client.get("/decisions/91-000-001/").content, "lxml")
    assert page.select_one(".similar-decisions") is not None


def test_the_margin_counts_how_the_councils_decisions_ended(see):
    for outcome in ("Upheld", "Upheld", "Not upheld"):
        make_decision(outcome=outcome)
    first = Decision.objects.first()
    page = see(first.get_absolute_url())
    counted = {text(line): line.a["href"] for line in page.select(".counted li:has(.n)")}
    assert counted == {
        "Upheld 2": "/decisions/?council=wexcombe-district-council&outcome=upheld",
        "Not upheld 1": "/decisions/?council=wexcombe-district-council&outcome=not-upheld",
    }
    share = "67% of 3 investigated were upheld (95% interval: 21% to 94%)."
    assert share in text(page.select_one(".aside"))


# Tables and captures ---------------------------------------------------------------------------


def test_a_table_is_a_table_with_its_hits(see):
    rows = "Month\tSum <b>\nMay\t£150 for a quokka\nJune\t"
    make_decision("90 000 001", paragraphs=("Before.", rows))
    page = see("/decisions/90-000-001/?q=quokka")
    [table] = page.select("article table")
    cells = [[text(cell) for cell in row.select("td")] for row in table.select("tr")]
    assert cells == [["Month", "Sum <b>"], ["May", "£150 for a quokka"], ["June", ""]]
    assert [text(mark) for mark in table.select("mark")] == ["quokka"]


def test_the_page_and_the_history_say_when_the_source_was_read(see):
    def capture(summary: str, year: int) -> Source:
        at = datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)
        data = decision_text(summary=summary).encode()
        return Source(f"{year}.txt", data, captured=CaptureTime(at, CaptureBasis.WARC))

    ingest_all([capture("Newer words.", 2023), capture("Older words.", 2021)])
    page = see("/decisions/90-000-001/")
    assert "Newer words." in text(page.article)
    assert "Older" not in text(page.main)
    footer = text(page.select_one("footer.source"))
    assert "Captured on 1 June 2023 , according to its WARC record." in footer
    history = see("/decisions/90-000-001/history/")
    versions = [text(version) for version in history.select(".version")]
    assert [version[:11] for version in versions] == ["1 June 2023", "1 June 2021"]
    assert "according to its WARC record. Received on" in versions[0]
    assert "Older Newer words." in versions[0]
    assert "The oldest text in this archive." in versions[1]

    ingest_all([Source("plain.txt", decision_text(summary="Plain words.").encode())])
    newest = text(see("/decisions/90-000-001/history/").select_one(".version"))
    assert "so this page shows the time at which it was received." in newest
    assert "Read at its source" not in text(see("/decisions/90-000-001/").article)
