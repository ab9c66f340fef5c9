"""The log of received files, to which PostgreSQL only adds.

The next migration adds the captures that are there already. The lock that the trigger's creation
takes on captures stops no reader.
"""

from django.db import migrations, models

FORWARD = """
-- The hash of an entry's line, as `capture_log.entries` writes it, in the tree of RFC 9162.
CREATE OR REPLACE FUNCTION decisions_capture_log_leaf(
    place bigint, sha256 text, reference text, received_at timestamptz
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256('\\x00'::bytea || convert_to(concat_ws(' ',
        place, sha256, replace(reference, ' ', '-'),
        to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    ) || E'\\n', 'UTF8'))
$$;

-- One writer at a time: the change sequence's lock is held until the transaction ends.
CREATE OR REPLACE FUNCTION decisions_log_captures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM decisions_advance_change();
    INSERT INTO decisions_capturelogentry (position, sha256, reference, received_at, leaf)
    SELECT place, sha256, reference, received_at,
        decisions_capture_log_leaf(place, sha256, reference, received_at)
    FROM (
        SELECT
            coalesce((SELECT max(position) + 1 FROM decisions_capturelogentry), 0)
                + row_number() OVER (ORDER BY capture.id) - 1 AS place,
            capture.sha256, decision.reference, capture.received_at
        FROM new_captures AS capture JOIN decisions_decision AS decision
            ON decision.id = capture.decision_id AND NOT decision.is_sample
        WHERE NOT EXISTS (
            SELECT FROM decisions_capturelogentry AS logged WHERE logged.sha256 = capture.sha256
        )
    ) AS added;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION decisions_refuse_capture_log_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of received files cannot be changed: % is refused.', TG_OP;
END $$;

CREATE OR REPLACE TRIGGER decisions_capturelogentry_kept
BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions_capturelogentry
FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse_capture_log_change();

CREATE OR REPLACE TRIGGER decisions_captureloghead_kept
BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions_captureloghead
FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse_capture_log_change();

CREATE OR REPLACE TRIGGER decisions_capture_logged AFTER INSERT ON decisions_capture
REFERENCING NEW TABLE AS new_captures
FOR EACH STATEMENT EXECUTE FUNCTION decisions_log_captures();
"""

BACKWARD = """
DROP TRIGGER decisions_capture_logged ON decisions_capture;
DROP TRIGGER decisions_capturelogentry_kept ON decisions_capturelogentry;
DROP TRIGGER decisions_captureloghead_kept ON decisions_captureloghead;
DROP FUNCTION decisions_refuse_capture_log_change;
DROP FUNCTION decisions_log_captures;
DROP FUNCTION decisions_capture_log_leaf;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0016_shown_changes")]

    operations = [
        migrations.CreateModel(
            name="CaptureLogEntry",
            fields=[
                (
                    "position",
                    models.BigIntegerField(
                        help_text="Its place, counted from 0.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "sha256",
                    models.CharField(help_text="The hash of the file's bytes.", max_length=64),
                ),
                (
                    "reference",
                    models.CharField(help_text="The decision in the file.", max_length=11),
                ),
                (
                    "received_at",
                    models.DateTimeField(help_text="When the archive received the file."),
                ),
                (
                    "leaf",
                    models.BinaryField(help_text="SHA-256 of a zero byte and the entry's line."),
                ),
            ],
            options={
                "ordering": ["position"],
                "verbose_name_plural": "capture log entries",
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("sha256",), name="capture_log_sha256_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaptureLogHead",
            fields=[
                (
                    "size",
                    models.BigIntegerField(
                        help_text="How many entries it covers.", primary_key=True, serialize=False
                    ),
                ),
                ("root", models.BinaryField(help_text="The root of their Merkle tree.")),
                ("stamped_at", models.DateTimeField(help_text="When the authority stamped it.")),
                (
                    "reply",
                    models.BinaryField(help_text="The authority's reply, a TimeStampResp in DER."),
                ),
                (
                    "certificates",
                    models.TextField(help_text="The authority's certificates, in PEM."),
                ),
                (
                    "checksum",
                    models.BinaryField(
                        help_text="SHA-256 of the reply, followed by the certificates."
                    ),
                ),
            ],
            options={"ordering": ["size"], "default_permissions": ("view",)},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
