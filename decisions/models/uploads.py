"""Files that staff upload in the admin."""

from collections.abc import Iterator
from itertools import count

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localtime

# Size of a chunk of an uploaded file, in bytes.
CHUNK_BYTES = 1_000_000


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads by what is to be done with them."""

    def due(self) -> "UploadQuerySet":
        """The uploads that a worker is to review or import, or is at work on."""
        unread = Q(is_reviewed=False)
        not_imported = Q(confirmed_at__isnull=False, imported_at=None)
        return self.filter(unread | not_imported, failure="", cancelled_at=None)


class Upload(models.Model):
    """Files that a member of staff uploaded together: reviewed, then confirmed, then imported.

    The review and the import are two jobs of a worker; the row says how far the present one is.

    `results` has a row for each decision file: those of the review say what an import would do,
    those of the import what it did.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    imported_at = models.DateTimeField(null=True, editable=False)
    is_reviewed = models.BooleanField(default=False, editable=False)

    # When a worker started on the job; None once it has ended, in whatever way. If it is set and no
    # worker holds the upload's lock, the worker was killed.
    started_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)  # files; it never falls
    total = models.PositiveIntegerField(null=True, editable=False)  # None until counted
    failure = models.TextField(default="", editable=False)  # why the job ended early
    cancelled_at = models.DateTimeField(null=True, editable=False)

    # `done` when a worker last took up the job, and how often in a row a worker was killed at it
    # before `done` was higher.
    resumed_at = models.PositiveIntegerField(default=0, editable=False)
    interruptions = models.PositiveSmallIntegerField(default=0, editable=False)

    # Whether the import was interrupted and resumed: `results` then lists what had been imported,
    # but not noted, as unchanged.
    restarted = models.BooleanField(default=False, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        """`Upload 3 of 1 May 2026, 07:00, by anna`."""
        by = f", by {self.uploaded_by}" if self.uploaded_by else ""
        return f"Upload {self.pk} of {localtime(self.uploaded_at):%-d %B %Y, %H:%M}{by}"


class UploadedFile(models.Model):
    """One file of an upload as the browser sent it; a zip stays a zip.

    The import deletes it unless something in it failed, because then the bytes exist only here.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.TextField()

    def __str__(self) -> str:
        return self.name

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the file, one chunk in memory at a time."""
        for position in count():
            content = self.chunks.filter(position=position).values_list("content", flat=True)
            if (piece := content.first()) is None:
                return
            yield bytes(piece)


class UploadedChunk(models.Model):
    """A piece of an uploaded file, of CHUNK_BYTES or the rest: no file is in memory as a whole."""

    file = models.ForeignKey(UploadedFile, models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()  # from 0
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="uploaded_chunk_unique")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}[{self.position}]"


class UploadResult(models.Model):
    """The result of reviewing, or of importing, one decision file of an upload.

    `document` has the fields that were read, without the text; None where nothing was read.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="results")
    is_import = models.BooleanField()
    position = models.PositiveIntegerField()  # from 0, in the order of the files
    action = models.CharField(max_length=20)
    name = models.TextField()
    reason = models.TextField(default="", blank=True)
    changed = models.JSONField(default=list)
    document = models.JSONField(null=True)

    # The decision that the file belongs to, if the archive has it, and whether that is withdrawn.
    reference = models.TextField(default="", blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "is_import", "position"], name="upload_result_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReviewedFile(models.Model):
    """One decision file as the review of an upload parsed it; deleted after the import.

    `key` is a hash of the file's bytes, name and address and of the rules' version; `parsed` is
    `ParsedFile.to_json` as bytes.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="reviewed_files")
    key = models.CharField(max_length=64)
    parsed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "key"], name="reviewed_file_unique")
        ]

    def __str__(self) -> str:
        return self.key
