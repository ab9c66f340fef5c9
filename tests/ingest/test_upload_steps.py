"""How a job of an upload is taken up, resumed, cancelled and given up, and what it counts."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from decisions import search
from decisions.ingest import (
    batches,
    ingest_all,
    job_locks,
    upload_results,
    upload_work,
    uploads,
    worker,
)
from decisions.ingest.job_locks import Workers
from decisions.ingest.uploads import State, state_of
from decisions.models import Capture, Decision, Upload
from decisions.sources import Source
from tests.archives import make_zip
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

NOBODY = Workers(1, frozenset())


@pytest.fixture
def upload(monkeypatch) -> Upload:
    """Forty decisions in a zip, a list and a picture; every file is noted as it is done."""
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", -1)
    upload = Upload()
    members = {f"{n:02}.txt": decision_text(f"90 000 0{n:02}").encode() for n in range(40)}
    sent = {"all.zip": make_zip({**members, "d.png": b"a picture"}), "b.txt": b"a list"}
    uploads.receive(upload, [SimpleUploadedFile(name, data) for name, data in sent.items()])
    return upload


def receive(data: bytes) -> Upload:
    upload = Upload()
    uploads.receive(upload, [SimpleUploadedFile("a.txt", data)])
    return upload


def address(upload: Upload) -> str:
    return reverse("admin:decisions_upload_change", args=[upload.pk])


def run(upload: Upload) -> Upload:
    worker.run_due()
    upload.refresh_from_db()
    return upload


def actions(upload: Upload) -> list[str]:
    results = upload.results.filter(is_import=True).order_by("position")
    return list(results.values_list("action", flat=True))


def run_until(upload: Upload, number: int) -> Upload:
    """Let a worker work that is told to stop once it has asked `number` times."""
    asked = iter(range(number))
    worker.run_next(lambda: next(asked, None) is None)
    upload.refresh_from_db()
    return upload


@pytest.mark.slow
def test_results_are_written_in_their_order_and_those_of_each_step_apart(
    upload: Upload, monkeypatch
) -> None:
    monkeypatch.setattr(upload_results, "_ROWS", 7)
    run(upload)
    assert (upload.total, upload.done, upload.is_reviewed) == (42, 42, True)
    reviewed = upload.results.order_by("position").values_list("name", flat=True)
    names = [*(f"all.zip/{n:02}.txt" for n in range(40)), "all.zip/d.png", "b.txt"]
    assert list(reviewed) == names
    assert set(upload.results.values_list("is_import", flat=True)) == {False}

    uploads.confirm(upload)
    assert not Upload.objects.exclude(done=0).exists()
    run(upload)
    assert (upload.total, upload.done) == (42, 42)
    imported = upload.results.order_by("position")
    assert [result.name for result in imported] == names
    assert [result.position for result in imported] == list(range(42))
    assert {result.is_import for result in imported} == {True}
    assert actions(upload) == ["created"] * 40 + ["skipped", "failed"]
    assert imported[41].reason
    assert imported[0].document["reference"] == "90 000 000"
    assert "sections" not in imported[0].document
    assert not upload.restarted


def test_between_two_updates_of_the_progress_some_time_passes(upload: Upload, monkeypatch) -> None:
    monkeypatch.setattr(upload_work, "PROGRESS_SECONDS", 3600)
    updated = []
    update = upload_work.Progress._update
    monkeypatch.setattr(
        upload_work.Progress, "_update", lambda *arguments: updated.append(update(*arguments))
    )
    run(upload)
    assert updated == []
    assert upload.results.count() == 42


@pytest.mark.slow
def test_a_stopped_review_is_due_and_what_it_has_parsed_is_not_parsed_again(
    upload: Upload, monkeypatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    run_until(upload, 42 + 60)  # while it reads the files for the second time
    assert not upload.is_reviewed
    assert upload.total == 42
    assert 0 < upload.done < 42
    assert state_of(upload, NOBODY) == State.WAITING
    noted = upload.done
    parsed = []
    parse = batches.parse_file
    monkeypatch.setattr(
        batches, "parse_file", lambda source: parsed.append(source.name) or parse(source)
    )
    run_until(upload, 10)
    assert upload.done == noted  # it does not fall, though the new worker begins at the first file
    run(upload)
    assert upload.is_reviewed
    assert upload.results.count() == 42
    assert 0 < len(parsed) <= 41 - noted


@pytest.mark.slow
def test_a_stopped_import_goes_on_and_keeps_the_results_that_it_had_noted(
    upload: Upload, monkeypatch
) -> None:
    """Each file is imported once, and its result says what was done with it then."""
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    run(upload)
    uploads.confirm(upload)
    run_until(upload, 50)
    assert not upload.imported_at
    before = actions(upload)
    assert 0 < len(before) < 40
    assert Decision.objects.count() == len(before)
    assert state_of(upload, NOBODY) == State.WAITING
    run(upload)
    assert upload.restarted
    assert actions(upload) == ["created"] * 40 + ["skipped", "failed"]
    assert Decision.objects.count() == Capture.objects.count() == 40
    assert [file.name for file in upload.files.all()] == ["b.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_cancelled_job_ends_at_once_and_can_be_continued(
    upload: Upload, monkeypatch, confirmed: bool
) -> None:
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    if confirmed:
        run(upload)
        uploads.confirm(upload)
    step = "ingest_all" if confirmed else "preview"
    real = getattr(upload_work, step)

    def cancelled_later(received, *arguments, **options):
        def later():
            for number, item in enumerate(received):
                if number == 12:
                    uploads.cancel(upload)
                yield item

        return real(later(), *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(upload_work, step, cancelled_later)
        run(upload)
    assert upload.cancelled_at
    assert not upload.failure
    assert 0 < upload.done < 15
    assert state_of(upload, NOBODY) == State.CANCELLED
    assert state_of(upload, Workers(1, frozenset([upload.pk]))) == State.CANCELLING
    assert Decision.objects.count() == (10 if confirmed else 0)
    assert not worker.run_next(lambda: False)  # it stays as it is
    uploads.retry(upload)
    run(upload)
    assert state_of(upload, NOBODY) == (State.IMPORTED if confirmed else State.TO_REVIEW)
    assert upload.results.count() == 42
    assert Decision.objects.count() == (40 if confirmed else 0)


def test_a_job_that_waits_is_cancelled_and_one_that_has_ended_is_not(upload: Upload) -> None:
    uploads.cancel(upload)
    assert not worker.run_next(lambda: False)
    uploads.retry(upload)
    run(upload)
    uploads.cancel(upload)
    upload.refresh_from_db()
    assert state_of(upload, NOBODY) == State.TO_REVIEW


def test_a_deleted_upload_ends_its_job(upload: Upload, monkeypatch) -> None:
    def delete(received, *arguments):
        Upload.objects.all().delete()
        yield from received

    monkeypatch.setattr(upload_work, "preview", delete)
    assert worker.run_next(lambda: False)
    assert not Upload.objects.exists()


def test_a_job_that_ends_its_workers_fails_unless_it_gets_further(upload: Upload) -> None:
    limit = worker.MAX_INTERRUPTIONS

    def killed(done: int) -> None:
        """A worker takes it up, comes as far as `done`, and is killed."""
        assert worker._take_up(upload)
        Upload.objects.update(done=done)
        upload.refresh_from_db()

    for done in range(1, 2 * limit):  # a little further each time
        killed(done)
    assert upload.interruptions == 1
    for _ in range(limit - 1):
        killed(upload.done)
    run(upload)
    assert f"The worker was killed {limit} times while it worked on this" in upload.failure
    assert upload.started_at is None
    uploads.retry(upload)
    assert run(upload).is_reviewed


def test_the_lock_is_held_while_the_job_runs(upload: Upload, monkeypatch) -> None:
    seen = []

    def look(received, *arguments):
        seen.append(job_locks.workers())
        return iter(())

    monkeypatch.setattr(upload_work, "preview", look)
    run(upload)
    assert seen == [Workers(0, frozenset([upload.pk]))]
    assert job_locks.workers() == Workers(0, frozenset())


@pytest.mark.slow
def test_a_worker_on_a_host_without_an_index_makes_none(upload: Upload, settings) -> None:
    run(upload)
    uploads.confirm(upload)
    assert not settings.INDEX_DIR.exists()
    assert run(upload).imported_at
    assert not settings.INDEX_DIR.exists()


@pytest.mark.slow
def test_a_worker_beside_a_site_keeps_its_index_up_to_date(upload: Upload, settings) -> None:
    search.catch_up()
    run(upload)
    uploads.confirm(upload)
    run(upload)
    assert search.status().decisions == Decision.objects.count() == 40


def test_an_imported_upload_is_neither_cancelled_nor_tried_again(upload: Upload) -> None:
    run(upload)
    uploads.confirm(upload)
    imported_at = run(upload).imported_at
    for ask in (uploads.cancel, uploads.retry, uploads.confirm):
        ask(upload)
    upload.refresh_from_db()
    assert (upload.imported_at, upload.cancelled_at) == (imported_at, None)
    assert not Upload.objects.due().exists()


@pytest.mark.parametrize("more", [b"", b"\n"])
def test_a_file_of_a_withdrawn_decision_says_so_with_a_link(admin_client, more):
    data = decision_text("90 000 001").encode()
    ingest_all([Source("a.txt", data)])
    Decision.objects.update(withdrawn_at="2026-01-01T00:00Z")
    upload = run(receive(data + more))
    for _ in range(2):  # before and after the import
        page = BeautifulSoup(admin_client.get(address(upload)).content, "lxml")
        [said] = page.select(".review-withdrawn")
        assert "which is withdrawn. It stays withdrawn." in said.get_text()
        assert said.a["href"] == "/admin/decisions/decision/?q=90%20000%20001"
        uploads.confirm(upload)
        run(upload)
    assert Decision.objects.get().withdrawn_at


def test_a_file_that_the_archive_holds_names_its_decision(admin_client):
    data = decision_text("90 000 001").encode()
    ingest_all([Source("a.txt", data)])
    page = admin_client.get(address(run(receive(data)))).content.decode()
    assert "exactly this file: decision <a" in page
    assert "withdrawn" not in page.partition('id="result_list"')[2]
