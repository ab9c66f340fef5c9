"""The jobs of an upload: what asks for them, their lock, what they parse, which bytes they keep."""

from contextlib import suppress

import psycopg
import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections, transaction
from django.urls import reverse

from decisions.ingest import (
    batches,
    ingest_all,
    job_locks,
    reviewed_files,
    upload_results,
    upload_work,
    uploads,
    worker,
)
from decisions.models import AuditEntry, Capture, Decision, ReviewedFile, Upload, UploadedFile
from decisions.sources import Source, read_bytes
from tests.archives import make_zip
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/decisions/upload/add/"
MIXED = {
    "good.txt": decision_text("90 000 001").encode(),
    "all.zip": make_zip({"a.txt": decision_text("90 000 002").encode(), "b.txt": b"a list"}),
    "bad.txt": b"a shopping list",
    "fine.zip": make_zip({"c.txt": decision_text("90 000 003").encode(), "d.png": b"a picture"}),
}


def receive(**files: bytes) -> Upload:
    upload = Upload()
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    uploads.receive(upload, sent)
    return upload


def content(file: UploadedFile) -> bytes:
    return b"".join(file.pieces())


def address(upload: Upload) -> str:
    return reverse("admin:decisions_upload_change", args=[upload.pk])


def review(upload: Upload) -> None:
    """Let a worker do what is due."""
    worker.run_due()
    upload.refresh_from_db()


def confirm(upload: Upload) -> None:
    """Confirm the import, and let a worker do it."""
    uploads.confirm(upload)
    review(upload)


def retry(upload: Upload) -> None:
    """Ask for the job once more, and let a worker do it."""
    uploads.retry(upload)
    review(upload)


def review_and_import(upload: Upload) -> Upload:
    review(upload)
    confirm(upload)
    assert upload.imported_at, upload.failure
    return upload


# What asks for a job -------------------------------------------------------------------------


def test_a_request_parses_nothing_and_leaves_a_job_for_a_worker(admin_client):
    sent = SimpleUploadedFile("a.txt", decision_text().encode())
    admin_client.post(ADD, {"files": [sent]})
    upload = Upload.objects.get()
    for confirmed in (False, True):
        if confirmed:
            assert "Review before the import" in admin_client.get(address(upload)).content.decode()
            admin_client.post(address(upload))
        page = admin_client.get(address(upload)).content.decode()  # looking alone starts nothing
        assert "No worker is running" in page
        assert ("nothing is imported" if confirmed else "nothing is read") in page
        listed = admin_client.get("/admin/decisions/upload/").content.decode()
        assert ("waiting to be imported" if confirmed else "waiting to be read") in listed
        upload.refresh_from_db()
        assert (upload.started_at, upload.is_reviewed) == (None, confirmed)
        assert not Decision.objects.exists()
        review(upload)
    assert upload.imported_at
    assert Decision.objects.count() == 1


def test_staff_with_view_permission_can_ask_for_nothing(client):
    upload = receive(a=decision_text().encode())
    staff = User.objects.create_user("staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename="view_upload"))
    client.force_login(staff)
    for failure, act in (("", "cancel"), ("full", "retry")):
        Upload.objects.update(failure=failure)
        page = client.get(address(upload)).content.decode()
        assert f'name="{act}"' not in page
        assert client.post(address(upload), {act: "yes"}).status_code == 403
    upload.refresh_from_db()
    assert (upload.failure, upload.cancelled_at) == ("full", None)


def test_the_audit_log_has_what_staff_asked_for_once(admin_client):
    upload = receive(a=decision_text().encode())
    for name in ("retry", "cancel", "cancel", "retry"):  # the first has nothing to retry
        admin_client.post(address(upload), {name: "yes"})
    review(upload)
    for _ in range(2):
        admin_client.post(address(upload), {"confirm": "yes"})
    entries = AuditEntry.objects.filter(kind="upload", key=str(upload.pk)).order_by("pk")
    acts = list(entries.values_list("act", flat=True))
    assert acts == ["job-cancelled", "job-retried", "import-confirmed"]


def test_a_job_is_done_once_however_often_it_is_asked_for(monkeypatch):
    upload = receive(a=decision_text().encode())
    Upload.objects.update(failure="full")
    first, second = Upload.objects.get(), Upload.objects.get()
    uploads.retry(first)
    uploads.retry(second)
    review(upload)
    assert (upload.started_at, upload.results.count()) == (None, 1)
    assert not worker.run_next(lambda: False)


# The lock ------------------------------------------------------------------------------------


@pytest.fixture
def pool():
    """Connections come from a pool, as with DATABASE_POOL set."""
    settings = connection.settings_dict
    before = settings["OPTIONS"], settings["CONN_MAX_AGE"]
    connections.close_all()
    settings["OPTIONS"] = {**before[0], "pool": {"min_size": 1, "max_size": 4}}
    settings["CONN_MAX_AGE"] = 0
    yield
    connections.close_all()
    connection.close_pool()
    settings["OPTIONS"], settings["CONN_MAX_AGE"] = before


def locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND objsubid = 2 AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def test_with_a_connection_pool_an_upload_is_reviewed_and_imported(pool, monkeypatch):
    upload = receive(a=decision_text().encode())
    review(upload)
    assert locks() == 0
    confirm(upload)
    assert upload.imported_at
    assert locks() == 0


def test_with_a_connection_pool_work_that_failed_keeps_no_lock(pool, monkeypatch):
    upload = receive(a=decision_text().encode())
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lambda *arguments, **options: 1 / 0)
        review(upload)
    assert "ZeroDivisionError" in upload.failure
    assert locks() == 0
    retry(upload)
    assert upload.results.count() == 1


