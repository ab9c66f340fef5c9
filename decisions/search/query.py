"""The reader's words, understood: a small grammar of our own that is never in error.

    school transport          both words, in any form ("schools", "transported")
    "school transport"        the words next to each other; curly quotes are quotes too
    bus OR taxi               one or the other; binds the two beside it
    -appeal                   without the word; -"panel hearing" without the phrase

A quote left open closes at the end; an OR or a "-" with nothing beside it is passed over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query, Schema

from decisions.search.question import Question
from decisions.search.schema import ANALYSER, STATE, WEIGHTS

# A reader's query is cut here: no person types more, and each word costs the engine work.
MAX_UNITS = 50

_CURLY_QUOTES = str.maketrans("“”„‟«»", '""""""')
# `-"panel hearing"`, `"left open`, `bus`; a quote inside a word ends it: `bus"school run"`.
_UNIT = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Unit:
    """A word or phrase as the index knows it: one stem, or several that must follow each other."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A query read: every group must match, by any of its units; no excluded unit may."""

    groups: tuple[tuple[Unit, ...], ...] = ()
    excluded: tuple[Unit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.excluded)

    def wanted(self) -> Iterable[Unit]:
        """All units that a text is searched for, for marking them in it."""
        return (unit for group in self.groups for unit in group)


def read(text: str) -> Words:
    """The query a reader typed; empty when it holds no word at all."""
    groups: list[list[Unit]] = []
    excluded: list[Unit] = []
    joins_previous = False
    for number, match in enumerate(_UNIT.finditer(text.translate(_CURLY_QUOTES))):
        if number >= MAX_UNITS:
            break
        if match["word"] == "OR" and not match["minus"]:
            joins_previous = bool(groups)
            continue
        stems = tuple(ANALYSER.analyze(match["word"] or match["phrase"] or ""))
        if not stems:
            continue
        if match["minus"]:
            excluded.append(Unit(stems))
        elif joins_previous:
            groups[-1].append(Unit(stems))
        else:
            groups.append([Unit(stems)])
        joins_previous = False
    return Words(tuple(tuple(group) for group in groups), tuple(excluded))


class Queries:
    """Builds the engine's queries for one question."""

    def __init__(self, schema: Schema, question: Question) -> None:
        self.schema = schema
        self.question = question
        self.words = read(question.text)

    def matching(self, without: str | None = None) -> Query:
        """What matches words and filters; `without` names a filter to leave out."""
        parts = [(Occur.Must, self._anywhere(group)) for group in self.words.groups]
        parts += [(Occur.MustNot, self._anywhere((unit,))) for unit in self.words.excluded]
        for name, values in self.question.terms.items():
            if values and name != without:
                chosen = Query.term_set_query(self.schema, name, list(values))
                parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
        for bounds in (self._dates(), self._payments()):
            if bounds:
                parts.append((Occur.Must, Query.const_score_query(bounds, 0.0)))
        if not any(occur == Occur.Must for occur, _ in parts):
            state = Query.term_query(self.schema, STATE, STATE, "basic")
            parts += [(Occur.Must, Query.all_query()), (Occur.MustNot, state)]
        return Query.boolean_query(parts)

    def ranked(self) -> Query:
        """The same matches, with the weighted fields adding to their scores."""
        weighing = [
            (Occur.Should, Query.boost_query(self._any(group, name), weight))
            for group in self.words.groups
            for name, weight in WEIGHTS.items()
        ]
        return Query.boolean_query([(Occur.Must, self.matching()), *weighing])

    def _anywhere(self, units: tuple[Unit, ...]) -> Query:
        """In the text that is a decision's own; in standard wording too where that is wanted."""
        own = self._any(units, "everything")
        if not self.question.standard:
            return own
        return Query.boolean_query(
            [(Occur.Should, own), (Occur.Should, self._any(units, "standard"))]
        )

    def _any(self, units: tuple[Unit, ...], field: str) -> Query:
        queries = [self._unit(unit, field) for unit in units]
        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    def _unit(self, unit: Unit, field: str) -> Query:
        if len(unit.stems) == 1:
            return Query.term_query(self.schema, field, unit.stems[0])
        return Query.phrase_query(self.schema, field, list(unit.stems))

    def _dates(self) -> Query | None:
        first, last = self.question.date_from, self.question.date_to
        return self._between("decided", first and first.toordinal(), last and last.toordinal())

    def _payments(self) -> Query | None:
        least, most = self.question.payment_min, self.question.payment_max
        return self._between(
            "payment", least and least * 100, most * 100 if most is not None else None
        )

    def _between(self, field: str, least: int | None, most: int | None) -> Query | None:
        if least is None and most is None:
            return None
        return Query.range_query(self.schema, field, FieldType.Unsigned, least, most)
