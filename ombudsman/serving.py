"""`manage.py run`: everything between a fresh checkout and a site that answers."""

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

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from ombudsman import postgres

# Any number will do that no other program takes in the same database.
PREPARING_LOCK = 2_026_574

Say = Callable[[str], object]


class CannotServe(Exception):
    """The site cannot be served. The message is one line for whoever starts it."""


def run(say: Say) -> None:
    """Serve the archive until a signal says stop. Raises CannotServe or DatabaseUnavailable."""
    # SIGTERM does what Ctrl-C does; and a shell that starts us in the background ignores SIGINT.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        # The port is taken before anything else is started, and kept: nobody can come between.
        with open_port(settings.HOST, settings.PORT) as listener:
            prepare(say)
            serve(listener, say)
    except KeyboardInterrupt:
        say("Stopped.")


def open_port(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotServe(
            f"Cannot listen on {host} port {port}: {reason}."
            " Choose another port, for example PORT=8001 make run"
        ) from error


def prepare(say: Say) -> None:
    """Bring database, static files and search index up to date."""
    say("Starting the database …")
    with one_at_a_time():
        say("Bringing the tables up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        fill(say)
    # gunicorn's workers make connections of their own.
    connections.close_all()


def fill(say: Say) -> None:
    """Load the sample archive into an empty one, and let the search index follow."""
    from decisions import search
    from decisions.models import Decision

    if settings.SAMPLE and not Decision.objects.exists():
        say(f"Loading {settings.SAMPLE} invented decisions (SAMPLE=0 starts empty) …")
        call_command("sample", count=settings.SAMPLE)
    say("Bringing the search index up to date …")
    search.catch_up()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two servers that start on one database prepare it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING_LOCK])
    try:
        yield
    finally:
        # A connection that broke, or was closed, has let the lock go already.
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING_LOCK])


def serve(listener: socket.socket, say: Say) -> None:
    """Run gunicorn on the listening socket until a signal says stop."""
    command = [sys.executable, "-m", "gunicorn", "--config", "python:ombudsman.gunicorn"]
    gunicorn = subprocess.Popen(  # noqa: S603 -- our own command, and no shell
        [*command, "--bind", f"fd://{listener.fileno()}"],
        pass_fds=[listener.fileno()],
        # A pipe of which we hold the other end: it closes when we end, however we end.
        stdin=subprocess.PIPE,
        env={**os.environ, "STOP_AT_END_OF_INPUT": "1"},
        cwd=settings.BASE_DIR,
        # Ctrl-C in a terminal reaches the whole process group; gunicorn shall hear it from us.
        start_new_session=True,
    )
    try:
        host, port = listener.getsockname()[:2]
        wait_until_it_answers(gunicorn, host, port)
        say(welcome(host, port))
        code = gunicorn.wait()
    except BaseException:
        stop(gunicorn)
        raise
    finally:
        bury(gunicorn)
    raise CannotServe(f"The web server ended by itself with exit code {code}.")


def stop(gunicorn: subprocess.Popen[bytes]) -> None:
    """Let requests end, for a moment; whoever asks again will not wait."""
    gunicorn.terminate()
    try:
        gunicorn.wait()
    except KeyboardInterrupt:
        os.killpg(gunicorn.pid, signal.SIGKILL)
        gunicorn.wait()


def bury(gunicorn: subprocess.Popen[bytes]) -> None:
    """See to it that no process of gunicorn's outlives it: it would hold on to the database."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(gunicorn.pid, signal.SIGKILL)
    while any(lives_in(gunicorn.pid, process) for process in psutil.process_iter()):
        time.sleep(0.02)


def lives_in(group: int, process: psutil.Process) -> bool:
    """Whether a process of this group may still have files open, and so locks."""
    try:
        if os.getpgid(process.pid) != group:
            return False
        # Nobody may be there to ask for its exit code; and its threads may end after its first.
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except (ProcessLookupError, PermissionError, psutil.NoSuchProcess):
        return False


def wait_until_it_answers(gunicorn: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Return when the site answers, or when gunicorn has ended."""
    while gunicorn.poll() is None:
        asking = http.client.HTTPConnection(local(host), port, timeout=60)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(asking):
            asking.request("GET", "/healthz", headers={"Host": "localhost"})
            if asking.getresponse().status == 200:
                return
        time.sleep(0.2)


def local(host: str) -> str:
    """Return the address at which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def welcome(host: str, port: int) -> str:
    """Return what to say when the site is up."""
    name = f"[{local(host)}]" if ":" in host else local(host)
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
