"""Which council follows which; a change there is a change of the archive."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION decisions_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_advance_change();
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_councilsuccession_change
AFTER INSERT OR UPDATE OR DELETE ON decisions_councilsuccession
FOR EACH ROW EXECUTE FUNCTION decisions_note_change();
"""

BACKWARD = """
DROP TRIGGER decisions_councilsuccession_change ON decisions_councilsuccession;
DROP FUNCTION decisions_note_change;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0012_acts_of_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="CouncilSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="The first day of the successor.",
                        null=True,
                        verbose_name="from when",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        help_text="The one that was before.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successions",
                        to="decisions.council",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        help_text="The one that follows it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inheritances",
                        to="decisions.council",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="council_succession_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="council_succession_of_two",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
