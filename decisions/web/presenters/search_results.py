"""What the list of decisions shows beside the decisions: options with counts, chips, pages."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils.safestring import SafeString

from decisions import search
from decisions.models import NOT_STATED, Decision, DecisionQuerySet, StandardWording
from decisions.search import PAGE_SIZE, PAGE_SIZES, SearchQuery, SearchResults
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import DecisionFilterSet
from decisions.web.highlight_markup import mark_spans
from decisions.web.presenters.active_filters import Relaxation, conditions, ways_out
from decisions.web.querystring import to_querydict
from decisions.web.results import find

# Options of a long list that stand before "Show all".
SHOWN_FIRST = 8


@dataclass(frozen=True)
class Option:
    """One value of a filter; `count` is None when nothing could be counted."""

    value: str
    name: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Options under a heading of their own: the subcategories of a category."""

    name: str
    count: int | None
    options: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """Something asked for, and the parameters that ask for all but that."""

    label: str
    query: QueryDict


@dataclass(frozen=True)
class Spelling:
    """The words otherwise spelt, how many decisions they find, and the way there."""

    text: str
    total: int
    query: QueryDict


@dataclass(frozen=True)
class Year:
    """A year of decisions, `share` in hundredths of the fullest, and the way to it alone."""

    name: str
    count: int
    share: int
    query: QueryDict
    chosen: bool


@dataclass(frozen=True)
class Size:
    """So many decisions a page, the parameters that ask for it, and at which page it begins."""

    size: int
    query: QueryDict
    page: int


@dataclass(frozen=True)
class ShownSnippet:
    """A paragraph that matches, with its matches marked, and its anchor on the decision's page.

    Its link is called by the paragraph's `number`, or by `heading` where `number` is None.
    """

    anchor: str
    number: int | None
    heading: str
    html: SafeString

    @property
    def has_long_label(self) -> bool:
        """Whether the link is called by the words of a section's heading."""
        return self.number is None and self.anchor != "summary"


@dataclass(frozen=True)
class Result:
    """A decision found, with the paragraphs that hold the words looked for."""

    decision: Decision
    snippets: list[ShownSnippet]


class SearchResultsPage:
    """One page of decisions, and all that stands around it."""

    def __init__(self, filterset: DecisionFilterSet) -> None:
        self.search_query: SearchQuery = filterset.search_query
        self.names: FacetLabels = filterset.labels

    @cached_property
    def search_results(self) -> SearchResults:
        return find(self.search_query)

    @property
    def total(self) -> int:
        return self.search_results.total

    @property
    def last_page(self) -> int:
        return self.search_results.last_page

    @property
    def is_beyond_end(self) -> bool:
        return self.search_query.page > self.last_page

    @property
    def is_cut(self) -> bool:
        """Whether an order that is read from its top leaves decisions behind its last page."""
        return self.total > self.last_page * self.search_query.size

    @cached_property
    def reading(self) -> search.ParsedQuery:
        return search.parse(self.search_query.text)

    @property
    def understood(self) -> str:
        """The words as they were taken, where they are more than words or had to be mended."""
        reading = self.reading
        if reading.node is None or (reading.is_plain and not reading.notes):
            return ""
        return search.describe(reading.node)

    @cached_property
    def query(self) -> QueryDict:
        return to_querydict(self.search_query)

    @cached_property
    def spellings(self) -> list[Spelling]:
        """What may have been meant by words that find little."""
        return [
            Spelling(
                other.text, other.total, to_querydict(replace(self.search_query, text=other.text))
            )
            for other in search.suggest_spellings(self.search_query, self.search_results)
        ]

    @cached_property
    def results(self) -> list[Result]:
        return self._results[: self._found]

    @cached_property
    def nearly(self) -> list[Result]:
        """Decisions that hold some of the words, where few hold them all."""
        return self._results[self._found :]

    @cached_property
    def _found(self) -> int:
        ids = {result.decision.pk for result in self._results}
        return sum(pk in ids for pk in self.search_results.ids)

    @cached_property
    def _results(self) -> list[Result]:
        decisions = Decision.objects.published()
        text = self.search_query.text if self.search_results.from_index else ""
        decisions = decisions.for_excerpts() if text else decisions.for_list()
        found = decisions.by_ids([*self.search_results.ids, *self.search_results.near_matches])
        standard = StandardWording.among(found) if text and not self.search_query.standard else {}
        snippets = search.snippets(text, found, standard.keys())
        return [
            Result(decision, list(map(_shown, best)))
            for decision, best in zip(found, snippets, strict=True)
        ]

    @cached_property
    def pages(self) -> list[int | str]:
        if self.last_page == 1 or self.is_beyond_end:
            return []
        size = self.search_query.size
        paginator = Paginator(range(self.last_page * size), size)
        return list(
            paginator.get_elided_page_range(self.search_query.page, on_each_side=2, on_ends=1)
        )

    @property
    def sizes(self) -> list["Size"]:
        """The sizes of page to choose from, each at the page that begins with what is seen now."""
        if self.total <= PAGE_SIZE:
            return []
        rank = min(self.search_query.rank, max(0, self.total - 1))
        return [
            Size(size, to_querydict(replace(self.search_query, size=size)), rank // size + 1)
            for size in PAGE_SIZES
        ]

    @property
    def sort(self) -> str:
        """The order in force: without words there is no best match."""
        if self.search_query.sort == "relevance" and not self.search_query.text:
            return "newest"
        return self.search_query.sort

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(condition.label, to_querydict(condition.without(self.search_query)))
            for condition in conditions(self.search_query, self.names)
        ]

    @property
    def without_filters(self) -> QueryDict:
        search_query = self.search_query
        return to_querydict(
            SearchQuery(search_query.text, sort=search_query.sort, size=search_query.size)
        )

    @cached_property
    def ways_out(self) -> list[Relaxation]:
        """What to drop where nothing was found."""
        if self.total:
            return []
        asked = (
            self.search_query
            if self.search_results.from_index
            else replace(self.search_query, text="")
        )
        return ways_out(asked, self.names)

    @cached_property
    def years(self) -> list[Year]:
        """Every year that has any, the newest first."""
        counts = self.search_results.facets.get(search.YEAR, {})
        fullest = max(counts.values(), default=0)
        return [
            self._year(int(year), counts[year], fullest)
            for year in sorted(counts, key=int, reverse=True)
        ]

    def _year(self, year: int, count: int, fullest: int) -> Year:
        days = {
            "date_from": datetime.date(year, 1, 1),
            "date_to": datetime.date(year, 12, 31),
        }
        chosen = all(getattr(self.search_query, name) == day for name, day in days.items())
        asked = dict.fromkeys(days) if chosen else days
        query = to_querydict(replace(self.search_query, **asked))
        return Year(f"{year:04}", count, max(1, round(100 * count / fullest)), query, chosen)

    @cached_property
    def outcomes(self) -> list[Option]:
        return most_frequent(self._options("outcome"))

    @cached_property
    def reasons(self) -> tuple[list[Option], list[Option]]:
        return chosen_and_frequent(self._options("reason"))

    @cached_property
    def remedies(self) -> tuple[list[Option], list[Option]]:
        return chosen_and_frequent(self._options("remedy"))

    @cached_property
    def councils(self) -> tuple[list[Option], list[Option]]:
        """The chosen and the most frequent councils, and all the others from A to Z."""
        return chosen_and_frequent(self._options("council"))

    @cached_property
    def provisions(self) -> tuple[list[Option], list[Option]]:
        return chosen_and_frequent(self._options("provision"))

    @cached_property
    def categories(self) -> list[Group]:
        return in_groups(self._options("category"))

    def _options(self, name: str) -> list[Option]:
        counts = (
            self.search_results.facets.get(name, {}) if self.search_results.from_index else None
        )
        return options(self.names[name], counts, self.search_query.terms.get(name, ()))


