"""The audit log: what staff did, to what, when and why. PostgreSQL refuses to change it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func


class Reason(models.TextChoices):
    """Why a decision is withdrawn, redacted or erased, in words that readers understand."""

    TAKEN_DOWN = "taken-down", "The Ombudsman took the decision down"
    IDENTIFIABLE = "identifiable", "Someone could be recognised in it"
    COURT = "court", "A court or a regulator ordered it"
    MISTAKE = "mistake", "It was published here by mistake"
    OTHER = "other", "Another reason"


class AuditManager(models.Manager["AuditEntry"]):
    """Adds entries. There is nothing else that can be done to them."""

    def record(
        self, act: AuditEntry.Act, user: Any, *, kind: str, key: str, **fields: Any
    ) -> AuditEntry:
        """Add an entry; call it in the transaction of the act: neither is then without the other.

        `user` is None where nobody is signed in. `fields` are other fields of the entry.
        """
        return self.create(
            act=act,
            user_id_then=user.pk if user else None,
            user_name=user.get_username() if user else "",
            kind=kind,
            key=key,
            **fields,
        )


class AuditEntry(models.Model):
    """One act. It refers to nothing: what it names may be renamed, merged or erased afterwards.

    `kind` and `key` say to what it was done: a decision by its reference, a council by its slug,
    anything else by its model's name and its id. `before` and `after` have the values that the act
    changed, except those that it was to remove.
    """

    class Act(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        RESTORED = "restored", "Restored"
        CORRECTED = "corrected", "Corrected"
        CORRECTION_REMOVED = "correction-removed", "Correction removed"
        REDACTED = "redacted", "Redacted"
        REDACTION_REMOVED = "redaction-removed", "Redaction removed"
        ERASURE_REQUESTED = "erasure-requested", "Erasure asked for"
        ERASURE_CANCELLED = "erasure-cancelled", "Erasure not confirmed"
        ERASED = "erased", "Erased"
        SEALED_SEEN = "sealed-seen", "Sealed original read"
        RENAMED = "renamed", "Renamed"
        MERGED = "merged", "Merged"
        MERGE_UNDONE = "merge-undone", "Merge undone"
        IMPORT_CONFIRMED = "import-confirmed", "Import confirmed"
        JOB_CANCELLED = "job-cancelled", "Job cancelled"
        JOB_RETRIED = "job-retried", "Job tried again"
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        DELETED = "deleted", "Deleted"
        SIGNED_IN = "signed-in", "Signed in"
        SIGNED_OUT = "signed-out", "Signed out"
        SIGN_IN_FAILED = "sign-in-failed", "Sign-in failed"

    at = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField())
    )
    user_id_then = models.BigIntegerField("user’s number", null=True)
    user_name = models.CharField("who", max_length=150, blank=True, default="")
    act = models.CharField("what", max_length=20, choices=Act)
    kind = models.CharField(max_length=40)
    key = models.CharField("to what", max_length=300)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, default="")
    note = models.TextField(blank=True, default="")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    objects = AuditManager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit log entries"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["kind", "key"], name="audit_entry_object"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.kind} {self.key}"
