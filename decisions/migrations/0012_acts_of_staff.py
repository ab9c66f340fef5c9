"""Corrections, redactions and erasures of decisions, and who may do what."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FORWARD = """
-- As in migration 0002, with what says that staff corrected or redacted a decision.
CREATE OR REPLACE TRIGGER decisions_decision_change
BEFORE INSERT OR UPDATE OF reference, other_references, council_id, category_id, outcome_id,
    decided_on, kind, summary, sections, source_url, is_sample, findings, reasons, provisions,
    remedies, payment, fingerprints, withdrawn_at, change, stated, is_redacted
ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decisions_number_change();
"""

BACKWARD = """
CREATE OR REPLACE TRIGGER decisions_decision_change
BEFORE INSERT OR UPDATE OF reference, other_references, council_id, category_id, outcome_id,
    decided_on, kind, summary, sections, source_url, is_sample, findings, reasons, provisions,
    remedies, payment, fingerprints, withdrawn_at, change
ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decisions_number_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0011_audit_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("withdraw_decision", "Can withdraw and restore decisions"),
                    ("correct_decision", "Can correct decisions"),
                    ("redact_decision", "Can redact decisions"),
                    (
                        "unseal_decision",
                        "Can read and restore the sealed words of redacted decisions",
                    ),
                    ("erase_decision", "Can erase decisions, if another person confirms it"),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="is_redacted",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Whether words of it were replaced by “[redacted]”.",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="stated",
            field=models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                editable=False,
                help_text="What the file states for each field that staff corrected.",
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=11)),
                (
                    "other_references",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=11),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="When it was erased.",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("taken-down", "The Ombudsman took the decision down"),
                            ("identifiable", "Someone could be recognised in it"),
                            ("court", "A court or a regulator ordered it"),
                            ("mistake", "It was published here by mistake"),
                            ("other", "Another reason"),
                        ],
                        help_text="Why it was erased.",
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["-erased_at"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("reference",), name="erasure_reference_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("taken-down", "The Ombudsman took the decision down"),
                            ("identifiable", "Someone could be recognised in it"),
                            ("court", "A court or a regulator ordered it"),
                            ("mistake", "It was published here by mistake"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasure_request",
                        to="decisions.decision",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["requested_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("original", models.JSONField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redaction",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
