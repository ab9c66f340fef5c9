"""The invented decisions, taken out of the archive."""

from django.db import transaction

from decisions import search
from decisions.models import Capture, Category, Council, Decision, Outcome

REMOVE_AT_ONCE = 1_000


def remove_samples() -> int:
    """Take every invented decision out of the archive; returns how many there were.

    With them go the councils, categories and outcomes that no decision has any more.
    """
    samples = Decision.objects.filter(is_sample=True)
    count = 0
    while ids := list(samples.values_list("pk", flat=True)[:REMOVE_AT_ONCE]):
        with transaction.atomic():
            Capture.objects.filter(decision__in=ids).delete()
            samples.filter(pk__in=ids).only("pk").delete()
        count += len(ids)
    Council.objects.filter(decision=None).delete()
    Outcome.objects.filter(decision=None).delete()
    Category.objects.filter(decision=None, subcategories=None).delete()  # the lower level,
    Category.objects.filter(decision=None, subcategories=None).delete()  # then what is above it
    search.catch_up()
    return count
