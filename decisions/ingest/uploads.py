"""What staff send in through the admin: kept first, then reviewed, then taken in.

Reviewing and taking in may take minutes. Both go on in the background, whoever looks: in one
thread, which has a lock of PostgreSQL's on its upload for as long as it lives. Work that was begun
and of which nobody has the lock was interrupted; it can be begun anew at any time.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from decisions.ingest import Received, Result, ingest_all, preview
from decisions.models import Upload, UploadedFile
from decisions.sources import read_bytes

log = logging.getLogger(__name__)

# Above this, a command on the server is the better way in.
MAX_BYTES = 200_000_000

# Seconds.
MOMENT = 1.0  # that whoever begins it waits for it: most uploads are small
NOTE_EVERY = 0.5  # between two notes of how far it has come
TAKES_THE_LOCK = timedelta(seconds=5)

# To be reviewed, or to be taken in.
_DUE = Q(results__isnull=True) | Q(confirmed_at__isnull=False, imported_at=None)


def receive(upload: Upload, files: Iterable[SentFile]) -> None:
    """Keep the files as they were sent, whatever they are: nothing is read before."""
    with transaction.atomic():
        upload.save()
        for file in files:
            UploadedFile.objects.create(upload=upload, name=file.name, content=file.read())


def confirm(upload: Upload) -> None:
    """Take the files in and note what was done; confirming twice does nothing the second time."""
    reviewed = _rows(upload).filter(results__isnull=False, started_at=None)
    reviewed.filter(confirmed_at=None).update(confirmed_at=timezone.now())
    begin(upload)


def begin(upload: Upload) -> None:
    """Do what is due in the background, unless it has been begun; wait for it a moment."""
    begun = {"started_at": timezone.now(), "done": 0, "total": None, "failure": ""}
    if _rows(upload).filter(_DUE, started_at=None).update(**begun):
        work = threading.Thread(target=_work, args=[upload.pk], name="upload", daemon=True)
        work.start()
        work.join(MOMENT)


def begin_anew(upload: Upload) -> None:
    """Begin again what failed or was interrupted. What is in the archive by now stays there."""
    if has_stopped(upload):
        _rows(upload).update(started_at=None, restarted=bool(upload.confirmed_at))
        begin(upload)


def has_stopped(upload: Upload) -> bool:
    """Whether what was begun has ended early: it failed, or was interrupted."""
    return bool(upload.failure) or is_interrupted(upload)


def is_interrupted(upload: Upload) -> bool:
    """Whether the process that was at it has ended before it was done."""
    if not upload.started_at or timezone.now() - upload.started_at < TAKES_THE_LOCK:
        return False
    with connection.cursor() as cursor:
        # Had for the length of the statement.
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(hashtext('upload'), %s)", [upload.pk]
        )
        return cursor.fetchone()[0]


def _work(pk: int) -> None:
    """The next step of an upload, on a thread and a connection to PostgreSQL of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('upload'), %s)", [pk])
        upload = Upload.objects.get(pk=pk)
        if upload.results is None:
            _review(upload)
        elif upload.confirmed_at and not upload.imported_at:
            _take_in(upload)
    except Exception as error:
        log.exception("Upload %s: the work ended early", pk)
        connection.close()  # it may be broken
        Upload.objects.filter(pk=pk).update(failure=f"{type(error).__name__}: {error}")
    finally:
        connection.close()  # and with it the lock goes


def _review(upload: Upload) -> None:
    total = sum(1 for _ in _received(upload))
    results = []
    note = _Noted(upload, total)
    for result in preview(_received(upload)):
        results.append(result_to_json(result))
        note(len(results))
    _rows(upload).update(results=results, started_at=None)


def _take_in(upload: Upload) -> None:
    results: list[dict[str, Any]] = []
    note = _Noted(upload, len(upload.results))

    def progress(result: Result) -> None:
        results.append(result_to_json(result))
        note(len(results))

    ingest_all(_received(upload), progress)
    _rows(upload).update(results=results, started_at=None, imported_at=timezone.now())


class _Noted:
    """Notes in the upload's row how far the work on it has come: now and then."""

    def __init__(self, upload: Upload, total: int) -> None:
        self._rows = _rows(upload)
        self._rows.update(total=total)
        self._noted_at = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._noted_at > NOTE_EVERY:
            self._rows.update(done=done)
            self._noted_at = time.monotonic()


def _rows(upload: Upload) -> QuerySet[Upload]:
    """The upload's row, if it is still there: saving would bring back one that was discarded."""
    return Upload.objects.filter(pk=upload.pk)


def result_to_json(result: Result) -> dict[str, Any]:
    """A result with what was understood of its file, as the review page shows it."""
    entry: dict[str, Any] = {
        "name": result.name,
        "action": str(result.action),
        "reason": result.reason,
        "changed": list(result.changed),
    }
    if document := result.document:
        fields = document.to_json()
        del fields["sections"]
        numbers = [paragraph.number for paragraph in document.paragraphs()]
        entry["document"] = fields | {"paragraphs": len(numbers)}
    return entry


def _received(upload: Upload) -> Iterator[Received]:
    for pk in upload.files.order_by("pk").values_list("pk", flat=True):
        file = upload.files.get(pk=pk)  # one file's bytes in memory at a time
        yield from read_bytes(file.name, bytes(file.content))
