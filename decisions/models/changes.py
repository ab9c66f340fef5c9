"""What the search index follows: the number of the last change, and what was deleted."""

from django.db import models
from django.db.models import Q


class ChangeSequence(models.Model):
    """One row: the number of the last change, and which archive this is.

    Advanced by the trigger function `decisions_advance_change`, once a transaction; its row lock
    makes change numbers become visible in their own order, so that whoever has seen number N has
    seen all before it.
    """

    value = models.BigIntegerField()
    archive = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="change_sequence_one_row")]

    def __str__(self):
        return f"Change {self.value}"


class Tombstone(models.Model):
    """A decision that was deleted from the table, for the search index to follow."""

    decision_id = models.BigIntegerField(primary_key=True)
    change = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["change"], name="tombstone_change")]

    def __str__(self):
        return f"Decision {self.decision_id}"
