"""The captures of an earlier archive go into the log of received files.

Imports wait until it is done, readers do not: it holds the change sequence's lock and no other.
"""

from django.db import migrations

FORWARD = """
SELECT FROM decisions_changesequence FOR UPDATE;

INSERT INTO decisions_capturelogentry (position, sha256, reference, received_at, leaf)
SELECT place, sha256, reference, received_at,
    decisions_capture_log_leaf(place, sha256, reference, received_at)
FROM (
    SELECT
        coalesce((SELECT max(position) + 1 FROM decisions_capturelogentry), 0)
            + row_number() OVER (ORDER BY capture.id) - 1 AS place,
        capture.sha256, decision.reference, capture.received_at
    FROM decisions_capture AS capture JOIN decisions_decision AS decision
        ON decision.id = capture.decision_id AND NOT decision.is_sample
    WHERE NOT EXISTS (
        SELECT FROM decisions_capturelogentry AS logged WHERE logged.sha256 = capture.sha256
    )
) AS added;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0017_capture_log")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
