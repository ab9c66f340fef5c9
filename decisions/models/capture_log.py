"""The log of received files: hashes that PostgreSQL only lets be added, and its stamped heads."""

from django.db import models


class CaptureLogEntry(models.Model):
    """An entry of the log of received files. It outlives its file, and holds nothing of the text.

    A trigger adds it when a capture is stored (migration 0017), unless the log has the hash
    already, or the decision is an invented sample. `leaf` is the entry's hash in the Merkle tree
    of all entries, by position: see `capture_log.tree`.
    """

    position = models.BigIntegerField(primary_key=True, help_text="Its place, counted from 0.")
    sha256 = models.CharField(max_length=64, help_text="The hash of the file's bytes.")
    reference = models.CharField(max_length=11, help_text="The decision in the file.")
    received_at = models.DateTimeField(help_text="When the archive received the file.")
    leaf = models.BinaryField(help_text="SHA-256 of a zero byte and the entry's line.")

    class Meta:
        default_permissions = ("view",)
        ordering = ["position"]
        verbose_name_plural = "capture log entries"
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="capture_log_sha256_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.sha256}"


class CaptureLogHead(models.Model):
    """The root of the tree of the first `size` entries, and a time stamp of it (RFC 3161)."""

    size = models.BigIntegerField(primary_key=True, help_text="How many entries it covers.")
    root = models.BinaryField(help_text="The root of their Merkle tree.")
    stamped_at = models.DateTimeField(help_text="When the authority stamped it.")
    reply = models.BinaryField(help_text="The authority's reply, a TimeStampResp in DER.")
    certificates = models.TextField(help_text="The authority's certificates, in PEM.")
    # No signature covers every bit of a reply.
    checksum = models.BinaryField(help_text="SHA-256 of the reply, followed by the certificates.")

    class Meta:
        default_permissions = ("view",)
        ordering = ["size"]

    def __str__(self) -> str:
        return f"Head of {self.size:,} entries"
