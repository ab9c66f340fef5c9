"""What is compared: the words, numbers and marks of a text, without what is mere writing.

Case, the style of quotation marks and apostrophes, the kind of dash, blanks, line breaks, bullets,
asterisks and invisible characters make no difference. Every word, number and other mark does.

A quotation is read as lawyers write it. An ellipsis divides it into parts. Square brackets hold
what the writer changed. Marks at the beginning and end of a part belong to the writer's sentence
and are left out. Labels of paragraphs and lists ("9.", "a)") may be there or not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Most words of a decision that one pair of square brackets stands for.
MAX_BRACKETED = 15

_APOSTROPHES = "'’‘ʼ`´′‛"
_QUOTES = f'{_APOSTROPHES}"“”„‟«»‹›‚″＂'
_DASHES = "-‒–—―"
_ELLIPSIS = r"…|\.(?:[ \t]?\.){2,}"

# "1,500", "249.50" and "5.3.2024" are one number each; "3, 4" are two.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)+)(?![^\W_])"

_TOKENS = rf"""
    (?P<word>(?<![^\W_]){_NUMBER}|[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*)
  | (?P<ellipsis>{_ELLIPSIS})
  | (?P<quote>[{_QUOTES}]+)
  | (?P<dash>[{_DASHES}]+)
  | (?P<mark>[^\s*_•·])
"""
_TOKEN = re.compile(_TOKENS, re.VERBOSE)
# "complain[ed]", "[t]he"; "[the Council]"
_TOKEN_OF_QUOTATION = re.compile(
    rf"""
    (?P<affixed>[^\W_]+\[[^\W_]*\][^\W_]*|\[[^\W_]*\][^\W_]+)
  | (?P<bracket>\[[^\[\]]*\])
  | {_TOKENS}
    """,
    re.VERBOSE,
)
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_BRACKETED_LETTERS = re.compile(r"\[[^\[\]]*\]")
# Marks that are left out at the beginning and end of a part.
_EDGE = frozenset((*".,;:!?()/", '"', "-"))

# "9. ", "(a) ", "ii) ", "• ", "- " at the beginning of a line; "a) " within one.
_LINE_LABEL = re.compile(
    r"^[ \t]*(?:\(?(?:\d{1,3}|[a-z]{1,4})[.)]|[•*·–—-]|\d{1,3}(?=\t))[ \t]+",
    re.MULTILINE | re.IGNORECASE,
)
_INLINE_LABEL = re.compile(r"(?<=[\s:;,.])\(?(?:[a-z]{1,4}|\d{1,2})\)[ \t]+", re.IGNORECASE)


class ElementKind:
    """The kinds of elements of a part."""

    WORD = "word"
    AFFIXED = "affixed"  # a word with letters in square brackets
    BRACKET = "bracket"


class Element(NamedTuple):
    """A word or mark of a quotation; `start` and `end` are its place in the quotation."""

    kind: str
    value: str
    start: int
    end: int

    @property
    def pattern(self) -> str:
        """A regular expression for the words of a decision that it stands for, each with a blank
        after it.
        """
        if self.kind == ElementKind.BRACKET:
            return rf"(?:\S+ ){{0,{MAX_BRACKETED}}}?"
        return f"{self.word_pattern} "

    @property
    def word_pattern(self) -> str:
        """The same for one word, without the blank; brackets stand for any letters."""
        if self.kind == ElementKind.AFFIXED:
            return r"\w*".join(map(re.escape, _BRACKETED_LETTERS.split(self.value)))
        return re.escape(self.value)

    def stands_for(self, word: str) -> bool:
        """Whether a word of a decision may be meant."""
        return re.fullmatch(self.word_pattern, word) is not None


@dataclass(frozen=True)
class Part:
    """The words of a quotation up to an ellipsis or its end."""

    elements: tuple[Element, ...]

    @cached_property
    def is_plain(self) -> bool:
        """Whether no square brackets are read as changes."""
        return all(element.kind == ElementKind.WORD for element in self.elements)

    @cached_property
    def joined(self) -> str:
        """Its words as `Words.joined` has them; for a plain part."""
        return f" {' '.join(element.value for element in self.elements)} "

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the part in `Words.joined`."""
        return re.compile(" " + "".join(element.pattern for element in self.elements))


@dataclass(frozen=True)
class Reading:
    """One way to read a quotation: its parts in order."""

    parts: tuple[Part, ...]
    has_brackets: bool

    @property
    def has_gaps(self) -> bool:
        """Whether the writer left words out."""
        return len(self.parts) > 1


class Words(NamedTuple):
    """The words and marks of a text in the form in which they are compared, with their places."""

    text: str
    values: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Words":
        """The words of a text in its simplified form."""
        values, starts, ends = [], [], []
        for match in _TOKEN.finditer(text):
            values.append(_value(match))
            start, end = match.span()
            starts.append(start)
            ends.append(end)
        return cls(text, values, starts, ends)


def word_count(text: str) -> int:
    """How many words and numbers a text has."""
    return sum(match.lastgroup == "word" for match in _TOKEN.finditer(text))


def is_word(value: str) -> bool:
    """Whether this value is a word or number, and not a mark."""
    return value[0].isalnum()


def readings(quotation: str) -> list[Reading]:
    """The ways to read a quotation, the most literal first; none without a word.

    Square brackets may be the decision's own, and a label may be part of its text.
    """
    texts = dict.fromkeys((quotation, _blanked(_LINE_LABEL, quotation)))
    texts |= dict.fromkeys(_blanked(_INLINE_LABEL, text) for text in list(texts))
    found = [_reading(text, literal=True) for text in texts]
    if "[" in quotation:
        found += [_reading(text, literal=False) for text in texts]
    return [reading for reading in found if reading.parts]


def pieces(quotation: str) -> list[str]:
    """The runs of words of a quotation that a decision should have unbroken: without brackets,
    across no ellipsis and no line break.
    """
    without_labels = _blanked(_LINE_LABEL, quotation)
    runs = re.split(rf"\w*\[[^\[\]]*\]\w*|{_ELLIPSIS}|\n", without_labels)
    return [run for run in runs if word_count(run)]


def _reading(text: str, *, literal: bool) -> Reading:
    parts: list[Part] = []
    elements: list[Element] = []
    has_brackets = False
    pattern = _TOKEN if literal else _TOKEN_OF_QUOTATION
    for match in pattern.finditer(_without_gap_brackets(text)):
        kind = match.lastgroup or ""
        if kind == "ellipsis":
            parts += _part(elements)
            elements = []
        elif kind in ("bracket", "affixed"):
            has_brackets = True
            value = match.group().casefold() if kind == "affixed" else "[]"
            elements.append(Element(kind, value, *match.span()))
        else:
            elements.append(Element(ElementKind.WORD, _value(match), *match.span()))
    parts += _part(elements)
    return Reading(tuple(parts), has_brackets)


def _part(elements: list[Element]) -> Iterator[Part]:
    """The elements as a part, without marks and brackets at its beginning and end."""
    start, end = 0, len(elements)
    while start < end and _is_edge(elements[start]):
        start += 1
    while start < end and _is_edge(elements[end - 1]):
        end -= 1
    if start < end:
        yield Part(tuple(elements[start:end]))


def _is_edge(element: Element) -> bool:
    return element.kind == ElementKind.BRACKET or element.value in _EDGE


def _value(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "word":
        return _APOSTROPHE.sub("'", match.group().casefold())
    if kind == "mark":
        return match.group()
    return {"ellipsis": "…", "quote": '"', "dash": "-"}[kind or ""]


def _without_gap_brackets(text: str) -> str:
    """The text with `  …  ` for `[...]`: of the same length, so that places stay the same."""

    def blanked(match: re.Match[str]) -> str:
        return f" {match.group()[1:-1]} "

    return re.sub(rf"\[\s*(?:{_ELLIPSIS})\s*\]", blanked, text)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks in place of each match, so that places stay the same."""
    return pattern.sub(lambda match: " " * len(match.group()), text)
