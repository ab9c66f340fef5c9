"""Let PostgreSQL count queries, where this role may and the server has the extension.

Elsewhere nothing is done, and the admin's page of slow queries says how to do it by hand.
"""

from django.db import migrations

FORWARD = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE NOTICE 'PostgreSQL does not count queries: %', SQLERRM;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0014_upload_jobs")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
