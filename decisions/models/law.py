"""The provisions of law, cases and guidance that decisions cite."""

from typing import Self

from django.db import models
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from decisions.models.addresses import page_address


class ProvisionQuerySet(models.QuerySet["Provision"]):
    """Provisions of law."""

    def with_keys(self, keys: list[str]) -> Self:
        """Those with these keys, in any order; the SQL is the same for any number of keys."""
        is_named = RawSQL("decisions_provision.key = ANY(%s)", [keys], output_field=BooleanField())
        return self.filter(is_named).order_by()


class Provision(models.Model):
    """A provision of law, a case or guidance that decisions cite; ingest creates the rows."""

    key = models.TextField()
    label = models.TextField()
    short = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subdivisions"
    )
    url = models.TextField(blank=True, default="")

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["key"], name="provision_key_unique")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return page_address("decisions:law", self.key)

    @property
    def beneath(self) -> str:
        """The short name without that of the Act it is part of: `s 24A`."""
        return (
            self.short.removeprefix(self.parent.short).lstrip(" ,") if self.parent else self.short
        )
