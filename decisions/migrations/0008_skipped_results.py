"""The results of files that were not read are called skipped, as everywhere else."""

from django.db import migrations

RENAME = "UPDATE decisions_uploadresult SET action = '{}' WHERE action = '{}'"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_mistake_reports")]

    operations = [
        migrations.RunSQL(RENAME.format("skipped", "ignored"), RENAME.format("ignored", "skipped"))
    ]
