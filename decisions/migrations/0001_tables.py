"""Every table with its constraints and indexes.

A new archive runs this migration and those after it. An archive made by commit 84b3afc has run the
first six migrations that this one replaces; they and the seventh, which renames its tables, stay in
this directory for it. Delete all seven, and `replaces`, once no such archive is left.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("decisions", "0001_initial"),
        ("decisions", "0002_follow_changes"),
        ("decisions", "0003_findings"),
        ("decisions", "0004_count_wording"),
        ("decisions", "0005_count_wording_by_statement"),
        ("decisions", "0006_upload_progress"),
        ("decisions", "0007_names_of_the_field"),
    ]
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("path", models.CharField(max_length=600)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subcategories",
                        to="decisions.category",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="ChangeSequence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField()),
                ("archive", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="change_sequence_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Council",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("slug", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("care-provider", "Care provider"),
                            ("nhs", "NHS body"),
                            ("park", "National park authority"),
                            ("fire", "Fire authority"),
                            ("transport", "Transport authority"),
                            ("parish", "Parish or town council"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug",), name="council_slug_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        max_length=11,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d\\d \\d{3} \\d{3}[a-z]?$", "Write it as 21 019 030."
                            )
                        ],
                    ),
                ),
                (
                    "other_references",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=11),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("statement", "Statement"), ("report", "Report")],
                        default="statement",
                        max_length=10,
                    ),
                ),
                ("summary", models.TextField(blank=True, null=True)),
                ("sections", models.JSONField(blank=True, default=list)),
                ("source_url", models.TextField(blank=True, null=True)),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_sample", models.BooleanField(default=False)),
                ("findings", models.JSONField(blank=True, default=dict, editable=False)),
                ("rules_version", models.SmallIntegerField(default=0, editable=False)),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "provisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "remedies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "payment",
                    models.BigIntegerField(
                        editable=False,
                        help_text="Pence recommended or agreed; null where none is certain.",
                        null=True,
                    ),
                ),
                (
                    "fingerprints",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, default="")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("change", models.BigIntegerField(db_default=0, editable=False)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="decisions.category",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="decisions.council",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.TextField(help_text="The file's name as received.")),
                (
                    "url",
                    models.TextField(blank=True, default="", help_text="Where the file came from."),
                ),
                (
                    "charset",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The encoding that the server which sent it stated.",
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "size",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("content", function="octet_length"),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captures",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="IngestFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("reason", models.TextField()),
                (
                    "first_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "last_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["-last_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="ingest_failure_name_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("slug", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug",), name="outcome_slug_unique")
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="outcome",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="decisions.outcome",
            ),
        ),
        migrations.CreateModel(
            name="Provision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                ("label", models.TextField()),
                ("short", models.TextField()),
                ("url", models.TextField(blank=True, default="")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subdivisions",
                        to="decisions.provision",
                    ),
                ),
            ],
            options={
                "ordering": ["label"],
            },
        ),
        migrations.CreateModel(
            name="StandardWording",
            fields=[
                ("fingerprint", models.BigIntegerField(primary_key=True, serialize=False)),
                ("decisions", models.IntegerField()),
                (
                    "first_decision_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["decisions"], name="standard_wording_decisions")],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("decision_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("change", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["change"], name="tombstone_change")],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("imported_at", models.DateTimeField(editable=False, null=True)),
                ("results", models.JSONField(editable=False, null=True)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("done", models.PositiveIntegerField(default=0, editable=False)),
                ("total", models.PositiveIntegerField(editable=False, null=True)),
                ("failure", models.TextField(default="", editable=False)),
                ("restarted", models.BooleanField(default=False, editable=False)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="UploadedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="decisions.upload",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("path",), name="category_path_unique"),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.UniqueConstraint(fields=("sha256",), name="capture_sha256_unique"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["other_references"], name="decision_other_references"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                models.OrderBy(models.F("decided_on"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="decision_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["council", "decided_on"], name="decision_council"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["category", "decided_on"], name="decision_category"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["outcome", "decided_on"], name="decision_outcome"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["change"], name="decision_change"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("is_sample", True)), fields=["id"], name="decision_sample"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("reference",), name="decision_reference_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference__regex", "^\\d\\d \\d{3} \\d{3}[a-z]?$")),
                name="decision_reference_canonical",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["statement", "report"])),
                name="decision_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.UniqueConstraint(fields=("key",), name="provision_key_unique"),
        ),
    ]
