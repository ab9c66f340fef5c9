"""Count, in the database itself, how many decisions share each standard paragraph."""

from django.db import migrations

FORWARD = """
-- 10 is Wording.STANDARD_FROM: the decisions that have a wording when it becomes standard are
-- changed with it, so that the search index takes it out of their text. All writers of decisions
-- hold the change counter's lock by now, so counts are never written in two orders at once.
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

-- Which rules have seen a decision is nothing that the search index holds: that column alone is no
-- change. What a reader could find is one, and `change = change` asks for a number of its own.
CREATE OR REPLACE TRIGGER decisions_decision_change
BEFORE INSERT OR UPDATE OF reference, other_references, council_id, category_id, outcome_id,
    decided_on, kind, summary, sections, source_url, is_sample, findings, reasons, provisions,
    remedies, payment, fingerprints, withdrawn_at, change
ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decisions_number_change();

CREATE TRIGGER decisions_decision_wording
AFTER INSERT OR DELETE OR UPDATE OF fingerprints ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_count_wording();
"""

BACKWARD = """
CREATE OR REPLACE TRIGGER decisions_decision_change BEFORE INSERT OR UPDATE ON decisions_decision
FOR EACH ROW EXECUTE FUNCTION decisions_number_change();
DROP TRIGGER decisions_decision_wording ON decisions_decision;
DROP FUNCTION decisions_count_wording;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_findings")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
