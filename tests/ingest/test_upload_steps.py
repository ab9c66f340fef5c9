"""When work on an upload counts as interrupted, what is begun again, and what it counts."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from decisions.ingest import upload_results, upload_work, uploads
from decisions.models import Upload
from tests.archives import make_zip
from tests.processes import wait_until
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def upload(monkeypatch) -> Upload:
    """Forty decisions in a zip, a list and a picture; whoever begins the work waits for it."""
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 180)
    upload = Upload()
    members = {f"{n:02}.txt": decision_text(f"90 000 0{n:02}").encode() for n in range(40)}
    sent = {"all.zip": make_zip({**members, "d.png": b"a picture"}), "b.txt": b"a list"}
    uploads.receive(upload, [SimpleUploadedFile(name, data) for name, data in sent.items()])
    return upload


def test_work_without_its_lock_is_interrupted_once_it_had_time_to_take_it(upload: Upload) -> None:
    assert not uploads.is_interrupted(upload)
    for seconds, interrupted in ((0, False), (uploads.LOCK_GRACE.seconds + 1, True)):
        upload.started_at = timezone.now() - datetime.timedelta(seconds=seconds)
        upload.save()
        assert uploads.is_interrupted(upload) == interrupted
        uploads.resume(upload)
        upload.refresh_from_db()
        assert upload.is_reviewed == interrupted


def test_work_that_runs_is_not_interrupted(upload: Upload, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 0)
    monkeypatch.setattr(uploads, "LOCK_GRACE", datetime.timedelta(0))
    begun, let_go = threading.Event(), threading.Event()
    preview = upload_work.preview

    def preview_later(*arguments):
        begun.set()
        assert let_go.wait(60)
        return preview(*arguments)

    monkeypatch.setattr(upload_work, "preview", preview_later)
    uploads.begin(upload)
    assert begun.wait(60)
    upload.refresh_from_db()
    assert not uploads.is_interrupted(upload)
    let_go.set()
    wait_until(lambda: Upload.objects.get().is_reviewed)


def test_work_that_is_begun_again_counts_from_the_beginning(upload: Upload, monkeypatch) -> None:
    Upload.objects.update(started_at=timezone.now(), failure="full", done=7, total=9)

    def do_nothing(pk: int) -> threading.Thread:
        thread = threading.Thread(target=lambda: None)
        thread.start()
        return thread

    monkeypatch.setattr(uploads, "start_thread", do_nothing)
    upload.refresh_from_db()
    uploads.resume(upload)
    upload.refresh_from_db()
    assert (upload.done, upload.total, upload.failure) == (0, None, "")
    assert upload.started_at


def test_results_are_written_in_their_order_and_those_of_each_step_apart(
    upload: Upload, monkeypatch
) -> None:
    monkeypatch.setattr(upload_results, "_ROWS", 7)
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", 0)
    uploads.begin(upload)
    upload.refresh_from_db()
    assert (upload.total, upload.done, upload.is_reviewed) == (42, 42, True)
    reviewed = upload.results.order_by("position").values_list("name", flat=True)
    names = [*(f"all.zip/{n:02}.txt" for n in range(40)), "all.zip/d.png", "b.txt"]
    assert list(reviewed) == names
    assert set(upload.results.values_list("is_import", flat=True)) == {False}

    Upload.objects.update(done=0, total=None)
    uploads.confirm(upload)
    upload.refresh_from_db()
    assert (upload.total, upload.done) == (42, 42)
    imported = upload.results.order_by("position")
    assert [result.name for result in imported] == names
    assert [result.position for result in imported] == list(range(42))
    assert {result.is_import for result in imported} == {True}
    actions = [result.action for result in imported]
    assert actions == ["created"] * 40 + ["skipped", "failed"]
    assert imported[41].reason
    assert imported[0].document["reference"] == "90 000 000"
    assert "sections" not in imported[0].document


def test_between_two_updates_of_the_progress_some_time_passes(upload: Upload, monkeypatch) -> None:
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", 3600)
    uploads.begin(upload)
    upload.refresh_from_db()
    assert (upload.total, upload.done) == (42, 0)
    assert upload.results.count() == 42
