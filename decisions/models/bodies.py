"""The bodies that complaints are about."""

from django.db import models
from django.utils.text import slugify

from decisions.documents import NOT_STATED
from decisions.models.addresses import page_address


def slug_of(name: str) -> str:
    """The part of an address that stands for `name`; two names with the same slug are one thing.

    Case, accents and punctuation make no difference, and "&" is "and".

    >>> slug_of("Bath & North East Somerset Council")
    'bath-and-north-east-somerset-council'
    """
    slug = slugify(name.replace("&", " and "))
    return f"{slug}-" if slug in ("", NOT_STATED) else slug


class Council(models.Model):
    """A body that complaints are about. Most are councils; `kind` is null where it is not known."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        CARE_PROVIDER = "care-provider", "Care provider"
        NHS = "nhs", "NHS body"
        PARK = "park", "National park authority"
        FIRE = "fire", "Fire authority"
        TRANSPORT = "transport", "Transport authority"
        PARISH = "parish", "Parish or town council"

    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind, null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="council_slug_unique")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("decisions:council", self.slug)
