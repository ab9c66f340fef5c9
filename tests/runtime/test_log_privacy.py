"""Nothing that a reader wrote is in any log, however malformed the request is."""

import logging
import socket
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from ombudsman.log_privacy import WithoutReadersWords
from ombudsman.runtime import postgres
from tests.processes import Site

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
HOST = "Host: localhost\r\nConnection: close\r\n"
BODY = "text=MARK&message=MARK&email=MARK%40example.org&csrfmiddlewaretoken=MARK"
LENGTH = f"Content-Length: {len(BODY)}\r\n"
REQUESTS = [
    "GET /MARK/?q=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /decisions/MARK/?q=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /decisions/?q=%22MARK&date_from=MARK&council=MARK&MARK=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /decisions/?q=MARK%00%ff HTTP/1.1\r\n{h}\r\n",
    "GET /alerts/MARK/ HTTP/1.1\r\n{h}\r\n",
    "GET /api/MARK/?MARK=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /api/decisions/?q=MARK&page=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /?" + "MARK=1&" * 500 + " HTTP/1.1\r\n{h}\r\n",
    "GET / HTTP/1.1\r\nHost: MARK.example\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: MARK MARK\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\n{h}MARK MARK: MARK\r\n\r\n",
    "GET / HTTP/1.1\r\n{h}MARK\r\n\r\n",
    "GET / HTTP/1.1\r\n{h}MARK_MARK: MARK\r\nContent-Length: MARK\r\n\r\n",
    "GET / HTTP/1.1\r\n{h}Cookie: sessionid=MARK; csrftoken=MARK\r\nReferer: http://MARK/\r\n\r\n",
    "GET / HTTP/MARK\r\n{h}\r\n",
    "MARK / HTTP/1.1\r\n{h}\r\n",
    "mark / HTTP/1.1\r\n{h}\r\n",
    "MARK\r\n\r\n",
    "GET MARK HTTP/1.1\r\n{h}\r\n",
    "GET /MARK\nHost: MARK\n\n",
    "GET / HTTP/1.1\r\n{h}X: " + "MARK" * 3000 + "\r\n\r\n",
    "GET /" + "MARK" * 3000 + " HTTP/1.1\r\n{h}\r\n",
    f"POST /check/?MARK HTTP/1.1\r\n{{h}}{FORM}{LENGTH}\r\n{BODY}",
    f"POST /report-a-mistake/ HTTP/1.1\r\n{{h}}{FORM}{LENGTH}Origin: http://MARK\r\n\r\n{BODY}",
    f"POST /alerts/new/?q=MARK HTTP/1.1\r\n{{h}}{FORM}{LENGTH}\r\n{BODY}",
    f"POST /admin/login/?next=/MARK HTTP/1.1\r\n{{h}}{FORM}{LENGTH}\r\n{BODY}",
    f"POST /admin/login/ HTTP/1.1\r\n{{h}}{FORM}{LENGTH}Cookie: csrftoken={'MARK' * 8}\r\n"
    f"Origin: http://MARK\r\n\r\n{BODY}",
    f"POST /api/check/ HTTP/1.1\r\n{{h}}Content-Type: application/json\r\n{LENGTH}\r\n{BODY}",
    f"POST /MARK/ HTTP/1.1\r\n{{h}}{FORM}{LENGTH}\r\n{BODY}",
    "POST /check/ HTTP/1.1\r\n{h}Transfer-Encoding: MARK\r\n\r\nMARK",
    "POST /check/ HTTP/1.1\r\n{h}Content-Type: multipart/form-data; boundary=MARK\r\n"
    "Content-Length: 4\r\n\r\nMARK",
    "GET /timegate/http://MARK/MARK HTTP/1.1\r\n{h}Accept-Datetime: MARK\r\n\r\n",
    "GET /oembed/?url=MARK HTTP/1.1\r\n{h}\r\n",
    "GET /static/MARK.css HTTP/1.1\r\n{h}\r\n",
    "GET /decisions/export.csv?q=MARK&date_from=MARK HTTP/1.1\r\n{h}Range: MARK\r\n\r\n",
]


def test_a_running_site_logs_no_word_of_any_request(attacked: Site):
    parts = urlsplit(attacked.url)
    before = attacked.log.stat().st_size
    for sent in REQUESTS:
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as client:
            client.sendall(sent.replace("{h}", HOST).replace("MARK", "MARKED").encode())
            said = b"".join(iter(lambda: client.recv(65536), b""))
            assert said.startswith(b"HTTP/1.1 "), sent[:60]
    log = attacked.log.read_text()[before:]
    assert "marked" not in log.lower()
    assert "GET (no page) answered 404" in log
    assert "GET /decisions/<str:reference>/ answered 404" in log
    assert "Refused a malformed request: InvalidHeader" in log


def test_an_error_says_where_and_of_what_kind_it_is():
    def fail() -> None:
        raise ValueError("MARKED")

    try:
        try:
            fail()
        except ValueError as error:
            raise KeyError("MARKED") from error
    except KeyError:
        record = logging.LogRecord(
            "decisions.api.views", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info()
        )
        WithoutReadersWords().filter(record)
    said = logging.Formatter().format(record)
    assert said.startswith("It failed\n")
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "in fail" in said
    assert "MARKED" not in said.replace('raise ValueError("MARKED")', "").replace(
        'raise KeyError("MARKED")', ""
    )


@pytest.mark.django_db
def test_postgresql_logs_no_statement_that_failed():
    log = postgres.cluster(settings.DATA_DIR, durable=False).directory / "server.log"
    before = log.stat().st_size
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 'MARKED' WHERE 1 / 0 = 1")
    said = log.read_bytes()[before:]
    assert b"division by zero" in said
    assert b"MARKED" not in said
