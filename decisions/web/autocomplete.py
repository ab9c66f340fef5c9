"""Suggestions below the search box while a reader types: "borough lon", "21 019", "school tr".

First come the pages that answer what was typed, which the list also offers above its results. A
council, category or law is suggested when each word typed begins a word of its name, and when it
has decisions. The search index counts these. The names are cached until the index changes, as it
does with every renaming.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from decisions import search
from decisions.characters import simplify
from decisions.models import NOT_STATED, Decision
from decisions.references import beginning_of_reference
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import MAX_TEXT
from decisions.web.presenters.answers import offered_pages
from decisions.web.querystring import list_url

MAX_SUGGESTIONS = 9  # most suggestions in all groups together
MAX_DECISIONS = 5  # most suggestions that are decisions
MIN_TYPED = 2  # fewest letters or digits typed: a single one begins a word of nearly every name

# The filters whose values are suggested, with the names of their groups, in order.
_FILTER_GROUPS = {"council": "Councils", "category": "Categories", "provision": "Laws"}
_DECISION_GROUP = "Decisions"
_PAGE_GROUP = "Pages"
_PHRASE_GROUP = "Phrases"


@dataclass(frozen=True)
class Suggestion:
    """`count` is how many decisions it finds, None if unknown; `detail` describes a decision."""

    group: str
    label: str
    address: str
    count: int | None = None
    detail: str = ""


def suggest(typed: str) -> list[tuple[str, list[Suggestion]]]:
    """Up to MAX_SUGGESTIONS suggestions, by group; none for fewer letters than MIN_TYPED.

    The groups take turns, so that none of them displaces the others.
    """
    typed = simplify(typed[:MAX_TEXT].replace("\0", " "))
    if len("".join(search.words_of(typed))) < MIN_TYPED:
        return []
    groups = [[*_decisions(typed)], [*_pages(typed)], *_from_index(typed)]
    in_turns = [entry for turn in zip_longest(*groups) for entry in turn if entry]
    chosen = in_turns[:MAX_SUGGESTIONS]
    kept = [entry for group in groups for entry in group if entry in chosen]
    return [(name, list(members)) for name, members in groupby(kept, lambda entry: entry.group)]


def _decisions(typed: str) -> Iterator[Suggestion]:
    """The newest decisions whose reference is, or begins with, what was typed."""
    digits = beginning_of_reference(typed)
    if digits is None:
        return
    published = Decision.objects.published().for_list()
    # A range and not a pattern, because it can use the index of references under any collation.
    first, last = (_format_reference(digits.ljust(8, filler)) for filler in "09")
    beginning = published.filter(reference__range=(first, f"{last}z")).order_by("-reference")
    decisions = list(beginning[:MAX_DECISIONS])
    if not decisions and first == last:  # a whole reference may be another one of a decision
        decisions = list(published.with_reference(first))
    for decision in decisions:
        council = str(decision.council or "Council not stated")
        address = decision.get_absolute_url()
        yield Suggestion(_DECISION_GROUP, decision.reference, address, detail=council)


def _pages(typed: str) -> Iterator[Suggestion]:
    """The pages of this site that answer what was typed."""
    for page in offered_pages(typed):
        label = f"{page.kind}: {page.label}" if page.kind else page.label
        yield Suggestion(_PAGE_GROUP, label, page.address, page.count)


def _format_reference(digits: str) -> str:
    return f"{digits[:2]} {digits[2:5]} {digits[5:]}".lower()


def _from_index(typed: str) -> list[list[Suggestion]]:
    """A list for each group of filters and for phrases; none while the index is unavailable."""
    return search.query_index(lambda store: _matching(store, typed), default=[])


def _matching(store: search.IndexStore, typed: str) -> list[list[Suggestion]]:
    values = _filter_values(store.path, store.state())
    phrases = search.complete_phrase(store.searcher(), typed.lstrip("\"“”' "))
    beginnings = [f" {word}" for word in search.words_of(typed)]
    groups = []
    for name, group in _FILTER_GROUPS.items():
        matching = (
            Suggestion(group, value.label, list_url(**{name: value.value}), value.total)
            for value in values[name]
            if all(beginning in value.words for beginning in beginnings)
        )
        groups.append(list(islice(matching, MAX_SUGGESTIONS)))
    # Without a count, because phrases are counted in summaries only but searched for everywhere.
    groups.append(
        [Suggestion(_PHRASE_GROUP, phrase, list_url(q=f'"{phrase}"')) for phrase, _ in phrases]
    )
    return groups


class _FilterValue(NamedTuple):
    """A filter's value; `total` decisions have it. `words` are the label's, each after a space."""

    words: str
    label: str
    value: str
    total: int


@lru_cache(maxsize=1)
def _filter_values(path: Path, state: Hashable) -> dict[str, list[_FilterValue]]:
    """The values of each filter that have decisions, those with the most first.

    `path` and `state` are the cache's key: the index, and the last change it has applied.
    """
    results = search.search(search.SearchQuery(size=0))
    if results is None:
        raise search.IndexUnavailable("it was there a moment ago")
    labels = FacetLabels()
    return {
        name: [
            _FilterValue(" ".join(["", *search.words_of(label)]), label, value, count)
            for value, count in sorted(
                results.facets[name].items(), key=lambda entry: (-entry[1], entry[0])
            )
            if value != NOT_STATED and (label := labels[name].get(value))
        ]
        for name in _FILTER_GROUPS
    }
