"""Received files: the bytes of imported ones, and the names of those that failed."""

from django.db import models
from django.db.models.functions import Now

from decisions.models.decisions import Decision


class Capture(models.Model):
    """One received copy of a source file, byte for byte. Never changed, never deleted."""

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

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["sha256"], name="capture_sha256_unique")]

    def __str__(self) -> str:
        return self.name


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
