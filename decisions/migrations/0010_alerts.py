"""Alerts and their messages; a trigger records when each reference was first published here."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

FORWARD = """
-- Once a statement, since an import inserts many decisions at a time. A reference that was here
-- before (its decision was deleted) keeps its row: it is published again, and not new.
CREATE OR REPLACE FUNCTION decisions_record_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO decisions_publication AS known (reference, decision_id, first_change, change)
    SELECT reference, id, change, change FROM new_decisions
    WHERE withdrawn_at IS NULL ORDER BY id
    ON CONFLICT (reference) DO UPDATE
    SET decision_id = excluded.decision_id, change = excluded.change;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_decision_published AFTER INSERT ON decisions_decision
REFERENCING NEW TABLE AS new_decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_record_publication();

-- A decision that comes back is published again. One whose reference is corrected stays the same.
CREATE OR REPLACE FUNCTION decisions_record_republication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reference <> NEW.reference THEN
        UPDATE decisions_publication SET reference = NEW.reference
        WHERE reference = OLD.reference AND NOT EXISTS (
            SELECT FROM decisions_publication WHERE reference = NEW.reference
        );
    END IF;
    IF OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL THEN
        INSERT INTO decisions_publication AS known (reference, decision_id, first_change, change)
        VALUES (NEW.reference, NEW.id, NEW.change, NEW.change)
        ON CONFLICT (reference) DO UPDATE
        SET decision_id = excluded.decision_id, change = excluded.change;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_decision_republished
AFTER UPDATE OF reference, withdrawn_at ON decisions_decision
FOR EACH ROW WHEN (
    OLD.reference <> NEW.reference OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
) EXECUTE FUNCTION decisions_record_republication();

-- No alert calls these new.
INSERT INTO decisions_publication (reference, decision_id, first_change, change)
SELECT reference, id, 0, 0 FROM decisions_decision;
"""

BACKWARD = """
DROP TRIGGER decisions_decision_republished ON decisions_decision;
DROP TRIGGER decisions_decision_published ON decisions_decision;
DROP FUNCTION decisions_record_republication;
DROP FUNCTION decisions_record_publication;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0009_council_aliases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("webhook", "Webhook")], max_length=10
                    ),
                ),
                ("address", models.TextField()),
                (
                    "frequency",
                    models.CharField(
                        choices=[("daily", "Daily"), ("weekly", "Weekly")],
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                ("query", models.JSONField()),
                ("description", models.TextField(verbose_name="search")),
                ("parameters", models.TextField(blank=True, default="")),
                ("site", models.TextField()),
                ("secret", models.TextField(blank=True, default="")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_change", models.BigIntegerField(editable=False, null=True)),
                ("seen_change", models.BigIntegerField(editable=False, null=True)),
                (
                    "next_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="next search"),
                ),
                ("paused_at", models.DateTimeField(editable=False, null=True)),
                ("paused_reason", models.TextField(blank=True, default="", editable=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["next_at"], name="alert_next"),
                    models.Index(fields=["address"], name="alert_address"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True),
                                ("confirmed_change__isnull", True),
                                ("next_at__isnull", True),
                                ("seen_change__isnull", True),
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_change__isnull", False),
                                ("next_at__isnull", False),
                                ("seen_change__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="alert_confirmed_as_a_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=11, unique=True)),
                ("decision_id", models.BigIntegerField()),
                ("first_change", models.BigIntegerField()),
                ("change", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["change"], name="publication_change")],
            },
        ),
        migrations.CreateModel(
            name="AlertMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("confirmation", "Confirmation"), ("decisions", "New decisions")],
                        max_length=15,
                    ),
                ),
                (
                    "publications",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_failed_at", models.DateTimeField(null=True)),
                (
                    "next_attempt_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True, default="")),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="decisions.alert",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["next_attempt_at"],
                        name="alert_message_pending",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
