"""The work on an upload: what starts it, its lock, what it parses, and which bytes it keeps."""

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.urls import reverse

from decisions.ingest import (
    batches,
    ingest_all,
    reviewed_files,
    upload_results,
    upload_work,
    uploads,
)
from decisions.models import Capture, Decision, ReviewedFile, Upload, UploadedFile
from decisions.sources import Source, read_bytes
from tests.archives import make_zip
from tests.processes import wait_until
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/decisions/upload/add/"
MIXED = {
    "good.txt": decision_text("90 000 001").encode(),
    "all.zip": make_zip({"a.txt": decision_text("90 000 002").encode(), "b.txt": b"a list"}),
    "bad.txt": b"a shopping list",
    "fine.zip": make_zip({"c.txt": decision_text("90 000 003").encode(), "d.png": b"a picture"}),
}


@pytest.fixture(autouse=True)
def wait_long(monkeypatch):
    """Requests wait for the work that they start."""
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 180)


def receive(**files: bytes) -> Upload:
    upload = Upload()
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    uploads.receive(upload, sent)
    return upload


def content(file: UploadedFile) -> bytes:
    return b"".join(file.pieces())


def address(upload: Upload) -> str:
    return reverse("admin:decisions_upload_change", args=[upload.pk])


def review_and_import(upload: Upload) -> Upload:
    uploads.begin(upload)
    uploads.confirm(upload)
    upload.refresh_from_db()
    assert upload.imported_at, upload.failure
    return upload


# What starts the work ------------------------------------------------------------------------


def test_the_request_that_sends_the_files_starts_the_review(admin_client):
    sent = SimpleUploadedFile("a.txt", decision_text().encode())
    admin_client.post(ADD, {"files": [sent]})
    assert Upload.objects.get().results.count() == 1


@pytest.mark.parametrize("confirmed", [False, True])
def test_viewing_an_upload_starts_nothing_and_staff_can_start_it(admin_client, confirmed):
    upload = receive(a=decision_text().encode())
    if confirmed:  # its process was killed before the import began
        uploads.begin(upload)
        Upload.objects.update(confirmed_at="2026-01-01T00:00Z")
    page = admin_client.get(address(upload)).content.decode()
    upload.refresh_from_db()
    assert upload.started_at is None
    assert (upload.is_reviewed, Decision.objects.count()) == (confirmed, 0)
    assert ("The import" if confirmed else "The review") + " has not started." in page
    assert 'name="begin" value="Start"' in page
    listed = admin_client.get("/admin/decisions/upload/").content.decode()
    assert ("waiting to be imported" if confirmed else "waiting to be read") in listed

    admin_client.post(address(upload), {"begin": "yes"})
    upload.refresh_from_db()
    assert upload.results.count() == 1
    assert bool(upload.imported_at) == confirmed


def test_staff_with_view_permission_can_start_nothing(client):
    upload = receive(a=decision_text().encode())
    staff = User.objects.create_user("staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename="view_upload"))
    client.force_login(staff)
    for started_at in (None, "2026-01-01T00:00Z"):
        Upload.objects.update(started_at=started_at)
        page = client.get(address(upload)).content.decode()
        assert 'name="begin"' not in page
        assert client.post(address(upload), {"begin": "yes"}).status_code == 403
    upload.refresh_from_db()
    assert not upload.is_reviewed


def test_two_requests_that_resume_an_upload_start_it_once(monkeypatch):
    upload = receive(a=decision_text().encode())
    Upload.objects.update(started_at="2026-01-01T00:00Z")
    first, second = Upload.objects.get(), Upload.objects.get()
    uploads.resume(first)
    uploads.resume(second)
    upload.refresh_from_db()
    assert (upload.started_at, upload.results.count()) == (None, 1)


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
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 20)
    upload = receive(a=decision_text().encode())
    uploads.begin(upload)
    assert locks() == 0
    uploads.confirm(upload)
    upload.refresh_from_db()
    assert upload.imported_at
    assert locks() == 0


