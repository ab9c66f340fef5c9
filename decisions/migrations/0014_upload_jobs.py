"""Reviews and imports of uploads are jobs of workers: cancelled, interrupted and resumed."""

from django.db import migrations, models

# Until now, work that had failed kept the time at which it started.
END_FAILED_WORK = "UPDATE decisions_upload SET started_at = NULL WHERE failure <> ''"
START_FAILED_WORK = "UPDATE decisions_upload SET started_at = now() WHERE failure <> ''"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0013_council_succession")]

    operations = [
        migrations.AddField(
            "upload", "cancelled_at", models.DateTimeField(null=True, editable=False)
        ),
        migrations.AddField(
            "upload", "resumed_at", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "upload",
            "interruptions",
            models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(END_FAILED_WORK, START_FAILED_WORK),
    ]
