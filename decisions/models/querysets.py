"""The queries that pages, commands and the index ask of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from decisions.models.decisions import Decision


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