def test_with_a_connection_pool_work_that_failed_keeps_no_lock(pool, monkeypatch):
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 20)
    upload = receive(a=decision_text().encode())
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lambda *arguments: 1 / 0)
        uploads.begin(upload)
    upload.refresh_from_db()
    assert "ZeroDivisionError" in upload.failure
    assert locks() == 0
    uploads.resume(upload)
    upload.refresh_from_db()
    assert upload.results.count() == 1


def test_with_a_connection_pool_a_broken_connection_is_not_used_again(pool, monkeypatch):
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 20)
    upload = receive(a=decision_text().encode())

    def lose_connection(*arguments):
        with psycopg.connect(connection.connection.info.dsn) as other:
            backend = connection.connection.info.backend_pid
            other.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])
        return Upload.objects.count()

    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "preview", lose_connection)
        uploads.begin(upload)
    upload.refresh_from_db()
    assert "OperationalError" in upload.failure
    assert locks() == 0
    uploads.resume(upload)
    upload.refresh_from_db()
    assert upload.results.count() == 1


# The bytes -----------------------------------------------------------------------------------


def test_the_import_drops_the_bytes_that_the_archive_holds_and_keeps_what_failed(admin_client):
    upload = receive(**MIXED)
    uploads.begin(upload)
    assert UploadedFile.objects.count() == 4
    uploads.confirm(upload)
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
    upload_work.start_thread(upload.pk).join()
    upload.refresh_from_db()
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
    uploads.begin(upload)
    with monkeypatch.context() as broken:
        broken.setattr(upload_work, "ingest_all", lambda *arguments: 1 / 0)
        uploads.confirm(upload)
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
    uploads.begin(upload)
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
    uploads.begin(upload)
    assert sorted(parsed) == [
        "all.zip/a.txt",
        "all.zip/b.txt",
        "bad.txt",
        "fine.zip/c.txt",
        "good.txt",
    ]
    assert ReviewedFile.objects.count() == 3
    parsed.clear()
    uploads.confirm(upload)
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
    uploads.begin(upload)
    monkeypatch.setattr(reviewed_files, "RULES_VERSION", 999)
    uploads.confirm(upload)
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
        uploads.begin(upload)
    parsed.clear()
    upload.refresh_from_db()
    uploads.resume(upload)
    upload.refresh_from_db()
    assert upload.results.count() == 6
    assert sorted(parsed) == ["all.zip/b.txt", "bad.txt"]


def test_a_file_with_a_nul_character_does_not_break_the_review():
    upload = receive(a=decision_text(council="Wex\0combe Council").encode())
    uploads.begin(upload)
    upload.refresh_from_db()
    assert (upload.failure, upload.results.count()) == ("", 1)
    uploads.confirm(upload)
    wait_until(lambda: Upload.objects.get().imported_at)


# What the review says of a withdrawn decision -------------------------------------------------


@pytest.mark.parametrize("more", [b"", b"\n"])
def test_a_file_of_a_withdrawn_decision_says_so_with_a_link(admin_client, more):
    data = decision_text("90 000 001").encode()
    ingest_all([Source("a.txt", data)])
    Decision.objects.update(withdrawn_at="2026-01-01T00:00Z")
    upload = receive(a=data + more)
    uploads.begin(upload)
    for _ in range(2):  # before and after the import
        page = BeautifulSoup(admin_client.get(address(upload)).content, "lxml")
        [said] = page.select(".review-withdrawn")
        assert "which is withdrawn. It stays withdrawn." in said.get_text()
        assert said.a["href"] == "/admin/decisions/decision/?q=90%20000%20001"
        uploads.confirm(upload)
    assert Decision.objects.get().withdrawn_at


def test_a_file_that_the_archive_holds_names_its_decision(admin_client):
    data = decision_text("90 000 001").encode()
    ingest_all([Source("a.txt", data)])
    upload = receive(a=data)
    uploads.begin(upload)
    page = admin_client.get(address(upload)).content.decode()
    assert "exactly this file: decision <a" in page
    assert "withdrawn" not in page.partition('id="result_list"')[2]


def test_an_uploaded_file_was_read_when_it_was_uploaded():
    upload = review_and_import(receive(a=decision_text().encode()))
    capture = Capture.objects.get()
    assert (capture.captured_at, capture.captured_from) == (upload.uploaded_at, "uploaded")
