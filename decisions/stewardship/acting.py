"""What every act on a decision shares: its transaction, its lock, and the index that follows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from decisions import search
from decisions.models import Decision


@contextmanager
def act() -> Iterator[None]:
    """One transaction that changes decisions; the search index follows once it is committed.

    The change sequence's lock comes before any other lock, as every writer of decisions takes it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT decisions_advance_change()")
        transaction.on_commit(search.catch_up)
        yield


@contextmanager
def act_on(decision: Decision) -> Iterator[Decision]:
    """`act`, with the decision's row as it is now, whole and locked."""
    with act():
        yield Decision.objects.select_for_update().get(pk=decision.pk)
