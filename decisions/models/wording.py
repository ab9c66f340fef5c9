"""Standard wording: paragraphs that recur across decisions, counted by the database."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from decisions.models.decisions import Decision
from decisions.models.prepared import PreparedValues


class StandardWordingQuerySet(models.QuerySet["StandardWording"]):
    """Counts of wording."""

    def standard(self) -> Self:
        """Wording that at least STANDARD_FROM decisions share."""
        return self.filter(decisions__gte=StandardWording.STANDARD_FROM)


_Manager = models.Manager.from_queryset(StandardWordingQuerySet)


class StandardWordingManager(_Manager["StandardWording"]):
    """Counts of wording, and the read that many pages make, with its SQL prepared."""

    @cached_property
    def shared(self) -> PreparedValues:
        """Fingerprint and number of decisions of the standard ones in an array of fingerprints."""
        # One array as parameter, so that the SQL is the same for any number of fingerprints.
        is_named = RawSQL("fingerprint = ANY(%s::bigint[])", [[]], output_field=BooleanField())
        rows = self.standard().filter(is_named)
        return PreparedValues(lambda: rows.values_list("fingerprint", "decisions"))


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

    objects = StandardWordingManager()

    class Meta:
        indexes = [models.Index(fields=["decisions"], name="standard_wording_decisions")]

    def __str__(self) -> str:
        return f"{self.fingerprint} in {self.decisions}"

    @classmethod
    def among(cls, decisions: Iterable[Decision]) -> dict[int, int]:
        """How many decisions share each standard wording in `decisions`, by fingerprint."""
        fingerprints = {entry for decision in decisions for entry in decision.fingerprints}
        return dict(cls.objects.shared.fetch([*fingerprints]))
