"""What the database's schema consists of, so that two can be compared."""

from django.db import connection

# The casts in a check are written in another way once a dump was loaded: its name is compared.
_SCHEMA = """
SELECT 'column', table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default,
    identity_generation, generation_expression)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname,
    CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', '', proname, pg_get_functiondef(oid)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'view', '', viewname, definition FROM pg_views WHERE schemaname = 'public'
UNION ALL SELECT 'sequence', '', sequencename, data_type::text
FROM pg_sequences WHERE schemaname = 'public'
"""


def whole_schema() -> set[tuple[str, ...]]:
    """Every column, index, constraint, trigger, function, view and sequence, with what it says."""
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA)
        return set(cursor.fetchall())
