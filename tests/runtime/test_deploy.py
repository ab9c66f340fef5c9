"""The image's own steps, run for real: no container engine is needed to know that they work."""

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from ombudsman.runtime import programs
from tests import prepared_data, processes
from tests.processes import wait_until

pytestmark = pytest.mark.processes

ROOT = Path(settings.BASE_DIR)
SECRETS = {
    "POSTGRES_PASSWORD": secrets.token_hex(16),
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "archive.example",
    "OPERATOR": "Example Trust",
    "CONTACT": "archive@example.org",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@dataclass
class Server:
    """A PostgreSQL server as a deployment has one: by TCP, with a password."""

    port: int

    def url(self, password: str = SECRETS["POSTGRES_PASSWORD"], database: str = "ombudsman") -> str:
        return f"postgresql://ombudsman:{password}@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = Path(os.environ["TESTS_DATA_DIR"]) / f"deploy-{os.getpid()}"
    path.mkdir()
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[Server]:
    account = programs.system_account()
    binaries = programs.programs_directory(account)
    directory = place / "server"
    directory.mkdir(mode=0o700)
    password = directory.with_name("password")
    password.write_text(SECRETS["POSTGRES_PASSWORD"])
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)
        os.chown(password, account.pw_uid, account.pw_gid)
    found = Server(free_port())

    def run(name: str, *arguments: str, text: str = "") -> None:
        code, output = programs.run_program(
            [binaries / name, *arguments], account, cwd=directory, text=text, PGDATA=str(directory)
        )
        assert code == 0, output

    run("initdb", "-U", "ombudsman", "-A", "scram-sha-256", f"--pwfile={password}", "--no-sync")
    run("postgres", "--single", "postgres", text="CREATE DATABASE ombudsman\n")
    options = f"-h 127.0.0.1 -p {found.port} -k '' -F"
    run("pg_ctl", "start", "-w", "-l", "log", "-o", options)
    yield found
    run("pg_ctl", "stop", "-w", "-m", "immediate")


