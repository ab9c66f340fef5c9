"""Number the changes of all rows that pages show.

A page is kept until the archive's change number is another one. Decisions have advanced it since
the first triggers; now whatever else a page shows does so too when it is changed or deleted. A new
row of these tables is shown by a decision, or is the newest capture, which the version names.
"""

from django.db import migrations

TABLES = ("capture", "category", "council", "councilalias", "erasure", "outcome", "provision")

# The function is that of migration 0013.
TRIGGERS = """
CREATE OR REPLACE TRIGGER decisions_{table}_shown_update AFTER UPDATE ON decisions_{table}
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION decisions_note_change();
CREATE OR REPLACE TRIGGER decisions_{table}_shown_delete AFTER DELETE ON decisions_{table}
FOR EACH ROW EXECUTE FUNCTION decisions_note_change();
"""

DROP_TRIGGERS = """
DROP TRIGGER decisions_{table}_shown_update ON decisions_{table};
DROP TRIGGER decisions_{table}_shown_delete ON decisions_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0015_pg_stat_statements")]

    operations = [
        migrations.RunSQL(
            "".join(TRIGGERS.format(table=table) for table in TABLES),
            "".join(DROP_TRIGGERS.format(table=table) for table in TABLES),
        ),
    ]
