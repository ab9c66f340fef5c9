"""The audit log, which PostgreSQL refuses to change, delete or empty."""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION decisions_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log cannot be changed: % is refused.', TG_OP;
END $$;

CREATE OR REPLACE TRIGGER decisions_auditentry_kept BEFORE UPDATE OR DELETE ON decisions_auditentry
FOR EACH ROW EXECUTE FUNCTION decisions_refuse_audit_change();

CREATE OR REPLACE TRIGGER decisions_auditentry_not_emptied BEFORE TRUNCATE ON decisions_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse_audit_change();

-- Also where a session sets session_replication_role.
ALTER TABLE decisions_auditentry ENABLE ALWAYS TRIGGER decisions_auditentry_kept;
ALTER TABLE decisions_auditentry ENABLE ALWAYS TRIGGER decisions_auditentry_not_emptied;

-- What the admin records of added, changed and deleted rows can be deleted with its user; the audit
-- log keeps it. A trigger, since Django records the deletion of several rows without a signal.
CREATE OR REPLACE FUNCTION decisions_audit_admin_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO decisions_auditentry
        (user_id_then, user_name, act, kind, key, reason, note, before, after)
    SELECT
        NEW.user_id,
        coalesce((SELECT username FROM auth_user WHERE id = NEW.user_id), ''),
        (ARRAY['added', 'changed', 'deleted'])[NEW.action_flag],
        left(coalesce(type.model, ''), 40),
        left(coalesce(NEW.object_id, ''), 300),
        '',
        NEW.change_message,
        '{}',
        jsonb_build_object('name', NEW.object_repr)
    FROM (SELECT 1) AS one
    LEFT JOIN django_content_type AS type ON type.id = NEW.content_type_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER decisions_admin_log_audited AFTER INSERT ON django_admin_log
FOR EACH ROW EXECUTE FUNCTION decisions_audit_admin_log();
"""

BACKWARD = """
DROP TRIGGER decisions_admin_log_audited ON django_admin_log;
DROP FUNCTION decisions_audit_admin_log;
DROP TRIGGER decisions_auditentry_not_emptied ON decisions_auditentry;
DROP TRIGGER decisions_auditentry_kept ON decisions_auditentry;
DROP FUNCTION decisions_refuse_audit_change;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0010_alerts"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=models.Func(
                            function="clock_timestamp", output_field=models.DateTimeField()
                        )
                    ),
                ),
                ("user_id_then", models.BigIntegerField(null=True, verbose_name="user’s number")),
                (
                    "user_name",
                    models.CharField(blank=True, default="", max_length=150, verbose_name="who"),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("withdrawn", "Withdrawn"),
                            ("restored", "Restored"),
                            ("corrected", "Corrected"),
                            ("correction-removed", "Correction removed"),
                            ("redacted", "Redacted"),
                            ("redaction-removed", "Redaction removed"),
                            ("erasure-requested", "Erasure asked for"),
                            ("erasure-cancelled", "Erasure not confirmed"),
                            ("erased", "Erased"),
                            ("sealed-seen", "Sealed original read"),
                            ("renamed", "Renamed"),
                            ("merged", "Merged"),
                            ("merge-undone", "Merge undone"),
                            ("import-confirmed", "Import confirmed"),
                            ("job-cancelled", "Job cancelled"),
                            ("job-retried", "Job tried again"),
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("deleted", "Deleted"),
                            ("signed-in", "Signed in"),
                            ("signed-out", "Signed out"),
                            ("sign-in-failed", "Sign-in failed"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=300, verbose_name="to what")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken-down", "The Ombudsman took the decision down"),
                            ("identifiable", "Someone could be recognised in it"),
                            ("court", "A court or a regulator ordered it"),
                            ("mistake", "It was published here by mistake"),
                            ("other", "Another reason"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name_plural": "audit log entries",
                "ordering": ["-id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["kind", "key"], name="audit_entry_object"),
                    models.Index(fields=["at"], name="audit_entry_at"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