def _shown(snippet: search.Snippet) -> ShownSnippet:
    html = mark_spans(snippet.text, snippet.spans)
    if snippet.section is None:
        return ShownSnippet("summary", None, "Summary", html)
    if snippet.number is None:
        anchor = f"section-{snippet.section + 1}"
        return ShownSnippet(anchor, None, snippet.heading or "Text", html)
    return ShownSnippet(f"para-{snippet.number}", snippet.number, snippet.heading, html)


def options(
    names: Mapping[str, str], counts: Mapping[str, int] | None, chosen: tuple[str, ...] = ()
) -> list[Option]:
    """Every value that leads somewhere or is chosen; all values when nothing was counted."""
    return [
        Option(value, name, counts.get(value, 0) if counts is not None else None, value in chosen)
        for value, name in names.items()
        if counts is None or value in counts or value in chosen
    ]


def most_frequent(options: list[Option]) -> list[Option]:
    """Largest count first; "not stated" last, whatever its count."""
    return sorted(options, key=lambda option: (option.value == NOT_STATED, -(option.count or 0)))


def chosen_and_frequent(options: list[Option]) -> tuple[list[Option], list[Option]]:
    ordered = most_frequent(options)
    chosen = [option for option in ordered if option.chosen]
    others = [option for option in ordered if not option.chosen]
    stated = [option for option in others if option.value != NOT_STATED]
    frequent = stated[: max(0, SHOWN_FIRST - len(chosen))]
    if len(stated) - len(frequent) <= 2:  # not worth a fold
        frequent = stated
    shown = {option.value for option in chosen + frequent}
    unstated = [option for option in others if option.value == NOT_STATED]
    rest = [option for option in options if option.value not in shown and option not in unstated]
    return chosen + frequent + unstated, rest


def in_groups(options: list[Option]) -> list[Group]:
    """Category options under their main category, which leads its own group as "All of it"."""
    by_path = {option.value: option for option in options}
    groups: dict[str, list[Option]] = {}
    for option in options:
        groups.setdefault(option.value.partition("/")[0], []).append(option)
    made = []
    for path, members in groups.items():
        main = by_path.get(path)
        subcategories = [
            replace(option, name=option.name.partition(" › ")[2])
            for option in members
            if option is not main
        ]
        name = main.name if main else members[0].name.partition(" › ")[0]
        if main and subcategories:
            main = replace(main, name=f"All of {main.name}")
        leading = [main] if main else []
        count = leading[0].count if leading else None
        made.append((path, Group(name, count, leading + most_frequent(subcategories))))
    made.sort(key=lambda entry: (entry[0] == NOT_STATED, -(entry[1].count or 0)))
    return [group for _, group in made]


def counted_categories(decisions: DecisionQuerySet) -> list[Group]:
    """Every decision counts under its subcategory and under the category above."""
    counts: Counter[str | None] = Counter()
    for path, count in decisions.values_list("category__path").annotate(Count("pk")):
        counts[path] += count
        if path and "/" in path:
            counts[path.partition("/")[0]] += count
    return in_groups(options(FacetLabels().category, _with_not_stated(counts)))


def _with_not_stated(counts: Mapping[str | None, int]) -> dict[str, int]:
    return {NOT_STATED if value is None else value: count for value, count in counts.items()}
