"""The rows that the page of a decision shows beside the decision's own."""

import datetime
from functools import cached_property
from typing import Any, NamedTuple

from decisions import search
from decisions.models import (
    Decision,
    PreparedValues,
    Provision,
    StandardWording,
    fetch_together,
    page_address,
)
from decisions.references import reference_slug

MAX_SIMILAR = 5  # most similar decisions shown


class CitedLaw(NamedTuple):
    """A provision of law, named as the decision may name it."""

    key: str
    label: str
    short: str

    @property
    def address(self) -> str:
        """The address of its page."""
        return page_address("decisions:law", self.key)


class OtherDecision(NamedTuple):
    """Another decision: what is shown of it, and what the two can have in common."""

    pk: int
    reference: str
    council: str | None
    outcome: str | None
    decided_on: datetime.date | None
    is_sample: bool
    category_id: int | None
    reasons: list[str]
    remedies: list[str]
    provisions: list[str]
    summary: str | None

    @property
    def address(self) -> str:
        """The address of its page."""
        return page_address("decisions:decision", reference_slug(self.reference))


# Only values: rows of models would take longer to make than PostgreSQL takes to find them.
_LAWS = PreparedValues(lambda: Provision.objects.with_keys([]).values_list("key", "label", "short"))
_OTHERS = PreparedValues(
    lambda: Decision.objects.published().with_ids([]).values_list(
        "pk", "reference", "council__name", "outcome__name", "decided_on", "is_sample",
        "category_id", "reasons", "remedies", "provisions", "summary",
    )
)  # fmt: skip


class RelatedRows:
    """The law that a decision cites, its standard wording, and the decisions similar to it.

    All are read at once when the first is asked for: a page whose HTML is kept needs none.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    @cached_property
    def matches(self) -> search.MoreLikeThis:
        """The similar decisions that the index finds; none while it is unavailable."""
        return search.find_similar(self.decision, MAX_SIMILAR)

    @cached_property
    def laws(self) -> dict[str, CitedLaw]:
        """All provisions that the decision is listed under, by key."""
        name = self.decision.law_name
        return {
            key: CitedLaw(key, name(key, label), name(key, short))
            for key, label, short in self._rows[0]
        }

    @property
    def wordings(self) -> dict[int, int]:
        """How many decisions share each of its standard wordings, by fingerprint."""
        return dict(self._rows[1])

    @property
    def similar(self) -> list[OtherDecision]:
        """The most similar decisions, the best first."""
        ids = self.matches.ids
        return sorted(map(OtherDecision._make, self._rows[2]), key=lambda row: ids.index(row.pk))

    @cached_property
    def _rows(self) -> list[list[Any]]:
        cited = (citation.provision.key for citation in self.decision.typed_findings.citations)
        keys = {*self.decision.provisions, *cited}
        return fetch_together(
            (_LAWS, [[*keys]]),
            (StandardWording.objects.shared, [self.decision.fingerprints]),
            (_OTHERS, [self.matches.ids]),
        )
