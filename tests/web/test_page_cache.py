"""nginx keeps pages for readers, and none of before a withdrawal or correction."""

import random
import subprocess
import threading
import time
import urllib.error
import urllib.request

import psycopg
import pytest

from ombudsman.runtime import postgres
from tests import nginx, processes
from tests.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.program("nginx")]

TRIES = 40


def get(address: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode(), dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), dict(error.headers)


def test_no_page_is_stale_and_pages_are_kept(prepared_data_dir, tmp_path):
    """Readers ask all the time, while the archive changes at random moments."""
    port = nginx.free_port()
    with (
        processes.site(
            prepared_data_dir, tmp_path / "log", SAMPLE=20, WEB_CONCURRENCY=1, VERSION_PORT=port
        ) as site,
        nginx.before(site.url, port, prepared_data_dir / "nginx") as proxy,
        psycopg.connect(**connection_to(prepared_data_dir), autocommit=True) as database,
    ):
        pk, reference = database.execute(
            "SELECT id, reference FROM decisions_decision ORDER BY id LIMIT 1"
        ).fetchone()
        page = f"{proxy.url}/decisions/{reference.replace(' ', '-')}/"
        listed = f"{proxy.url}/decisions/?sort=newest"
        wait_until(lambda: "Archive-Version" in get(f"http://127.0.0.1:{port}/")[2])

        # The second reader is given what the first was, and a browser that has it gets 304.
        (status, first, headers), (_, second, _) = get(page), get(page)
        assert (status, first) == (200, second)
        assert "Archive-Version" not in headers
        assert headers["Cache-Control"] == "no-cache"
        assert get(page, **{"If-None-Match": headers["ETag"]})[0] == 304
        assert proxy.uses()["HIT"] == 2
        # Who has signed in passes it by, and nothing is kept of what they get.
        get(page, Cookie="a=b; __Host-sessionid=x")
        assert get(page, **{"HX-Request": "true"})[0] == 200
        assert proxy.uses()["BYPASS"] == 2

        ended = threading.Event()

        def read() -> None:
            while not ended.is_set():
                get(random.choice((page, listed)))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        stale = []
        try:
            for number in range(TRIES):
                time.sleep(random.random() / 50)
                if number % 2:
                    database.execute(
                        "UPDATE decisions_decision SET summary = %s, withdrawn_at = NULL"
                        " WHERE id = %s",
                        [f"Corrected {number}.", pk],
                    )
                    status, body, _ = get(page)
                    is_fresh = status == 200 and f"Corrected {number}." in body
                else:
                    database.execute(
                        "UPDATE decisions_decision SET withdrawn_at = now() WHERE id = %s", [pk]
                    )
                    status, body, _ = get(page)
                    is_fresh = status == 410 and reference not in get(listed)[1]
                if not is_fresh:
                    stale.append((number, status))
        finally:
            ended.set()
            for reader in readers:
                reader.join()
        assert stale == []
        assert proxy.uses()["HIT"] > 2

        # Without the version, every request goes to the archive.
        database.execute("ALTER TABLE decisions_changesequence RENAME TO gone")
        assert get(f"http://127.0.0.1:{port}/")[0] == 503
        assert get(f"{proxy.url}/healthz")[0] == 200
        database.execute("ALTER TABLE gone RENAME TO decisions_changesequence")
        hits = proxy.uses()["HIT"]
        get(listed), get(listed)
        assert proxy.uses()["HIT"] > hits


def test_the_shipped_files_fit_together(tmp_path):
    """nginx reads them as docs/deploy.md has them copied."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=x", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    copies = {
        "nginx.conf": "site.conf",
        "nginx-cache.conf": "cache.conf",
        "nginx-proxy.conf": "archive-proxy.conf",
        "nginx-cache-location.conf": "archive-location.conf",
    }
    for shipped, copy in copies.items():
        text = (nginx.DEPLOY / shipped).read_text()
        for place in ("/etc/nginx", "/var/log/nginx", "/var/cache/nginx"):
            text = text.replace(f"{place}/", f"{tmp_path}/")
        text = text.replace("/etc/letsencrypt/live/decisions.example.org/fullchain", "certificate")
        text = text.replace("/etc/letsencrypt/live/decisions.example.org/privkey", "key")
        (tmp_path / copy).write_text(text)
    main = tmp_path / "main.conf"
    main.write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\n"
        f"http {{ include {tmp_path}/cache.conf; include {tmp_path}/site.conf; }}\n"
    )
    command = [nginx.program(), "-t", "-q", "-c", main, "-e", tmp_path / "error.log"]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def connection_to(data_dir) -> dict[str, str]:
    host = str(postgres.Cluster(data_dir).use())
    return {"host": host, "dbname": postgres.DATABASE, "user": postgres.ROLE}
