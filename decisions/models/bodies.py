"""The bodies that complaints are about."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Now
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

    def clean(self) -> None:
        """Refuse a name that another council has or had: the two have to be merged."""
        slug = slug_of(self.name)
        named = models.Q(slug=slug) | models.Q(aliases__slug=slug)
        if other := Council.objects.exclude(pk=self.pk).filter(named).first():
            message = f"This is a name of {other.name}. Merge the two councils instead."
            taken = ValidationError(message, code="taken", params={"council": other.pk})
            raise ValidationError({"name": taken})

    def rename(self) -> None:
        """Save a corrected name; files that state it are then of this council.

        The address stays. Call `clean` first.
        """
        with transaction.atomic():
            self.save()
            slug = slug_of(self.name)
            if slug != self.slug:
                CouncilAlias.objects.get_or_create(
                    slug=slug, defaults={"name": self.name, "council": self}
                )

    def merge_into(self, remaining: Self) -> int:
        """Give all decisions and names to another council, and delete this one.

        Returns how many decisions moved. The old address then redirects for ever, and files that
        state the old name are of the other council.
        """
        if self.pk == remaining.pk:
            raise ValueError("A council cannot be merged into itself.")
        with transaction.atomic():
            moved = self.decision_set.update(council=remaining)
            self.aliases.update(council=remaining)
            self._move_succession(remaining)
            slug, name = self.slug, self.name
            self.delete()
            CouncilAlias.objects.create(slug=slug, name=name, council=remaining)
        return moved

    def _move_succession(self, remaining: Self) -> None:
        """Give predecessors and successors to another council, without itself and without twins."""
        held = set(CouncilSuccession.objects.values_list("predecessor", "successor"))
        named = models.Q(predecessor=self) | models.Q(successor=self)
        for row in CouncilSuccession.objects.filter(named):
            pair = tuple(
                remaining.pk if pk == self.pk else pk
                for pk in (row.predecessor_id, row.successor_id)
            )
            if pair[0] != pair[1] and pair not in held:
                row.predecessor_id, row.successor_id = pair
                row.save()


class CouncilSuccession(models.Model):
    """One council follows another: it does from a day on what the other did before.

    A council may have several predecessors, and several successors. Both keep their decisions. A
    trigger (migration 0013) counts what changes here as a change of the archive.
    """

    predecessor = models.ForeignKey(
        Council, models.CASCADE, related_name="successions", help_text="The one that was before."
    )
    successor = models.ForeignKey(
        Council, models.CASCADE, related_name="inheritances", help_text="The one that follows it."
    )
    since = models.DateField(
        "from when", null=True, blank=True, help_text="The first day of the successor."
    )

    class Meta:
        ordering = ["since", "id"]
        default_permissions = ()  # as for the council
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="council_succession_unique"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="council_succession_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} follows {self.predecessor}"


class CouncilAlias(models.Model):
    """Another name of a council: its old address redirects, and files that state it are found.

    `slug` is that of the name, and no council's own.
    """

    slug = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True, default="")
    council = models.ForeignKey(Council, models.CASCADE, related_name="aliases")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "council aliases"
        constraints = [models.UniqueConstraint(fields=["slug"], name="council_alias_slug_unique")]

    def __str__(self) -> str:
        return self.name or self.slug


def current_council_slugs(slugs: Iterable[str]) -> dict[str, str]:
    """The slug of the council that each alias stands for; slugs that are no alias are left out."""
    # PostgreSQL refuses texts with a null character.
    possible = [slug for slug in slugs if "\0" not in slug]
    aliases = CouncilAlias.objects.filter(slug__in=possible)
    return dict(aliases.values_list("slug", "council__slug"))
