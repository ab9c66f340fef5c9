"""What a review has parsed is stored for the import; bytes that were imported are dropped."""

import django.db.models.deletion
from django.db import migrations, models


def drop_imported_files(apps, schema_editor):
    """Where nothing in an upload failed, the archive holds the bytes of all its files."""
    upload = apps.get_model("decisions", "Upload")
    imported = upload.objects.exclude(imported_at=None)
    without_failure = imported.exclude(results__contains=[{"action": "failed"}])
    files = apps.get_model("decisions", "UploadedFile").objects
    files.filter(upload__in=without_failure.values("pk")).delete()


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_paragraph_view")]

    operations = [
        migrations.CreateModel(
            "ReviewedFile",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("parsed", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviewed_files",
                        to="decisions.upload",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "reviewedfile",
            models.UniqueConstraint(fields=("upload", "key"), name="reviewed_file_unique"),
        ),
        migrations.RunPython(drop_imported_files, migrations.RunPython.noop),
    ]
