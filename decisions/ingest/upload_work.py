"""The background thread that reviews or imports one upload."""

import logging
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from decisions.documents import CaptureBasis, CaptureTime
from decisions.ingest import Action, Received, Result, ingest_all, preview
from decisions.ingest.reviewed_files import ReviewedFiles
from decisions.ingest.upload_results import UploadResults
from decisions.models import CHUNK_BYTES, Upload, UploadedFile
from decisions.sources import (
    PAGES,
    START_BYTES,
    Skipped,
    dated,
    files_of_page,
    is_read_in_folder,
    limits,
    read_file,
)

log = logging.getLogger(__name__)

# The arguments of PostgreSQL's advisory lock on an upload, whose id is the parameter.
LOCK = "hashtext('upload'), %s"

# Seconds between two updates of an upload's progress.
PROGRESS_SECONDS = 0.5


def start_thread(pk: int) -> threading.Thread:
    """Start the next step of an upload in a thread with a database connection of its own."""
    thread = threading.Thread(target=_work, args=[pk], name="upload", daemon=True)
    thread.start()
    return thread


def rows_of(upload: Upload) -> QuerySet[Upload]:
    """The upload's row as a queryset: updating it never recreates an upload that was deleted."""
    return Upload.objects.filter(pk=upload.pk)


def _work(pk: int) -> None:
    try:
        with _lock(pk):
            upload = Upload.objects.get(pk=pk)
            if not upload.is_reviewed:
                _review(upload)
            elif upload.confirmed_at and not upload.imported_at:
                _import(upload)
    except Exception as error:
        log.exception("Upload %s: the work ended early", pk)
        Upload.objects.filter(pk=pk).update(failure=f"{type(error).__name__}: {error}")
    finally:
        connection.close()


@contextmanager
def _lock(pk: int) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock on an upload, which shows that the work is running.

    The lock belongs to the database session, and with a connection pool the session outlives
    `connection.close()`, so the lock is released here. If that fails, the session is closed, which
    releases its locks.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({LOCK})", [pk])
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({LOCK})", [pk])
        except Error:
            if connection.connection:
                connection.connection.close()
            connection.close()


def _review(upload: Upload) -> None:
    total = sum(1 for _ in _received(upload))
    results = UploadResults(upload, is_import=False)
    progress = _Progress(upload, total)
    for result in preview(_received(upload), ReviewedFiles(upload)):
        results.add(result)
        progress.update(results.count)
    with transaction.atomic():
        results.save()
        rows_of(upload).update(is_reviewed=True, started_at=None)


def _import(upload: Upload) -> None:
    results = UploadResults(upload, is_import=True)
    progress = _Progress(upload, upload.results.filter(is_import=False).count())
    failed: set[int] = set()

    def add(result: Result) -> None:
        if result.action == Action.FAILED:
            failed.add(int(result.file))
        results.add(result)
        progress.update(results.count)

    reviewed = ReviewedFiles(upload)
    ingest_all(_received(upload), add, reviewed)
    with transaction.atomic():
        # The archive has the bytes of imported files; those of failed files exist only here.
        upload.files.exclude(pk__in=failed).delete()
        reviewed.delete()
        results.save()
        upload.results.filter(is_import=False).delete()
        rows_of(upload).update(started_at=None, imported_at=timezone.now())


class _Progress:
    """Writes the progress into the upload's row, every PROGRESS_SECONDS."""

    def __init__(self, upload: Upload, total: int) -> None:
        self._rows = rows_of(upload)
        self._rows.update(total=total)
        self._updated_at = time.monotonic()

    def update(self, done: int) -> None:
        if time.monotonic() - self._updated_at > PROGRESS_SECONDS:
            self._rows.update(done=done)
            self._updated_at = time.monotonic()


def _received(upload: Upload) -> Iterator[Received]:
    """Read the upload's files; the `file` of each item is the id of the uploaded file it is from.

    A file is copied to the disk, because its container may have to be read back and forth. If a
    saved page came with files of its folder, the upload is read like a folder that holds them.
    """
    uploaded = CaptureTime(upload.uploaded_at, CaptureBasis.UPLOADED)
    files = list(upload.files.order_by("pk"))
    companions = _companions(files)
    for file in files:
        with tempfile.TemporaryFile() as copy:
            for piece in file.pieces():
                copy.write(piece)
            copy.seek(0)
            if companions and (
                file.name in companions or not is_read_in_folder(file.name, copy.read(START_BYTES))
            ):
                yield Skipped(file.name, str(file.pk))
                continue
            for received in dated(read_file(file.name, copy), uploaded):
                yield replace(received, file=str(file.pk))


def _companions(files: list[UploadedFile]) -> set[str]:
    """The names of the files that belong to a saved page among them."""
    names = {file.name for file in files}
    companions: set[str] = set()
    for file in files if len(names) > 1 else []:
        if file.name.endswith(PAGES):
            page = b"".join(islice(file.pieces(), limits.MAX_MEMBER_BYTES // CHUNK_BYTES))
            companions |= names & files_of_page(file.name, page)
    return companions
