"""Notify whoever follows the archive (`manage.py index follow`) once for every transaction."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION decisions_advance_change() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    number bigint := nullif(current_setting('decisions.change', true), '')::bigint;
BEGIN
    IF number IS NULL THEN
        INSERT INTO decisions_changecounter AS counter (id, value, archive)
        VALUES (1, 1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET value = counter.value + 1
        RETURNING value INTO number;
        PERFORM set_config('decisions.change', number::text, true);
{notify}    END IF;
    RETURN number;
END $$;
"""

FORWARD = FUNCTION.format(notify="        PERFORM pg_notify('decisions_change', '');\n")
BACKWARD = FUNCTION.format(notify="")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_count_wording_by_statement")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
