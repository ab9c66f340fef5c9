"""What a question asks for, one condition at a time: each can be dropped.

The list shows them as chips; where nothing was found, `ways_out` says what to drop, and what that
would give.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

from decisions import search
from decisions.references import read_reference
from decisions.search import SearchQuery
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import to_querydict
from decisions.web.text_format import day, in_a_sentence

# Every way out is counted by a search of its own: of longer queries only so many words.
MOST_WORDS = 6

_NOTHING_ASKED = SearchQuery()


@dataclass(frozen=True)
class ActiveFilter:
    """One thing asked for beside the words; `value` is one of a filter's several, None else."""

    label: str
    name: str
    value: str | None = None

    @property
    def said(self) -> str:
        """As it stands in a sentence: `without “from 1 January 2020”`."""
        if self.name.startswith("date_"):
            return f"“{in_a_sentence(self.label)}”"
        return self.label

    def without(self, search_query: SearchQuery) -> SearchQuery:
        if self.value is None:
            return replace(search_query, **{self.name: getattr(_NOTHING_ASKED, self.name)})
        values = search_query.terms[self.name]
        others = tuple(value for value in values if value != self.value)
        return replace(search_query, terms={**search_query.terms, self.name: others})


def conditions(search_query: SearchQuery, names: FacetLabels) -> list[ActiveFilter]:
    """Every filter's values, in the order of the address. The words are none of them."""
    found = [
        ActiveFilter(names[name][value], name, value)
        for name, values in search_query.terms.items()
        for value in values
    ]
    if search_query.date_from:
        found.append(ActiveFilter(f"From {day(search_query.date_from)}", "date_from"))
    if search_query.date_to:
        found.append(ActiveFilter(f"To {day(search_query.date_to)}", "date_to"))
    if search_query.payment_min is not None:
        found.append(ActiveFilter(f"£{search_query.payment_min:,} or more", "payment_min"))
    if search_query.payment_max is not None:
        found.append(ActiveFilter(f"£{search_query.payment_max:,} or less", "payment_max"))
    if search_query.standard:
        found.append(ActiveFilter("Standard wording too", "standard"))
    return found


@dataclass(frozen=True)
class Relaxation:
    """What to drop, how many decisions that gives (None: nobody counted), and the way there."""

    label: str
    total: int | None
    query: QueryDict


@dataclass(frozen=True)
class _Drop:
    label: str
    dropped: frozenset[str]
    search_query: SearchQuery


def ways_out(search_query: SearchQuery, names: FacetLabels) -> list[Relaxation]:
    """For a question that finds nothing, what finds something: less asked for comes later.

    The values of one filter are alternatives, so that to drop one of several gives nothing; they
    are dropped together. What drops more than another and gives no more is left out.
    """
    drops = list(_drops(search_query, names))
    totals = search.count([drop.search_query for drop in drops])
    if totals is None:
        return [Relaxation(drop.label, None, to_querydict(drop.search_query)) for drop in drops]
    found: list[tuple[_Drop, int]] = []
    for drop, total in zip(drops, totals, strict=True):
        most = max((given for less, given in found if less.dropped <= drop.dropped), default=0)
        if total > most:
            found.append((drop, total))
    return [Relaxation(drop.label, total, to_querydict(drop.search_query)) for drop, total in found]


def _drops(search_query: SearchQuery, names: FacetLabels) -> Iterator[_Drop]:
    """What can be dropped, fewer things first: at most as many as there are filters and words."""
    is_reference = read_reference(search_query.text) is not None
    words = [] if is_reference else search.without_each_word(search_query.text)[:MOST_WORDS]
    for number, (word, text) in enumerate(words):
        label = f"the word “{word}”"
        yield _Drop(label, frozenset({f"word {number}"}), replace(search_query, text=text))

    by_name: dict[str, list[ActiveFilter]] = {}
    for condition in conditions(search_query, names):
        by_name.setdefault(condition.name, []).append(condition)
    by_name.pop("standard", None)  # it only ever adds
    for name, members in by_name.items():
        label = " or ".join(member.said for member in members)
        yield _Drop(label, frozenset({name}), _without(search_query, members))
    for pair in (("date_from", "date_to"), ("payment_min", "payment_max")):
        if by_name.keys() >= set(pair):
            members = [member for name in pair for member in by_name[name]]
            label = " and ".join(member.said for member in members)
            yield _Drop(label, frozenset(pair), _without(search_query, members))

    every_word = frozenset({"words", *(f"word {number}" for number in range(len(words)))})
    without_words = replace(search_query, text="")
    if search_query.text:
        noun = "words" if len(search_query.text.split()) > 1 else "word"
        yield _Drop(f"the {noun} “{search_query.text}”", every_word, without_words)
    every_filter = [member for members in by_name.values() for member in members]
    if len(by_name) > 1:
        yield _Drop("any filter", frozenset(by_name), _without(search_query, every_filter))
    if search_query.text and by_name:
        everything = every_word | by_name.keys()
        yield _Drop("words or filters", everything, _without(without_words, every_filter))


def _without(search_query: SearchQuery, dropped: list[ActiveFilter]) -> SearchQuery:
    for condition in dropped:
        search_query = condition.without(search_query)
    return search_query
