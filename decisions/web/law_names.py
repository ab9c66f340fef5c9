"""Finds the provision of law that somebody names, in any spelling.

    s 26(6)(a) · section 26 (6) (a) · s.26(6)a · S26-6-a LGA 1974
    section 26(6)(a) of the Local Government Act 1974

A name has a title, in full or as initials, and numbers with their units. Where no title is given,
the number may be that of several acts. Where a paragraph is not held, the one that contains it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from decisions.characters import simplify

_UNITS = {
    "s": r"sections?|sect?s?|ss?",
    "sch": r"schedules?|scheds?|schs?",
    "reg": r"regulations?|regs?",
    "art": r"articles?|arts?",
    "pt": r"parts?|pts?",
    "para": r"paragraphs?|paras?",
}
# "26", "24A(6)", "26 (6) (a)", "26(6)a", "26-6-a", "6.29"; not the year in "Regulations 2014".
_NUMBER = (
    r"(?P<base>\d{1,3}[a-z]{0,3})(?P<levels>(?:\s?\(\s?\w{1,4}\s?\)|[-./]\w{1,3}|(?<=\))\w{1,3})*)"
)
_NUMBERED = re.compile(
    r"(?<![\w’'])(?:"
    + "|".join(f"(?P<{unit}>{spellings})" for unit, spellings in _UNITS.items())
    + rf")\.?\s?{_NUMBER}(?!\w)"
)
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that a question about a law may contain besides the name of the law.
_BESIDE = frozenset(
    _WORD.findall(
        "a about an and by case cases cite cited cites complaint complaints decision decisions"
        " define do does explain for in is law legislation mean meaning means of on say says the to"
        " under what which"
    )
)


class _Number(NamedTuple):
    """A numbered part of a law: `26(6)(a)` has the unit `s` and the levels `26`, `6`, `a`."""

    unit: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class _Name:
    """A name of law in parts: words of the title without its year, the year, the numbers."""

    title: tuple[str, ...]
    year: str | None
    numbers: tuple[_Number, ...]


class LawNames:
    """The names of all provisions that can be found; `find` gives their keys."""

    def __init__(self, provisions: Iterable[tuple[str, str, str]]) -> None:
        """`provisions` are keys with their labels and short names, the most cited first."""
        self._years: dict[str, str | None] = {}
        # By their numbers and title; those with numbers also by their numbers alone.
        self._by_name: dict[tuple[tuple[_Number, ...], tuple[str, ...]], list[str]] = {}
        for key, label, short in provisions:
            name = _parse(label)
            self._years[key] = name.year
            numbers = _comparable(name.numbers)
            for title in {name.title, _parse(short).title, *([()] if numbers else [])}:
                self._by_name.setdefault((numbers, title), []).append(key)

    def find(self, asked: str) -> list[str]:
        """The keys of the provisions that `asked` names and nothing else, the most cited first."""
        name = _parse(asked)
        if not name.numbers and not name.title:
            return []
        for numbers in _with_outer(name.numbers):
            same = self._by_name.get((_comparable(numbers), name.title), [])
            if found := [key for key in same if not name.year or name.year == self._years[key]]:
                return found
        return []


def _parse(text: str) -> _Name:
    text = simplify(text).lower().replace("§", " s ").replace("&", " and ")
    numbers = tuple(_numbers(text))
    words = _WORD.findall(_NUMBERED.sub(" ", text))
    years = [word for word in words if _YEAR.fullmatch(word)]
    title = tuple(word for word in words if word not in _BESIDE and word not in years)
    return _Name(title, years[-1] if years else None, numbers)


def _numbers(text: str) -> Iterator[_Number]:
    for match in _NUMBERED.finditer(text):
        unit = next(unit for unit in _UNITS if match[unit])
        levels = re.findall(r"\d+|[^\W\d_]+", match["levels"])
        yield _Number(unit, (match["base"], *levels))


def _with_outer(numbers: tuple[_Number, ...]) -> Iterator[tuple[_Number, ...]]:
    """The numbers, then what contains them: 26(6) and 26 for 26(6)(a)."""
    yield numbers
    if numbers:
        *others, (unit, levels) = numbers
        for end in range(len(levels) - 1, 0, -1):
            yield (*others, _Number(unit, levels[:end]))


def _comparable(numbers: tuple[_Number, ...]) -> tuple[_Number, ...]:
    """In one order, and with `24A(6)` the same as `24(A)(6)`; digits stay apart from digits."""
    joined = (
        _Number(unit, (re.sub(r"(?<=\d) (?=\d)", "-", " ".join(levels)).replace(" ", ""),))
        for unit, levels in numbers
    )
    return tuple(sorted(joined))
