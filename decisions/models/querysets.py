"""The querysets of decisions: selections and orders for pages, commands and the search index."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, F, Q, Subquery
from django.db.models.expressions import RawSQL

from decisions.models.prepared import PreparedQuery, fetch_together
from decisions.references import references_like

if TYPE_CHECKING:
    from decisions.models.captures import Capture
    from decisions.models.decisions import Decision


# Most decisions that are offered in place of one that is not held.
MAX_NEAR = 5

# Columns that no list shows.
_NOT_IN_LISTS = (
    "other_references", "source_url", "warnings", "rules_version", "withdrawn_reason",
    "stated", "created_at", "updated_at", "change",
)  # fmt: skip


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, including withdrawn ones unless `published` is called."""

    def published(self) -> Self:
        """Decisions that may be shown: all except withdrawn ones."""
        return self.filter(withdrawn_at=None)

    def for_list(self) -> Self:
        """Decisions with what a list shows of each, in one query, without the long texts."""
        lines = self.select_related("council", "category__parent", "outcome")
        return lines.defer("sections", "findings", *_NOT_IN_LISTS)

    def for_excerpts(self) -> Self:
        """Decisions as `for_list` loads them, with their sections and `wording_places`.

        Excerpts leave out standard wording and need no other findings; these are half as long as
        the text.
        """
        lines = self.for_list().defer(None).defer("findings", *_NOT_IN_LISTS)
        return lines.annotate(wording_places=F("findings__standard"))

    def for_export(self) -> Self:
        """Decisions with what a row or a summary of each needs, in one query, without the text."""
        rows = self.select_related("council", "category__parent", "outcome")
        return rows.defer("sections", "findings", "warnings", "fingerprints", "withdrawn_reason")

    def for_documents(self) -> Self:
        """Whole decisions, with their captures but for the bytes, in two queries."""
        captures = apps.get_model("decisions", "Capture").objects.defer("content")
        return self.select_related("council", "category__parent", "outcome").prefetch_related(
            models.Prefetch("captures", captures, to_attr="received_captures")
        )

    def for_comparing(self) -> Self:
        """Decisions with their summary and text and what names them, in one query."""
        return self.select_related("council").only(
            "reference", "other_references", "council__name", "summary", "sections", "is_sample",
            "withdrawn_at",
        )  # fmt: skip

    def newest_first(self) -> Self:
        """By date, the latest first; decisions without a date come last."""
        return self.order_by(F("decided_on").desc(nulls_last=True), "-id")

    def oldest_first(self) -> Self:
        """By date, the earliest first; decisions without a date come last."""
        return self.order_by(F("decided_on").asc(nulls_last=True), "id")

    def in_order(self, sort: str) -> Self:
        """In the order that `SearchQuery.sort` names; newest first for any other name."""
        if sort == "oldest":
            return self.oldest_first()
        if sort == "payment":
            return self.order_by(F("payment").desc(nulls_last=True), "-id")
        return self.newest_first()

    def with_reference(self, reference: str) -> Self:
        """Decisions that have this canonical reference, as their main or another reference."""
        return self.filter(Q(reference=reference) | Q(other_references__contains=[reference]))

    def near_reference(self, reference: str) -> list[Decision]:
        """Decisions whose reference a slip of typing turns into this one, the likeliest first.

        `references_like` says which slips; at most MAX_NEAR decisions.
        """
        likes = references_like(reference)
        wanted = Q(reference__in=likes) | Q(other_references__overlap=likes)
        rank = {like: rank for rank, like in enumerate(likes)}
        decisions = self.filter(wanted).select_related("council", "category__parent", "outcome")

        def likeliest(decision: Decision) -> int:
            names = (decision.reference, *decision.other_references)
            return min(rank[name] for name in names if name in rank)

        return sorted(decisions.defer("sections", "findings"), key=likeliest)[:MAX_NEAR]

    def with_ids(self, ids: list[int]) -> Self:
        """The decisions with these ids, in any order; the SQL is the same for any number of ids."""
        is_named = RawSQL("decisions_decision.id = ANY(%s)", [ids], output_field=BooleanField())
        return self.filter(is_named)

    def by_ids(self, ids: list[int]) -> list[Decision]:
        """The decisions with these ids, in the order of `ids`; unknown ids are left out."""
        return _in_order(list(self.filter(pk__in=ids)), ids)


# The rows that a decision refers to.
_RELATED = ("council", "category__parent", "outcome")

_Manager = models.Manager.from_queryset(DecisionQuerySet)


class DecisionManager(_Manager["Decision"]):
    """Decisions, and the reads that pages make most often, with their SQL prepared."""

    def find(self, reference: str) -> Decision | None:
        """The decision with this canonical reference, and the rows it refers to, or None.

        A decision with it as main reference comes before one with it as another reference.
        """
        named = self._with_main_reference.fetch(reference)
        return next(iter(named or self._with_other_reference.fetch(reference)), None)

    def find_with_captures(self, reference: str) -> Decision | None:
        """The same with its captures, without their bytes, if this is its main reference."""
        named, captures = fetch_together(
            (self._with_main_reference, [reference]), (self._captures, [reference])
        )
        for decision in named:
            decision.received_captures = captures
        return next(iter(named or self._with_other_reference.fetch(reference)), None)

    def listed(self, ids: list[int]) -> list[Decision]:
        """The published decisions with these ids, in this order, as `for_list` loads them."""
        return _in_order(self._listed.fetch(ids), ids)

    def excerpted(self, ids: list[int]) -> list[Decision]:
        """The same as `for_excerpts` loads them."""
        return _in_order(self._excerpted.fetch(ids), ids)

    # Two queries: nearly all readers ask for the main reference, and PostgreSQL finds it sooner if
    # it need not look for both.

    @cached_property
    def _with_main_reference(self) -> PreparedQuery[Decision]:
        return PreparedQuery(lambda: self.filter(reference="").select_related(*_RELATED))

    @cached_property
    def _with_other_reference(self) -> PreparedQuery[Decision]:
        named = self.filter(other_references__contains=[""])
        return PreparedQuery(lambda: named.select_related(*_RELATED))

    @cached_property
    def _captures(self) -> PreparedQuery[Capture]:
        captures = apps.get_model("decisions", "Capture").objects.defer("content")
        named = self.filter(reference="").values("pk")
        return PreparedQuery(lambda: captures.filter(decision=Subquery(named)))

    @cached_property
    def _listed(self) -> PreparedQuery[Decision]:
        return PreparedQuery(lambda: self.published().with_ids([]).for_list())

    @cached_property
    def _excerpted(self) -> PreparedQuery[Decision]:
        return PreparedQuery(lambda: self.published().with_ids([]).for_excerpts())


def _in_order(decisions: list[Decision], ids: list[int]) -> list[Decision]:
    by_id = {decision.pk: decision for decision in decisions}
    return [by_id[pk] for pk in ids if pk in by_id]
