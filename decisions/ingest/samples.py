"""Removes all invented decisions from the archive."""

from django.db import transaction

from decisions import search
from decisions.models import Capture, Category, Council, Decision, Outcome

# Decisions deleted in one transaction.
BATCH = 1_000


def remove_samples() -> int:
    """Delete every invented decision from the archive; returns how many there were.

    Councils, categories and outcomes that no decision refers to any more are deleted too.
    """
    samples = Decision.objects.filter(is_sample=True)
    count = 0
    while ids := list(samples.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Capture.objects.filter(decision__in=ids).delete()
            samples.filter(pk__in=ids).only("pk").delete()
        count += len(ids)
    Council.objects.filter(decision=None).delete()
    Outcome.objects.filter(decision=None).delete()
    for _ in range(2):  # the second time, categories whose subcategories the first time deleted
        Category.objects.filter(decision=None, subcategories=None).delete()
    search.catch_up()
    return count