def test_a_job_whose_connection_breaks_is_left_to_the_next_worker(pool, monkeypatch):
    upload = receive(a=decision_text().encode())

    def lose_connection(*arguments):
        with suppress(OperationalError), transaction.atomic():
            with psycopg.connect(connection.connection.info.dsn) as other:
                backend = connection.connection.info.backend_pid
                other.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])
            Upload.objects.count()
        Upload.objects.count()  # by a new connection, which has no lock
        return 1 / 0

    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lose_connection)
        with pytest.raises(OperationalError, match="the session that worked on an upload is lost"):
            worker.run_due()
    job_locks.close_session()
    upload.refresh_from_db()
    assert upload.started_at
    assert upload.failure == ""
    assert locks() == 0
    review(upload)
    assert (upload.results.count(), upload.interruptions) == (1, 1)


# The bytes -----------------------------------------------------------------------------------


def test_the_import_drops_the_bytes_that_the_archive_holds_and_keeps_what_failed(admin_client):
    upload = receive(**MIXED)
    review(upload)
    assert UploadedFile.objects.count() == 4
    confirm(upload)
    assert Capture.objects.count() == 3
    kept = {file.name: content(file) for file in UploadedFile.objects.all()}
    assert kept == {name: MIXED[name] for name in ("all.zip", "bad.txt")}
    page = admin_client.get(address(upload)).content.decode()
    assert "are kept here until you delete this upload" in page
    for file in UploadedFile.objects.all():
        link = reverse("admin:decisions_upload_download", args=[upload.pk, file.pk])
        assert f'<a href="{link}">{file.name}</a>' in page
        response = admin_client.get(link)
        assert response.getvalue() == MIXED[file.name]
        assert response["Content-Disposition"] == f'attachment; filename="{file.name}"'


def test_an_import_counts_its_files_and_paragraphs_and_is_not_done_again():
    upload = review_and_import(receive(**{"a.txt": decision_text().encode(), "b.txt": b"a list"}))
    done = list(upload.results.filter(is_import=True).values())
    assert [result["action"] for result in done] == ["created", "failed"]
    assert done[0]["document"]["paragraphs"] == 2
    assert upload.total == 2
    review(upload)
    assert list(upload.results.filter(is_import=True).values()) == done


def test_files_with_the_same_name_are_told_apart():
    good, bad = decision_text().encode(), b"a shopping list"
    upload = Upload()
    uploads.receive(upload, [SimpleUploadedFile("a.txt", data) for data in (good, bad, good)])
    review_and_import(upload)
    assert [content(file) for file in UploadedFile.objects.all()] == [bad]


def test_an_import_without_failures_keeps_and_lists_no_files(admin_client):
    upload = review_and_import(receive(a=decision_text().encode()))
    assert not UploadedFile.objects.exists()
    assert "kept here" not in admin_client.get(address(upload)).content.decode()


def test_kept_files_require_permission(client):
    upload = review_and_import(receive(**{"bad.txt": b"a shopping list"}))
    file = UploadedFile.objects.get()
    link = reverse("admin:decisions_upload_download", args=[upload.pk, file.pk])
    assert client.get(link).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get(link).status_code == 403


