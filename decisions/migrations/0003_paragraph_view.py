"""Paragraphs as rows: a view over `Decision.sections`."""

from django.db import migrations, models

# 10 is StandardWording.STANDARD_FROM. What is standard is worked out once a decision, not once a
# paragraph.
FORWARD = """
CREATE VIEW decisions_paragraph AS
SELECT
    decision.id AS decision_id,
    (section.number - 1)::int AS section,
    (paragraph.number - 1)::int AS position,
    section.value ->> 'heading' AS heading,
    (paragraph.value ->> 'number')::int AS number,
    paragraph.value ->> 'text' AS text,
    paragraph.value -> 'items' AS items,
    (section.number - 1) || ' ' || (paragraph.number - 1) = ANY (standard.places) AS is_standard
FROM decisions_decision AS decision
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg((place ->> 0) || ' ' || (place ->> 1)), '{}') AS places
    FROM jsonb_array_elements(decision.findings -> 'standard') AS place
    JOIN decisions_standardwording AS wording
        ON wording.fingerprint = (place ->> 2)::bigint AND wording.decisions >= 10
) AS standard
CROSS JOIN LATERAL jsonb_array_elements(decision.sections)
    WITH ORDINALITY AS section (value, number)
CROSS JOIN LATERAL jsonb_array_elements(section.value -> 'paragraphs')
    WITH ORDINALITY AS paragraph (value, number);
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_triggers")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP VIEW decisions_paragraph"),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "decision_id",
                        "section",
                        "position",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=models.DO_NOTHING,
                        related_name="paragraphs",
                        to="decisions.decision",
                    ),
                ),
                (
                    "section",
                    models.IntegerField(help_text="The section it stands in, counted from 0."),
                ),
                (
                    "position",
                    models.IntegerField(help_text="Its place in the section, counted from 0."),
                ),
                ("heading", models.TextField(help_text="The section's heading.", null=True)),
                (
                    "number",
                    models.IntegerField(help_text="As printed; null where none is.", null=True),
                ),
                ("text", models.TextField(help_text="Without the lists within it.")),
                ("items", models.JSONField(help_text="The lists within it, nested.")),
                (
                    "is_standard",
                    models.BooleanField(
                        help_text="Whether enough decisions share it to be standard wording."
                    ),
                ),
            ],
            options={
                "db_table": "decisions_paragraph",
                "ordering": ["decision_id", "section", "position"],
                "default_permissions": (),
                "managed": False,
            },
        ),
    ]
