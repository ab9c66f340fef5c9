"""What staff do in the admin: look up, withdraw, download, upload with a review first."""

import io
import resource
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from decisions import search
from decisions.admin.uploads import UploadForm
from decisions.ingest import ingest_all, uploads
from decisions.models import AuditEntry, Capture, Decision, Upload, UploadedFile
from decisions.sources import Source
from tests.factories import make_decision
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("immediate_jobs")]

ADD = "/admin/decisions/upload/add/"


def send(client, **files: bytes):
    """Upload files by name (`_` for the dot); returns the review page."""
    sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    return client.post(ADD, {"files": sent}, follow=True)


def zip_of(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return buffer.getvalue()


def test_an_upload_is_reviewed_before_anything_is_imported(admin_client):
    ingest_all([Source("old.txt", decision_text("90 000 001", outcome="Upheld").encode())])
    page = send(
        admin_client,
        new_txt=decision_text("90 000 002", council="Harrowby City Council").encode(),
        changed_txt=decision_text("90 000 001", outcome="Not upheld").encode(),
        same_txt=decision_text("90 000 001", outcome="Upheld").encode(),
        bad_txt=b"a shopping list",
        empty_txt=b"",
    )
    text = page.content.decode()
    assert "Review before the import" in text
    assert "Nothing has been imported yet" in text
    results = {result.name: result for result in page.context["page"]}
    assert {name: result.action for name, result in results.items()} == {
        "new.txt": "created",
        "changed.txt": "updated",
        "same.txt": "unchanged",
        "bad.txt": "failed",
        "empty.txt": "failed",
    }
    assert "Harrowby City Council</strong> (90 000 002)" in text
    assert "Changes outcome" in text
    assert "empty" in results["empty.txt"].reason
    assert Decision.objects.count() == 1

    page = admin_client.post(page.request["PATH_INFO"], follow=True)
    assert "This is the result" in page.content.decode()
    assert Decision.objects.count() == 2
    assert Decision.objects.get(reference="90 000 001").outcome.name == "Not upheld"
    assert search.search(search.SearchQuery("harrowby")).total == 1


def test_a_zip_is_opened_and_its_bad_members_are_named(admin_client):
    page = send(
        admin_client,
        all_zip=zip_of(a_txt=decision_text("90 000 001"), b_txt="no decision", c_png="chart"),
    )
    assert {result.name: result.action for result in page.context["page"]} == {
        "all.zip/a.txt": "created",
        "all.zip/b.txt": "failed",
        "all.zip/c.png": "skipped",
    }


def test_sent_files_are_kept_even_if_they_cannot_be_read(admin_client):
    send(admin_client, broken_zip=b"PK\x03\x04 and then nothing")
    upload = Upload.objects.get()
    assert upload.confirmed_at is None
    assert b"".join(UploadedFile.objects.get().pieces()) == b"PK\x03\x04 and then nothing"
    assert upload.results.get().action == "failed"


def test_confirming_twice_does_nothing_the_second_time(admin_client):
    page = send(admin_client, a_txt=decision_text().encode())
    address = page.request["PATH_INFO"]
    admin_client.post(address)
    first = Upload.objects.get()
    admin_client.post(address)
    second = Upload.objects.get()
    assert second.confirmed_at == first.confirmed_at
    assert second.results.get().action == "created"


def test_a_discarded_upload_imports_nothing(admin_client):
    send(admin_client, a_txt=decision_text().encode())
    upload = Upload.objects.get()
    admin_client.post(f"/admin/decisions/upload/{upload.pk}/delete/", {"post": "yes"})
    assert not Upload.objects.exists()
    assert not Decision.objects.exists()


def test_the_page_that_asks_whether_to_discard_an_upload_lists_none_of_its_rows(admin_client):
    """Of a large upload they would be hundreds of thousands."""
    send(admin_client, a_txt=decision_text().encode())
    upload = Upload.objects.get()
    page = admin_client.get(f"/admin/decisions/upload/{upload.pk}/delete/").content.decode()
    assert "Are you sure" in page
    assert str(upload) in page
    assert "a.txt" not in page


def test_a_missing_file_is_reported_beside_the_field(admin_client):
    assert "Choose at least one file" in admin_client.post(ADD, {}).content.decode()
    assert not Upload.objects.exists()


@pytest.mark.slow
def test_an_upload_may_be_as_large_as_the_limit_and_no_larger(admin_client, monkeypatch):
    """The limit is for all files of an upload together."""
    files = {"a_txt": b"a" * 2_000_000, "b_txt": b"b" * 2_000_000}
    monkeypatch.setattr(uploads, "MAX_BYTES", 3_999_999)
    page = send(admin_client, **files).content.decode()
    assert "These files are 4 MB in total, and an upload can be at most 4 MB" in page
    assert not Upload.objects.exists()
    monkeypatch.setattr(uploads, "MAX_BYTES", 4_000_000)
    send(admin_client, **files)
    assert Upload.objects.get().files.count() == 2


def test_the_limit_is_a_gigabyte_in_either_sense():
    field = UploadForm.base_fields["files"]
    large = SimpleUploadedFile("a.zip", b"x")
    large.size = 1_100_000_000
    assert field.clean([large]) == [large]
    large.size += 1
    with pytest.raises(ValidationError, match="at most 1,100 MB"):
        field.clean([large])


def test_file_names_and_texts_are_escaped(admin_client):
    name = "<img src=x>.txt"
    sent = SimpleUploadedFile(name, decision_text(council="<b>Bold</b> Council").encode())
    page = admin_client.post(ADD, {"files": [sent]}, follow=True).content.decode()
    assert "<img src=x>" not in page
    assert "<b>Bold" not in page


@pytest.mark.slow
def test_long_uploads_are_paged_with_failures_first(admin_client):
    members = {f"f{number:03}_txt": decision_text(f"90 000 {number:03}") for number in range(110)}
    page = send(admin_client, all_zip=zip_of(**members, zz_txt="no decision"))
    assert page.context["page"][0].name == "all.zip/zz.txt"
    assert len(page.context["page"]) == 100
    second = admin_client.get(page.request["PATH_INFO"] + "?p=2")
    assert len(second.context["page"]) == 11


def test_only_staff_with_the_permission_may_upload(client):
    assert client.get(ADD).status_code == 302
    staff = User.objects.create_user("staff", password="x", is_staff=True)
    client.force_login(staff)
    assert client.get(ADD).status_code == 403
    staff.user_permissions.set(Permission.objects.filter(codename="view_upload"))
    upload = Upload.objects.create()
    address = f"/admin/decisions/upload/{upload.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 403


def test_a_capture_downloads_as_it_was_received(admin_client):
    content = decision_text().encode("utf-16")
    ingest_all([Source("dir/täst <1>.txt", content)])
    capture = Capture.objects.get()
    response = admin_client.get(reverse("admin:decisions_capture_download", args=[capture.pk]))
    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "dir" not in response["Content-Disposition"]


def test_a_capture_requires_permission(client):
    ingest_all([Source("a.txt", decision_text().encode())])
    address = reverse("admin:decisions_capture_download", args=[Capture.objects.get().pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("decision", "90 000 001"),
        ("decision", "90-000-001"),
        ("decision", "ref 90000001"),
        ("capture", "90000001"),
        ("decision", "Wexcombe"),
        ("council", "wexcombe"),
        ("category", "transport"),
        ("outcome", "upheld"),
        ("capture", "90 000 001"),
        ("capture", "a.txt"),
        ("upload", ""),
    ],
)
def test_lists_can_be_browsed_and_searched(admin_client, model, words):
    ingest_all([Source("a.txt", decision_text("90 000 001").encode())])
    Upload.objects.create()
    page = admin_client.get(f"/admin/decisions/{model}/", {"q": words} if words else {})
    assert page.context["cl"].result_count == 1
    nothing = admin_client.get(f"/admin/decisions/{model}/", {"q": "zzz"})
    if words:
        assert nothing.context["cl"].result_count == 0
    row = page.context["cl"].result_list[0]
    assert admin_client.get(f"/admin/decisions/{model}/{row.pk}/change/").status_code == 200


def test_decisions_can_be_withdrawn_and_shown_again_but_not_rewritten(admin_client):
    decision = make_decision("90 000 001")
    make_decision("90 000 002")
    search.catch_up()
    list_, given = "/admin/decisions/decision/", {"reason": "identifiable", "note": "Row 4"}
    for action, expected in (("withdraw", 1), ("restore", 2)):
        choose = {"action": action, "_selected_action": [decision.pk]}
        asked = admin_client.post(list_, choose).content.decode()
        assert "(90 000 001)" in asked
        assert "(90 000 002)" not in asked
        assert search.search(search.SearchQuery()).total == 3 - expected, "nothing is done yet"
        admin_client.post(list_, {**choose, **given, "confirmed": "1"})
        assert search.search(search.SearchQuery()).total == expected

    page = f"{list_}{decision.pk}/change/"
    act = f"{list_}{decision.pk}/act/withdraw/"
    assert "This field is required" in admin_client.post(act, {"confirmed": "1"}).content.decode()
    done = admin_client.post(act, {**given, "confirmed": "1"}, follow=True).content.decode()
    assert "1 withdrawn" in done
    assert "Someone could be recognised in it" in done
    assert "Row 4" in done
    assert f"{list_}{decision.pk}/act/restore/" in done
    assert search.search(search.SearchQuery()).total == 1
    assert "done already" in admin_client.get(act, follow=True).content.decode()
    assert admin_client.post(page, {"summary": "Rewritten"}).status_code == 403
    logged = AuditEntry.objects.filter(kind="decision").order_by("id")
    assert list(logged.values_list("user_name", "act", "key", "reason", "note")) == [
        ("admin", "withdrawn", "90 000 001", "identifiable", "Row 4"),
        ("admin", "restored", "90 000 001", "", "Row 4"),
        ("admin", "withdrawn", "90 000 001", "identifiable", "Row 4"),
    ]


def test_a_renamed_council_is_found_by_its_new_name(admin_client):
    decision = make_decision()
    search.catch_up()
    address = f"/admin/decisions/council/{decision.council_id}/change/"
    forms = {"successions-TOTAL_FORMS": 0, "successions-INITIAL_FORMS": 0}
    admin_client.post(address, {"name": "Harrowby Council", "kind": "council", **forms})
    assert search.search(search.SearchQuery("harrowby")).total == 1


def test_a_result_holds_the_fields_that_were_read(admin_client):
    send(admin_client, a_txt=decision_text().encode())
    document = Upload.objects.get().results.get().document
    assert (document["reference"], document["paragraphs"]) == ("90 000 001", 2)
    assert "sections" not in document


@pytest.fixture
def few_open_files():
    """Lets this process open twenty more files than it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(file.name) for file in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
def test_an_upload_of_many_files_opens_few(admin_client, few_open_files, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100  # a larger one would have a file of its own
    files = {f"f{n}_txt": decision_text(f"90 000 {n:03}").encode() for n in range(150)}
    page = send(admin_client, **files)
    assert page.status_code == 200
    upload = Upload.objects.get()
    assert upload.failure == ""
    assert set(upload.results.values_list("name", "action")) == {
        (name.replace("_", "."), "created") for name in files
    }
    stored = {file.name: b"".join(file.pieces()) for file in upload.files.all()}
    assert stored == {name.replace("_", "."): data for name, data in files.items()}


def test_too_many_files_are_refused_in_words(admin_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    page = send(admin_client, a_txt=b"a", b_txt=b"b", c_txt=b"c")
    assert page.status_code == 400
    assert "upload at most 5,000 at a time, or put them into a zip" in page.content.decode()
    assert not Upload.objects.exists()


def test_files_of_a_saved_page_that_were_sent_one_by_one_belong_to_it(admin_client):
    """The browser sends names without folders: the page names what is in its folder."""
    head = '<!DOCTYPE html><html><head><script src="./Kent%20page_files/a.js"></script>'
    frame = '<iframe src="./Kent page_files/frame.html"></iframe>'
    body = "".join(f"<p>{line}</p>" for line in decision_text("90 000 001").splitlines())
    files = {
        "Kent page.html": f"{head}</head><body>{frame}{body}</body></html>".encode(),
        "a.js": b"let a",
        "frame.html": b"<html>a frame</html>",
        "of-the-style.png": b"\x89PNG",
        "other.txt": decision_text("90 000 002").encode(),
    }
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    admin_client.post(ADD, {"files": sent})
    upload = Upload.objects.get()
    assert list(upload.results.order_by("position").values_list("name", "action")) == [
        ("Kent page.html", "created"),
        ("a.js", "skipped"),
        ("frame.html", "skipped"),
        ("of-the-style.png", "skipped"),
        ("other.txt", "created"),
    ]
    uploads.confirm(upload)
    assert not UploadedFile.objects.exists()


def test_without_a_saved_page_every_file_that_was_sent_is_tried(admin_client):
    page = send(admin_client, a_js=b"let a", b_txt=decision_text("90 000 001").encode())
    assert {row.name: row.action for row in page.context["page"]} == {
        "a.js": "failed",
        "b.txt": "created",
    }
