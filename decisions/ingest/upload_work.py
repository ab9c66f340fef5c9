"""The jobs of a worker: reviewing an upload, and importing it."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
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

# Seconds between two updates of an upload's progress.
PROGRESS_SECONDS = 0.5


class Stopped(Exception):
    """The worker is to end. The job is due, and what is done of it is kept."""


class Cancelled(Exception):
    """Staff cancelled the job, or deleted the upload. What is imported stays."""


def do_job(upload: Upload, is_stopped: Callable[[], bool]) -> None:
    """Do the review or import that is due, or what an earlier worker has left of it.

    The caller holds the lock on the upload. Raises Stopped, Cancelled, or what went wrong.
    """
    progress = Progress(upload, is_stopped)
    if upload.confirmed_at:
        _import(upload, progress)
    else:
        _review(upload, progress)


def rows_of(upload: Upload) -> QuerySet[Upload]:
    """The upload's row as a queryset: updating it never recreates an upload that was deleted."""
    return Upload.objects.filter(pk=upload.pk)


class Progress:
    """Writes how many files are done into the upload's row, and finds out whether to go on."""

    def __init__(self, upload: Upload, is_stopped: Callable[[], bool]) -> None:
        self._rows = rows_of(upload)
        self._is_stopped = is_stopped
        self._updated_at = time.monotonic()

    def check(self, done: int = 0) -> bool:
        """Call often; returns whether this wrote `done`, which it does every PROGRESS_SECONDS.

        Raises Stopped or Cancelled. A lower number than that in the row is not written: a job that
        is resumed goes over what was done before.
        """
        if self._is_stopped():
            raise Stopped
        if time.monotonic() - self._updated_at <= PROGRESS_SECONDS:
            return False
        self._update(done)
        return True

    def _update(self, done: int) -> None:
        if not self._rows.filter(cancelled_at=None).update(done=Greatest(F("done"), done)):
            raise Cancelled
        self._updated_at = time.monotonic()


def _review(upload: Upload, progress: Progress) -> None:
    """Review the files. A resumed review parses none again, for their results are stored."""
    if upload.total is None:
        rows_of(upload).update(total=sum(1 for _ in _received(upload, progress)))
    results = UploadResults(upload, is_import=False)
    for result in preview(_received(upload, progress), ReviewedFiles(upload)):
        results.add(result)
        progress.check(results.count)
    with transaction.atomic():
        results.save()
        rows_of(upload).update(
            is_reviewed=True, started_at=None, cancelled_at=None, done=results.count
        )


def _import(upload: Upload, progress: Progress) -> None:
    """Import the files. A resumed import finds those that the archive holds to be unchanged.

    The results that it had noted before stay, since they say what was done with these files.
    """
    rows_of(upload).update(total=upload.results.filter(is_import=False).count())
    results = UploadResults(upload, is_import=True)
    reviewed = ReviewedFiles(upload)
    failed: set[int] = set()

    def add(result: Result) -> None:
        if result.action == Action.FAILED:
            failed.add(int(result.file))
        results.add(result)
        if progress.check(results.count):
            results.save()

    # A host without a search index serves no pages, so its worker makes none.
    has_index = settings.INDEX_DIR.exists()
    try:
        ingest_all(_received(upload, progress), add, reviewed, keep_index=has_index)
    except (Stopped, Cancelled):
        results.save()
        raise
    with transaction.atomic():
        results.save()
        # The archive has the bytes of imported files; those of failed files exist only here.
        upload.files.exclude(pk__in=failed).delete()
        reviewed.delete()
        upload.results.filter(is_import=False).delete()
        rows_of(upload).update(
            imported_at=timezone.now(), started_at=None, cancelled_at=None, done=results.count
        )


def _received(upload: Upload, progress: Progress) -> Iterator[Received]:
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
                progress.check()
                copy.write(piece)
            copy.seek(0)
            if companions and (
                file.name in companions or not is_read_in_folder(file.name, copy.read(START_BYTES))
            ):
                yield Skipped(file.name, str(file.pk))
                continue
            for received in dated(read_file(file.name, copy), uploaded):
                progress.check()
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
