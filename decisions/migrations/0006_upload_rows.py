"""Uploaded files and the results of uploads are stored in rows of limited size.

A file of 187 MB in one row took 1.6 GB in the process that wrote it, and the results of a million
entries were more than one JSON value can hold.
"""

import django.db.models.deletion
from django.db import migrations, models

# A chunk has 1,000,000 bytes.
MOVE = """
INSERT INTO decisions_uploadedchunk (file_id, position, content)
SELECT file.id, position, substring(file.content FROM position * 1000000 + 1 FOR 1000000)
FROM decisions_uploadedfile AS file,
    generate_series(0, (octet_length(file.content) - 1) / 1000000) AS position
WHERE octet_length(file.content) > 0;

INSERT INTO decisions_uploadresult
    (upload_id, is_import, position, action, name, reason, changed, document, reference, withdrawn)
SELECT upload.id, imported_at IS NOT NULL, result.position - 1, result.entry ->> 'action',
    result.entry ->> 'name', coalesce(result.entry ->> 'reason', ''),
    coalesce(result.entry -> 'changed', '[]'), result.entry -> 'document',
    coalesce(result.entry ->> 'reference', ''),
    coalesce((result.entry ->> 'withdrawn')::boolean, false)
FROM decisions_upload AS upload,
    jsonb_array_elements(upload.results) WITH ORDINALITY AS result (entry, position)
WHERE jsonb_typeof(upload.results) = 'array';

UPDATE decisions_upload SET is_reviewed = true WHERE results IS NOT NULL;
"""

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_capture_times")]

    operations = [
        migrations.CreateModel(
            "UploadedChunk",
            [
                ("id", ID),
                ("position", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="decisions.uploadedfile",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "uploadedchunk",
            models.UniqueConstraint(fields=("file", "position"), name="uploaded_chunk_unique"),
        ),
        migrations.CreateModel(
            "UploadResult",
            [
                ("id", ID.clone()),
                ("is_import", models.BooleanField()),
                ("position", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=20)),
                ("name", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                ("changed", models.JSONField(default=list)),
                ("document", models.JSONField(null=True)),
                ("reference", models.TextField(blank=True, default="")),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="decisions.upload",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "uploadresult",
            models.UniqueConstraint(
                fields=("upload", "is_import", "position"), name="upload_result_unique"
            ),
        ),
        migrations.AddField(
            "upload", "is_reviewed", models.BooleanField(default=False, editable=False)
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField("upload", "results"),
        migrations.RemoveField("uploadedfile", "content"),
    ]
