"""Uploads by staff: the files are stored first, then reviewed, then imported once confirmed.

A review or an import may take minutes, so each runs in a background thread (`upload_work`) that
holds an advisory lock of PostgreSQL on its upload. If work has started but nobody holds its lock,
it was interrupted: its process was killed. It can be started again at any time.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from decisions.ingest.upload_work import LOCK, rows_of, start_thread
from decisions.models import CHUNK_BYTES, Upload, UploadedChunk, UploadedFile

# Largest upload, in bytes; use the command `ingest` on the server for more.
MAX_BYTES = 200_000_000

# Longest time that a request waits for the work it starts, in seconds: most uploads are small.
WAIT_SECONDS = 1.0

# Longest time between the start of work and its lock; until then, it does not count as interrupted.
LOCK_GRACE = timedelta(seconds=5)

# Uploads whose review or import is to be started.
DUE = Q(started_at=None) & (Q(is_reviewed=False) | Q(confirmed_at__isnull=False, imported_at=None))


def receive(upload: Upload, files: Iterable["SentFile[Any]"]) -> None:
    """Store the upload and its files as they were sent, without parsing them."""
    with transaction.atomic():
        upload.save()
        for file in files:
            stored = UploadedFile.objects.create(upload=upload, name=file.name or "")
            pieces = iter(partial(file.read, CHUNK_BYTES), b"")
            for position, content in enumerate(pieces):
                UploadedChunk.objects.create(file=stored, position=position, content=content)


def confirm(upload: Upload) -> None:
    """Start the import of a reviewed upload; confirming twice does nothing the second time."""
    reviewed = rows_of(upload).filter(is_reviewed=True, started_at=None)
    if reviewed.filter(confirmed_at=None).update(confirmed_at=timezone.now()):
        begin(upload)


def begin(upload: Upload) -> None:
    """Start the review or import that is due, and wait for it up to WAIT_SECONDS.

    Does nothing if none is due, or if it has already started; see `resume`.
    """
    started = {"started_at": timezone.now(), "done": 0, "total": None, "failure": ""}
    if rows_of(upload).filter(DUE).update(**started):
        start_thread(upload.pk).join(WAIT_SECONDS)


def resume(upload: Upload) -> None:
    """Start the work that is due, even if it has failed or was interrupted before.

    Files that an interrupted import has imported stay in the archive.
    """
    if has_stopped(upload):
        stopped = rows_of(upload).filter(started_at=upload.started_at)  # nobody has resumed it yet
        stopped.update(started_at=None, restarted=bool(upload.confirmed_at))
    begin(upload)


def has_stopped(upload: Upload) -> bool:
    """Whether work that started has ended early: it failed or was interrupted."""
    return bool(upload.failure) or is_interrupted(upload)


def is_interrupted(upload: Upload) -> bool:
    """Whether the process that worked on the upload has ended before the work was done."""
    if not upload.started_at or timezone.now() - upload.started_at < LOCK_GRACE:
        return False
    with connection.cursor() as cursor:
        # The lock is released when this statement ends.
        cursor.execute(f"SELECT pg_try_advisory_xact_lock_shared({LOCK})", [upload.pk])
        return bool(cursor.fetchone()[0])
