"""The active filters of a search, and how to relax a search that finds nothing.

The list shows each filter as a chip that removes it. Query relaxation (`relax`) counts what a
search without results would find without some of its words or filters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions import search
from decisions.references import reference_asked_for
from decisions.search import SearchQuery
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import Parameters, search_parameters
from decisions.web.text_format import day, lowercase_first

# Most words that relaxation tries to drop, one at a time; each costs a search.
MAX_RELAXED_WORDS = 6

_NO_FILTERS = SearchQuery()


@dataclass(frozen=True)
class ActiveFilter:
    """One filter of a search. `value` is one of a facet's chosen values, None for a range."""

    label: str
    name: str
    value: str | None = None

    @property
    def label_in_sentence(self) -> str:
        """The label as it stands in a sentence: `without “from 1 January 2020”`."""
        if self.name.startswith("date_"):
            return f"“{lowercase_first(self.label)}”"
        return self.label

    def without(self, search_query: SearchQuery) -> SearchQuery:
        """The same search without this filter."""
        if self.value is None:
            return replace(search_query, **{self.name: getattr(_NO_FILTERS, self.name)})
        values = search_query.terms[self.name]
        others = tuple(value for value in values if value != self.value)
        return replace(search_query, terms={**search_query.terms, self.name: others})


def active_filters(search_query: SearchQuery, labels: FacetLabels) -> list[ActiveFilter]:
    """Every filter of the search, in the order of its address; words are not a filter."""
    filters = [
        ActiveFilter(labels[name][value], name, value)
        for name, values in search_query.terms.items()
        for value in values
    ]
    if search_query.date_from:
        filters.append(ActiveFilter(f"From {day(search_query.date_from)}", "date_from"))
    if search_query.date_to:
        filters.append(ActiveFilter(f"To {day(search_query.date_to)}", "date_to"))
    if search_query.payment_min is not None:
        filters.append(ActiveFilter(f"£{search_query.payment_min:,} or more", "payment_min"))
    if search_query.payment_max is not None:
        filters.append(ActiveFilter(f"£{search_query.payment_max:,} or less", "payment_max"))
    if search_query.standard:
        filters.append(ActiveFilter("Standard paragraphs too", "standard"))
    return filters


@dataclass(frozen=True)
class Relaxation:
    """A part of the search to drop, how many decisions are then found, and the new parameters.

    `total` is None while the index cannot count.
    """

    label: str
    total: int | None
    query: Parameters


@dataclass(frozen=True)
class _Candidate:
    """A search without some of its words and filters; `dropped` names these."""

    label: str
    dropped: frozenset[str]
    search_query: SearchQuery


def relax(search_query: SearchQuery, labels: FacetLabels) -> list[Relaxation]:
    """Changes to a search without results that lead to results; the smallest come first.

    The values of one filter are alternatives, so they are dropped together. A candidate that drops
    more than another and finds no more is omitted.
    """
    candidates = list(_candidates(search_query, labels))
    totals = search.count([candidate.search_query for candidate in candidates])
    if totals is None:
        return [_relaxation(candidate, None) for candidate in candidates]
    kept: list[tuple[_Candidate, int]] = []
    for candidate, total in zip(candidates, totals, strict=True):
        smaller = (count for other, count in kept if other.dropped <= candidate.dropped)
        if total > max(smaller, default=0):
            kept.append((candidate, total))
    return [_relaxation(candidate, total) for candidate, total in kept]


def _relaxation(candidate: _Candidate, total: int | None) -> Relaxation:
    return Relaxation(candidate.label, total, search_parameters(candidate.search_query))


def _candidates(search_query: SearchQuery, labels: FacetLabels) -> Iterator[_Candidate]:
    """One candidate for each word, filter and range, and up to three that drop all of a kind."""
    is_reference = reference_asked_for(search_query.text) is not None
    words = [] if is_reference else search.without_each_word(search_query.text)[:MAX_RELAXED_WORDS]
    for number, (word, text) in enumerate(words):
        label = f"the word “{word}”"
        yield _Candidate(label, frozenset({f"word {number}"}), replace(search_query, text=text))

    by_name: dict[str, list[ActiveFilter]] = {}
    for active in active_filters(search_query, labels):
        by_name.setdefault(active.name, []).append(active)
    by_name.pop("standard", None)  # it only ever adds decisions
    for name, members in by_name.items():
        label = " or ".join(member.label_in_sentence for member in members)
        yield _Candidate(label, frozenset({name}), _without(search_query, members))
    for pair in (("date_from", "date_to"), ("payment_min", "payment_max")):
        if by_name.keys() >= set(pair):
            members = [member for name in pair for member in by_name[name]]
            label = " and ".join(member.label_in_sentence for member in members)
            yield _Candidate(label, frozenset(pair), _without(search_query, members))

    every_word = frozenset({"words", *(f"word {number}" for number in range(len(words)))})
    without_words = replace(search_query, text="")
    if search_query.text:
        noun = "words" if len(search_query.text.split()) > 1 else "word"
        yield _Candidate(f"the {noun} “{search_query.text}”", every_word, without_words)
    every_filter = [member for members in by_name.values() for member in members]
    if len(by_name) > 1:
        yield _Candidate("any filter", frozenset(by_name), _without(search_query, every_filter))
    if search_query.text and by_name:
        everything = every_word | by_name.keys()
        yield _Candidate("words or filters", everything, _without(without_words, every_filter))


def _without(search_query: SearchQuery, dropped: list[ActiveFilter]) -> SearchQuery:
    for active in dropped:
        search_query = active.without(search_query)
    return search_query
