"""The names of the values that filters and facets have, as readers see them."""

from collections.abc import Hashable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import NOT_STATED, Category, Council, Outcome, Provision

# What a filter is called, and what a decision without it says.
FILTER_LABELS = {
    "council": "Council",
    "category": "Category",
    "outcome": "Outcome",
    "reason": "Reason for closing",
    "remedy": "Remedy",
    "provision": "Law",
}
NOT_STATED_LABELS = {name: f"{label} not stated" for name, label in FILTER_LABELS.items()}


class FacetLabels:
    """What the values of a filter are called, in reading order; read when first asked for."""

    @classmethod
    def kept(cls) -> "FacetLabels":
        """The same until the search index changes, as it does for whatever gets another name.

        The options that they are for were counted at that same commit.
        """
        return search.query_index(lambda store: _kept(store.commit()), default=cls())

    def __getitem__(self, name: str) -> Mapping[str, str]:
        return getattr(self, name)

    def anew(self, name: str) -> "FacetLabels":
        """The same, but for one filter's, which are read again; these stay as they are."""
        names = FacetLabels()
        vars(names).update(vars(self))
        vars(names).pop(name, None)
        return names

    @cached_property
    def council(self) -> dict[str, str]:
        return self._with_not_stated("council", Council.objects.values_list("slug", "name"))

    @cached_property
    def category(self) -> dict[str, str]:
        rows = Category.objects.values_list("path", "name", "parent__name")
        names = ((path, Category.in_full(name, parent)) for path, name, parent in rows)
        return self._with_not_stated("category", names)

    @cached_property
    def outcome(self) -> dict[str, str]:
        return self._with_not_stated("outcome", Outcome.objects.values_list("slug", "name"))

    @cached_property
    def reason(self) -> dict[str, str]:
        labels = ((code, reason.label) for code, reason in REASONS.items())
        return self._with_not_stated("reason", labels)

    @cached_property
    def remedy(self) -> dict[str, str]:
        return dict(REMEDIES)

    @cached_property
    def provision(self) -> dict[str, str]:
        return dict(Provision.objects.values_list("key", "label"))

    def _with_not_stated(self, name: str, rows: Any) -> dict[str, str]:
        return {**dict(rows), NOT_STATED: NOT_STATED_LABELS[name]}


@lru_cache(maxsize=1)
def _kept(commit: Hashable) -> FacetLabels:
    return FacetLabels()
