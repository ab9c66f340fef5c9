"""Uploads by staff: the files are stored first, then reviewed, then imported once confirmed.

A worker (`worker`) does both. Here is what web processes do: they store files, ask for a job or for
its end, and say how far it is. They parse no file.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from decisions.ingest.job_locks import Workers, wake_workers
from decisions.models import (
    CHUNK_BYTES,
    Upload,
    UploadedChunk,
    UploadedFile,
    UploadQuerySet,
)

# Largest upload, in bytes; use the command `ingest` on the server for more.
MAX_BYTES = 1_100_000_000


class State(StrEnum):
    """What happens to an upload now, or what it waits for."""

    WAITING = "waiting"  # for a worker
    RUNNING = "running"
    CANCELLING = "cancelling"  # a worker is about to end the job
    CANCELLED = "cancelled"
    FAILED = "failed"
    TO_REVIEW = "to review"
    IMPORTED = "imported"


def receive(upload: Upload, files: Iterable["SentFile[Any]"]) -> None:
    """Store the upload and its files as they were sent; a worker then reviews them."""
    with transaction.atomic():
        upload.save()
        for file in files:
            stored = UploadedFile.objects.create(upload=upload, name=file.name or "")
            pieces = iter(partial(file.read, CHUNK_BYTES), b"")
            for position, content in enumerate(pieces):
                UploadedChunk.objects.create(file=stored, position=position, content=content)
    wake_workers()


def confirm(upload: Upload) -> bool:
    """Ask for the import of a reviewed upload. False, here and below, if nothing changed."""
    reviewed = _rows(upload).filter(is_reviewed=True, confirmed_at=None)
    return _ask(reviewed, confirmed_at=timezone.now(), done=0, total=None)


def cancel(upload: Upload) -> bool:
    """Ask for the end of the job that waits or runs. What is imported stays in the archive."""
    return bool(_rows(upload).due().update(cancelled_at=timezone.now()))


def retry(upload: Upload) -> bool:
    """Ask for the rest of a job that failed or was cancelled."""
    ended = ~Q(failure="") | Q(cancelled_at__isnull=False)
    return _ask(_rows(upload).filter(ended, imported_at=None), failure="", cancelled_at=None)


def state_of(upload: Upload, workers: Workers) -> State:
    """What happens to the upload; `workers` are those that run now."""
    if upload.imported_at:
        return State.IMPORTED
    if upload.failure:
        return State.FAILED
    is_running = upload.pk in workers.uploads
    if upload.cancelled_at:
        return State.CANCELLING if is_running else State.CANCELLED
    if upload.is_reviewed and not upload.confirmed_at:
        return State.TO_REVIEW
    return State.RUNNING if is_running else State.WAITING


def ahead_of(upload: Upload) -> int:
    """How many uploads a worker does before this one; those that are being done count."""
    return Upload.objects.due().filter(pk__lt=upload.pk).count()


def _rows(upload: Upload) -> UploadQuerySet:
    return Upload.objects.filter(pk=upload.pk)


def _ask(rows: UploadQuerySet, **values: object) -> bool:
    """Make the job due, as one that no worker has been killed at."""
    is_asked = bool(rows.update(**values, interruptions=0, resumed_at=0))
    if is_asked:
        wake_workers()
    return is_asked
