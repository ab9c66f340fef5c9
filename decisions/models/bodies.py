"""The bodies that people complain about."""

from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from decisions.documents import NOT_STATED


def slug_of(name: str) -> str:
    """The identity of a named thing: names that differ in case, accents, marks or "&" are one.

    >>> slug_of("Bath & North East Somerset Council")
    'bath-and-north-east-somerset-council'
    """
    slug = slugify(name.replace("&", " and "))
    return f"{slug}-" if slug in ("", NOT_STATED) else slug


class Council(models.Model):
    """A body complained about: mostly councils; `kind` tells the others apart."""

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

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("decisions:council", args=[self.slug])
