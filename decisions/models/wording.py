"""Standard wording: paragraphs that recur across decisions, counted by the database."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from decisions.models.decisions import Decision

# With one array for 80 parameters, which take a queryset twice as long.
_SHARED_WORDING = """
SELECT fingerprint, decisions FROM decisions_standardwording
WHERE fingerprint = ANY(%s::bigint[]) AND decisions >= %s
"""


class StandardWordingQuerySet(models.QuerySet):
    def standard(self):
        """The fingerprints that enough decisions share."""
        return self.filter(decisions__gte=StandardWording.STANDARD_FROM)


class StandardWording(models.Model):
    """How many decisions share a paragraph's fingerprint; kept by triggers (migration 0002).

    A wording is standard once STANDARD_FROM decisions share it. `first_decision_ids` are the first
    decisions that had it: their entries in the search index change when it becomes standard.
    """

    STANDARD_FROM = 10  # the trigger says the same

    fingerprint = models.BigIntegerField(primary_key=True)
    decisions = models.IntegerField()
    first_decision_ids = ArrayField(models.BigIntegerField())

    objects = StandardWordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["decisions"], name="standard_wording_decisions")]

    def __str__(self):
        return f"{self.fingerprint} in {self.decisions}"

    @classmethod
    def among(cls, decisions: Iterable[Decision]) -> dict[int, int]:
        """How many decisions share each standard wording that these decisions hold."""
        held = {fingerprint for decision in decisions for fingerprint in decision.fingerprints}
        with connection.cursor() as cursor:
            cursor.execute(_SHARED_WORDING, [list(held), cls.STANDARD_FROM])
            return dict(cursor.fetchall())
