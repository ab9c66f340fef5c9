"""What the search box offers while somebody types: "borough lon", "21 019", "school tr".

Councils, categories and laws are found by the beginnings of words anywhere in their names, and
only those are offered that lead to decisions. How many, the search index says; the names of one
state of the index are kept until the index changes, and every renaming changes it.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from decisions import search
from decisions.models import NOT_STATED, Decision
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import MAX_TEXT
from decisions.web.querystring import list_url

MOST = 9  # in all; a reader takes in no more at a glance
MOST_DECISIONS = 5
SHORTEST = 2  # letters or digits: one alone begins nearly everything

# The order of the groups, and the filters whose values the first three are.
_FILTERS = {"council": "Councils", "category": "Categories", "provision": "Laws"}
_DECISIONS = "Decisions"
_PHRASES = "Phrases"

_APOSTROPHE = re.compile(r"['’‘ʼ`]")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_DIGITS = re.compile(r"[\s-]")
_SOME_DIGITS = re.compile(r"[0-9]{2,8}|[0-9]{8}[a-zA-Z]")


@dataclass(frozen=True)
class Suggestion:
    """`count` is how many decisions it leads to, where that is known; `about` describes one."""

    group: str
    label: str
    address: str
    count: int | None = None
    about: str = ""


def suggest(typed: str) -> list[tuple[str, list[Suggestion]]]:
    """At most MOST suggestions under the names of their groups; none for what cannot be read.

    The groups take turns, so that none crowds out the others.
    """
    typed = typed[:MAX_TEXT].replace("\0", " ")
    if len("".join(words_of(typed))) < SHORTEST:
        return []
    offers = [[*_decisions(typed)], *_from_index(typed)]
    in_turns = [one for turn in zip_longest(*offers) for one in turn if one][:MOST]
    kept = [one for offer in offers for one in offer if one in in_turns]
    return [(group, list(members)) for group, members in groupby(kept, lambda one: one.group)]


def words_of(text: str) -> list[str]:
    """The words of a name without case, accents and apostrophes.

    >>> words_of("King’s Lynn & West Norfolk")
    ['kings', 'lynn', 'and', 'west', 'norfolk']
    """
    text = _APOSTROPHE.sub("", text.replace("&", " and ")).casefold()
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _WORD.findall(text)


def _decisions(typed: str) -> Iterator[Suggestion]:
    """The newest of the decisions whose reference is, or begins with, what was typed."""
    digits = _BETWEEN_DIGITS.sub("", typed)
    if not _SOME_DIGITS.fullmatch(digits):
        return
    published = Decision.objects.published().for_list()
    # A range and no pattern: it can use the index of the references in every collation.
    first, last = (_reference(digits.ljust(8, filler)) for filler in "09")
    beginning = published.filter(reference__range=(first, f"{last}z")).order_by("-reference")
    found = list(beginning[:MOST_DECISIONS])
    if not found and first == last:  # it may stand beside another decision's own
        found = list(published.with_reference(first))
    for decision in found:
        about = str(decision.council or "Council not stated")
        yield Suggestion(_DECISIONS, decision.reference, decision.get_absolute_url(), about=about)


def _reference(digits: str) -> str:
    return f"{digits[:2]} {digits[2:5]} {digits[5:]}".lower()


def _from_index(typed: str) -> list[list[Suggestion]]:
    """A list for each group; none while there is no index to say what leads anywhere."""
    return search.query_index(lambda store: _among(store, typed), default=[])


def _among(store: search.IndexStore, typed: str) -> list[list[Suggestion]]:
    names = _names(store.path, store.state())
    phrases = search.complete_phrase(store.searcher(), typed.lstrip("\"“”' "))
    beginnings = [f" {word}" for word in words_of(typed)]
    offers = []
    for name, group in _FILTERS.items():
        matching = (
            Suggestion(group, known.label, list_url(**{name: known.value}), known.count)
            for known in names[name]
            if all(beginning in known.words for beginning in beginnings)
        )
        offers.append(list(islice(matching, MOST)))
    # Without a number: they are counted in summaries, and searched for everywhere.
    offers.append(
        [Suggestion(_PHRASES, phrase, list_url(q=f'"{phrase}"')) for phrase, _ in phrases]
    )
    return offers


class _Known(NamedTuple):
    """A value of a filter that `count` decisions have; `words` are its label's, each after " "."""

    words: str
    label: str
    value: str
    count: int


@lru_cache(maxsize=1)
def _names(path: Path, state: Hashable) -> dict[str, list[_Known]]:
    """For each filter the values that lead somewhere, most decisions first.

    `path` and `state` say of which index, and at which change, it is what there was to know.
    """
    results = search.search(search.SearchQuery())
    if results is None:
        raise search.IndexUnavailable("it was there a moment ago")
    facets = results.facets
    names = FacetLabels()
    return {
        name: [
            _Known(" ".join(["", *words_of(label)]), label, value, count)
            for value, count in sorted(facets[name].items(), key=lambda one: (-one[1], one[0]))
            if value != NOT_STATED and (label := names[name].get(value))
        ]
        for name in _FILTERS
    }
