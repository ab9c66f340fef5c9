"""Mistakes that readers report, and how many each network reported within an hour."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0006_upload_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportCount",
            fields=[
                ("network", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MistakeReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(blank=True, default="", max_length=11)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("finding", "A reason, remedy, payment or law is wrong"),
                            ("text", "The text differs from what the Ombudsman published"),
                            ("person", "Someone can be recognised (urgent)"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "is_urgent",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("kind", "person")), models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("message", models.TextField(verbose_name="what is wrong")),
                (
                    "contact",
                    models.EmailField(
                        blank=True,
                        default="",
                        max_length=254,
                        verbose_name="reader’s e-mail address",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("emailed_at", models.DateTimeField(editable=False, null=True)),
                ("dealt_with_at", models.DateTimeField(editable=False, null=True)),
                ("content_key", models.CharField(editable=False, max_length=64, null=True)),
                (
                    "dealt_with_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_key",), name="mistake_report_content_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["finding", "text", "person", "other"])),
                        name="mistake_report_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dealt_with_at", None), ("contact", ""), _connector="OR"
                        ),
                        name="mistake_report_contact_deleted",
                    ),
                ],
            },
        ),
    ]
