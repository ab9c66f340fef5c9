"""The dump that readers download: whole or in parts, and not after a decision was withdrawn."""

import datetime
import hashlib
import sqlite3

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.utils.http import http_date

from decisions import dumps
from decisions.models import ChangeSequence, Decision
from decisions.web import downloads
from tests.dumps.archives import make_archive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def published(settings, tmp_path) -> dumps.Published:
    settings.DUMP_DIR = tmp_path / "dumps"
    settings.DUMP_CAPTURES = False
    make_archive()
    call_command("dump", "--publish")
    return dumps.current()


def address(published: dumps.Published, name: str) -> str:
    return f"/data/{published.directory.name}/{name}"


def read(response) -> bytes:
    body = b"".join(response.streaming_content)
    response.close()
    return body


def test_the_page_offers_every_file_with_its_size_and_hash(client, published, settings):
    response = client.get("/data/")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "lxml")
    assert "Download all 15 decisions" in page.text
    links = {link["href"]: link for link in page.select(".downloads a")}
    assert links.keys() == {address(published, name) for name in published.files}
    assert not any("captures/" in href for href in links)
    for href, link in links.items():
        body = read(client.get(href, headers={"Accept-Encoding": "gzip"}))
        assert hashlib.sha256(body).hexdigest() == link.find_parent("div").code.text
    assert client.get(address(published, "../published.json")).status_code == 404
    assert client.get(address(published, "nothing")).status_code == 404
    latest = client.get("/data/latest/manifest.json")
    assert latest["Location"] == address(published, "manifest.json")

    settings.DUMP_CAPTURES = True
    call_command("dump", "--publish")
    newer = dumps.current()
    assert "captures/captures-0001.warc.gz" in newer.files
    assert client.get(address(published, "manifest.json")).status_code == 410
    assert [path for path in settings.DUMP_DIR.iterdir() if path.is_dir()] == [newer.directory]


def test_a_download_is_resumed_with_the_same_bytes(client, published):
    href = address(published, "decisions.sqlite")
    whole = client.get(href)
    body, etag, modified = read(whole), whole["ETag"], whole["Last-Modified"]
    size = len(body)
    assert etag == f'"{hashlib.sha256(body).hexdigest()}"'
    assert (whole["Accept-Ranges"], whole["Content-Length"]) == ("bytes", str(size))
    later = http_date(published.made_at.timestamp() + 60)
    for asked, conditions, status, span in (
        ("bytes=0-99", {}, 206, (0, 99)),
        ("bytes=100-", {}, 206, (100, size - 1)),
        ("bytes=-100", {}, 206, (size - 100, size - 1)),
        (f"bytes=-{size + 5}", {}, 206, (0, size - 1)),
        (f"bytes=5-{size * 2}", {"If-Range": etag}, 206, (5, size - 1)),
        ("bytes=5-9", {"If-Range": modified}, 206, (5, 9)),
        ("bytes=5-9", {"If-Range": '"another"'}, 200, (0, size - 1)),
        ("bytes=5-9", {"If-Range": later}, 200, (0, size - 1)),
        ("bytes=0-1,5-9", {}, 200, (0, size - 1)),
        ("bytes=9-5", {}, 200, (0, size - 1)),
        ("bytes=-", {}, 200, (0, size - 1)),
        ("lines=1-2", {}, 200, (0, size - 1)),
    ):
        headers = {"Range": asked, "Accept-Encoding": "gzip", **conditions}
        response = client.get(href, headers=headers)
        assert response.status_code == status, asked
        assert read(response) == body[span[0] : span[1] + 1], asked
        assert response["ETag"] == etag
        wanted = f"bytes {span[0]}-{span[1]}/{size}" if status == 206 else None
        assert response.get("Content-Range") == wanted
        assert response["Content-Length"] == str(span[1] - span[0] + 1)
        assert "Content-Encoding" not in response
    for asked in (f"bytes={size}-", "bytes=-0"):
        response = client.get(href, headers={"Range": asked})
        assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{size}")
    assert client.get(href, headers={"If-None-Match": etag}).status_code == 304
    head = client.head(href)
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(size), etag)


def test_few_downloads_run_at_a_time(client, published):
    href = address(published, "decisions.sqlite")
    running = [client.get(href) for _ in range(downloads.MAX_DOWNLOADS)]
    refused = client.get(href)
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert client.head(href).status_code == 200
    running.pop().close()  # a reader who went away before the first byte
    assert read(client.get(href))
    for response in running:
        response.close()


def test_nothing_is_offered_once_a_decision_in_it_is_withdrawn(client, published, monkeypatch):
    href = address(published, "decisions.sqlite")
    monkeypatch.setattr(downloads, "CHECK_INTERVAL", 0.0)
    monkeypatch.setattr(downloads, "BLOCK_BYTES", 4096)
    assert not dumps.is_due()
    # The dump stays: one decision was withdrawn before it was made, the other has only a new text.
    Decision.objects.filter(reference="99 700 002").update(summary="Another.")
    decision = Decision.objects.get(reference="90 000 003")
    decision.summary = "Another."
    decision.save()
    assert client.get("/data/").status_code == 200
    running = client.get(href)
    stream = iter(running.streaming_content)
    next(stream)

    Decision.objects.filter(pk=decision.pk).update(withdrawn_at="2026-01-01T00:00:00Z")

    assert sum(map(len, stream)) < published.files["decisions.sqlite"].bytes / 2
    running.close()
    for path in ("/data/", href, address(published, "manifest.json")):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "600")
        assert b"made anew" in response.content
        assert b"90 000 003" not in response.content
    assert dumps.is_due()
    call_command("dump", "--publish")
    again = dumps.current()
    assert client.get(href).status_code == 410
    assert client.get(address(again, "manifest.json")).status_code == 200
    with sqlite3.connect(again.directory / "decisions.sqlite") as connection:
        held = {row for (row,) in connection.execute("SELECT reference FROM decisions")}
        named = {row for (row,) in connection.execute("SELECT reference FROM withdrawn")}
    assert "90 000 003" not in held
    assert named == {"90 000 003", "99 700 002"}

    # A deleted decision counts as a withdrawn one; so does an archive that went back in time.
    Decision.objects.get(reference="99 700 001").delete()
    assert client.get("/data/").status_code == 503
    call_command("dump", "--publish")
    assert client.get("/data/").status_code == 200
    ChangeSequence.objects.update(value=1)
    assert client.get("/data/").status_code == 503


def test_the_job_publishes_when_a_dump_is_due(settings, tmp_path, monkeypatch):
    settings.DUMP_DIR = tmp_path / "dumps"
    settings.DUMP_DIR.mkdir()
    (settings.DUMP_DIR / ".20260101T000000Z.interrupted").mkdir()
    made: list[object] = []

    def sleep(_: float) -> None:
        made.append(dumps.current().made_at)
        if len(made) == 2:
            monkeypatch.setattr("decisions.dumps.publishing.MAX_AGE", datetime.timedelta(0))
        if len(made) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("decisions.management.commands.dump.time.sleep", sleep)
    call_command("dump", "--follow")
    assert made[0] == made[1] < made[2]
    assert len([path for path in settings.DUMP_DIR.iterdir() if path.is_dir()]) == 1


def test_without_a_dump_the_page_says_so(client: Client, settings, tmp_path):
    settings.DUMP_DIR = tmp_path / "none"
    response = client.get("/data/")
    assert response.status_code == 200
    assert b"No files have been made yet" in response.content
    assert client.get("/data/latest/manifest.json").status_code == 404
