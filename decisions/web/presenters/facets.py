"""The options of each filter with their counts, in display order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count

from decisions.models import NOT_STATED, DecisionQuerySet
from decisions.web.facet_labels import FacetLabels

# Most options of a long list that are shown above "Show all".
MAX_UNFOLDED = 8
# Fewest options that are folded; if fewer are left, they are shown too.
MIN_FOLDED = 3


@dataclass(frozen=True)
class FacetOption:
    """One value of a filter; `count` is None while the index cannot count."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """Options under a heading of their own: the subcategories of a category."""

    label: str
    count: int | None
    options: list[FacetOption]

    @property
    def chosen(self) -> int:
        """How many of the options are chosen."""
        return sum(option.chosen for option in self.options)


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


def fold_options(options: list[FacetOption]) -> tuple[list[FacetOption], list[FacetOption]]:
    """The options to show, and those to fold, which keep their order.

    Shown are the chosen options, the most frequent ones, and "not stated".
    """
    ordered = most_frequent(options)
    chosen = [option for option in ordered if option.chosen]
    others = [option for option in ordered if not option.chosen]
    stated = [option for option in others if option.value != NOT_STATED]
    frequent = stated[: max(0, MAX_UNFOLDED - len(chosen))]
    if len(stated) - len(frequent) < MIN_FOLDED:
        frequent = stated
    unstated = [option for option in others if option.value == NOT_STATED]
    shown = chosen + frequent + unstated
    shown_values = {option.value for option in shown}
    return shown, [option for option in options if option.value not in shown_values]


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
            replace(option, label=names[option.value]) for option in members if option is not main
        ]
        label = main.label if main else names[path]
        if main and subcategories:
            main = replace(main, label=f"All of {main.label}")
        leading = [main] if main else []
        count = main.count if main else None
        groups.append((path, FacetGroup(label, count, leading + most_frequent(subcategories))))
    groups.sort(key=lambda entry: (entry[0] == NOT_STATED, -(entry[1].count or 0)))
    return [group for _, group in groups]


def count_categories(decisions: DecisionQuerySet) -> list[FacetGroup]:
    """The categories of these decisions; main categories include their subcategories' decisions."""
    counts: Counter[str] = Counter()
    for path, count in decisions.values_list("category__path").annotate(Count("pk")):
        counts[path or NOT_STATED] += count
        if path and "/" in path:
            counts[path.partition("/")[0]] += count
    labels = FacetLabels()
    return group_categories(facet_options(labels.category, counts), labels.category_names)
