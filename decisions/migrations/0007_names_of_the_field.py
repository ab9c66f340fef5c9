"""Give models, columns, triggers and functions the names that the field uses for them."""

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

# Functions that name a table or column which this migration renames.
FUNCTIONS = """
-- Returns the number of the current transaction's change: the same for all its rows.
-- A savepoint or a transaction that is rolled back takes both the setting and the row back with it.
CREATE OR REPLACE FUNCTION decisions_advance_change() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    number bigint := nullif(current_setting('decisions.change', true), '')::bigint;
BEGIN
    IF number IS NULL THEN
        INSERT INTO decisions_changesequence AS sequence (id, value, archive)
        VALUES (1, 1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET value = sequence.value + 1
        RETURNING value INTO number;
        PERFORM set_config('decisions.change', number::text, true);
    END IF;
    RETURN number;
END $$;

CREATE OR REPLACE FUNCTION decisions_record_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO decisions_tombstone (decision_id, change)
    VALUES (OLD.id, decisions_advance_change());
    RETURN NULL;
END $$;

-- 10 is StandardWording.STANDARD_FROM. The two arrays are parallel: one entry for each wording that
-- a decision gained. When a wording becomes standard, its first decisions (9 or fewer) count as
-- changed too, so that the search index takes the wording out of their text. Every writer of
-- decisions holds the change sequence's lock here, so counts are written in one order.
CREATE OR REPLACE FUNCTION decisions_gain_wording(ids bigint[], fingerprints bigint[])
RETURNS void LANGUAGE sql AS $$
    WITH gained AS (
        SELECT fingerprint, count(*)::int AS number, (array_agg(id ORDER BY id))[:10] AS first
        FROM unnest(ids, fingerprints) AS gained (id, fingerprint)
        GROUP BY fingerprint
    ), counted AS (
        INSERT INTO decisions_standardwording AS wording
            (fingerprint, decisions, first_decision_ids)
        SELECT fingerprint, number, first FROM gained ORDER BY fingerprint
        ON CONFLICT (fingerprint) DO UPDATE SET
            decisions = wording.decisions + excluded.decisions,
            first_decision_ids = CASE WHEN wording.decisions < 10
                THEN (wording.first_decision_ids || excluded.first_decision_ids)[:10]
                ELSE wording.first_decision_ids END
        RETURNING fingerprint, decisions, first_decision_ids
    )
    UPDATE decisions_decision SET change = change
    WHERE change <> decisions_advance_change() AND id IN (
        SELECT unnest(first_decision_ids) FROM counted JOIN gained USING (fingerprint)
        WHERE decisions >= 10 AND decisions - number < 10
    )
$$;

CREATE OR REPLACE FUNCTION decisions_lose_wording(ids bigint[], fingerprints bigint[])
RETURNS void LANGUAGE sql AS $$
    UPDATE decisions_standardwording AS wording SET
        decisions = wording.decisions - lost.number,
        first_decision_ids = ARRAY(
            SELECT unnest(wording.first_decision_ids) EXCEPT SELECT unnest(lost.ids)
        )
    FROM (
        SELECT fingerprint, count(*)::int AS number, array_agg(id) AS ids
        FROM unnest(ids, fingerprints) AS lost (id, fingerprint)
        GROUP BY fingerprint
    ) AS lost
    WHERE wording.fingerprint = lost.fingerprint
$$;
"""

OLD_NAMES = {
    "decisions_changesequence": "decisions_changecounter",
    "decisions_standardwording": "decisions_wording",
    "decisions_tombstone": "decisions_removal",
    "decisions_record_tombstone": "decisions_note_removal",
    "first_decision_ids": "holders",
}


def old_functions() -> str:
    """FUNCTIONS with the names that tables and columns had before."""
    sql = FUNCTIONS
    for new, old in OLD_NAMES.items():
        sql = sql.replace(new, old)
    return sql


MODELS = {"failure": "ingestfailure", "removal": "tombstone", "wording": "standardwording",
          "changecounter": "changesequence"}  # fmt: skip
VERBOSE_NAMES = {"failure": "ingest failure", "removal": "tombstone",
                 "wording": "standard wording", "changecounter": "change sequence"}  # fmt: skip


def rename_permissions(apps, schema_editor):
    """Whoever may see failures may see ingest failures: permissions keep their rows."""
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
        # PostgreSQL checks the functions' bodies: they are made while their tables have the names.
        migrations.RunSQL(migrations.RunSQL.noop, old_functions()),
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
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunPython(rename_permissions, restore_permissions),
    ]
