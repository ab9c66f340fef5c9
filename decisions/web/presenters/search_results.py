"""The page of search results: the decisions found, filters, sorting, paging and suggestions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.paginator import Paginator

from decisions import search
from decisions.models import NOT_STATED, Decision, StandardWording
from decisions.search import PAGE_SIZE, PAGE_SIZES, SearchQuery, SearchResults
from decisions.web.filters import DecisionFilterSet
from decisions.web.presenters.active_filters import Relaxation, active_filters, relax
from decisions.web.presenters.facets import (
    FacetGroup,
    FacetOption,
    FoldedFacet,
    facet_options,
    fold_groups,
    fold_options,
    group_categories,
    most_frequent,
)
from decisions.web.presenters.interpretation import Interpretation
from decisions.web.presenters.snippets import RenderedSnippet, render_snippet
from decisions.web.querystring import Parameters, decision_url, list_url, search_parameters
from decisions.web.results import find

# Most words of a query that the page offers to drop one by one where closest matches follow.
MAX_WORDS_DROPPED = 3


@dataclass(frozen=True)
class FilterChip:
    """An active filter, and the parameters of the search without it."""

    label: str
    query: Parameters


@dataclass(frozen=True)
class SpellingSuggestion:
    """The search text in another spelling, how many decisions it finds, and the parameters."""

    text: str
    total: int
    query: Parameters


@dataclass(frozen=True)
class YearOption:
    """A year, and the parameters that choose it, or remove it if it is chosen.

    `percent` is its count relative to the year with the most decisions.
    """

    label: str
    count: int
    percent: int
    query: Parameters
    chosen: bool


@dataclass(frozen=True)
class PageSizeOption:
    """A page size, the parameters that choose it, and the page that then shows the same rank."""

    size: int
    query: Parameters
    page: int


@dataclass(frozen=True)
class SearchResult:
    """A decision found, with the paragraphs that contain the search words.

    `url` is the address of its page, with the search words to mark there.
    """

    decision: Decision
    url: str
    snippets: list[RenderedSnippet]


class SearchResultsPage:
    """One page of decisions with its filters, sorting and paging.

    `opened_facets` are the filters whose long lists of options the reader has opened.
    """

    def __init__(self, filterset: DecisionFilterSet, opened_facets: Collection[str] = ()) -> None:
        self.search_query: SearchQuery = filterset.search_query
        self.opened_facets = opened_facets
        self.labels = filterset.labels

    @cached_property
    def search_results(self) -> SearchResults:
        """The results from the index, or from PostgreSQL while the index is unavailable."""
        return find(self.search_query)

    @property
    def words_are_unavailable(self) -> bool:
        """Whether the words could not be searched for, so that nothing is listed."""
        return bool(self.search_query.text) and not self.search_results.from_index

    @property
    def total(self) -> int:
        """How many decisions were found: with words, those that contain all of them."""
        return self.search_results.total

    @property
    def near_total(self) -> int:
        """How many closest matches follow on all pages."""
        return self.search_results.near_total

    @property
    def listed(self) -> int:
        """How many decisions the list has on all pages."""
        return self.search_results.listed

    @cached_property
    def interpretation(self) -> Interpretation:
        """How the search text was read."""
        return Interpretation(self.search_query, self.search_results)

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return self.search_results.last_page

    @property
    def is_beyond_end(self) -> bool:
        """Whether the requested page is after the last one."""
        return self.search_query.page > self.last_page

    @cached_property
    def query(self) -> Parameters:
        """The parameters of this search, without its page."""
        return search_parameters(self.search_query)

    @property
    def filters_key(self) -> str:
        """Equal for two pages of one archive with the same filters, options and counts."""
        return f"{list_url(self.query)} {sorted(self.opened_facets)}"

    @cached_property
    def spellings(self) -> list[SpellingSuggestion]:
        """Other spellings, if the search text finds few decisions."""
        return [
            SpellingSuggestion(
                other.text,
                other.total,
                search_parameters(replace(self.search_query, text=other.text)),
            )
            for other in search.suggest_spellings(self.search_query, self.search_results)
        ]

    @cached_property
    def results(self) -> list[SearchResult]:
        """The decisions that match."""
        return self._all_results[: self._match_count]

    @cached_property
    def holds_samples(self) -> bool:
        """Whether an invented sample is among the decisions of this page."""
        return any(result.decision.is_sample for result in self._all_results)

    @cached_property
    def council_is_chosen(self) -> bool:
        """Whether exactly one council is chosen as a filter, so that no result need name it."""
        councils = self.search_query.terms.get("council", ())
        return len(councils) == 1 and councils[0] != NOT_STATED

    @cached_property
    def is_about_one_council(self) -> bool:
        """Whether everything found is about one council, so that its name tells none apart."""
        councils = self.search_results.facets.get("council", {})
        is_only_one = self.total > 1 and len(councils) == 1 and NOT_STATED not in councils
        return self.council_is_chosen or is_only_one

    @cached_property
    def partial_matches(self) -> list[SearchResult]:
        """The closest matches on this page: decisions that contain some of the words."""
        return self._all_results[self._match_count :]

    @cached_property
    def _match_count(self) -> int:
        if not self.search_results.near_matches:
            return len(self._all_results)
        ids = {result.decision.pk for result in self._all_results}
        return sum(pk in ids for pk in self.search_results.ids)

    @cached_property
    def _all_results(self) -> list[SearchResult]:
        text = self.search_query.text
        load = Decision.objects.excerpted if text else Decision.objects.listed
        rows = load([*self.search_results.ids, *self.search_results.near_matches])
        standard = StandardWording.among(rows) if text and not self.search_query.standard else {}
        snippets = search.snippets(text, rows, standard.keys())
        return [
            SearchResult(
                decision,
                decision_url(decision, self.search_query.text),
                list(map(render_snippet, best)),
            )
            for decision, best in zip(rows, snippets, strict=True)
        ]

    @cached_property
    def pages(self) -> list[int | str]:
        """The page numbers to link, with "…" for those left out."""
        if self.last_page == 1 or self.is_beyond_end:
            return []
        size = self.search_query.size
        paginator = Paginator(range(self.last_page * size), size)
        return list(
            paginator.get_elided_page_range(self.search_query.page, on_each_side=2, on_ends=1)
        )

    @property
    def page_sizes(self) -> list[PageSizeOption]:
        """The page sizes to choose from; none if the smallest page shows everything."""
        if self.listed <= PAGE_SIZE:
            return []
        rank = min(self.search_query.rank, max(0, self.listed - 1))
        return [
            PageSizeOption(
                size, search_parameters(replace(self.search_query, size=size)), rank // size + 1
            )
            for size in PAGE_SIZES
        ]

    @property
    def sort(self) -> str:
        """The order in use: without words, relevance means newest first."""
        if self.search_query.sort == "relevance" and not self.search_query.text:
            return "newest"
        return self.search_query.sort

    @cached_property
    def chips(self) -> list[FilterChip]:
        """The active filters, each with the parameters of the search without it."""
        return [
            FilterChip(active.label, search_parameters(active.without(self.search_query)))
            for active in active_filters(self.search_query, self.labels)
        ]

    @property
    def without_filters(self) -> Parameters:
        """The parameters of the same search text, order and page size without any filter."""
        query = self.search_query
        return search_parameters(SearchQuery(query.text, sort=query.sort, size=query.size))

    @cached_property
    def relaxations(self) -> list[Relaxation]:
        """Parts of the search to drop, if nothing was found.

        The closest matches of a long query say more than what it finds without one of its words.
        """
        query = self.search_query
        is_long = len(search.without_each_word(query.text)) > MAX_WORDS_DROPPED
        if self.total or (self.near_total and is_long and not active_filters(query, self.labels)):
            return []
        return relax(query, self.labels)

    @cached_property
    def years(self) -> list[YearOption]:
        """Every year that has decisions, the newest first."""
        counts = self.search_results.facets.get(search.YEAR, {})
        most = max(counts.values(), default=0)
        query = self.search_query
        any_date = search_parameters(replace(query, date_from=None, date_to=None))
        # Only the dates differ, and the parameters keep their order.
        dated = search_parameters(replace(query, date_from=date.min, date_to=date.max))
        years = []
        for year, count in sorted(counts.items(), key=lambda entry: -int(entry[0])):
            first, last = date(int(year), 1, 1), date(int(year), 12, 31)
            chosen = (query.date_from, query.date_to) == (first, last)
            dates = {"date_from": [first.isoformat()], "date_to": [last.isoformat()]}
            percent = max(1, round(100 * count / most))
            parameters = any_date if chosen else {**dated, **dates}
            years.append(YearOption(f"{int(year):04}", count, percent, parameters, chosen))
        return years

    @cached_property
    def outcomes(self) -> list[FacetOption]:
        """All outcomes, the most frequent first."""
        return most_frequent(self.options("outcome"))

    def folded_facet(self, name: str) -> FoldedFacet:
        """The options of this filter; all of a long list if the reader has opened it."""
        chosen = self.search_query.terms.get(name, ())
        return fold_options(
            name, self.labels[name], self._counts(name), chosen, name in self.opened_facets
        )

    @cached_property
    def categories(self) -> list[FacetGroup]:
        """Main categories with their subcategories."""
        groups = group_categories(self.options("category"), self.labels.category_names)
        return fold_groups(groups, "category" in self.opened_facets)

    @property
    def has_unloaded_categories(self) -> bool:
        """Whether subcategories load when the reader opens their group."""
        return not all(group.in_page for group in self.categories)

    def category_options(self, path: str) -> list[FacetOption]:
        """A main category, "All of it", and its subcategories; none for an unknown one."""
        groups = (group.options for group in self.categories)
        return next((options for options in groups if options[0].value == path), [])

    def options(self, name: str) -> list[FacetOption]:
        """All options of this filter that find decisions or are chosen."""
        chosen = self.search_query.terms.get(name, ())
        return facet_options(self.labels[name], self._counts(name), chosen)

    def _counts(self, name: str) -> Mapping[str, int] | None:
        """How many decisions each value has; None while the index is unavailable."""
        results = self.search_results
        return results.facets.get(name, {}) if results.from_index else None
