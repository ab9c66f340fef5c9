"""The options of each filter with their counts, in display order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from decisions.models import NOT_STATED, DecisionQuerySet
from decisions.web.facet_labels import FacetLabels

# Most options of a long list that are shown above "Show all".
MAX_UNFOLDED = 8
# Fewest options that are folded; if fewer are left, they are shown too.
MIN_FOLDED = 3
# Most folded options that are part of the page; more of them load when the reader opens them.
MAX_FOLDED_IN_PAGE = 5
# Most subcategories that are part of the page though no group is open.
MAX_SUBCATEGORIES_IN_PAGE = 12
# Most folded options without a field to find one by typing: so few are quicker to read.
MAX_WITHOUT_FIELD = 12


@dataclass(frozen=True)
class FacetOption:
    """One value of a filter; `count` is None while the index cannot count."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """Options under a heading of their own: the subcategories of a category.

    If they are not `in_page`, they load when the reader opens the group.
    """

    label: str
    count: int | None
    options: list[FacetOption]
    in_page: bool = True

    @property
    def chosen(self) -> int:
        """How many of the options are chosen."""
        return sum([option.chosen for option in self.options])


@dataclass(frozen=True)
class FoldedFacet:
    """A filter with the options to show and those to fold.

    `folded` is None for a long list, whose folded options load when the reader opens them;
    `folded_count` is how many there are.
    """

    name: str
    shown: list[FacetOption]
    folded: list[FacetOption] | None
    folded_count: int

    @property
    def is_long(self) -> bool:
        """Whether the reader can find an option by typing."""
        return self.folded_count > MAX_WITHOUT_FIELD


def facet_options(
    labels: Mapping[str, str], counts: Mapping[str, int] | None, chosen: tuple[str, ...] = ()
) -> list[FacetOption]:
    """An option for every value that finds decisions or is chosen; for all values if uncounted."""
    return [
        FacetOption(
            value, label, counts.get(value, 0) if counts is not None else None, value in chosen
        )
        for value, label in labels.items()
        if counts is None or value in counts or value in chosen
    ]


def most_frequent(options: list[FacetOption]) -> list[FacetOption]:
    """The options by count, the largest first; "not stated" is always last."""
    return sorted(options, key=lambda option: (option.value == NOT_STATED, -(option.count or 0)))


def most_frequent_values(labels: Mapping[str, str], counts: Mapping[str, int] | None) -> list[str]:
    """The values that find decisions in the order of `most_frequent`; all values if uncounted."""
    # Only values, because a filter may have hundreds of which a page shows few.
    frequencies = counts or {}
    values = [value for value in labels if counts is None or value in counts]
    return sorted(values, key=lambda value: (value == NOT_STATED, -frequencies.get(value, 0)))


def fold_options(
    name: str,
    labels: Mapping[str, str],
    counts: Mapping[str, int] | None,
    chosen: tuple[str, ...] = (),
    with_all: bool = False,
) -> FoldedFacet:
    """The options of a filter to show, and those to fold, which keep the order of `labels`.

    Shown are the chosen options, the most frequent ones, and "not stated". More folded options
    than MAX_FOLDED_IN_PAGE are counted only, unless they are asked for by `with_all`.
    """
    # Only values until it is clear which options a page needs: there are hundreds of them.
    values = [value for value in labels if counts is None or value in counts or value in chosen]
    ordered = sorted(values, key=Counter(counts).__getitem__, reverse=True)
    first = [value for value in ordered if value in chosen and value != NOT_STATED]
    stated = [value for value in ordered if value not in chosen and value != NOT_STATED]
    chosen_count = len([value for value in values if value in chosen])
    frequent = stated[: max(0, MAX_UNFOLDED - chosen_count)]
    if len(stated) - len(frequent) < MIN_FOLDED:
        frequent = stated
    shown = [*first, *frequent]
    if NOT_STATED in values:
        shown.insert(len(first) if NOT_STATED in chosen else len(shown), NOT_STATED)

    def options(values: Iterable[str]) -> list[FacetOption]:
        return facet_options({value: labels[value] for value in values}, counts, chosen)

    folded = set(values).difference(shown)
    in_page = with_all or len(folded) <= MAX_FOLDED_IN_PAGE
    return FoldedFacet(
        name,
        options(shown),
        options([value for value in values if value in folded]) if in_page else None,
        len(folded),
    )


def group_categories(options: list[FacetOption], names: Mapping[str, str]) -> list[FacetGroup]:
    """Category options under their main category, which leads its own group as "All of it".

    `names` has each category's own name by its path.
    """
    by_path = {option.value: option for option in options}
    members_by_path: dict[str, list[FacetOption]] = {}
    for option in options:
        members_by_path.setdefault(option.value.partition("/")[0], []).append(option)
    groups = []
    for path, members in members_by_path.items():
        main = by_path.get(path)
        subcategories = [
            FacetOption(option.value, names[option.value], option.count, option.chosen)
            for option in members
            if option is not main
        ]
        label = main.label if main else names[path]
        count = main.count if main else None
        leading = [main] if main else []
        if main and subcategories:
            leading = [FacetOption(path, f"All of {label}", count, main.chosen)]
        groups.append((path, FacetGroup(label, count, leading + most_frequent(subcategories))))
    groups.sort(key=lambda entry: (entry[0] == NOT_STATED, -(entry[1].count or 0)))
    return [group for _, group in groups]


def fold_groups(groups: list[FacetGroup], with_all: bool = False) -> list[FacetGroup]:
    """The groups of a filter; of many options, only those in a group with a chosen one are in page.

    `with_all` asks for all of them.
    """
    if with_all or sum(len(group.options) for group in groups) <= MAX_SUBCATEGORIES_IN_PAGE:
        return groups
    return [replace(group, in_page=len(group.options) == 1 or group.chosen > 0) for group in groups]


def count_categories(decisions: DecisionQuerySet) -> list[FacetGroup]:
    """The categories of these decisions; main categories include their subcategories' decisions."""
    counted = decisions.values_list("category__path").annotate(Count("pk"))
    return category_groups(counted, FacetLabels())


def category_groups(counted: Iterable[tuple[Any, ...]], labels: FacetLabels) -> list[FacetGroup]:
    """The same for pairs of a category's path, or None, and how many decisions it has itself.

    Labels that lack one of the categories are read again.
    """
    counts: Counter[str] = Counter()
    for path, count in counted:
        counts[path or NOT_STATED] += count
        if path and "/" in path:
            counts[path.partition("/")[0]] += count
    if not counts.keys() <= labels.category.keys():
        labels = labels.reread("category")
    return group_categories(facet_options(labels.category, counts), labels.category_names)
