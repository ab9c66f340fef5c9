"""The queries that pages, commands and the index ask of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from decisions.documents import NOT_STATED

if TYPE_CHECKING:
    from decisions.models.decisions import Decision


def _any_of(name: str, values) -> Q:
    """Decisions with one of these values of a filter; NOT_STATED stands for none at all."""
    if name in ("reason", "remedy", "provision"):  # arrays, which name "not stated" themselves
        plural = {"remedy": "remedies"}.get(name, f"{name}s")
        return Q(**{f"{plural}__overlap": list(values)})
    if name == "category":
        condition = Q(category__path__in=values) | Q(category__parent__path__in=values)
    else:
        condition = Q(**{f"{name}__slug__in": values})
    return condition | Q(**{name: None}) if NOT_STATED in values else condition


_NOT_IN_A_LINE = (
    "other_references", "source_url", "warnings", "rules_version", "withdrawn_reason",
    "created_at", "updated_at", "change",
)  # fmt: skip


class DecisionQuerySet(models.QuerySet):
    def published(self):
        """All that may be shown: everything but the withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_list(self):
        """What a line in a list needs, in one query, without the long texts."""
        lines = self.select_related("council", "category__parent", "outcome")
        return lines.defer("sections", "findings", *_NOT_IN_A_LINE)

    def for_excerpts(self):
        """What a line needs with paragraphs of the decision below it.

        Of the findings only where standard wording stands: they are as long as half the text, and
        to read them whole took a tenth of a page's time.
        """
        lines = self.for_list().defer(None).defer("findings", *_NOT_IN_A_LINE)
        return lines.annotate(wording_places=F("findings__standard"))

    def matching(self, terms, date_from=None, date_to=None, payment_min=None, payment_max=None):
        """What holds under all these filters, which are as in `search.Question`."""
        found = self
        if payment_min is not None:
            found = found.filter(payment__gte=payment_min * 100)
        if payment_max is not None:
            found = found.filter(payment__lt=(payment_max + 1) * 100)
        for name, values in terms.items():
            if values:
                found = found.filter(_any_of(name, values))
        if date_from:
            found = found.filter(decided_on__gte=date_from)
        if date_to:
            found = found.filter(decided_on__lte=date_to)
        return found

    def newest_first(self):
        return self.order_by(F("decided_on").desc(nulls_last=True), "-id")

    def oldest_first(self):
        return self.order_by(F("decided_on").asc(nulls_last=True), "id")

    def in_order(self, sort: str):
        """As `search.Question.sort` says; anything but "oldest" and "payment" is newest first."""
        if sort == "oldest":
            return self.oldest_first()
        if sort == "payment":
            return self.order_by(F("payment").desc(nulls_last=True), "-id")
        return self.newest_first()

    def with_reference(self, reference: str):
        """The decision of that canonical reference, also when it is one of several it carries."""
        return self.filter(Q(reference=reference) | Q(other_references__contains=[reference]))

    def find(self, reference: str) -> Decision | None:
        """The decision of that canonical reference, with all that it names.

        One that only carries it beside its own comes second.
        """
        found = self.with_reference(reference)
        found = found.select_related("council", "category__parent", "outcome")
        return min(found, key=lambda decision: decision.reference != reference, default=None)

    def by_ids(self, ids: list[int]) -> list[Decision]:
        """The decisions of these ids in this order; missing ones are passed over."""
        found = {decision.pk: decision for decision in self.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]
