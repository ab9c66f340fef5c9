"""`manage.py run`: prepares the database, the static files and the index, then serves the site."""

import contextlib
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import cast

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from ombudsman.runtime import postgres
from ombudsman.runtime.database.base import DatabaseWrapper

# The key of PostgreSQL's advisory lock: any number that no other program uses in this database.
PREPARATION_LOCK_KEY = 2_026_574

# Longest time that one request for /healthz may take while the site starts, in seconds.
HEALTH_TIMEOUT = 60

# Seconds between two requests for /healthz, and between two checks whether processes have ended.
HEALTH_INTERVAL = 0.2
PROCESS_INTERVAL = 0.02

Log = Callable[[str], object]


class CannotServe(Exception):
    """The site cannot be served. The message is one line, for whoever starts it."""


def run(log: Log) -> None:
    """Serve the archive until SIGINT or SIGTERM. Raises CannotServe or DatabaseUnavailable."""
    # SIGTERM must do what Ctrl-C does. A shell makes the processes it starts in the background
    # ignore SIGINT, so we set that handler too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        # The port is opened first and stays open, so that no other program can take it.
        with open_port(settings.HOST, settings.PORT) as listener:
            prepare(log)
            serve(listener, log)
    except KeyboardInterrupt:
        log("Stopped.")


def open_port(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`. Raises CannotServe."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotServe(
            f"Cannot listen on {host} port {port}: {reason}."
            " Choose another port, for example PORT=8001 make run"
        ) from error


def prepare(log: Log) -> None:
    """Bring the tables, the static files, the sample and the search index up to date."""
    log("Starting the database …")
    with preparation_lock():
        log("Bringing the tables up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load_sample(log)
        update_index(log)
    close_connections()


def load_sample(log: Log) -> None:
    """Load SAMPLE invented decisions if the archive is empty."""
    from decisions.models import Decision

    if settings.SAMPLE and not Decision.objects.exists():
        log(f"Loading {settings.SAMPLE} invented decisions (SAMPLE=0 starts empty) …")
        call_command("sample", count=settings.SAMPLE)


def update_index(log: Log) -> None:
    """Apply PostgreSQL's changes to the search index."""
    from decisions import search

    log("Bringing the search index up to date …")
    search.catch_up()


@contextlib.contextmanager
def preparation_lock() -> Iterator[None]:
    """Make servers that start on the same database prepare it one after the other.

    The lock has its own connection, because Django may close or replace its connection meanwhile.
    """
    wrapper = cast(DatabaseWrapper, connections["default"])
    with contextlib.closing(wrapper.connect_outside_pool()) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [PREPARATION_LOCK_KEY])
        yield


def close_connections() -> None:
    """Close this process's database connections, including those in the pool."""
    for wrapper in connections.all(initialized_only=True):
        wrapper.close()
        cast(DatabaseWrapper, wrapper).close_pool()


def serve(listener: socket.socket, log: Log) -> None:
    """Run gunicorn on the listening socket until a signal arrives.

    Raises CannotServe if gunicorn ends by itself.
    """
    command = [sys.executable, "-m", "gunicorn", "--config", "python:ombudsman.runtime.gunicorn"]
    gunicorn = subprocess.Popen(  # noqa: S603 -- our own command, without a shell
        [*command, "--bind", f"fd://{listener.fileno()}"],
        pass_fds=[listener.fileno()],
        # A pipe whose other end we hold: it closes when we end, even by SIGKILL.
        stdin=subprocess.PIPE,
        env={**os.environ, "STOP_AT_END_OF_INPUT": "1", "WITH_WORKER": "1"},
        cwd=settings.BASE_DIR,
        # A terminal sends Ctrl-C to its whole process group; we pass it on to gunicorn ourselves.
        start_new_session=True,
    )
    try:
        host, port = listener.getsockname()[:2]
        wait_until_healthy(gunicorn, host, port)
        log(startup_message(host, port))
        code = gunicorn.wait()
    except BaseException:
        stop(gunicorn)
        raise
    finally:
        kill_process_group(gunicorn)
    raise CannotServe(f"The web server stopped unexpectedly with exit code {code}.")


def stop(gunicorn: subprocess.Popen[bytes]) -> None:
    """Let gunicorn finish its requests; a second Ctrl-C kills it at once."""
    gunicorn.terminate()
    try:
        gunicorn.wait()
    except KeyboardInterrupt:
        os.killpg(gunicorn.pid, signal.SIGKILL)
        gunicorn.wait()


def kill_process_group(gunicorn: subprocess.Popen[bytes]) -> None:
    """Kill all processes that gunicorn started, and wait until they have ended.

    A process that outlived gunicorn would keep its lock on the database, which then never stops.
    """
    with contextlib.suppress(ProcessLookupError):
        os.killpg(gunicorn.pid, signal.SIGKILL)
    while any(is_alive_in_group(process, gunicorn.pid) for process in psutil.process_iter()):
        time.sleep(PROCESS_INTERVAL)


def is_alive_in_group(process: psutil.Process, group: int) -> bool:
    """Tell whether `process` is in the process `group` and may still hold files, and so locks."""
    try:
        if os.getpgid(process.pid) != group:
            return False
        # A zombie has ended, but its other threads may end after its first one.
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except (ProcessLookupError, PermissionError, psutil.NoSuchProcess):
        return False


def wait_until_healthy(gunicorn: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Return when the site answers /healthz with 200, or when gunicorn has ended."""
    while gunicorn.poll() is None:
        request = http.client.HTTPConnection(local_address(host), port, timeout=HEALTH_TIMEOUT)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(request):
            request.request("GET", "/healthz", headers={"Host": "localhost"})
            if request.getresponse().status == 200:
                return
        time.sleep(HEALTH_INTERVAL)


def local_address(host: str) -> str:
    """Return the address at which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def startup_message(host: str, port: int) -> str:
    """Return what to print once the site answers: its address, its data, how to log in."""
    name = f"[{local_address(host)}]" if ":" in host else local_address(host)
    if settings.DATABASE_URL:
        database = "the server in DATABASE_URL"
    else:
        database = str(postgres.cluster(settings.DATA_DIR).directory)
    given = os.environ.get("DATA_DIR")
    variables = f"DATA_DIR={shlex.quote(str(settings.DATA_DIR))} " if given else ""
    manage = shlex.join([sys.executable, str(settings.BASE_DIR / "manage.py")])
    return (
        f"\nThe archive is at http://{name}:{port}/\n"
        f"  data:         {settings.DATA_DIR}\n"
        f"  database:     {database}\n"
        f"  admin login:  {variables}{manage} createsuperuser\n"
        f"  to stop:      Ctrl-C\n"
    )
