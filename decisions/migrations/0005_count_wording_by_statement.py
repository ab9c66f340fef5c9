"""Count the wording of new and of deleted decisions once a statement, not once a row.

A batch of decisions shares most of its standard wording: row by row, each shared count was written
as often in one transaction, and each time all its earlier versions were passed over.
"""

from django.db import migrations

FORWARD = """
-- 10 is Wording.STANDARD_FROM. The arrays hold one entry for each wording that a decision gained.
-- The earlier decisions that have a wording when it becomes standard are changed with it, so that
-- the search index takes it out of their text; there are at most 9 of them, the first holders. All
-- writers of decisions have the change counter's lock by now, so counts are written in one order.
CREATE FUNCTION decisions_gain_wording(ids bigint[], fingerprints bigint[]) RETURNS void
LANGUAGE sql AS $$
    WITH gained AS (
        SELECT fingerprint, count(*)::int AS number, (array_agg(id ORDER BY id))[:10] AS first
        FROM unnest(ids, fingerprints) AS gained (id, fingerprint)
        GROUP BY fingerprint
    ), counted AS (
        INSERT INTO decisions_wording AS wording (fingerprint, decisions, holders)
        SELECT fingerprint, number, first FROM gained ORDER BY fingerprint
        ON CONFLICT (fingerprint) DO UPDATE SET
            decisions = wording.decisions + excluded.decisions,
            holders = CASE WHEN wording.decisions < 10
                      THEN (wording.holders || excluded.holders)[:10] ELSE wording.holders END
        RETURNING fingerprint, decisions, holders
    )
    UPDATE decisions_decision SET change = change
    WHERE change <> decisions_advance_change() AND id IN (
        SELECT unnest(holders) FROM counted JOIN gained USING (fingerprint)
        WHERE decisions >= 10 AND decisions - number < 10
    )
$$;

CREATE FUNCTION decisions_lose_wording(ids bigint[], fingerprints bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE decisions_wording AS wording SET
        decisions = wording.decisions - lost.number,
        holders = ARRAY(SELECT unnest(wording.holders) EXCEPT SELECT unnest(lost.ids))
    FROM (
        SELECT fingerprint, count(*)::int AS number, array_agg(id) AS ids
        FROM unnest(ids, fingerprints) AS lost (id, fingerprint)
        GROUP BY fingerprint
    ) AS lost
    WHERE wording.fingerprint = lost.fingerprint
$$;

CREATE FUNCTION decisions_count_new_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_gain_wording(array_agg(id), array_agg(fingerprint))
    FROM (SELECT DISTINCT id, unnest(fingerprints) AS fingerprint FROM new_decisions) AS gained;
    RETURN NULL;
END $$;

CREATE FUNCTION decisions_count_deleted_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_lose_wording(array_agg(id), array_agg(fingerprint))
    FROM (SELECT DISTINCT id, unnest(fingerprints) AS fingerprint FROM old_decisions) AS lost;
    RETURN NULL;
END $$;

-- Row by row: few updates change the wording, and a statement's trigger would look at all.
CREATE FUNCTION decisions_count_changed_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_lose_wording(array_agg(OLD.id), array_agg(fingerprint))
    FROM (SELECT unnest(OLD.fingerprints) EXCEPT SELECT unnest(NEW.fingerprints))
        AS lost (fingerprint);
    PERFORM decisions_gain_wording(array_agg(NEW.id), array_agg(fingerprint))
    FROM (SELECT unnest(NEW.fingerprints) EXCEPT SELECT unnest(OLD.fingerprints))
        AS gained (fingerprint);
    RETURN NULL;
END $$;

DROP TRIGGER decisions_decision_wording ON decisions_decision;
DROP FUNCTION decisions_count_wording;

CREATE TRIGGER decisions_decision_new_wording AFTER INSERT ON decisions_decision
REFERENCING NEW TABLE AS new_decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_count_new_wording();

CREATE TRIGGER decisions_decision_deleted_wording AFTER DELETE ON decisions_decision
REFERENCING OLD TABLE AS old_decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_count_deleted_wording();

CREATE TRIGGER decisions_decision_changed_wording
AFTER UPDATE OF fingerprints ON decisions_decision
FOR EACH ROW WHEN (OLD.fingerprints IS DISTINCT FROM NEW.fingerprints)
EXECUTE FUNCTION decisions_count_changed_wording();
"""

BACKWARD = """
DROP TRIGGER decisions_decision_changed_wording ON decisions_decision;
DROP TRIGGER decisions_decision_deleted_wording ON decisions_decision;
DROP TRIGGER decisions_decision_new_wording ON decisions_decision;
DROP FUNCTION decisions_count_changed_wording;
DROP FUNCTION decisions_count_deleted_wording;
DROP FUNCTION decisions_count_new_wording;
DROP FUNCTION decisions_lose_wording;
DROP FUNCTION decisions_gain_wording;

CREATE FUNCTION decisions_count_wording() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint[] := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE OLD.fingerprints END;
    after bigint[] := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE NEW.fingerprints END;
BEGIN
    IF before = after THEN
        RETURN NULL;
    END IF;
    UPDATE decisions_wording SET decisions = decisions - 1, holders = array_remove(holders, OLD.id)
    WHERE TG_OP <> 'INSERT' AND fingerprint = ANY (before) AND NOT fingerprint = ANY (after);
    WITH counted AS (
        INSERT INTO decisions_wording AS wording (fingerprint, decisions, holders)
        SELECT DISTINCT added, 1, ARRAY[NEW.id] FROM unnest(after) AS added
        WHERE NOT added = ANY (before)
        ORDER BY added
        ON CONFLICT (fingerprint) DO UPDATE SET
            decisions = wording.decisions + 1,
            holders = CASE WHEN wording.decisions < 10 THEN wording.holders || excluded.holders
                      ELSE wording.holders END
        RETURNING wording.decisions, wording.holders
    )
    UPDATE decisions_decision SET change = change
    WHERE id IN (SELECT unnest(holders) FROM counted WHERE decisions = 10);
    RETURN NULL;
END $$;

CREATE TRIGGER decisions_decision_wording
AFTER INSERT OR DELETE OR UPDATE OF fingerprints ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_count_wording();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_count_wording")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
