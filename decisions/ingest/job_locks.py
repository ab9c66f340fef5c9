"""PostgreSQL's advisory locks that show which workers run, and which uploads they work on.

A lock belongs to a session of PostgreSQL, which ends with its process, even at SIGKILL. So whatever
a row says, a worker that has gone holds no lock. The lock on an upload is held by the session that
does the work: if it is lost, nothing more can be written with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection

# First parts of the keys: any numbers that no other program uses in this database. The second part
# is 0 for a worker, and an upload's id.
_WORKER = 2_026_580
_UPLOAD = 2_026_581

# The channel on which workers hear of new jobs.
CHANNEL = "decisions_jobs"

# Settings of a worker's session. PostgreSQL then ends it, and its locks, within 20 seconds after
# the worker's host or the network has failed, and within a second after the worker was killed in
# the middle of a statement.
_SESSION_SETTINGS = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
    "client_connection_check_interval": "1s",
}

_HELD = """
    SELECT classid::bigint, objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid IN (%s, %s)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass(frozen=True, slots=True)
class Workers:
    """How many workers run, on all hosts, and the ids of the uploads that they work on."""

    count: int
    uploads: frozenset[int]


def workers() -> Workers:
    """The workers that run now."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [_WORKER, _UPLOAD])
        held = cursor.fetchall()
    uploads = frozenset(pk for kind, pk in held if kind == _UPLOAD)
    return Workers(sum(kind == _WORKER for kind, _ in held), uploads)


def wake_workers() -> None:
    """Tell the workers, once the transaction is committed, that there is a job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def open_session() -> None:
    """Make this thread's connection a worker's: it counts as one, and hears of new jobs."""
    with connection.cursor() as cursor:
        for name, value in _SESSION_SETTINGS.items():
            try:
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
            except DatabaseError:  # not every operating system has every one
                if not connection.is_usable():
                    raise
        cursor.execute("SELECT pg_advisory_lock_shared(%s, 0)", [_WORKER])
        cursor.execute(f"LISTEN {CHANNEL}")


def close_session() -> None:
    """End this thread's session of PostgreSQL, which releases its locks.

    With a connection pool, `connection.close()` alone gives the session back with them.
    """
    if connection.connection is not None:
        connection.connection.close()
        connection.close()


@contextmanager
def upload_lock(pk: int) -> Iterator[bool]:
    """Try to take the lock on an upload; yields whether it is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_UPLOAD, pk])
        (held,) = cursor.fetchone()
    session = connection.connection
    try:
        yield held
    finally:
        # A new session does not hold it, and a broken one no longer does.
        if held and session is connection.connection and not session.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_UPLOAD, pk])
