"""Categories and outcomes: the Ombudsman's own words for subjects and results."""

from django.db import models
from django.urls import reverse


class Category(models.Model):
    """What a complaint is about, in two levels; `path` is `education/school-transport`."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subcategories"
    )
    name = models.CharField(max_length=300)
    path = models.CharField(max_length=600)

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["path"], name="category_path_unique")]

    def __str__(self):
        return self.in_full(self.name, self.parent and self.parent.name)

    def get_absolute_url(self):
        return reverse("decisions:category", args=[self.path])

    @staticmethod
    def in_full(name, parent):
        """`Education › School transport`, from the names of a category and of the one above it."""
        return f"{parent} › {name}" if parent else name


class Outcome(models.Model):
    """How a decision ended, in the Ombudsman's words. The list is open."""

    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="outcome_slug_unique")]

    def __str__(self):
        return self.name
