"""Number every change to a decision, in the database itself, for the search index to follow."""

from django.db import migrations

FORWARD = """
-- The number of the current transaction's change: the same for all its rows, taken on first use.
-- set_config(…, true) and the counter's row both fall back with a savepoint or the transaction.
CREATE FUNCTION decisions_advance_change() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    number bigint := nullif(current_setting('decisions.change', true), '')::bigint;
BEGIN
    IF number IS NULL THEN
        INSERT INTO decisions_changecounter AS counter (id, value, archive)
        VALUES (1, 1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET value = counter.value + 1
        RETURNING value INTO number;
        PERFORM set_config('decisions.change', number::text, true);
    END IF;
    RETURN number;
END $$;

CREATE FUNCTION decisions_number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.change := decisions_advance_change();
    RETURN NEW;
END $$;

CREATE TRIGGER decisions_decision_change BEFORE INSERT OR UPDATE ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_number_change();

CREATE FUNCTION decisions_note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO decisions_removal (decision_id, change)
    VALUES (OLD.id, decisions_advance_change());
    RETURN NULL;
END $$;

CREATE TRIGGER decisions_decision_removal AFTER DELETE ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_note_removal();

-- A renamed council, category or outcome changes what its decisions are found by.
CREATE FUNCTION decisions_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE decisions_decision SET change = change WHERE ' || TG_ARGV[0] USING NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER decisions_council_renamed AFTER UPDATE OF name, slug ON decisions_council
FOR EACH ROW WHEN ((OLD.name, OLD.slug) IS DISTINCT FROM (NEW.name, NEW.slug))
EXECUTE FUNCTION decisions_renamed('council_id = $1');

CREATE TRIGGER decisions_category_renamed AFTER UPDATE OF name, path ON decisions_category
FOR EACH ROW WHEN ((OLD.name, OLD.path) IS DISTINCT FROM (NEW.name, NEW.path))
EXECUTE FUNCTION decisions_renamed(
    'category_id IN (SELECT id FROM decisions_category WHERE $1 IN (id, parent_id))'
);

CREATE TRIGGER decisions_outcome_renamed AFTER UPDATE OF name, slug ON decisions_outcome
FOR EACH ROW WHEN ((OLD.name, OLD.slug) IS DISTINCT FROM (NEW.name, NEW.slug))
EXECUTE FUNCTION decisions_renamed('outcome_id = $1');

INSERT INTO decisions_changecounter (id, value, archive) VALUES (1, 0, gen_random_uuid());
"""

BACKWARD = """
DELETE FROM decisions_changecounter;
DROP TRIGGER decisions_outcome_renamed ON decisions_outcome;
DROP TRIGGER decisions_category_renamed ON decisions_category;
DROP TRIGGER decisions_council_renamed ON decisions_council;
DROP FUNCTION decisions_renamed;
DROP TRIGGER decisions_decision_removal ON decisions_decision;
DROP FUNCTION decisions_note_removal;
DROP TRIGGER decisions_decision_change ON decisions_decision;
DROP FUNCTION decisions_number_change;
DROP FUNCTION decisions_advance_change;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
