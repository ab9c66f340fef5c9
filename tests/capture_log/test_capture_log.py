"""The log of received files: PostgreSQL keeps it, an authority stamps it, a reader checks it."""

import re
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tarfile import open as open_tar

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from decisions.capture_log import check_log
from decisions.capture_log.entries import entry_text
from decisions.capture_log.tree import leaf_of
from decisions.ingest import ingest_all
from decisions.models import Capture, CaptureLogEntry, CaptureLogHead, Decision
from decisions.sample import generate
from decisions.sources import Source
from tests.capture_log.authority import Authority
from tests.capture_log.conftest import receive
from tests.reading import text

REFERENCE = "21 700 003"


def logged() -> list[str]:
    return [entry.reference for entry in CaptureLogEntry.objects.all()]


@pytest.mark.django_db
@pytest.mark.slow
def test_each_received_file_gets_an_entry_which_outlives_it():
    receive(1, 2)
    receive(2, 3)
    ingest_all(Source(name, data) for name, data in generate(2))
    assert logged() == ["21 700 001", "21 700 002", "21 700 003"]
    for entry in CaptureLogEntry.objects.all():
        capture = Capture.objects.get(sha256=entry.sha256)
        assert entry.received_at == capture.received_at
        assert bytes(entry.leaf) == leaf_of(entry_text(entry))
    position, sha256, reference, at = entry_text(entry).decode().split(" ")
    assert (position, sha256, reference) == ("2", capture.sha256, "21-700-003")
    assert at == f"{capture.received_at:%Y-%m-%dT%H:%M:%S.%fZ}\n"

    # A file that is not stored is not in the log.
    with transaction.atomic():
        receive(4)
        transaction.set_rollback(True)
    # One that is erased stays in it, and has no second entry if it comes again.
    Capture.objects.filter(decision__reference="21 700 001").delete()
    Decision.objects.get(reference="21 700 001").delete()
    assert list(check_log()) == []
    receive(1, 5)
    assert logged() == ["21 700 001", "21 700 002", "21 700 003", "21 700 005"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["decisions_capturelogentry", "decisions_captureloghead"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"]
)
def test_postgresql_refuses_to_change_the_log(table: str, statement: str):
    column = "position" if table.endswith("entry") else "size"
    with connection.cursor() as cursor, transaction.atomic():
        with pytest.raises(DatabaseError, match="The log of received files cannot be changed"):
            cursor.execute(statement.format(table, column, column))
        transaction.set_rollback(True)


@pytest.mark.program("openssl")
@pytest.mark.slow
def test_what_does_not_fit_together_is_said(stamped: CaptureLogHead):
    assert list(check_log()) == []

    def said_after(statement: str) -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL session_replication_role = replica; {statement}")
            found = "\n".join(check_log())
            transaction.set_rollback(True)
        return found

    entry, head = "UPDATE decisions_capturelogentry SET", "UPDATE decisions_captureloghead SET"
    for statement, said in {
        f"{entry} leaf = sha256(leaf) WHERE position = 2": f"{REFERENCE}: entry 2 of the log was",
        f"{entry} reference = '21 700 009' WHERE position = 2": "is not in the log as it is stored",
        f"{entry} position = 99 WHERE position = 7": "21 700 008: the log has no entry 7",
        "DELETE FROM decisions_capturelogentry WHERE position > 5": "6 entries, and a head says 8",
        "DELETE FROM decisions_capturelogentry WHERE position = 0": "the log has no entry 0",
        f"{head} root = sha256(root) WHERE size = 5": "first 5 entries of the log have another",
        f"{head} reply = substr(reply, 9)": "The stamp on the first 5 entries is not valid",
        f"{head} stamped_at = '2020-01-01'": "5 entries was stamped at another time than is stored",
        f"{head} certificates = certificates || ' '": "8 entries is not as it was received",
    }.items():
        assert said in said_after(statement), statement


@pytest.mark.program("curl", "openssl")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_reader_checks_a_file_by_the_commands_of_its_page(
    authority: Authority, live_server, client, settings, tmp_path
):
    receive(1, 2, 3)
    call_command("stamp")
    receive(4, 5)
    call_command("stamp")
    call_command("stamp")  # nothing to do
    assert [head.size for head in CaptureLogHead.objects.all()] == [3, 5]
    settings.SITE_URL = live_server.url
    history = BeautifulSoup(client.get("/decisions/21-700-003/history/").content, "lxml")
    address = history.find("a", string="check that the file is unchanged")["href"]
    capture = Capture.objects.get(decision__reference=REFERENCE)

    def commands() -> tuple[str, list[str]]:
        page = BeautifulSoup(client.get(address).content, "lxml")
        assert "the log of then 3 entries" in text(page.main)
        script = "".join(code.get_text() for code in page.select("pre[data-language=sh]"))
        return script, [printed.get_text() for printed in page.select("samp")]

    def printed(script: str) -> list[str]:
        place = Path(tempfile.mkdtemp(dir=tmp_path))
        shell = subprocess.run(["sh"], input=script, cwd=place, stdout=-1, text=True)
        return shell.stdout.splitlines()

    settings.DUMP_CAPTURES = True
    script, wanted = commands()
    *checks, time = printed(script)
    assert checks == wanted
    assert wanted[-1] == "Verification: OK"
    assert time.startswith("Time stamp: ")

    # Without the file among them, the reader puts it there.
    settings.DUMP_CAPTURES = False
    script, wanted = commands()
    assert printed(script)[:-1] == wanted[1:]
    received = tmp_path / "received"
    received.write_bytes(bytes(capture.content))
    with_file = re.sub(r"(\ncd .*\n)", rf"\1cp {received} received-file\n", script)
    assert printed(with_file)[:-1] == wanted
    received.write_bytes(bytes(capture.content)[:-1])
    assert printed(with_file)[:-1] == wanted[1:]
    received.write_bytes(bytes(capture.content))
    in_entry, in_log, is_stamped = wanted
    for change, holds in {
        "'s/T..:/T99:/' entry.txt": [in_entry, is_stamped],
        "1d path.txt": [in_entry, is_stamped],
        "'s/^size 3/size 4/' head.txt": [in_entry, in_log],
    }.items():
        spoilt = with_file.replace("\nhash=", f"\nsed -i {change}\nhash=", 1)
        assert [line for line in printed(spoilt) if line in wanted] == holds, change


@pytest.mark.program("openssl")
def test_files_that_have_no_proof_yet(stamped, client, settings):
    def page(reference: str, sha256: str) -> tuple[int, str]:
        slug = reference.replace(" ", "-")
        answer = client.get(f"/decisions/{slug}/proof/{sha256}/")
        return answer.status_code, text(BeautifulSoup(answer.content, "lxml").main)

    receive(9)
    capture = Capture.objects.get(decision__reference="21 700 009")
    assert "No authority has stamped the log since" in page("21 700 009", capture.sha256)[1]
    assert client.get(f"/decisions/21-700-009/proof/{capture.sha256}.tar").status_code == 404
    first = Capture.objects.get(decision__reference="21 700 001")
    assert page("21 700 009", first.sha256)[0] == 404
    archive = client.get(f"/decisions/21-700-001/proof/{first.sha256}.tar")
    with open_tar(fileobj=BytesIO(archive.content)) as files:
        names = {Path(name).name for name in files.getnames()}
    assert names == {"entry.txt", "path.txt", "head.txt", "head.tsr", "authority.pem"}
    ingest_all(Source(name, data) for name, data in generate(1))
    sample = Capture.objects.get(decision__is_sample=True)
    assert "The decision is an invented sample." in page("90 000 001", sample.sha256)[1]
    Decision.objects.filter(reference="21 700 001").update(withdrawn_at="2024-01-01T00:00Z")
    assert page("21 700 001", first.sha256)[0] == 404
    assert client.get(f"/decisions/21-700-001/proof/{first.sha256}.tar").status_code == 404


@pytest.mark.django_db
@pytest.mark.program("openssl")
@pytest.mark.slow
def test_only_a_valid_stamp_is_stored(authority: Authority, settings, tmp_path):
    receive(1)

    def refused(message: str, spoil: Callable[[bytes], bytes] | None = None) -> None:
        authority.spoil = spoil
        with pytest.raises(CommandError, match=message):
            call_command("stamp")
        assert not CaptureLogHead.objects.exists()

    refused("did not answer: HTTP Error 503", lambda reply: b"")
    refused("is no valid stamp", lambda reply: b"<!doctype html>")
    refused("is no valid stamp", lambda reply: reply[:-1] + bytes([reply[-1] ^ 1]))
    earlier = authority.reply_to(authority.queries[-1])
    refused("the reply is to another request", lambda reply: earlier)
    other = Authority(tmp_path)
    other.close()
    settings.TIMESTAMP_CERTIFICATES = str(other.certificates)
    refused("is no valid stamp")
    settings.TIMESTAMP_CERTIFICATES = str(tmp_path / "none.pem")
    refused("none.pem.*No such file")
    settings.TIMESTAMP_CERTIFICATES = str(other.certificates)
    settings.TIMESTAMP_AUTHORITY = "ftp://authority.example"
    refused("must start with https")
    settings.TIMESTAMP_AUTHORITY = "http://127.0.0.1:1"
    refused("did not answer: .*refused")
    settings.TIMESTAMP_AUTHORITY = ""
    refused("Set TIMESTAMP_AUTHORITY")
