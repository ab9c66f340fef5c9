"""Triggers keep change numbers, tombstones and counts of wording, however rows are written.

This is raw SQL and not django-pgtrigger. Every trigger of that library first asks whether a setting
of the session switches it off, in a block that catches an exception: that costs a subtransaction a
row, and a session could write what the search index never hears of. The library has no functions
that several triggers share, so half of this file would stay SQL.

Triggers and functions are created or replaced: an archive that had earlier ones of these names gets
these.
"""

from django.db import migrations

FORWARD = """
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

CREATE OR REPLACE FUNCTION decisions_number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.change := decisions_advance_change();
    RETURN NEW;
END $$;

-- Which rules have seen a decision is not in the search index: `rules_version` alone is no change.
-- `SET change = change` asks for a new number and changes nothing else.
CREATE OR REPLACE TRIGGER decisions_decision_change
BEFORE INSERT OR UPDATE OF reference, other_references, council_id, category_id, outcome_id,
    decided_on, kind, summary, sections, source_url, is_sample, findings, reasons, provisions,
    remedies, payment, fingerprints, withdrawn_at, change
ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decisions_number_change();

CREATE OR REPLACE FUNCTION decisions_record_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO decisions_tombstone (decision_id, change)
    VALUES (OLD.id, decisions_advance_change());
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_decision_tombstone AFTER DELETE ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_record_tombstone();

-- Readers find a decision by its council, category and outcome: a new name there changes it too.
-- The trigger's argument says which decisions; $1 is the renamed row's id.
CREATE OR REPLACE FUNCTION decisions_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE decisions_decision SET change = change WHERE ' || TG_ARGV[0] USING NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_council_renamed AFTER UPDATE OF name, slug ON decisions_council
FOR EACH ROW WHEN ((OLD.name, OLD.slug) IS DISTINCT FROM (NEW.name, NEW.slug))
EXECUTE FUNCTION decisions_renamed('council_id = $1');

CREATE OR REPLACE TRIGGER decisions_category_renamed
AFTER UPDATE OF name, path ON decisions_category
FOR EACH ROW WHEN ((OLD.name, OLD.path) IS DISTINCT FROM (NEW.name, NEW.path))
EXECUTE FUNCTION decisions_renamed(
    'category_id IN (SELECT id FROM decisions_category WHERE $1 IN (id, parent_id))'
);

CREATE OR REPLACE TRIGGER decisions_outcome_renamed AFTER UPDATE OF name, slug ON decisions_outcome
FOR EACH ROW WHEN ((OLD.name, OLD.slug) IS DISTINCT FROM (NEW.name, NEW.slug))
EXECUTE FUNCTION decisions_renamed('outcome_id = $1');

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

CREATE OR REPLACE FUNCTION decisions_count_new_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_gain_wording(array_agg(id), array_agg(fingerprint))
    FROM (SELECT DISTINCT id, unnest(fingerprints) AS fingerprint FROM new_decisions) AS gained;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION decisions_count_deleted_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_lose_wording(array_agg(id), array_agg(fingerprint))
    FROM (SELECT DISTINCT id, unnest(fingerprints) AS fingerprint FROM old_decisions) AS lost;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION decisions_count_changed_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_lose_wording(array_agg(OLD.id), array_agg(fingerprint))
    FROM (SELECT unnest(OLD.fingerprints) EXCEPT SELECT unnest(NEW.fingerprints))
        AS lost (fingerprint);
    PERFORM decisions_gain_wording(array_agg(NEW.id), array_agg(fingerprint))
    FROM (SELECT unnest(NEW.fingerprints) EXCEPT SELECT unnest(OLD.fingerprints))
        AS gained (fingerprint);
    RETURN NULL;
END $$;

-- Once a statement: the decisions of a batch share most of their wording, and each shared count
-- is written once this way, not once a decision.
CREATE OR REPLACE TRIGGER decisions_decision_new_wording AFTER INSERT ON decisions_decision
REFERENCING NEW TABLE AS new_decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_count_new_wording();

CREATE OR REPLACE TRIGGER decisions_decision_deleted_wording AFTER DELETE ON decisions_decision
REFERENCING OLD TABLE AS old_decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_count_deleted_wording();

-- Once a row: few updates change the wording, and a statement's trigger would look at every row.
CREATE OR REPLACE TRIGGER decisions_decision_changed_wording
AFTER UPDATE OF fingerprints ON decisions_decision
FOR EACH ROW WHEN (OLD.fingerprints IS DISTINCT FROM NEW.fingerprints)
EXECUTE FUNCTION decisions_count_changed_wording();

INSERT INTO decisions_changesequence (id, value, archive) VALUES (1, 0, gen_random_uuid())
ON CONFLICT DO NOTHING;
"""

BACKWARD = """
DROP TRIGGER decisions_decision_changed_wording ON decisions_decision;
DROP TRIGGER decisions_decision_deleted_wording ON decisions_decision;
DROP TRIGGER decisions_decision_new_wording ON decisions_decision;
DROP TRIGGER decisions_outcome_renamed ON decisions_outcome;
DROP TRIGGER decisions_category_renamed ON decisions_category;
DROP TRIGGER decisions_council_renamed ON decisions_council;
DROP TRIGGER decisions_decision_tombstone ON decisions_decision;
DROP TRIGGER decisions_decision_change ON decisions_decision;
DROP FUNCTION decisions_count_changed_wording;
DROP FUNCTION decisions_count_deleted_wording;
DROP FUNCTION decisions_count_new_wording;
DROP FUNCTION decisions_lose_wording;
DROP FUNCTION decisions_gain_wording;
DROP FUNCTION decisions_renamed;
DROP FUNCTION decisions_record_tombstone;
DROP FUNCTION decisions_number_change;
DROP FUNCTION decisions_advance_change;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_tables")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
