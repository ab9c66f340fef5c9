"""Workers as processes: killed at any moment, several at once, and told of new jobs."""

import itertools
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from decisions.ingest import job_locks, uploads, worker
from decisions.ingest.job_locks import Workers
from decisions.models import Capture, Decision, Upload, UploadedFile
from tests.archives import make_zip
from tests.processes import Prepared, prepared, wait_until
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

SCRIPT = """
import signal, time
from django.db import connection
from decisions.ingest import batches, upload_results, upload_work, worker
from decisions.management.stopping import stop_event

batches.BATCH_FILES = 4
upload_results._ROWS = 3
upload_work.PROGRESS_SECONDS = -1
worker.MAX_INTERRUPTIONS = 1000
worker.POLL_SECONDS = 1

def work_until(statements):
    # One job, killed before one of its statements to PostgreSQL.
    left = int(statements)

    def count(execute, *arguments):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(count):
        worker.run_next(lambda: False)

def work(log, hold="0", poll="1"):
    # A worker that writes down which jobs it does, and stays in those that `hold` names.
    worker.POLL_SECONDS = float(poll)
    do_job = worker.do_job

    def logged(upload, is_stopped):
        with open(log, "a") as file:
            file.write(f"{os.getpid()} {upload.pk}\\n")
        while hold == str(upload.pk) and not is_stopped():
            time.sleep(0.02)
        do_job(upload, is_stopped)

    worker.do_job = logged
    worker.run(stop_event(until_end_of_input=False))
"""


@pytest.fixture(scope="module")
def script(django_db_setup, django_db_blocker) -> object:
    with django_db_blocker.unblock(), prepared(SCRIPT) as processes:
        yield processes


def send(**files: bytes) -> Upload:
    upload = Upload()
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    uploads.receive(upload, sent)
    return upload


def zip_of(numbers: range) -> bytes:
    return make_zip({f"{n}.txt": decision_text(f"90 000 {n:03}").encode() for n in numbers})


def jobs(log: Path) -> list[tuple[int, int]]:
    """The process and the upload of each job that was begun, in order."""
    lines = log.read_text().splitlines() if log.exists() else []
    return [(int(pid), int(pk)) for pid, pk in map(str.split, lines)]


def is_reviewed(upload: Upload) -> bool:
    upload.refresh_from_db()
    return upload.is_reviewed


def kill_at_all_moments(script: Prepared, step: int) -> int:
    """Do the job that is due by workers that are killed; returns how many it took."""
    ends = (script.wait(script.run("work_until", n)) for n in itertools.count(3, step))
    killed = list(itertools.takewhile(bool, ends))  # up to the first that ends by itself
    assert set(killed) == {-signal.SIGKILL}
    return len(killed)


@pytest.mark.slow
def test_nothing_is_lost_or_imported_twice_whenever_a_worker_is_killed(script, admin_client):
    changed = decision_text("90 000 003", outcome="Not upheld").encode()
    upload = send(**{"all.zip": zip_of(range(14)), "new.txt": changed, "bad.txt": b"a list"})
    assert kill_at_all_moments(script, 11) > 4
    upload.refresh_from_db()
    reviewed = list(upload.results.order_by("position").values_list("name", "action"))
    assert [action for _, action in reviewed] == [*["created"] * 14, "updated", "failed"]
    assert not Decision.objects.exists()

    uploads.confirm(upload)
    assert kill_at_all_moments(script, 11) > 4
    upload.refresh_from_db()
    assert upload.imported_at
    assert upload.restarted
    assert (Decision.objects.count(), Capture.objects.count()) == (14, 15)
    results = upload.results.order_by("position")
    assert [result.name for result in results] == [name for name, _ in reviewed]
    # A batch that was written, but not noted before the end, was imported all the same.
    for (_, was), result in zip(reviewed, results, strict=True):
        assert result.action in (was, "failed" if was == "failed" else "unchanged")
    assert [file.name for file in UploadedFile.objects.all()] == ["bad.txt"]
    page = admin_client.get(f"/admin/decisions/upload/{upload.pk}/change/").content.decode()
    assert "had imported just before are listed as unchanged" in page


def test_workers_share_the_jobs_and_never_do_one_twice(script, tmp_path):
    log = tmp_path / "log"
    sent = [send(**{"all.zip": zip_of(range(n, n + 3))}) for n in range(0, 36, 3)]
    workers = [script.run("work", log, 0, 3600) for _ in range(3)]
    wait_until(lambda: not Upload.objects.due().exists())
    wait_until(lambda: job_locks.workers() == Workers(3, frozenset()))
    assert Counter(pk for _, pk in jobs(log)) == Counter(upload.pk for upload in sent)
    assert len({pid for pid, _ in jobs(log)}) > 1
    # They are told of the imports: before the hour is over, they do not look by themselves.
    for upload in sent:
        uploads.confirm(upload)
    wait_until(lambda: not Upload.objects.due().exists())
    assert Counter(pk for _, pk in jobs(log)) == Counter([upload.pk for upload in sent] * 2)
    assert Decision.objects.count() == Capture.objects.count() == 36
    for pid in workers:
        script.kill(pid)
    wait_until(lambda: job_locks.workers() == Workers(0, frozenset()))


def test_the_job_of_a_killed_worker_is_taken_up_within_seconds(script, tmp_path, admin_client):
    log = tmp_path / "log"
    upload = send(a=decision_text().encode())
    first = script.run("work", log, upload.pk)
    wait_until(lambda: jobs(log) == [(first, upload.pk)])
    second = script.run("work", log)
    wait_until(lambda: job_locks.workers().count == 2)
    assert job_locks.workers().uploads == {upload.pk}
    page = admin_client.get(f"/admin/decisions/upload/{upload.pk}/change/").content.decode()
    assert "Counting the decision files" in page
    script.kill(first)
    killed = time.monotonic()
    wait_until(lambda: is_reviewed(upload))
    assert time.monotonic() - killed < 15
    assert jobs(log) == [(first, upload.pk), (second, upload.pk)]
    assert upload.interruptions == 1
    assert job_locks.workers().count == 1
    script.kill(second)
    wait_until(lambda: job_locks.workers().count == 0)


def test_a_worker_that_is_stopped_leaves_its_job_to_another(script, tmp_path):
    log = tmp_path / "log"
    upload = send(a=decision_text().encode())
    first = script.run("work", log, upload.pk)
    wait_until(lambda: jobs(log) == [(first, upload.pk)])
    assert script.kill(first, signal.SIGTERM) == 0
    upload.refresh_from_db()
    assert (upload.started_at, upload.is_reviewed, upload.failure) == (None, False, "")
    worker.run_due()
    assert is_reviewed(upload)
    assert upload.interruptions == 0


def test_a_worker_whose_session_is_ended_connects_again(script, tmp_path):
    log = tmp_path / "log"
    pid = script.run("work", log)
    wait_until(lambda: job_locks.workers().count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE classid = %s",
            [job_locks._WORKER],
        )
    wait_until(lambda: job_locks.workers().count == 1)
    upload = send(a=decision_text().encode())
    wait_until(lambda: is_reviewed(upload))
    assert script.kill(pid, signal.SIGTERM) == 0
