"""The rows that the page of a decision shows beside the decision's own."""

from functools import cached_property
from typing import Any

from decisions import search
from decisions.models import Decision, Provision, StandardWording, fetch_together

MAX_SIMILAR = 5  # most similar decisions shown


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
    def laws(self) -> dict[str, Provision]:
        """All provisions that the decision is listed under, by key, named as it may name them."""
        rows = {row.key: row for row in self._rows[0]}
        for key, row in rows.items():
            row.label = self.decision.law_name(key, row.label)
            row.short = self.decision.law_name(key, row.short)
        return rows

    @property
    def wordings(self) -> dict[int, int]:
        """How many decisions share each of its standard wordings, by fingerprint."""
        return dict(self._rows[1])

    @property
    def similar(self) -> list[Decision]:
        """The most similar decisions, the best first."""
        ids = self.matches.ids
        return sorted(self._rows[2], key=lambda decision: ids.index(decision.pk))

    @cached_property
    def _rows(self) -> list[list[Any]]:
        cited = (citation.provision.key for citation in self.decision.typed_findings.citations)
        keys = {*self.decision.provisions, *cited}
        return fetch_together(
            (Provision.objects.with_keys, [[*keys]]),
            (StandardWording.objects.shared, [self.decision.fingerprints]),
            (Decision.objects.resembling, [self.matches.ids]),
        )
