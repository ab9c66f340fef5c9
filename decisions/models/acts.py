"""What staff did to decisions, where later files and readers depend on it.

Corrections are in the decision's own row (`Decision.stated`); the audit log says who did what.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from decisions.models.addresses import page_address
from decisions.models.audit import Reason
from decisions.models.decisions import Decision
from decisions.references import reference_slug


class Redaction(models.Model):
    """The words of a decision that are redacted, and its text as the file states it, sealed.

    The decision's row has the mark in place of the words. `original` has the row's values before:
    see `ingest.staff_changes`.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="redaction")
    words = ArrayField(models.TextField())
    original = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Redaction of {self.decision_id}"


class ErasureRequest(models.Model):
    """A member of staff asks to erase a decision; another one has to confirm it."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="erasure_request")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    requested_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.TextField(blank=True, default="")

    class Meta:
        default_permissions = ()
        ordering = ["requested_at"]

    def __str__(self) -> str:
        return f"Request to erase {self.decision}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Erasures by the references that name the erased decision."""

    def of(self, references: Iterable[str]) -> dict[str, Erasure]:
        """The erasure behind each of these canonical references that names an erased decision."""
        wanted = list(references)
        if not wanted:
            return {}
        found = self.filter(Q(reference__in=wanted) | Q(other_references__overlap=wanted))
        by_reference = {}
        for erasure in found:
            for reference in (*erasure.other_references, erasure.reference):
                by_reference[reference] = erasure
        return {
            reference: by_reference[reference] for reference in wanted if reference in by_reference
        }


class Erasure(models.Model):
    """Records that a decision was erased for good: its references, when and why.

    A file that has one of its references is refused.
    """

    reference = models.CharField(max_length=11)
    other_references = ArrayField(models.CharField(max_length=11), default=list, blank=True)
    erased_at = models.DateTimeField(db_default=Now(), help_text="When it was erased.")
    reason = models.CharField(max_length=20, choices=Reason, help_text="Why it was erased.")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["-erased_at"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="erasure_reference_unique")
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return page_address("decisions:decision", reference_slug(self.reference))

    @property
    def in_words(self) -> str:
        """`Decision 21 019 030 was erased from this archive on 1 May 2026: Another reason.`"""
        return (
            f"Decision {self.reference} was erased from this archive on"
            f" {self.erased_at:%-d %B %Y}: {self.get_reason_display()}."
        )
