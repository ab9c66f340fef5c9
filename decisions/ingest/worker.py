"""The worker: a process that reviews and imports uploads, one job at a time.

The jobs are rows of `Upload`, and a job belongs to whoever holds PostgreSQL's lock on it. So any
number of workers may run on any hosts, no two do the same job, and the job of a killed worker is
free at once. Web processes only write what is to be done, and read how far it is.
"""

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from decisions.ingest.job_locks import close_session, open_session, upload_lock
from decisions.ingest.upload_work import Cancelled, Stopped, do_job, rows_of
from decisions.models import Upload

log = logging.getLogger(__name__)

# Seconds after which a worker looks for the jobs of workers that have gone. It hears of others.
POLL_SECONDS = 1.0

# Seconds until a worker that lost its database connection connects again.
RETRY_SECONDS = 2.0

# Number of times in a row that a job may end its worker, without having got further, before it
# fails: such as a job that takes more memory than there is.
MAX_INTERRUPTIONS = 5


def run(stopped: threading.Event) -> None:
    """Do jobs until `stopped`. A job that is running then is left to another worker."""
    while not stopped.is_set():
        try:
            open_session()
            while not stopped.is_set():
                if not run_next(stopped.is_set):
                    _wait_for_call()
        except (DatabaseError, psycopg.Error) as error:
            log.warning("The worker lost the database and connects again: %s", error)
            stopped.wait(RETRY_SECONDS)
        finally:
            close_session()


def run_due() -> None:
    """Do all jobs that are due now and that no worker is at."""
    while run_next(lambda: False):
        pass


def run_next(is_stopped: Callable[[], bool]) -> bool:
    """Do the first job that is due and that no worker is at; returns False if there is none."""
    for pk in list(Upload.objects.due().order_by("pk").values_list("pk", flat=True)):
        with upload_lock(pk) as held:
            # Read again: whoever held the lock before may have done it.
            upload = Upload.objects.due().filter(pk=pk).first() if held else None
            if upload:
                _run(upload, is_stopped)
                return True
    return False


def _wait_for_call() -> None:
    """Return when there is a new job, or after POLL_SECONDS."""
    for _ in connection.connection.notifies(timeout=POLL_SECONDS, stop_after=1):
        pass


def _run(upload: Upload, is_stopped: Callable[[], bool]) -> None:
    """Do the job of an upload whose lock is held."""
    rows = rows_of(upload)
    session = connection.connection
    failure = ""
    try:
        if _take_up(upload):
            do_job(upload, is_stopped)
        else:
            failure = f"The worker was killed {MAX_INTERRUPTIONS} times while it worked on this."
    except Stopped:
        log.info("%s: the worker is stopped; another one resumes the job", upload)
    except Cancelled:
        log.info("%s: the job was cancelled", upload)
    except Exception as error:
        if connection.connection is not session or not connection.is_usable():
            # The lock is lost too: the job stays as if the worker had been killed.
            raise OperationalError("the session that worked on an upload is lost") from error
        log.exception("%s: the job failed", upload)
        failure = f"{type(error).__name__}: {error}"
    # Once more where nothing is: a finished job has done it in its last transaction.
    rows.update(started_at=None, **({"failure": failure} if failure else {}))


def _take_up(upload: Upload) -> bool:
    """Note that a worker is at the job; returns False if it has ended too many workers."""
    if upload.started_at:  # its worker was killed
        has_moved = upload.done > upload.resumed_at
        upload.interruptions = 1 if has_moved else upload.interruptions + 1
    if upload.interruptions >= MAX_INTERRUPTIONS:
        return False
    if upload.confirmed_at:
        was_begun = upload.started_at or upload.results.filter(is_import=True).exists()
        upload.restarted = upload.restarted or bool(was_begun)
    upload.started_at = timezone.now()
    upload.resumed_at = upload.done
    fields = ["interruptions", "restarted", "started_at", "resumed_at"]
    rows_of(upload).update(**{name: getattr(upload, name) for name in fields})
    return True
