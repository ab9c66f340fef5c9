"""What the search index needs to catch up: the last change number, and what was deleted."""

import datetime

from django.db import connection, models
from django.db.models import Q


def database_time() -> datetime.datetime:
    """The time by PostgreSQL's clock, which decides what is due.

    Each host has a clock of its own, which may be wrong or be set back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        time: datetime.datetime = cursor.fetchone()[0]
    return time


class ChangeSequence(models.Model):
    """One row: the number of the last change, and the archive's identity.

    The function `decisions_advance_change` increases `value` once a transaction, and holds the
    row's lock until that ends. Change numbers therefore become visible in order: a reader that sees
    number N sees all changes before it.
    """

    value = models.BigIntegerField()
    archive = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="change_sequence_one_row")]

    def __str__(self) -> str:
        return f"Change {self.value}"


class Tombstone(models.Model):
    """A decision that was deleted, with the number of that change; a trigger writes it."""

    decision_id = models.BigIntegerField(primary_key=True)
    change = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["change"], name="tombstone_change")]

    def __str__(self) -> str:
        return f"Decision {self.decision_id}"
