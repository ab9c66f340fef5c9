"""How far the review or the taking in of an upload has come."""

from django.db import migrations, models
from django.db.models import F


def note_what_was_taken_in(apps, schema_editor):
    """Until now, an upload was confirmed and taken in at once."""
    uploads = apps.get_model("decisions", "Upload").objects
    uploads.exclude(confirmed_at=None).update(taken_in_at=F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_count_wording_by_statement")]

    operations = [
        migrations.AddField(
            "upload", "taken_in_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField("upload", "begun_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(
            "upload", "done", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "upload", "total", models.PositiveIntegerField(editable=False, null=True)
        ),
        migrations.AddField("upload", "failure", models.TextField(default="", editable=False)),
        migrations.AddField(
            "upload", "taken_in_anew", models.BooleanField(default=False, editable=False)
        ),
        migrations.RunPython(note_what_was_taken_in, migrations.RunPython.noop),
    ]
