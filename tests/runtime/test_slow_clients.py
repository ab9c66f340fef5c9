"""Clients that send or read slowly, or never end: other readers do not notice."""

import contextlib
import resource
import socket
import statistics
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.processes import Site

pytestmark = pytest.mark.processes

POST = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "nothing": b"",
    "head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ",
    "form": POST % b"/check/" + b"Content-Length: 50000\r\n\r\ntext=",
    "form after 100 Continue": POST % b"/check/"
    + b"Content-Length: 500\r\nExpect: 100-continue\r\n\r\n",
    "chunks": POST % b"/check/" + b"Transfer-Encoding: chunked\r\n\r\n5\r\ntext=\r\n",
    "upload of a stranger": POST % b"/admin/decisions/upload/add/"
    + b"Cookie: sessionid=abc; csrftoken=abc\r\nContent-Length: 500000000\r\n\r\nabc",
    "reads no page": b"GET /decisions/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
    "reads no export": b"GET /decisions/export.csv HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.fixture(scope="module")
def unfinished(url: str) -> Iterator[socket.socket]:
    """A request that was begun before the first test."""
    with connect(url, SLOW["head"]) as client:
        yield client


@pytest.fixture(scope="module")
def url(attacked: Site) -> str:
    return attacked.url


def connect(url: str, sent: bytes) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    parts = urlsplit(url)
    client.connect((parts.hostname, parts.port))
    client.sendall(sent)
    return client


def answer(url: str, sent: bytes) -> bytes:
    """What the server answers, up to the end of its connection."""
    with connect(url, sent) as client:
        client.settimeout(30)
        return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize("kinds", [*([kind] for kind in SLOW), [*SLOW] * 60])
def test_pages_stay_fast_beside_slow_clients(url, unfinished, kinds):
    with contextlib.ExitStack() as stack:
        count = max(8, len(kinds))
        clients = [
            stack.enter_context(connect(url, SLOW[kinds[n % len(kinds)]])) for n in range(count)
        ]
        # The pages that nobody reads are work like any other, which is done before this one.
        urllib.request.urlopen(f"{url}/decisions/", timeout=60).close()
        seconds = []
        for page in range(5):
            for client in clients:
                with contextlib.suppress(OSError):  # the server has closed it
                    client.send(b"a")
            began = time.monotonic()
            with urllib.request.urlopen(f"{url}/decisions/?page={page + 1}", timeout=30) as page:
                page.read()
            seconds.append(time.monotonic() - began)
        assert statistics.median(seconds) < 1


def test_a_body_that_nothing_takes_is_refused_before_it_arrives(url):
    body = b"Content-Length: 400000\r\n\r\nabc"
    for path, status, words in [
        (b"/decisions/", b"405", b"This page does not take"),
        (b"/nowhere/", b"404", b""),
        (b"/api/decisions/", b"405", b"application/problem+json"),
        (b"/check/", b"413", b"too long"),
        (b"/admin/login/", b"403", b"permission"),
    ]:
        taken = path in {b"/check/", b"/admin/login/"}
        said = answer(url, POST % path + (body.replace(b"400", b"4000000") if taken else body))
        assert said.split()[1] == status, path
        assert words in said
        assert b"Connection: close" in said


def test_requests_that_are_sent_at_once_are_answered_one_after_the_other(url):
    form = POST % b"/check/" + b"Sec-Fetch-Site: same-origin\r\nContent-Length: 6\r\n\r\ntext=a"
    page = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = page.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    said = answer(url, form + page + form + last)
    assert [part.split()[0] for part in said.split(b"HTTP/1.1 ")[1:]] == [
        b"422", b"200", b"422", b"200",
    ]  # fmt: skip
    assert b"Server:" not in said


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (b"GET /" + b"a" * 5000, b"414", b"The address is too long"),
        (b"GET /?q=" + b"a" * 4090 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414", b"address is too"),
        (b"GET /api/" + b"a" * 5000, b"414", b"application/problem+json"),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000, b"431", b"The address is too long"),
        (b"GET / HTTP/1.1\r\nBad Header: a\r\n\r\n", b"400", b"problem with this address"),
        (b"GET / HTTP/1.1\nHost: a\n\n", b"400", b"problem with this address"),
        (
            b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
            b"400",
            b"prob",
        ),
    ],
)
def test_a_request_that_gunicorn_refuses_gets_a_page_of_ours(url, sent, status, words):
    said = answer(url, sent)
    assert said.split()[1] == status
    assert words in said
    assert b"gunicorn" not in said.lower()
    assert b"default-src 'self'" in said


def test_a_head_that_does_not_arrive_in_time_is_refused(unfinished):
    unfinished.settimeout(30)
    said = b"".join(iter(lambda: unfinished.recv(65536), b""))
    assert said.split()[1] == b"408"
    assert b"took too long to arrive" in said


def test_more_connections_than_a_worker_takes_close_the_oldest(url):
    """gunicorn's `worker_connections` is 1,000: the clients who wait longest make room."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as stack:
        # Many hosts let a user's process open 1,024.
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
        clients = [stack.enter_context(connect(url, SLOW["head"])) for _ in range(1200)]
        began = time.monotonic()
        with urllib.request.urlopen(f"{url}/about/", timeout=30) as page:
            page.read()
        assert time.monotonic() - began < 3
        clients[0].settimeout(10)
        assert clients[0].recv(1) == b""
        clients[-1].sendall(b"a\r\n\r\n")
        clients[-1].settimeout(10)
        assert clients[-1].recv(12) == b"HTTP/1.1 200"
