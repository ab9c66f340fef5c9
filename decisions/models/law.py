"""The provisions of law, cases and guidance that decisions cite."""

from django.db import models

from decisions.models.addresses import page_address


class Provision(models.Model):
    """A provision of law, a case or guidance that decisions cite; ingest creates the rows."""

    key = models.TextField()
    label = models.TextField()
    short = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subdivisions"
    )
    url = models.TextField(blank=True, default="")

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
