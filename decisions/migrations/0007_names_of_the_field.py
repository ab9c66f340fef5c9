"""Give models, columns, triggers and functions the names that the field uses for them.

The functions' text is renamed by `0002_triggers`, which comes next and makes all of them again.
"""

from django.db import migrations, models
from django.db.models import Q

TABLES = """
ALTER SEQUENCE decisions_failure_id_seq RENAME TO decisions_ingestfailure_id_seq;
ALTER SEQUENCE decisions_changecounter_id_seq RENAME TO decisions_changesequence_id_seq;
ALTER INDEX decisions_failure_pkey RENAME TO decisions_ingestfailure_pkey;
ALTER INDEX decisions_changecounter_pkey RENAME TO decisions_changesequence_pkey;
ALTER INDEX decisions_removal_pkey RENAME TO decisions_tombstone_pkey;
ALTER INDEX decisions_wording_pkey RENAME TO decisions_standardwording_pkey;
ALTER TRIGGER decisions_decision_removal ON decisions_decision
    RENAME TO decisions_decision_tombstone;
ALTER FUNCTION decisions_note_removal RENAME TO decisions_record_tombstone;
"""

TABLES_BACKWARD = """
ALTER SEQUENCE decisions_ingestfailure_id_seq RENAME TO decisions_failure_id_seq;
ALTER SEQUENCE decisions_changesequence_id_seq RENAME TO decisions_changecounter_id_seq;
ALTER INDEX decisions_ingestfailure_pkey RENAME TO decisions_failure_pkey;
ALTER INDEX decisions_changesequence_pkey RENAME TO decisions_changecounter_pkey;
ALTER INDEX decisions_tombstone_pkey RENAME TO decisions_removal_pkey;
ALTER INDEX decisions_standardwording_pkey RENAME TO decisions_wording_pkey;
ALTER TRIGGER decisions_decision_tombstone ON decisions_decision
    RENAME TO decisions_decision_removal;
ALTER FUNCTION decisions_record_tombstone RENAME TO decisions_note_removal;
"""

MODELS = {"failure": "ingestfailure", "removal": "tombstone", "wording": "standardwording",
          "changecounter": "changesequence"}  # fmt: skip
VERBOSE_NAMES = {"failure": "ingest failure", "removal": "tombstone",
                 "wording": "standard wording", "changecounter": "change sequence"}  # fmt: skip


def rename_permissions(apps, schema_editor):
    """Keep the permissions of users and groups: each permission is renamed in its own row."""
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="decisions"
    )
    for old, new in MODELS.items():
        for action in ("add", "change", "delete", "view"):
            permissions.filter(codename=f"{action}_{old}").update(
                codename=f"{action}_{new}", name=f"Can {action} {VERBOSE_NAMES[old]}"
            )


def restore_permissions(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="decisions"
    )
    for old, new in MODELS.items():
        for action in ("add", "change", "delete", "view"):
            permissions.filter(codename=f"{action}_{new}").update(
                codename=f"{action}_{old}",
                name=f"Can {action} {'change counter' if old == 'changecounter' else old}",
            )


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0006_upload_progress"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RemoveConstraint("changecounter", "change_counter_one_row"),
        migrations.RemoveConstraint("failure", "failure_name_unique"),
        migrations.RenameModel("ChangeCounter", "ChangeSequence"),
        migrations.RenameModel("Failure", "IngestFailure"),
        migrations.RenameModel("Removal", "Tombstone"),
        migrations.RenameModel("Wording", "StandardWording"),
        migrations.RenameField("standardwording", "holders", "first_decision_ids"),
        migrations.RenameField("upload", "taken_in_at", "imported_at"),
        migrations.RenameField("upload", "begun_at", "started_at"),
        migrations.RenameField("upload", "taken_in_anew", "restarted"),
        migrations.RenameIndex("tombstone", new_name="tombstone_change", old_name="removal_change"),
        migrations.RenameIndex(
            "standardwording",
            new_name="standard_wording_decisions",
            old_name="wording_decisions",
        ),
        migrations.AddConstraint(
            "changesequence",
            models.CheckConstraint(condition=Q(id=1), name="change_sequence_one_row"),
        ),
        migrations.AddConstraint(
            "ingestfailure",
            models.UniqueConstraint(fields=["name"], name="ingest_failure_name_unique"),
        ),
        migrations.RunSQL(TABLES, TABLES_BACKWARD),
        migrations.RunPython(rename_permissions, restore_permissions),
    ]
