"""Files that staff upload in the admin."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Upload(models.Model):
    """Files that a member of staff uploaded together: reviewed, then confirmed, then imported.

    `results` has one entry for each decision file, in the form of `upload_work.result_to_json`:
    before the import what it would do, afterwards what it did. It is None before the review.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    imported_at = models.DateTimeField(null=True, editable=False)
    results = models.JSONField(null=True, editable=False)

    # When the running review or import started; None while none is running.
    started_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(null=True, editable=False)  # None until counted
    failure = models.TextField(default="", editable=False)  # why the work ended early

    # Whether the import was interrupted and started again: `results` then lists what had already
    # been imported as unchanged.
    restarted = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"Upload {self.pk}"


class UploadedFile(models.Model):
    """One file of an upload as the browser sent it; a zip stays a zip.

    The import deletes it unless something in it failed, because then the bytes exist only here.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.TextField()
    content = models.BinaryField()

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
