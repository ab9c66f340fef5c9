"""The labels of filters and of their values, as readers see them."""

from collections.abc import Hashable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import NOT_STATED, Category, Council, Outcome, Provision
from decisions.web.law_titles import with_title

# The label of each filter, and of the option for decisions that state no value for it.
FILTER_LABELS = {
    "council": "Council",
    "category": "Category",
    "outcome": "Outcome",
    "reason": "Reason for closing",
    "remedy": "Remedy",
    "provision": "Law",
}
# The filters that can have too many options for the list page.
PLURAL_LABELS = {
    "council": "councils",
    "category": "categories",
    "reason": "reasons for closing",
    "remedy": "remedies",
    "provision": "laws",
}
NOT_STATED_LABELS = {name: f"{label} not stated" for name, label in FILTER_LABELS.items()}


class FacetLabels:
    """The labels of every filter's values, in display order; each filter's load on first use."""

    @classmethod
    def cached(cls) -> "FacetLabels":
        """The labels, cached until the index's next commit; every renaming leads to a commit.

        Facets are counted at the same commit, so each of their values has its label here.
        """
        return search.query_index(lambda store: _of_commit(store.commit()), default=cls())

    def __getitem__(self, name: str) -> Mapping[str, str]:
        labels: Mapping[str, str] = getattr(self, name)
        return labels

    def reread(self, name: str) -> "FacetLabels":
        """A copy that loads one filter's labels from the database again."""
        copy = FacetLabels()
        vars(copy).update(vars(self))
        for renewed in (name, f"{name}_names"):
            vars(copy).pop(renewed, None)
        return copy

    @cached_property
    def council(self) -> dict[str, str]:
        return self._with_not_stated("council", Council.objects.values_list("slug", "name"))

    @cached_property
    def category_names(self) -> dict[str, str]:
        """The name of each category or subcategory, without its parent's, by its path."""
        return dict(Category.objects.values_list("path", "name"))

    @cached_property
    def category(self) -> dict[str, str]:
        names = self.category_names
        labels = (
            (path, Category.in_full(name, names[path.partition("/")[0]] if "/" in path else None))
            for path, name in names.items()
        )
        return self._with_not_stated("category", labels)

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
        rows = Provision.objects.values_list("key", "label", "short")
        return {key: with_title(label, short) for key, label, short in rows}

    def _with_not_stated(self, name: str, rows: Any) -> dict[str, str]:
        return {**dict(rows), NOT_STATED: NOT_STATED_LABELS[name]}


@lru_cache(maxsize=1)
def _of_commit(commit: Hashable) -> FacetLabels:
    return FacetLabels()
