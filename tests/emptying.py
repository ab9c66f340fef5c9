"""Empties the database after a test that commits.

Django's own way truncates every table and makes the content types and permissions again. That takes
about 50 ms, which is longer than most of these tests.
"""

import functools
import itertools

from django.db import connection
from django.test import TransactionTestCase

# `migrate` fills these tables, and no test that commits changes them.
FILLED_BY_MIGRATE = {
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type",
}  # fmt: skip

# Its triggers refuse a deletion in every session.
AUDIT_LOG = "decisions_auditentry"


def install() -> None:
    """Empty the database by `empty` after each test that commits."""
    TransactionTestCase._fixture_teardown = lambda test: empty()


def empty() -> None:
    """Delete all rows that tests may have written, with no trigger that counts or records it."""
    tables = _tables()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'EXISTS (TABLE {table})' for table in tables)}")
        filled = itertools.compress(tables, cursor.fetchone())
        # As one request, these statements are one transaction.
        deletions = "; ".join(map(_deletion, filled))
        cursor.execute(f"SET LOCAL session_replication_role = replica; {deletions}")


def _deletion(table: str) -> str:
    deletion = f"DELETE FROM {table}"
    if table != connection.ops.quote_name(AUDIT_LOG):
        return deletion
    altered = f"ALTER TABLE {AUDIT_LOG}"
    kept = f"{AUDIT_LOG}_kept"
    return f"{altered} DISABLE TRIGGER {kept}; {deletion}; {altered} ENABLE ALWAYS TRIGGER {kept}"


@functools.cache
def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in set(names) - FILLED_BY_MIGRATE]
