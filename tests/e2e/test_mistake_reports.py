"""A mistake from end to end: a reader finds and reports it, staff get it and deal with it."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from decisions import search
from decisions.models import Decision, MistakeReport
from decisions.web import reader_form
from ombudsman.runtime import postgres
from tests.conftest import watched_page
from tests.factories import make_decision
from tests.processes import manage, site, wait_until
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db(transaction=True)

expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def archive(settings):
    make_decision("95 000 001", council="Kent County Council")
    search.catch_up()
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "archive@example.org"
        settings.REPORT_RECIPIENTS = ["staff@example.org"]
        yield server


@pytest.fixture
def fast(monkeypatch):
    """The browser fills in the form faster than people do."""
    monkeypatch.setattr(reader_form, "MIN_SECONDS_OPEN", -1)


def fill(page: Page, kind: str, message: str) -> None:
    page.get_by_label(kind).check()
    page.get_by_label("What is wrong?").fill(message)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the report").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_reports_and_staff_deal_with_it(
    browser: Browser, live_server, archive, fast, javascript
):
    with watched_page(browser, live_server.url, java_script_enabled=javascript) as page:
        page.goto("/decisions/95-000-001/")
        page.get_by_role("link", name="Report a mistake").click()
        expect(page.get_by_label("Reference of the decision")).to_have_value("95 000 001")
        page.get_by_label("Your e-mail address").fill("reader at home")
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("Choose what your report is about.")
        expect(page).to_have_title(re.compile("^Error: Report a mistake"))
        page.get_by_role("link", name="Write what is wrong.").click()
        if javascript:
            expect(page.get_by_label("What is wrong?")).to_be_focused()
        fill(page, "Someone can be recognised", "Paragraph 1 has a real name.")
        page.get_by_label("Your e-mail address").fill("reader@example.org")
        send(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your report")
        expect(page.locator("main")).to_contain_text("It is marked urgent.")
        assert page.context.cookies() == []
        page.get_by_role("link", name="Back to the decision").click()
        expect(page).to_have_url(re.compile(r"/decisions/95-000-001/$"))

    [(recipients, message)] = archive.received
    assert recipients == ["staff@example.org"]
    address = re.search(r"http://\S+/admin/\S+", message.get_content())

    User.objects.create_superuser("editor", password="a long password")
    with watched_page(browser, live_server.url) as page:
        page.goto(address[0])
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("main")).to_contain_text("Paragraph 1 has a real name.")
        expect(page.get_by_role("link", name="reader@example.org")).to_be_visible()
        page.get_by_role("link", name="95 000 001").click()
        page.get_by_role("link", name="Withdraw").click()
        page.get_by_label("Reason").select_option("identifiable")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.locator(".messagelist")).to_contain_text("1 withdrawn")
        assert Decision.objects.get().withdrawn_at is not None

        page.goto(address[0])
        page.get_by_label("Dealt with").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
        page.get_by_role("link", name="Open", exact=True).click()
        expect(page.locator(".paginator")).to_contain_text("0 mistake reports")
    report = MistakeReport.objects.get()
    assert (report.contact, report.dealt_with_by.username) == ("", "editor")


def test_going_back_and_sending_again_makes_no_second_report(page: Page, fast):
    page.goto("/report-a-mistake/")
    fill(page, "Something else", "The search is wrong.")
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your report")
    page.go_back()
    expect(page.get_by_label("What is wrong?")).to_have_value("The search is wrong.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your report")
    page.reload()
    assert MistakeReport.objects.count() == 1


@pytest.mark.processes
def test_the_limit_holds_for_all_processes_of_a_running_site(prepared_data_dir, tmp_path):
    """The site also deletes what has expired, without being asked."""
    prepare = (
        "from decisions.models import MistakeReport as M;"
        "M.objects.create(kind='text', message='old', dealt_with_at='2020-01-01T00:00:00Z')"
    )
    prepared = manage("shell", "-v0", "-c", prepare, DATA_DIR=prepared_data_dir)
    assert prepared.returncode == 0, prepared.stderr
    cluster = postgres.Cluster(prepared_data_dir)

    def reports() -> int:
        where = {"host": str(cluster.use()), "dbname": postgres.DATABASE, "user": postgres.ROLE}
        with psycopg.connect(**where) as database:
            return database.execute("SELECT count(*) FROM decisions_mistakereport").fetchone()[0]

    assert reports() == 1
    with site(prepared_data_dir, tmp_path / "log", WEB_CONCURRENCY=2, TRUSTED_PROXIES=1) as running:
        host = urlsplit(running.url).netloc

        def ask(method: str, body: str = "", network: str = "203.0.113.5"):
            connection = http.client.HTTPConnection(host)
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": network,
                "Sec-Fetch-Site": "same-origin",
            }
            connection.request(method, "/report-a-mistake/", body, headers)
            response = connection.getresponse()
            assert response.getheader("Set-Cookie") is None
            return response.status, response.read().decode()

        _, html = ask("GET")
        stamp = re.search(r'name="stamp" value="([^"]+)"', html)[1]
        # A stamp has whole seconds.
        opened = time.monotonic()
        wait_until(lambda: reports() == 0)
        time.sleep(max(0, opened + reader_form.MIN_SECONDS_OPEN + 1 - time.monotonic()))

        def send_report(number: int, network: str = "203.0.113.5") -> int:
            fields = {"kind": "other", "message": f"Mistake {number}", "stamp": stamp}
            return ask("POST", urlencode(fields), network)[0]

        with ThreadPoolExecutor(12) as threads:
            statuses = list(threads.map(send_report, range(12)))
        assert sorted(statuses) == [302] * 5 + [429] * 7
        assert send_report(12, network="203.0.113.6") == 302
        assert reports() == 6
    cluster.release()
