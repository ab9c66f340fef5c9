"""The queries that take PostgreSQL most time, from its extension pg_stat_statements."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# Most queries shown, those that took most time in all, and most characters of one.
_MOST_QUERIES = 50
_MAX_CHARACTERS = 2000

# PostgreSQL keeps these with $1, $2 … in place of all values. Of other statements, such as SET, it
# keeps the values as well, which nobody needs to see.
_QUERIES = """
    SELECT left(query, %s), calls, total_exec_time / 1000, mean_exec_time, max_exec_time, rows
    FROM pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND query ~* '^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE)\\y'
    ORDER BY total_exec_time DESC LIMIT %s
"""


@dataclass(frozen=True)
class Query:
    """One query with its counts; `total` is in seconds, `mean` and `longest` in milliseconds."""

    text: str
    calls: int
    total: float
    mean: float
    longest: float
    rows: int


def slow_queries() -> list[Query] | None:
    """The queries that took most time since PostgreSQL counts; None where it does not count."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_QUERIES, [_MAX_CHARACTERS, _MOST_QUERIES])
            return [Query(*row) for row in cursor.fetchall()]
    except DatabaseError:
        return None


def slow_queries_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The queries as a table, for administrators alone."""
    if not getattr(request.user, "is_superuser", False):
        raise PermissionDenied
    values = {**context, "title": "Slow queries", "queries": slow_queries()}
    return TemplateResponse(request, "admin/slow_queries.html", values)
