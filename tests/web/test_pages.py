"""What holds for all pages: few queries, escaping, no inline script, errors."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from decisions import search
from decisions.models import Decision
from tests.factories import make_decision
from tests.reading import text
from tests.web.pages import inline_scripts

pytestmark = pytest.mark.django_db


MOST_QUERIES = {
    "/": 8,
    "/decisions/": 8,
    "/decisions/?q=council&outcome=upheld&council=kent-county-council&category=education": 8,
    "/decisions/95-000-001/?q=bus": 7,
    "/councils/": 3,
    "/councils/kent-county-council/": 7,
    "/categories/": 3,
    "/categories/education/": 8,
    "/decisions/charts/?council=kent-county-council": 4,
    "/reasons/": 1,
    "/reasons/late/": 2,
}


@pytest.mark.slow
def test_the_number_of_queries_is_small_and_does_not_grow(client, archive):
    def count(address: str) -> int:
        client.get(address)  # what is kept for the process is not asked again
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    search.catch_up()
    before = {address: count(address) for address in MOST_QUERIES}
    for number in range(30):
        make_decision(
            council=f"Council {number}",
            category=(f"Category {number}", "Other"),
            outcome=f"Outcome {number}",
        )
    search.catch_up()
    assert {address: count(address) for address in MOST_QUERIES} == before
    assert [address for address, most in MOST_QUERIES.items() if before[address] > most] == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/decisions/99-999-999/", "There is no decision 99 999 999 in this archive."),
        ("/decisions/kent/", "“kent” is not a reference. A reference looks like 21 019 030."),
        ("/councils/nowhere/", "There is no such council in this archive."),
        ("/categories/nothing/at-all/", "There is no such category in this archive."),
        ("/nowhere/", "This archive has no page at this address."),
    ],
)
def test_a_404_page_says_why(see, address, says):
    page = see(address, status=404)
    assert text(page.select_one(".lead")) == says
    assert page.select_one("form[role=search]") is not None


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
        "/report-a-mistake/?reference=95-000-001",
        "/report-a-mistake/thanks/",
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


def test_about_says_who_runs_the_archive(see, settings):
    assert "have not given a name or contact details" in text(see("/about/").main)
    settings.OPERATOR, settings.CONTACT = "Example <Trust>", "archive@example.org"
    settings.PRIVACY_NOTICE = "https://example.org/privacy"
    page = see("/about/").main
    assert "This archive is run by Example <Trust>. Contact: archive@example.org" in text(page)
    assert page.find("a", string="archive@example.org")["href"] == "mailto:archive@example.org"
    assert page.find("a", string="privacy notice")["href"] == "https://example.org/privacy"
    settings.CONTACT = "https://example.org/contact"
    page = see("/about/").main
    assert page.find("a", string=settings.CONTACT)["href"] == settings.CONTACT


def test_about_says_what_is_kept_of_a_report_and_for_how_long(see, settings):
    settings.REPORT_RETENTION_DAYS = 30
    page = text(see("/about/").main)
    assert "until staff have dealt with it, and for 30 days after that" in page
    assert "because only 5 an hour are accepted" in page
    assert "by e-mail" not in page
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "archive@example.org"
    settings.REPORT_RECIPIENTS = ["one@example.org"]
    assert "by e-mail, without your e-mail address" in text(see("/about/").main)


READERS_PAGES = [
    "/",
    "/decisions/?q=bus",
    "/decisions/95-000-001/",
    "/decisions/95-000-001/quote/",
    "/decisions/95-000-001/history/",
    "/decisions/95-000-005/",
    "/decisions/charts/",
    "/suggest/?q=kent",
    "/councils/",
    "/categories/",
    "/reasons/",
    "/laws/",
    "/can-i-complain/",
    "/glossary/",
    "/shelf/",
    "/help/",
    "/about/",
    "/check/",
    "/report-a-mistake/",
    "/report-a-mistake/thanks/",
    "/nowhere/",
]


def test_readers_get_no_cookie(client, archive):
    """As the about page says."""
    search.catch_up()
    for address in READERS_PAGES:
        client.get(address)
        assert not client.cookies, address


def test_every_page_has_the_archives_own_name(client, archive, settings):
    settings.ARCHIVE_NAME = "Fair <Deal> Archive"
    search.catch_up()
    for address in READERS_PAGES:
        if "suggest" in address:
            continue
        html = client.get(address).content.decode()
        page = BeautifulSoup(html, "lxml")
        assert text(page.select_one(".brand")) == "Fair <Deal> Archive", address
        assert page.title.string.endswith("· Fair <Deal> Archive"), address
        assert "Ombudsman Decisions" not in html, address
        name = page.select_one("meta[property='og:site_name']")
        assert name is None or name["content"] == "Fair <Deal> Archive", address


def test_structured_data_has_the_archives_own_name(see, archive, settings):
    settings.ARCHIVE_NAME = "Complaints Archive"
    script = see("/").select_one("script[type='application/ld+json']")
    assert '"Complaints Archive"' in script.string


@pytest.mark.parametrize(
    ("name", "html"),
    [("Ombudsman Decisions", "Ombudsman <b>Decisions</b>"), ("Archive", "<b>Archive</b>")],
)
def test_the_masthead_marks_the_last_word_of_the_name(client, db, settings, name, html):
    settings.ARCHIVE_NAME = name
    assert f">{html}</a>" in client.get("/about/").content.decode()


@pytest.mark.parametrize("status", [400, 403, 500])
def test_error_pages_need_no_request_and_no_database(status, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = BeautifulSoup(render_to_string(f"{status}.html"), "lxml")
    assert page.h1 is not None
    assert page.select_one("a.brand")["href"] == "/"


def test_a_host_that_is_not_ours_gets_an_error_page(client, settings):
    settings.ALLOWED_HOSTS = ["decisions.example.org"]
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_pages_accept_only_get_and_head(client, archive):
    assert client.post("/decisions/").status_code == 405
    assert Decision.objects.count() == 5
