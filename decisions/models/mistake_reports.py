"""Mistakes that readers report, and the counts that limit how many one network can report."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Now


class MistakeReportQuerySet(models.QuerySet["MistakeReport"]):
    """Reports by their state, and how they change it."""

    def open(self) -> "MistakeReportQuerySet":
        """The reports that staff still have to deal with."""
        return self.filter(dealt_with_at=None)

    def deal_with(self, user: Any) -> int:
        """Mark the open ones as dealt with, and delete the readers' addresses in the same step.

        Returns how many were open.
        """
        return self.open().update(
            dealt_with_at=Now(), dealt_with_by=user, contact="", content_key=None
        )

    def reopen(self) -> int:
        """Open those that were dealt with; the readers' addresses stay deleted."""
        return self.exclude(dealt_with_at=None).update(dealt_with_at=None, dealt_with_by=None)

    def expired(self) -> "MistakeReportQuerySet":
        """The reports that were dealt with more than REPORT_RETENTION_DAYS ago."""
        kept = datetime.timedelta(days=settings.REPORT_RETENTION_DAYS)
        return self.filter(dealt_with_at__lt=Now() - kept)


class MistakeReport(models.Model):
    """A mistake that a reader reports.

    `reference` is empty if the report is about no decision. It is not a foreign key: a report
    stays when its decision is deleted.
    """

    class Kind(models.TextChoices):
        """What a report is about, in the words of the form."""

        FINDING = "finding", "A reason, remedy, payment or law is wrong"
        TEXT = "text", "The text differs from what the Ombudsman published"
        PERSON = "person", "Someone can be recognised (urgent)"
        OTHER = "other", "Something else"

    reference = models.CharField(max_length=11, blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind)
    is_urgent = models.GeneratedField(
        expression=ExpressionWrapper(Q(kind="person"), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    message = models.TextField("what is wrong")
    contact = models.EmailField("reader’s e-mail address", blank=True, default="")
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    emailed_at = models.DateTimeField(null=True, editable=False)  # None while staff have no e-mail
    dealt_with_at = models.DateTimeField(null=True, editable=False)
    dealt_with_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )

    # A hash of what the reader wrote: who goes back and sends it again makes no second report. None
    # once it was dealt with, so that the same mistake can be reported anew.
    content_key = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_key"], name="mistake_report_content_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["finding", "text", "person", "other"]),
                name="mistake_report_kind_known",
            ),
            # The privacy notice promises this, also for SQL typed by hand.
            models.CheckConstraint(
                condition=Q(dealt_with_at=None) | Q(contact=""),
                name="mistake_report_contact_deleted",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}{f' on {self.reference}' if self.reference else ''}"


class ReportCountManager(models.Manager["ReportCount"]):
    """Counts in PostgreSQL, so that the limit holds for all processes and hosts together."""

    def count_report(self, network: str) -> "ReportCount":
        """Count one more report from this network, and return its count of the current period."""
        [counted] = self.raw(_COUNT_REPORT, {"network": network, "period": ReportCount.PERIOD})
        return counted

    def expired(self) -> "models.QuerySet[ReportCount]":
        """The counts whose period has ended."""
        return self.filter(ends_at__lte=Now())


class ReportCount(models.Model):
    """How many reports one network sent within a period, which begins with the first of them.

    Checks of quotations are counted in the same way, under another hash of the network.
    `network` is a keyed hash of its address, which this table does not hold.
    """

    PERIOD = datetime.timedelta(hours=1)

    network = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    objects = ReportCountManager()

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%H:%M}"


# One statement: of two processes that count at the same time, the second waits for the first.
_COUNT_REPORT = """
INSERT INTO decisions_reportcount AS counted (network, count, ends_at)
VALUES (%(network)s, 1, now() + %(period)s)
ON CONFLICT (network) DO UPDATE SET
    count = CASE WHEN counted.ends_at <= now() THEN 1 ELSE counted.count + 1 END,
    ends_at = CASE WHEN counted.ends_at <= now() THEN excluded.ends_at ELSE counted.ends_at END
RETURNING network, count, ends_at
"""


def delete_expired_reports() -> None:
    """Delete the reports and the counts that are older than the privacy notice allows."""
    MistakeReport.objects.expired().delete()
    ReportCount.objects.expired().delete()
