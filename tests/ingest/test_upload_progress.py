"""Reviewing and taking in that take longer than a moment: seen, left alone, broken and killed."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from decisions.ingest import upload_work, uploads
from decisions.models import Decision, Upload
from tests import processes
from tests.archives import make_zip
from tests.processes import wait_until
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NUMBER = 400

CONFIRM = """
from decisions.ingest import uploads
from decisions.models import Upload

def confirm(pk):
    uploads.WAIT_SECONDS = 600
    uploads.confirm(Upload.objects.get(pk=pk))
"""


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch):
    """Whoever begins the work does not wait for it, and sees every file it has come to."""
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 0)
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", 0)


@pytest.fixture
def upload():
    upload = Upload()
    names = [f"{number:03}.txt" for number in range(NUMBER)]
    members = {name: decision_text(f"90 000 {name[:3]}").encode() for name in names}
    uploads.receive(upload, [SimpleUploadedFile("all.zip", make_zip(members))])
    return upload


class Held:
    """Stands in for a step of the work, which stays at its second result until let go."""

    def __init__(self, monkeypatch, name: str) -> None:
        self._real = getattr(upload_work, name)
        self._let_go = threading.Event()
        monkeypatch.setattr(upload_work, name, self._step)

    def _step(self, received, *arguments):
        if len(arguments) == 1:  # the review
            return self._slowly(self._real(received, *arguments))
        return self._real(self._slowly(received), *arguments)

    def _slowly(self, things):
        for number, thing in enumerate(things):
            if number == 1:
                assert self._let_go.wait(180)
            yield thing

    def let_go(self):
        self._let_go.set()


def address(upload) -> str:
    return f"/admin/decisions/upload/{upload.pk}/change/"


def is_idle(upload) -> bool:
    upload.refresh_from_db()
    return upload.started_at is None


def reviewed(upload) -> Upload:
    uploads.begin(upload)
    wait_until(lambda: is_idle(upload))
    assert upload.results.count() == NUMBER
    return upload


def test_the_page_says_how_far_the_review_is_and_then_shows_it(admin_client, upload, monkeypatch):
    held = Held(monkeypatch, "preview")
    try:
        uploads.begin(upload)
        page = admin_client.get(address(upload)).content.decode()
        assert "Reading the files" in page
        wait_until(
            lambda: (
                f"1 of {NUMBER} files read" in admin_client.get(address(upload)).content.decode()
            )
        )
        # Whoever is at work on it, nobody begins it a second time or takes it away.
        assert admin_client.post(address(upload)).status_code == 302
        delete = admin_client.post(f"/admin/decisions/upload/{upload.pk}/delete/", {"post": "yes"})
        assert delete.status_code == 403
        listed = admin_client.get("/admin/decisions/upload/").content.decode()
        assert "being read" in listed
    finally:
        held.let_go()
    wait_until(lambda: is_idle(upload))
    assert upload.confirmed_at is None
    page = admin_client.get(address(upload))
    assert page.context["counts"] == [("created", NUMBER)]
    again = admin_client.get(address(upload), headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"
    assert "to be reviewed" in admin_client.get("/admin/decisions/upload/").content.decode()


def test_a_failure_is_shown_and_the_work_can_be_restarted(admin_client, upload, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lambda *arguments: 1 / 0)
        uploads.begin(upload)
        wait_until(lambda: Upload.objects.exclude(failure="").exists())
        page = admin_client.get(address(upload)).content.decode()
        assert "This stopped early: ZeroDivisionError: division by zero" in page
        assert "Nothing is lost" in page
        assert "stopped early" in admin_client.get("/admin/decisions/upload/").content.decode()
    admin_client.get(address(upload))  # looking alone begins nothing again
    upload.refresh_from_db()
    assert upload.failure
    admin_client.post(address(upload), {"begin": "yes"})
    wait_until(lambda: is_idle(upload))
    assert upload.failure == ""
    assert upload.results.count() == NUMBER


@pytest.mark.processes
def test_a_killed_import_of_an_upload_can_be_resumed(admin_client, upload, monkeypatch):
    reviewed(upload)
    with processes.prepared(CONFIRM) as others:
        pid = others.run("confirm", upload.pk)
        wait_until(lambda: Decision.objects.exists())
        monkeypatch.setattr(uploads, "LOCK_GRACE", uploads.LOCK_GRACE * 0)
        upload.refresh_from_db()
        assert not uploads.is_interrupted(upload)
        others.kill(pid)
    before = Decision.objects.count()
    assert before < NUMBER
    wait_until(lambda: uploads.is_interrupted(upload))  # PostgreSQL has to notice
    page = admin_client.get(address(upload)).content.decode()
    assert "the server stopped before it finished" in page
    assert "what has been imported stays" in page
    admin_client.post(address(upload), {"begin": "yes"})
    wait_until(lambda: is_idle(upload))
    assert upload.imported_at
    assert Decision.objects.count() == NUMBER
    page = admin_client.get(address(upload))
    assert dict(page.context["counts"]) == {"created": NUMBER - before, "unchanged": before}
    assert "had imported before are listed as unchanged" in page.content.decode()


@pytest.mark.parametrize("script", [True, False])
def test_the_progress_page_updates_itself_and_can_be_closed(
    browser, live_server, admin_client, upload, monkeypatch, script
):
    """By script every second; without it the page is loaded anew."""
    reviewed(upload)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script)
    session = admin_client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    held = Held(monkeypatch, "ingest_all")
    try:
        page.goto(address(upload))
        page.get_by_role("button", name=f"Import {NUMBER} decisions").click()
        bar = page.get_by_role("progressbar", name=f"0 of {NUMBER} files imported")
        expect(bar).to_be_visible()
        page.goto("/admin/")
        page.goto(address(upload))
        expect(bar).to_be_visible()
    finally:
        held.let_go()
    expect(page.get_by_role("heading", name="Result")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"{NUMBER} created")).to_be_visible()
    context.close()
    assert Decision.objects.count() == NUMBER
