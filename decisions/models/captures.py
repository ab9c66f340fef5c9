"""Received files: the bytes of imported ones, and the names of those that failed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from decisions.documents import CaptureBasis
from decisions.models.decisions import Decision


class Capture(models.Model):
    """One received copy of a source file, byte for byte. Its bytes never change.

    They go only with their decision: when it is erased, or when samples are removed.

    The decision shows the capture with the latest `captured_at`; of those with the same, the one
    received last.
    """

    class Basis(models.TextChoices):
        """What says when the source was read: `documents.CaptureBasis` in words."""

        WEB_ARCHIVE = CaptureBasis.WEB_ARCHIVE, "the web archive that holds the copy"
        WARC = CaptureBasis.WARC, "its WARC record"
        MHTML = CaptureBasis.MHTML, "the page as it was saved (MHTML)"
        SINGLE_FILE = CaptureBasis.SINGLE_FILE, "the page as SingleFile saved it"
        FILE = CaptureBasis.FILE, "the file’s modification time"
        UPLOADED = CaptureBasis.UPLOADED, "the time of its upload"
        RECEIVED = CaptureBasis.RECEIVED, "the time at which it was received"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64)
    name = models.TextField(help_text="The file's name as received.")
    url = models.TextField(blank=True, default="", help_text="Where the file came from.")
    charset = models.TextField(
        blank=True, default="", help_text="The encoding that the server which sent it stated."
    )
    content = models.BinaryField()
    size = models.GeneratedField(
        expression=models.Func("content", function="octet_length"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    received_at = models.DateTimeField(db_default=Now())
    captured_at = models.DateTimeField(db_default=Now(), help_text="When the source was read.")
    captured_from = models.CharField(
        max_length=20,
        choices=Basis,
        db_default=Basis.RECEIVED,
        help_text="What says when the source was read.",
    )

    class Meta:
        ordering = ["-captured_at", "-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="capture_sha256_unique"),
            models.CheckConstraint(
                condition=Q(captured_from__in=[*CaptureBasis]), name="capture_basis_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_stated_time(self) -> bool:
        """Whether the source or its container stated when it was read."""
        return CaptureBasis(self.captured_from).is_stated


class IngestFailure(models.Model):
    """A received file that could not be imported, and why; deleted once it is imported."""

    name = models.TextField()
    reason = models.TextField()
    first_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-last_at"]
        constraints = [models.UniqueConstraint(fields=["name"], name="ingest_failure_name_unique")]

    def __str__(self) -> str:
        return self.name
