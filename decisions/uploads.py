"""What staff send in through the admin: kept first, then reviewed, then taken in."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db import connection, transaction
from django.utils import timezone

from decisions.ingest import Received, Result, ingest_all, preview
from decisions.models import Upload, UploadedFile
from decisions.sources import read_bytes

# Above this, a command on the server is the better way in.
MAX_BYTES = 200_000_000


def receive(upload: Upload, files: Iterable[SentFile]) -> None:
    """Keep the files as they were sent, whatever they are: nothing is read before."""
    with transaction.atomic():
        upload.save()
        for file in files:
            UploadedFile.objects.create(upload=upload, name=file.name, content=file.read())


def review(upload: Upload) -> None:
    """Note what would be done with each decision, where that has not been done yet."""
    if upload.results is None:
        upload.results = [result_to_json(result) for result in preview(_received(upload))]
        upload.save()


def confirm(upload: Upload) -> None:
    """Take the files in and note what was done; confirming twice does nothing the second time."""
    with connection.cursor() as cursor:
        # Two tabs that confirm at once: the second waits here, then finds it done.
        cursor.execute("SELECT pg_advisory_lock(hashtext('upload'), %s)", [upload.pk])
        try:
            upload.refresh_from_db()
            if upload.confirmed_at is None:
                results: list[Result] = []
                ingest_all(_received(upload), results.append)
                upload.results = [result_to_json(result) for result in results]
                upload.confirmed_at = timezone.now()
                upload.save()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('upload'), %s)", [upload.pk])


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
