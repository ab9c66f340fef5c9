"""The configurations of nginx and Caddy that we ship, run for real in front of a site."""

import contextlib
import os
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import Site, wait_until

DEPLOY = Path(settings.BASE_DIR) / "deploy"
NAME = "decisions.example.org"
SLOW_CLIENTS = 500
EVERY_PROXY = [pytest.param(name, marks=pytest.mark.program(name)) for name in ("nginx", "caddy")]


@dataclass
class Proxy:
    """A running proxy: its port for TLS, the certificate, and everything that it logs."""

    port: int
    certificate: Path
    logs: list[Path]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        context = ssl.create_default_context(cafile=str(self.certificate))
        context.check_hostname = False
        request = urllib.request.Request(f"https://localhost:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, context=context, timeout=30) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def proxy(program: str, upstream: str, place: Path) -> Iterator[Proxy]:
    """That program, as deploy/ configures it, in front of `upstream`, a host and a port."""
    certificate, key = place / "certificate.pem", place / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    for _ in range(3):  # another program may take a port between the choice and the start
        port, plain = free_port(), free_port()
        started = _start(program, port, plain, upstream, place)
        wait_until(lambda port=port, started=started: _listens(port) or started.poll() is not None)
        if started.poll() is None:
            break
    try:
        logs = [path for path in place.iterdir() if path.name.startswith("log")]
        assert started.poll() is None, "".join(path.read_text() for path in logs)
        yield Proxy(port, certificate, logs)
    finally:
        started.terminate()
        started.wait()


def _start(
    program: str, port: int, plain: int, upstream: str, place: Path
) -> subprocess.Popen[bytes]:
    certificate, key = place / "certificate.pem", place / "key.pem"
    return (_nginx if program == "nginx" else _caddy)(
        lambda text: (
            text.replace("127.0.0.1:8000", upstream)
            .replace("listen 80 ", f"listen 127.0.0.1:{plain} ")
            .replace("listen 443 ", f"listen 127.0.0.1:{port} ")
            .replace(f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(certificate))
            .replace(f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(key))
            .replace(f"server_name {NAME}", f"server_name localhost {NAME}")
            .replace(f"{NAME} {{", f"https://localhost:{port} {{\n\ttls {certificate} {key}")
            .replace("\tservers {", f"\tadmin off\n\thttp_port {plain}\n\tservers {{")
            .replace("/etc/nginx/archive-", f"{place}/archive-")
            .replace("/var/log/nginx/", f"{place}/log-")
        ),
        place,
    )


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def _nginx(adapt: Callable[[str], str], place: Path) -> subprocess.Popen[bytes]:
    for shipped, name in [
        ("nginx.conf", "site.conf"),
        ("nginx-proxy.conf", "archive-proxy.conf"),
        ("nginx-location.conf", "archive-location.conf"),
    ]:
        (place / name).write_text(adapt((DEPLOY / shipped).read_text()))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    (place / "nginx.conf").write_text(
        "user root;\n"
        * (os.geteuid() == 0)
        + f"daemon off;\npid {place}/pid;\nevents {{ worker_connections 768; }}\n"
        f"http {{\n{temporary}\ninclude {place}/site.conf;\n}}\n"
    )
    log = (place / "log-start").open("w")
    command = ["nginx", "-p", place, "-c", place / "nginx.conf", "-e", place / "log-start"]
    return subprocess.Popen(command, stdout=log, stderr=log)


def _caddy(adapt: Callable[[str], str], place: Path) -> subprocess.Popen[bytes]:
    (place / "Caddyfile").write_text(adapt((DEPLOY / "Caddyfile").read_text()))
    log = (place / "log").open("w")
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", place / "Caddyfile"]
    home = {"XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    return subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | home)


@pytest.mark.processes
def test_no_header_moves_the_site_to_other_addresses(attacked: Site):
    """Caddy passes names with underscores, and a part of a page that is kept would stay moved."""
    for _ in range(2):
        for path in ("/", "/elsewhere/"):
            moved = {"SCRIPT_NAME": "/elsewhere", "PATH_INFO": "/"}
            request = urllib.request.Request(attacked.url + path, headers=moved)
            with (
                contextlib.suppress(urllib.error.HTTPError),
                urllib.request.urlopen(request) as sent,
            ):
                assert b'"/elsewhere/' not in sent.read()
    with urllib.request.urlopen(attacked.url) as sent:
        assert b'href="/decisions/' in sent.read()


@pytest.mark.parametrize("program", EVERY_PROXY)
def test_a_proxy_hides_slow_clients_and_logs_nothing_of_readers(attacked: Site, program, tmp_path):
    upstream = attacked.url.removeprefix("http://")
    with proxy(program, upstream, tmp_path) as running, contextlib.ExitStack() as stack:
        context = ssl._create_unverified_context()
        for number in range(SLOW_CLIENTS):
            source = (f"127.0.0.{2 + number // 80}", 0)  # nginx bounds the clients of one address
            raw = socket.create_connection(("127.0.0.1", running.port), source_address=source)
            if number % 10:
                stack.enter_context(raw).sendall(b"\x16")  # the first byte of a handshake
                continue
            client = stack.enter_context(context.wrap_socket(raw, server_hostname="localhost"))
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ")
        began = time.monotonic()
        status, headers, page = running.get("/decisions/?q=marked-search&page=1")
        assert time.monotonic() - began < 1
        assert status == 200
        assert b"marked-search" in page
        assert headers.get("Server", "") in {"", "nginx"}  # without a version
        assert "marked" not in "".join(path.read_text() for path in running.logs)


@pytest.mark.processes
@pytest.mark.parametrize("program", EVERY_PROXY)
def test_a_proxy_says_that_the_archive_restarts(program, tmp_path):
    with proxy(program, f"127.0.0.1:{free_port()}", tmp_path) as running:
        status, headers, page = running.get("/decisions/?q=marked-search")
        assert (status, headers["Retry-After"]) == (503, "10")
        assert b"being restarted" in page
        time.sleep(0.2)
        assert "marked" not in "".join(path.read_text() for path in running.logs)
