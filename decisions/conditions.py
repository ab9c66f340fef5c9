"""What a question asks for, one condition at a time: each can be dropped.

The list shows them as chips; where nothing was found, `ways_out` says what to drop, and what that
would give.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

from decisions import search
from decisions.filters import Names, address_of
from decisions.phrasing import day, in_a_sentence
from decisions.references import read_reference
from decisions.search import Question

# Every way out is counted by a search of its own: of longer queries only so many words.
MOST_WORDS = 6

_NOTHING_ASKED = Question()


@dataclass(frozen=True)
class Condition:
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

    def without(self, question: Question) -> Question:
        if self.value is None:
            return replace(question, **{self.name: getattr(_NOTHING_ASKED, self.name)})
        values = question.terms[self.name]
        others = tuple(value for value in values if value != self.value)
        return replace(question, terms={**question.terms, self.name: others})


def conditions(question: Question, names: Names) -> list[Condition]:
    """Every filter's values, in the order of the address. The words are none of them."""
    found = [
        Condition(names[name][value], name, value)
        for name, values in question.terms.items()
        for value in values
    ]
    if question.date_from:
        found.append(Condition(f"From {day(question.date_from)}", "date_from"))
    if question.date_to:
        found.append(Condition(f"To {day(question.date_to)}", "date_to"))
    if question.payment_min is not None:
        found.append(Condition(f"£{question.payment_min:,} or more", "payment_min"))
    if question.payment_max is not None:
        found.append(Condition(f"£{question.payment_max:,} or less", "payment_max"))
    if question.standard:
        found.append(Condition("Standard wording too", "standard"))
    return found


@dataclass(frozen=True)
class WayOut:
    """What to drop, how many decisions that gives (None: nobody counted), and the way there."""

    label: str
    total: int | None
    query: QueryDict


@dataclass(frozen=True)
class _Drop:
    label: str
    dropped: frozenset[str]
    question: Question


def ways_out(question: Question, names: Names) -> list[WayOut]:
    """For a question that finds nothing, what finds something: less asked for comes later.

    The values of one filter are alternatives, so that to drop one of several gives nothing; they
    are dropped together. What drops more than another and gives no more is left out.
    """
    drops = list(_drops(question, names))
    totals = search.count([drop.question for drop in drops])
    if totals is None:
        return [WayOut(drop.label, None, address_of(drop.question)) for drop in drops]
    found: list[tuple[_Drop, int]] = []
    for drop, total in zip(drops, totals, strict=True):
        most = max((given for less, given in found if less.dropped <= drop.dropped), default=0)
        if total > most:
            found.append((drop, total))
    return [WayOut(drop.label, total, address_of(drop.question)) for drop, total in found]


def _drops(question: Question, names: Names) -> Iterator[_Drop]:
    """What can be dropped, fewer things first: at most as many as there are filters and words."""
    is_reference = read_reference(question.text) is not None
    words = [] if is_reference else search.without_each_word(question.text)[:MOST_WORDS]
    for number, (word, text) in enumerate(words):
        label = f"the word “{word}”"
        yield _Drop(label, frozenset({f"word {number}"}), replace(question, text=text))

    by_name: dict[str, list[Condition]] = {}
    for condition in conditions(question, names):
        by_name.setdefault(condition.name, []).append(condition)
    by_name.pop("standard", None)  # it only ever adds
    for name, members in by_name.items():
        label = " or ".join(member.said for member in members)
        yield _Drop(label, frozenset({name}), _without(question, members))
    for pair in (("date_from", "date_to"), ("payment_min", "payment_max")):
        if by_name.keys() >= set(pair):
            members = [member for name in pair for member in by_name[name]]
            label = " and ".join(member.said for member in members)
            yield _Drop(label, frozenset(pair), _without(question, members))

    every_word = frozenset({"words", *(f"word {number}" for number in range(len(words)))})
    without_words = replace(question, text="")
    if question.text:
        noun = "words" if len(question.text.split()) > 1 else "word"
        yield _Drop(f"the {noun} “{question.text}”", every_word, without_words)
    every_filter = [member for members in by_name.values() for member in members]
    if len(by_name) > 1:
        yield _Drop("any filter", frozenset(by_name), _without(question, every_filter))
    if question.text and by_name:
        everything = every_word | by_name.keys()
        yield _Drop("words or filters", everything, _without(without_words, every_filter))


def _without(question: Question, dropped: list[Condition]) -> Question:
    for condition in dropped:
        question = condition.without(question)
    return question
