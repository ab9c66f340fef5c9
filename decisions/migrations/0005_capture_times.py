"""Captures have the time at which their source was read, and what says so.

Captures of an earlier archive get the time at which they were received. No trigger is added or
changed: what readers find of a decision is in its own row.
"""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_reviewed_files")]

    operations = [
        migrations.AddField(
            "capture",
            "captured_at",
            models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                help_text="When the source was read.",
            ),
        ),
        migrations.AddField(
            "capture",
            "captured_from",
            models.CharField(
                choices=[
                    ("web-archive", "the web archive that holds the copy"),
                    ("warc", "its WARC record"),
                    ("mhtml", "the page as it was saved (MHTML)"),
                    ("singlefile", "the page as SingleFile saved it"),
                    ("file", "the file’s modification time"),
                    ("uploaded", "the time of its upload"),
                    ("received", "the time at which it was received"),
                ],
                db_default="received",
                help_text="What says when the source was read.",
                max_length=20,
            ),
        ),
        migrations.AlterModelOptions(
            "capture", {"ordering": ["-captured_at", "-received_at", "-id"]}
        ),
        migrations.AddConstraint(
            "capture",
            models.CheckConstraint(
                condition=models.Q(
                    captured_from__in=[
                        "web-archive",
                        "warc",
                        "mhtml",
                        "singlefile",
                        "file",
                        "uploaded",
                        "received",
                    ]
                ),
                name="capture_basis_known",
            ),
        ),
        migrations.RunSQL(
            "UPDATE decisions_capture SET captured_at = received_at", migrations.RunSQL.noop
        ),
    ]
