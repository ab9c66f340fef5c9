"""Alerts: searches whose new decisions are sent by e-mail or to a webhook, and what is sent."""

import datetime
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Publication(models.Model):
    """When a reference was first published here, and when it was last published again.

    A trigger writes it (migration 0010). The row outlives its decision: a decision that is deleted
    and imported again is not new, and neither is one that was withdrawn and comes back. Change
    numbers become visible in order (`ChangeSequence`), so a reader that has seen number N never
    misses a publication with a lower number. `first_change` is 0 for what was there before.
    """

    reference = models.CharField(max_length=11, unique=True)
    decision_id = models.BigIntegerField()
    first_change = models.BigIntegerField()
    change = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["change"], name="publication_change")]

    def __str__(self) -> str:
        return self.reference


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by their state."""

    def confirmed(self) -> "AlertQuerySet":
        """The alerts that their owners have confirmed, paused ones included."""
        return self.exclude(confirmed_at=None)

    def active(self) -> "AlertQuerySet":
        """The alerts that are sent: confirmed and not paused."""
        return self.confirmed().filter(paused_at=None)

    def due(self) -> "AlertQuerySet":
        """The active alerts whose next search is due."""
        return self.active().filter(next_at__lte=Now())

    def pause(self, reason: str) -> int:
        """Send nothing more until staff resume them; returns how many were not paused before."""
        return self.filter(paused_at=None).update(paused_at=Now(), paused_reason=reason)

    def resume(self) -> int:
        """Send again, first of all what came in meanwhile; returns how many were paused."""
        paused = self.exclude(paused_at=None)
        AlertMessage.objects.filter(alert__in=paused, sent_at=None).update(
            next_attempt_at=Now(), first_failed_at=None, attempts=0
        )
        return paused.update(paused_at=None, paused_reason="")

    def expired(self) -> "AlertQuerySet":
        """Alerts that nobody confirmed in time, and those that were paused for too long."""
        return self.filter(
            Q(confirmed_at=None, created_at__lt=Now() - Alert.TIME_TO_CONFIRM)
            | Q(paused_at__lt=Now() - Alert.KEPT_WHILE_PAUSED)
        )


class Alert(models.Model):
    """A saved search, and where to send the decisions that are new in it.

    `query` is the search as `alerts.queries` writes it, and `description` says it in words.
    `parameters` are those of its list, and `site` is the scheme and host where it was made. A
    webhook has a `secret`, which signs what is sent to it.

    A decision is new if it was first published after change `confirmed_change`. Up to change
    `seen_change`, decisions are already in the alert's messages.
    """

    # How long an alert may stay unconfirmed; then it is deleted with its address.
    TIME_TO_CONFIRM = datetime.timedelta(days=3)
    # How long an alert may stay paused; then it is deleted with its address.
    KEPT_WHILE_PAUSED = datetime.timedelta(days=90)

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        WEBHOOK = "webhook", "Webhook"

    class Frequency(models.TextChoices):
        DAILY = "daily", "Daily"
        WEEKLY = "weekly", "Weekly"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.TextField()
    frequency = models.CharField("how often", max_length=10, choices=Frequency)
    query = models.JSONField()
    description = models.TextField("search")
    parameters = models.TextField(blank=True, default="")
    site = models.TextField()
    secret = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_change = models.BigIntegerField(null=True, editable=False)
    seen_change = models.BigIntegerField(null=True, editable=False)
    next_at = models.DateTimeField("next search", null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_reason = models.TextField(blank=True, default="", editable=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True,
                    confirmed_change__isnull=True,
                    seen_change__isnull=True,
                    next_at__isnull=True,
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_change__isnull=False,
                    seen_change__isnull=False,
                    next_at__isnull=False,
                ),
                name="alert_confirmed_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="alert_next"),
            models.Index(fields=["address"], name="alert_address"),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class AlertMessageQuerySet(models.QuerySet["AlertMessage"]):
    """Messages by their state."""

    def pending(self) -> "AlertMessageQuerySet":
        """The messages that are still to be sent."""
        return self.filter(sent_at=None)

    def due(self) -> "AlertMessageQuerySet":
        """The messages to send now, the oldest first."""
        due = self.pending().filter(next_attempt_at__lte=Now(), alert__paused_at=None)
        return due.select_related("alert").order_by("created_at", "pk")


class AlertMessage(models.Model):
    """A message of an alert: it asks for confirmation, or says which decisions are new.

    Rows stay after they were sent, as long as their alert: they say which decisions it has had.
    `publications` are ids of Publication. `first_failed_at` and `last_error` are of the attempts
    that failed; `last_error` never holds the address.
    """

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", "Confirmation"
        DECISIONS = "decisions", "New decisions"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=15, choices=Kind)
    publications = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0)
    first_failed_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")

    objects = AlertMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(sent_at=None), name="alert_message_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


def delete_expired_alerts() -> None:
    """Delete the alerts, and so the addresses, that are kept no longer."""
    Alert.objects.expired().delete()
