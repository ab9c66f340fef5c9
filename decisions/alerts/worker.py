"""The worker: one process that searches the alerts that are due and sends their messages."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from decisions.alerts.matching import write_messages
from decisions.alerts.sending import Mailer, send_due_webhooks

log = logging.getLogger(__name__)

# Seconds between two passes.
INTERVAL = 5.0

# The key of PostgreSQL's advisory lock: any number that no other program uses in this database.
LOCK_KEY = 2_026_577


def run(stopped: threading.Event) -> None:
    """Work until `stopped`. A failure is logged, and the next pass tries again.

    Any number of workers may run, on any hosts: one of them works at a time.
    """
    mailer = Mailer()
    while not stopped.is_set():
        try:
            run_once(mailer, stopped.is_set)
        except Exception:
            log.exception("Alerts could not be sent; trying again")
            connection.close()
        stopped.wait(INTERVAL)


def run_once(mailer: Mailer | None = None, stopped: Callable[[], bool] = lambda: False) -> bool:
    """One pass: search and send; returns False if another works."""
    with _lock() as held:
        if held:
            write_messages()
            (mailer or Mailer()).send_due(stopped)
            send_due_webhooks(stopped)
        return held


@contextmanager
def _lock() -> Iterator[bool]:
    """Try to take the worker's lock; yields whether it is held. It ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held and connection.connection is not None and not connection.errors_occurred:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