@dataclass
class Image:
    """What `docker build` makes, without Docker: the files, the packages and the variables."""

    root: Path
    variables: dict[str, str]

    def entrypoint(self, *words: str, **variables: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.variables | {name: str(value) for name, value in variables.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def command(self, *words: str) -> list[str | Path]:
        return [self.root / "deploy" / "entrypoint.sh", *words]


@pytest.fixture(scope="module")
def image(place: Path) -> Image:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert 'ENTRYPOINT ["deploy/entrypoint.sh"]' in dockerfile
    root = place / "app"
    root.mkdir()
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            source = ROOT / line[1:]
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, root / line[1:])
    subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
    variables = {
        name: value
        for name, value in os.environ.items()
        # Who and where we are, and how this machine installs packages; nothing of the archive's.
        if name in {"HOME", "LANG", "PATH"} or name.startswith(("PIP_", "SSL_"))
    }
    # `ENV NAME=value \` and its further lines.
    block = re.search(r"^ENV ((?:.*\\\n)*.*)$", dockerfile, re.MULTILINE)
    assert block
    variables |= dict(pair.split("=", 1) for pair in block[1].replace("\\\n", " ").split())
    assert variables["PRODUCTION"] == "1"
    variables |= {
        "PYTHON": str(place / "venv" / "bin" / "python"),
        "HOST": "127.0.0.1",
        "DATA_DIR": str(place / "data"),
        "STATIC_ROOT": str(root / "staticfiles"),
        "PIP_NO_COMPILE": "1",  # most of the packages are never imported here
    }
    steps = re.findall(r"^RUN (deploy/build\.sh) (\w+)$", dockerfile, re.MULTILINE)
    assert [step for _, step in steps] == ["install", "static", "sbom"]
    for program, step in steps:
        built = subprocess.run(
            [root / program, step], env=variables, capture_output=True, text=True
        )
        assert built.returncode == 0, built.stdout + built.stderr
    assert '"bomFormat": "CycloneDX"' in (root / "sbom.cdx.json").read_text()
    return Image(root, variables)


@pytest.fixture(scope="module")
def deployed(image: Image, server: Server) -> Image:
    """The image with the settings of a deployment, and its tables made."""
    ready = Image(image.root, image.variables | SECRETS | {"DATABASE_URL": server.url()})
    migrated = ready.entrypoint("migrate", "--no-input")
    assert migrated.returncode == 0, migrated.stderr
    return ready


@pytest.fixture(scope="module")
def site(deployed: Image, place: Path) -> Iterator[str]:
    """The address of the running site."""
    port = free_port()
    with (place / "log").open("w+") as log:
        process = subprocess.Popen(
            deployed.command("serve"),
            env=deployed.variables | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

        def healthy() -> bool:
            assert process.poll() is None, (place / "log").read_text()
            return deployed.entrypoint("healthy", PORT=port).returncode == 0

        wait_until(healthy)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        assert process.wait() == 0


class DoNotFollow(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def send_request(address: str, **headers: str):
    opener = urllib.request.build_opener(DoNotFollow)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.suppress(urllib.error.HTTPError):
        return opener.open(urllib.request.Request(address, headers=named))
    with pytest.raises(urllib.error.HTTPError) as caught:
        opener.open(urllib.request.Request(address, headers=named))
    return caught.value


def through_proxy(address: str, **headers: str):
    return send_request(address, Host="archive.example", X_Forwarded_Proto="https", **headers)


def test_the_deployment_check_has_no_warnings(deployed):
    checked = deployed.entrypoint("check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout == "System check identified no issues (0 silenced).\n"


def test_a_wrong_setting_prevents_the_start(deployed):
    result = deployed.entrypoint("serve", SECRET_KEY="short")
    assert result.returncode == 1
    assert "(ombudsman.E003) SECRET_KEY has 5 characters" in result.stderr


def test_the_site_is_healthy(site):
    with send_request(f"{site}/healthz") as response:
        assert (response.status, response.read()) == (200, b"ok\n")


def test_http_redirects_to_https(site):
    with send_request(f"{site}/admin/login/", Host="archive.example") as response:
        assert response.status == 301
        assert response.headers["Location"] == "https://archive.example/admin/login/"
    with through_proxy(f"{site}/admin/login/") as response:
        assert response.status == 200
        assert "Secure" in response.headers["Set-Cookie"]
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_another_name_is_refused(site):
    with send_request(
        f"{site}/admin/login/", Host="evil.example", X_Forwarded_Proto="https"
    ) as response:
        assert response.status == 400


def test_static_files_come_compressed_with_names_that_never_change(site):
    with through_proxy(f"{site}/admin/login/") as response:
        page = response.read().decode()
    sheet = re.search(r'href="(/static/admin/css/base\.[0-9a-f]+\.css)"', page)
    assert sheet
    with through_proxy(site + sheet[1], Accept_Encoding="gzip") as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert "immutable" in response.headers["Cache-Control"]


def test_a_wrong_password_and_a_missing_database_are_one_clear_line(deployed, server):
    for url, reason in (
        (server.url(password="wrong-one"), "password authentication failed"),
        (server.url(database="nowhere"), 'database "nowhere" does not exist'),
    ):
        result = deployed.entrypoint("migrate", "--no-input", DATABASE_URL=url)
        assert result.returncode == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("Cannot connect to the database")
        assert reason in line
        assert "wrong-one" not in line


def test_make_run_uses_the_server_in_database_url(server, data_dir, tmp_path):
    variables = {"DATABASE_URL": server.url(database="postgres"), "DATABASE_POOL": 2}
    prepared_data.fill_static_files(data_dir)
    with processes.site(data_dir, tmp_path / "log", **variables) as running:
        with send_request(f"{running.url}/healthz") as response:
            assert response.status == 200
        assert "database:     the server in DATABASE_URL\n" in running.log.read_text()
        assert not (data_dir / "postgres").exists()
        assert running.interrupt() == 0
