"""What staff see of a job that takes longer than a moment: seen, left alone, cancelled, failed."""

import threading
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from decisions.ingest import job_locks, upload_work, uploads, worker
from decisions.models import Decision, Upload
from tests.archives import make_zip
from tests.processes import wait_until
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NUMBER = 30


@pytest.fixture(autouse=True)
def every_file(monkeypatch):
    """Staff see every file that the worker has come to."""
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", -1)


@pytest.fixture
def running_worker() -> Iterator[None]:
    stopped = threading.Event()
    thread = threading.Thread(target=worker.run, args=[stopped])
    thread.start()
    wait_until(lambda: job_locks.workers().count)
    yield
    stopped.set()
    thread.join()


@pytest.fixture
def upload():
    upload = Upload()
    names = [f"{number:03}.txt" for number in range(NUMBER)]
    members = {name: decision_text(f"90 000 {name[:3]}").encode() for name in names}
    uploads.receive(upload, [SimpleUploadedFile("all.zip", make_zip(members))])
    return upload


class Held:
    """Stands in for a step of the work, which stays at its second file until let go."""

    def __init__(self, monkeypatch, name: str) -> None:
        self._real = getattr(upload_work, name)
        self._let_go = threading.Event()
        monkeypatch.setattr(upload_work, name, self._step)

    def _step(self, received, *arguments, **options):
        if len(arguments) == 1:  # the review
            return self._slowly(self._real(received, *arguments))
        return self._real(self._slowly(received), *arguments, **options)

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


def test_the_page_says_how_far_the_review_is_and_then_shows_it(
    admin_client, upload, monkeypatch, request
):
    held = Held(monkeypatch, "preview")
    later = Upload()
    uploads.receive(later, [SimpleUploadedFile("a.txt", decision_text().encode())])
    request.getfixturevalue("running_worker")
    try:
        wait_until(
            lambda: (
                f"1 of {NUMBER} files read" in admin_client.get(address(upload)).content.decode()
            )
        )
        page = admin_client.get(address(upload)).content.decode()
        assert "Reading the files" in page
        assert 'value="Cancel the review"' in page
        # The part that is loaded again is the same page; once its state is another, all of it is.
        part = {"HX-Request": "true"}
        assert "HX-Refresh" not in admin_client.get(
            f"{address(upload)}?state=running", headers=part
        )
        again = admin_client.get(f"{address(upload)}?state=waiting", headers=part)
        assert again["HX-Refresh"] == "true"
        waiting = admin_client.get(address(later)).content.decode()
        assert "The review waits for a worker: 1 other upload comes first." in waiting
        # While a worker is at it, nobody asks for it a second time or takes it away.
        assert admin_client.post(address(upload)).status_code == 302
        delete = admin_client.post(f"/admin/decisions/upload/{upload.pk}/delete/", {"post": "yes"})
        assert delete.status_code == 403
        listed = admin_client.get("/admin/decisions/upload/").content.decode()
        assert "being read" in listed
        assert "waiting to be read" in listed
    finally:
        held.let_go()
    wait_until(lambda: is_idle(upload))
    assert upload.confirmed_at is None
    page = admin_client.get(address(upload))
    assert page.context["counts"] == [("created", NUMBER)]
    assert "to be reviewed" in admin_client.get("/admin/decisions/upload/").content.decode()


def test_a_failure_is_shown_and_the_work_can_be_restarted(admin_client, upload, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lambda *arguments: 1 / 0)
        worker.run_due()
    page = admin_client.get(address(upload)).content.decode()
    assert "This stopped early: ZeroDivisionError: division by zero" in page
    assert "Nothing is lost" in page
    assert "stopped early" in admin_client.get("/admin/decisions/upload/").content.decode()
    worker.run_due()  # neither looking at it nor a worker begins it again
    upload.refresh_from_db()
    assert upload.failure
    admin_client.post(address(upload), {"retry": "yes"})
    worker.run_due()
    upload.refresh_from_db()
    assert upload.failure == ""
    assert upload.results.count() == NUMBER


@pytest.mark.parametrize("script", [True, False])
def test_the_progress_page_updates_itself_and_can_be_closed(
    browser, live_server, admin_client, upload, monkeypatch, running_worker, script
):
    """By script every second; without it the page is loaded anew."""
    wait_until(lambda: is_idle(upload) and upload.is_reviewed)
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
        page.get_by_role("button", name="Cancel the import").click()
        expect(page.get_by_text("This is being cancelled.")).to_be_visible()
    finally:
        held.let_go()
    expect(page.get_by_text("The import was cancelled.")).to_be_visible(timeout=60_000)
    assert "cancelled" in admin_client.get("/admin/decisions/upload/").content.decode()
    page.get_by_role("button", name="Continue the import").click()
    expect(page.get_by_role("heading", name="Result")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"{NUMBER} created")).to_be_visible()
    context.close()
    assert Decision.objects.count() == NUMBER
