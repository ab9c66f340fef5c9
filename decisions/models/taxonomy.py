"""Categories and outcomes, in the Ombudsman's words."""

from django.db import models

from decisions.models.addresses import page_address


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

    def __str__(self) -> str:
        parent = self.parent
        return self.in_full(self.name, parent.name if parent else None)

    def get_absolute_url(self) -> str:
        return page_address("decisions:category", self.path)

    @staticmethod
    def in_full(name: str, parent: str | None) -> str:
        """`Education › School transport`, from the names of a category and of its parent."""
        return f"{parent} › {name}" if parent else name


class Outcome(models.Model):
    """How a decision ended, in the Ombudsman's words; a new wording makes a new row."""

    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="outcome_slug_unique")]

    def __str__(self) -> str:
        return self.name
