"""Paragraphs of decisions as rows, for SQL, the ORM and the admin."""

from django.db import models

from decisions.models.decisions import Decision


class Paragraph(models.Model):
    """One paragraph of a decision: a read-only row of the view `decisions_paragraph`.

    `section` and `position` count from 0, as findings do. `text` is the paragraph's own text;
    `items` are its lists, nested as `Decision.sections` holds them: `label`, `text`, `items`.

    It is a view over `Decision.sections` and not a table: a table of the same text would make the
    database larger and ingest slower, and no page faster (docs/performance.md has the figures).
    Filter by decision: a condition on any other column reads the text of every decision.
    """

    pk = models.CompositePrimaryKey("decision_id", "section", "position")
    decision = models.ForeignKey(
        Decision, models.DO_NOTHING, related_name="paragraphs", db_constraint=False
    )
    section = models.IntegerField(help_text="The section it stands in, counted from 0.")
    position = models.IntegerField(help_text="Its place in the section, counted from 0.")
    heading = models.TextField(null=True, help_text="The section's heading.")  # noqa: DJ001
    number = models.IntegerField(null=True, help_text="As printed; null where none is.")
    text = models.TextField(help_text="Without the lists within it.")
    items = models.JSONField(help_text="The lists within it, nested.")
    is_standard = models.BooleanField(
        help_text="Whether enough decisions share it to be standard wording."
    )

    class Meta:
        managed = False
        default_permissions = ()  # whoever may see a decision may see its paragraphs
        db_table = "decisions_paragraph"
        ordering = ["decision_id", "section", "position"]

    def __str__(self) -> str:
        return f"¶ {self.number}" if self.number else self.text[:60]
