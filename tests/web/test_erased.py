"""An erased decision is gone for good; its page says when and why, and it cannot come back."""

import io
import threading
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from decisions import search, stewardship
from decisions.ingest import preview, uploads
from decisions.ingest.batches import read_batches
from decisions.ingest.erased_files import ERASED
from decisions.ingest.reviewed_files import ReviewedFiles
from decisions.ingest.upload_results import UploadResults
from decisions.models import (
    AuditEntry,
    Decision,
    Erasure,
    Upload,
    UploadedFile,
    UploadResult,
)
from decisions.search.index import store, sync
from tests.factories import make_decision
from tests.processes import wait_until
from tests.web.staff import OWN, PATH, REFERENCE, content, file, import_versions, naming, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tables_with(word: str) -> set[str]:
    """Every table that has the word, as text or in bytes, in any column of any row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        held = set()
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} AS one WHERE one::text ~* %s", [
                    f"{word}|{word.encode().hex()}|{word.capitalize().encode().hex()}"
                ],
            )  # fmt: skip
            if cursor.fetchone()[0]:
                held.add(table)
    return held


def send(client, **files: bytes) -> str:
    sent = [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    page = client.post("/admin/decisions/upload/add/", {"files": sent}, follow=True)
    return page.content.decode()


@pytest.mark.usefixtures("immediate_jobs")
def test_an_erased_decision_is_gone_for_good(admin_client):
    import_versions(1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("two.txt", file(2).data)
        archive.writestr("bad.txt", "a shopping list")
    send(admin_client, all_zip=packed.getvalue())
    uploads.confirm(Upload.objects.get())  # keeps the zip, for what is bad in it
    send(admin_client, three_txt=file(3).data)  # waits for its confirmation
    make_decision("90 000 002", paragraphs=("Another bus.",))
    search.catch_up()
    assert {"decisions_decision", "decisions_capture", "decisions_uploadedchunk"} <= tables_with(
        "zanzibar"
    )
    before = store.current().path
    decision, anna, ben = Decision.objects.get(reference=REFERENCE), staff("anna"), staff("ben")

    stewardship.request_erasure(decision, anna, "court", "Order 7")
    assert admin_client.get(PATH).status_code == 200, "nothing is erased yet"
    with pytest.raises(stewardship.ErasureError, match="anna has asked for this already"):
        stewardship.request_erasure(decision, ben, "court", "")
    with pytest.raises(stewardship.ErasureError, match="another person has to confirm"):
        stewardship.confirm_erasure(decision.erasure_request, anna, "")
    admin_client.force_login(ben)
    act = f"/admin/decisions/decision/{decision.pk}/act/confirm-erasure/"
    asked = admin_client.get(act).content.decode()
    assert "anna asked on" in asked
    assert "Order 7" in asked
    given = {"confirmed": "1", "note": "Checked"}
    wrong = admin_client.post(act, {**given, "reference": "90 000 002"}).content.decode()
    assert "not the reference of this decision" in wrong
    admin_client.post(act, {**given, "reference": "90000001"})

    assert tables_with("zanzibar") == set()
    assert set(naming(admin_client)) == set()
    with sync._background_lock:  # the index is written anew
        assert store.current().path != before
        assert not before.exists()
    for address in OWN:
        assert admin_client.get(address).status_code in (404, 410), address
    page = content(admin_client.get(PATH))
    assert "was erased for good on" in page
    assert "a court or a regulator ordered it" in page
    assert "erased" in admin_client.get("/api/decisions/90-000-001/").json()["detail"]
    assert not search.verify()

    # It cannot come back, and nothing of the file is kept.
    assert import_versions(4) == "0 created, 0 updated, 0 unchanged, 0 skipped, 0 failed, 1 refused"
    review = send(admin_client, four_txt=file(4).data)
    assert "was erased from this archive on" in review
    assert "It is not imported again." in review
    uploads.confirm(Upload.objects.first())
    assert not Decision.objects.filter(reference=REFERENCE).exists()
    assert not UploadedFile.objects.filter(name="four.txt").exists()
    assert tables_with("zanzibar") == set()
    logged = AuditEntry.objects.filter(kind="decision").order_by("id")
    assert list(logged.values_list("user_name", "act", "key", "reason", "note")) == [
        ("anna", "erasure-requested", REFERENCE, "court", "Order 7"),
        ("ben", "erased", REFERENCE, "court", "Checked"),
    ]
    assert str(Erasure.objects.get()) == REFERENCE


def test_a_review_at_the_moment_of_an_erasure_keeps_nothing(admin_client):
    import_versions(1)
    decision, ben = Decision.objects.get(reference=REFERENCE), staff("ben")
    stewardship.request_erasure(decision, staff("anna"), "court", "")
    sent = replace(file(2), name="two.txt")
    before, after = Upload.objects.create(), Upload.objects.create()
    results = UploadResults(after, is_import=False)
    reviewed = ReviewedFiles(after)
    [[parsed]] = read_batches([sent])
    for result in preview([sent]):
        results.add(result)  # in memory

    def erase() -> None:
        try:
            stewardship.confirm_erasure(decision.erasure_request, ben, "")
        finally:
            connection.close()

    with transaction.atomic():  # another review has stored the file, and not committed yet
        ReviewedFiles(before).save([parsed])
        earlier = UploadResults(before, is_import=False)
        earlier.add(next(iter(preview([sent]))))
        earlier.save()
        erasing = threading.Thread(target=erase)
        erasing.start()
        wait_until(waits_for_a_lock)
    erasing.join()
    assert Erasure.objects.exists()
    reviewed.save([parsed])
    results.save()
    assert tables_with("zanzibar") == set()
    said = UploadResult.objects.order_by("pk").values_list("reason", "document")
    assert list(said) == [(ERASED, None)] * 2


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])