def test_an_interrupted_import_keeps_all_bytes(monkeypatch):
    upload = receive(**MIXED)
    review(upload)
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "ingest_all", lambda *arguments, **options: 1 / 0)
        confirm(upload)
    assert UploadedFile.objects.count() == 4
    assert ReviewedFile.objects.count() == 3


def test_a_file_is_stored_in_pieces_and_read_as_one(monkeypatch):
    monkeypatch.setattr(uploads, "CHUNK_BYTES", 100)
    data = make_zip({"a.txt": decision_text().encode()})
    upload = receive(**{"a.zip": data, "empty.txt": b""})
    file, empty = UploadedFile.objects.order_by("pk")
    sizes = [len(chunk.content) for chunk in file.chunks.order_by("position")]
    assert sizes == [100] * (len(data) // 100) + [len(data) % 100]
    assert (content(file), content(empty)) == (data, b"")
    review(upload)
    assert {result.name: result.action for result in upload.results.all()} == {
        "a.zip/a.txt": "created",
        "empty.txt": "failed",
    }


# What is parsed ------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the files that are parsed, as they are."""
    names = []
    parse_file = batches.parse_file

    def record(source):
        names.append(source.name)
        return parse_file(source)

    monkeypatch.setattr(batches, "parse_file", record)
    return names


def test_the_import_does_not_parse_reviewed_files_again(parsed):
    upload = receive(**MIXED)
    review(upload)
    assert sorted(parsed) == [
        "all.zip/a.txt",
        "all.zip/b.txt",
        "bad.txt",
        "fine.zip/c.txt",
        "good.txt",
    ]
    assert ReviewedFile.objects.count() == 3
    parsed.clear()
    confirm(upload)
    assert sorted(parsed) == ["all.zip/b.txt", "bad.txt"]  # nothing was read from them
    assert not ReviewedFile.objects.exists()


def test_an_import_after_a_review_writes_what_an_import_without_one_writes():
    hidden = {"id", "council_id", "category_id", "outcome_id", "created_at", "updated_at", "change"}

    def rows():
        return [
            {name: value for name, value in row.items() if name not in hidden}
            for row in Decision.objects.order_by("reference").values()
        ]

    ingest_all(thing for name, data in MIXED.items() for thing in read_bytes(name, data))
    directly = rows()
    Capture.objects.all().delete()
    Decision.objects.all().delete()
    review_and_import(receive(**MIXED))
    assert rows() == directly
    assert len(directly) == 3


def test_when_the_rules_have_changed_it_is_parsed_again(parsed, monkeypatch):
    upload = receive(a=decision_text().encode())
    review(upload)
    monkeypatch.setattr(reviewed_files, "RULES_VERSION", 999)
    confirm(upload)
    assert len(parsed) == 2


@pytest.mark.parametrize(
    "other",
    [
        Source("a.txt", b"other bytes"),
        Source("b.txt", b"bytes"),
        Source("a.txt", b"bytes", "https://a.example/"),
        Source("a.txt", b"bytes", None, "utf-8"),
    ],
)
def test_only_the_same_bytes_name_and_address_are_the_same_file(other):
    first = Source("a.txt", b"bytes")
    keys = {reviewed_files.key_of(source, source.data.hex()) for source in (first, other, first)}
    assert len(keys) == 2


def test_an_interrupted_review_reuses_what_it_has_parsed(parsed, monkeypatch):
    upload = receive(**MIXED)
    with monkeypatch.context() as broken:
        broken.setattr(upload_results, "storable", lambda text: 1 / 0)
        review(upload)
    parsed.clear()
    upload.refresh_from_db()
    retry(upload)
    assert upload.results.count() == 6
    assert sorted(parsed) == ["all.zip/b.txt", "bad.txt"]


def test_a_file_with_a_nul_character_does_not_break_the_review():
    upload = receive(a=decision_text(council="Wex\0combe Council").encode())
    review(upload)
    assert (upload.failure, upload.results.count()) == ("", 1)
    confirm(upload)
    assert upload.imported_at


def test_an_uploaded_file_was_read_when_it_was_uploaded():
    upload = review_and_import(receive(a=decision_text().encode()))
    capture = Capture.objects.get()
    assert (capture.captured_at, capture.captured_from) == (upload.uploaded_at, "uploaded")
