"""Standard wording: paragraphs that recur across decisions, counted by the database."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from decisions.models.decisions import Decision

# One array parameter, where a queryset would send one parameter for each fingerprint.
_SHARED_WORDING = """
SELECT fingerprint, decisions FROM decisions_standardwording
WHERE fingerprint = ANY(%s::bigint[]) AND decisions >= %s
"""


class StandardWordingQuerySet(models.QuerySet["StandardWording"]):
    """Counts of wording."""

    def standard(self) -> Self:
        """Wording that at least STANDARD_FROM decisions share."""
        return self.filter(decisions__gte=StandardWording.STANDARD_FROM)


class StandardWording(models.Model):
    """How many decisions share a paragraph's fingerprint; kept by triggers (migration 0002).

    A wording is standard once STANDARD_FROM decisions share it. `first_decision_ids` are the first
    decisions that had it: their entries in the search index change when it becomes standard.
    """

    # Fewest decisions that share standard wording; migrations 0002 and 0003 have the same number.
    STANDARD_FROM = 10

    fingerprint = models.BigIntegerField(primary_key=True)
    decisions = models.IntegerField()
    first_decision_ids = ArrayField(models.BigIntegerField())

    objects = StandardWordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["decisions"], name="standard_wording_decisions")]

    def __str__(self) -> str:
        return f"{self.fingerprint} in {self.decisions}"

    @classmethod
    def among(cls, decisions: Iterable[Decision]) -> dict[int, int]:
        """How many decisions share each standard wording in `decisions`, by fingerprint."""
        fingerprints = {entry for decision in decisions for entry in decision.fingerprints}
        with connection.cursor() as cursor:
            cursor.execute(_SHARED_WORDING, [list(fingerprints), cls.STANDARD_FROM])
            return dict(cursor.fetchall())
