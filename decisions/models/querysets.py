"""Queries for decisions: what pages, commands and the search index select, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from decisions.models.decisions import Decision


# Columns that no line of a list shows.
_NOT_IN_A_LINE = (
    "other_references", "source_url", "warnings", "rules_version", "withdrawn_reason",
    "created_at", "updated_at", "change",
)  # fmt: skip


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, withdrawn ones included unless `published` is asked for."""

    def published(self) -> Self:
        """Decisions that may be shown: all but the withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_list(self) -> Self:
        """Decisions with what one line of a list shows, in one query, without the long texts."""
        lines = self.select_related("council", "category__parent", "outcome")
        return lines.defer("sections", "findings", *_NOT_IN_A_LINE)

    def for_excerpts(self) -> Self:
        """Decisions as `for_list` reads them, with their sections and `wording_places`.

        Excerpts leave standard wording out. They need no other findings, which are half as long as
        the text.
        """
        lines = self.for_list().defer(None).defer("findings", *_NOT_IN_A_LINE)
        return lines.annotate(wording_places=F("findings__standard"))

    def newest_first(self) -> Self:
        """By date, the latest first; decisions without a date come last."""
        return self.order_by(F("decided_on").desc(nulls_last=True), "-id")

    def oldest_first(self) -> Self:
        """By date, the earliest first; decisions without a date come last."""
        return self.order_by(F("decided_on").asc(nulls_last=True), "id")

    def in_order(self, sort: str) -> Self:
        """As `search.Question.sort` says; anything but "oldest" and "payment" is newest first."""
        if sort == "oldest":
            return self.oldest_first()
        if sort == "payment":
            return self.order_by(F("payment").desc(nulls_last=True), "-id")
        return self.newest_first()

    def with_reference(self, reference: str) -> Self:
        """Decisions with this canonical reference, as their own or as one of their others."""
        return self.filter(Q(reference=reference) | Q(other_references__contains=[reference]))

    def find(self, reference: str) -> Decision | None:
        """The decision with this canonical reference, and what it refers to; None if there is none.

        A decision whose own reference it is comes before one that has it among its others.
        """
        found = self.with_reference(reference)
        found = found.select_related("council", "category__parent", "outcome")
        return min(found, key=lambda decision: decision.reference != reference, default=None)

    def by_ids(self, ids: list[int]) -> list[Decision]:
        """The decisions with these ids, in the order of `ids`; unknown ids are left out."""
        found = {decision.pk: decision for decision in self.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]
