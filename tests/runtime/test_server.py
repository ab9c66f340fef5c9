"""`manage.py run`, as a user starts and stops it."""

import socket
import urllib.error
import urllib.request

import psutil
import pytest

from ombudsman.runtime import postgres
from tests.processes import manage, site, wait_until


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def database_runs(data_dir) -> bool:
    return (data_dir / "postgres" / "postmaster.pid").exists()


def test_a_site_starts_from_nothing_and_stops_twice(data_dir, tmp_path):
    with site(data_dir, tmp_path / "first") as first:
        assert get(f"{first.url}/healthz") == (200, "ok\n")
        status, page = get(f"{first.url}/admin/login/")
        assert status == 200
        assert "<form" in page
        said = first.log.read_text()
        assert f"data:         {data_dir}\n" in said
        assert f"database:     {data_dir}/postgres\n" in said
        assert "manage.py createsuperuser\n" in said
        made = manage(
            "createsuperuser", "--noinput", "--username=ann", "--email=ann@example.org",
            DATA_DIR=data_dir, DJANGO_SUPERUSER_PASSWORD="secret",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        assert get(f"{first.url}/healthz") == (200, "ok\n")
        key = (data_dir / "secret_key").read_text()
        assert first.interrupt() == 0
        assert first.log.read_text().endswith("Stopped.\n")
        assert not database_runs(data_dir)

    with site(data_dir, tmp_path / "second") as second:
        assert get(f"{second.url}/healthz") == (200, "ok\n")
        names = "from django.contrib.auth.models import User; print(User.objects.get().username)"
        assert manage("shell", "-v0", "-c", names, DATA_DIR=data_dir).stdout == "ann\n"
        assert (data_dir / "secret_key").read_text() == key
        second.process.terminate()
        assert second.process.wait() == 0
        assert not database_runs(data_dir)


def test_static_files_are_served_compressed_and_for_ever(prepared_data_dir, tmp_path):
    with site(prepared_data_dir, tmp_path / "log") as running:
        page = get(f"{running.url}/admin/login/")[1]
        sheet = next(part for part in page.split('"') if part.endswith(".css"))
        request = urllib.request.Request(running.url + sheet, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert "immutable" in response.headers["Cache-Control"]
        assert running.interrupt() == 0


def test_interrupted_while_it_starts_it_stops_everything(data_dir, tmp_path):
    with site(data_dir, tmp_path / "log") as running:
        wait_until(lambda: "Starting the database" in running.log.read_text())
        assert running.interrupt() == 0
        assert not database_runs(data_dir)


def test_killed_it_takes_the_web_server_with_it_and_starts_again(prepared_data_dir, tmp_path):
    with site(prepared_data_dir, tmp_path / "killed") as killed:
        assert killed.url
        children = psutil.Process(killed.process.pid).children(recursive=True)
        # gunicorn, two of its workers, what follows the index, sends alerts and does jobs
        assert len(children) == 6
        killed.process.kill()
        psutil.wait_procs(children)
    with site(prepared_data_dir, tmp_path / "again") as again:
        assert get(f"{again.url}/healthz") == (200, "ok\n")
        assert again.interrupt() == 0
        assert not database_runs(prepared_data_dir)


# A process that is killed between its commit and the index leaves this behind.
MAKE = "from decisions.models import Decision; Decision.objects.create(reference='90 000 00{0}')"


def companion_of(running, word: str) -> psutil.Process:
    """The process of a running site with this word in its command."""

    def find() -> list[psutil.Process]:
        children = psutil.Process(running.process.pid).children(recursive=True)
        return [child for child in children if word in child.cmdline()]

    wait_until(find)
    return find()[0]


def follower_of(running) -> psutil.Process:
    """The process that keeps the search index of a running site."""
    return companion_of(running, "follow")


def test_the_index_catches_up_after_any_process_is_killed(prepared_data_dir, tmp_path):
    with site(prepared_data_dir, tmp_path / "log") as running:
        assert running.url

        def lists(count: int) -> bool:
            made = manage("shell", "-v0", "-c", MAKE.format(count), DATA_DIR=prepared_data_dir)
            assert made.returncode == 0, made.stderr
            wait_until(lambda: f"90 000 00{count}" in get(f"{running.url}/decisions/")[1])

        lists(1)
        first = follower_of(running)
        first.kill()
        lists(2)
        assert follower_of(running).pid != first.pid
        postgres.Cluster(prepared_data_dir).stop()  # whoever connects next starts it again
        lists(3)
        followers = [follower_of(running)]
        assert running.interrupt() == 0
        assert not psutil.wait_procs(followers, timeout=0)[1]
        assert not database_runs(prepared_data_dir)


# Uploads a decision, and waits for what the worker does with it.
UPLOAD = """
import time
from django.core.files.uploadedfile import SimpleUploadedFile
from decisions.ingest import uploads
from decisions.models import Decision, Upload
from tests.texts import decision_text

def wait(**state):
    while not Upload.objects.filter(pk=upload.pk, **state).exists():
        time.sleep(0.1)

upload = Upload()
uploads.receive(upload, [SimpleUploadedFile("a.txt", decision_text("90 000 001").encode())])
wait(is_reviewed=True)
uploads.confirm(upload)
wait(imported_at__isnull=False)
print(Decision.objects.count())
"""


def test_a_site_has_a_worker_that_is_started_again_when_it_dies(prepared_data_dir, tmp_path):
    with site(prepared_data_dir, tmp_path / "log") as running:
        assert running.url
        killed = companion_of(running, "worker")
        killed.kill()
        assert manage("shell", "-v0", "-c", UPLOAD, DATA_DIR=prepared_data_dir).stdout == "1\n"
        wait_until(lambda: "90 000 001" in get(f"{running.url}/decisions/")[1])
        assert companion_of(running, "worker").pid != killed.pid
        assert running.interrupt() == 0
        assert not database_runs(prepared_data_dir)


def test_when_the_web_server_dies_it_says_so_and_stops_the_database(prepared_data_dir, tmp_path):
    with site(prepared_data_dir, tmp_path / "log") as running:
        assert running.url
        gunicorn, *_ = psutil.Process(running.process.pid).children()
        gunicorn.kill()
        assert running.process.wait() == 1
        last = running.log.read_text().splitlines()[-1]
        assert last == "CommandError: The web server stopped unexpectedly with exit code -9."
        assert not database_runs(prepared_data_dir)


def test_a_port_in_use_is_reported_before_anything_is_started(data_dir):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = manage("run", DATA_DIR=data_dir, PORT=port, SAMPLE=0)
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert f"Cannot listen on 127.0.0.1 port {port}: " in line
    assert "PORT=8001 make run" in line
    assert not (data_dir / "postgres").exists()


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"PORT": "99999"}, "Cannot listen on 127.0.0.1 port 99999"),
        ({"PORT": "http"}, '"PORT"'),
        ({"HOST": "no-such-host.invalid"}, "Cannot listen on no-such-host.invalid"),
        ({"DATABASE_URL": "mysql://u:hidden@host/name"}, "DATABASE_URL starts with 'mysql'"),
        ({"DATABASE_URL": "postgresql://u:hid/den@host/name"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://u:hidden@host"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/name"}, "Cannot connect"),
        ({"PRODUCTION": "1"}, "PRODUCTION is set, so SECRET_KEY must be set"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(data_dir, variables, message):
    result = manage("run", **{"DATA_DIR": data_dir, "PORT": 0, "SAMPLE": 0, **variables})
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert message in line
    assert "hid" not in line


def test_the_data_of_another_postgresql_is_one_clear_line(data_dir):
    (data_dir / "postgres").mkdir()
    (data_dir / "postgres" / "PG_VERSION").write_text("17\n")
    result = manage("run", DATA_DIR=data_dir, PORT=0, SAMPLE=0)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "was made by PostgreSQL 17" in line
    assert [path.name for path in (data_dir / "postgres").iterdir()] == ["PG_VERSION"]


def test_commands_that_need_no_database_start_none(data_dir):
    result = manage("check", DATA_DIR=data_dir)
    assert result.returncode == 0
    assert not (data_dir / "postgres").exists()
