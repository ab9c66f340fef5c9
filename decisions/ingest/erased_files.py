"""Keeps what uploads hold of files apart from erasures: neither leaves anything of the other's.

Whoever stores a file's fields first takes the shared lock, then asks which decisions are erased.
An erasure takes the lock alone, so that it sees all that was stored before, and is seen by whatever
is stored later. Take it before you lock rows of uploads.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from decisions.models import Erasure

# What an upload says in place of a file's fields.
ERASED = "This decision was erased."

# The key of PostgreSQL's advisory lock: any number that no other program uses in this database.
_LOCK_KEY = 2_026_582


@contextmanager
def storing_fields(references: Iterable[str]) -> Iterator[dict[str, Erasure]]:
    """One transaction that may store fields of files with these references, but for erased ones.

    Yields the erasures by reference.
    """
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared")
        yield Erasure.objects.of(references)


def await_stored_fields() -> None:
    """Wait, in an erasure's transaction, for those that store fields; others wait for its end."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK_KEY])
