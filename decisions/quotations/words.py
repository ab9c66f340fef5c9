"""Splits a text into the words, numbers and marks that are compared.

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
from itertools import groupby
from typing import NamedTuple

# Most words of a decision that one pair of square brackets stands for.
MAX_BRACKETED = 15

_ELLIPSIS = r"…|\.(?:[ \t]?\.){2,}"

# One character each: apostrophes, quotation marks, dashes, and what is left out.
_STYLES = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´′‛", "'"),
        **dict.fromkeys("“”„‟«»‹›‚″＂", '"'),
        **dict.fromkeys("‒–—―", "-"),
        **dict.fromkeys("_*•·", " "),
    }
)
_QUOTE = re.compile(r"(?<![^\W_])'|'(?![^\W_])")
# Marks of which several in a row are one.
_RUN = re.compile(rf'"{{2,}}|-{{2,}}|{_ELLIPSIS}')
_HAS_RUN = ('""', "--", "..", ". .")

# "1,500", "249.50" and "5.3.2024" are one number each; "3, 4" are two.
_NUMBER = r"(?<![^\W_])(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d+)?|\d+(?:\.\d+){1,4})(?![^\W_])"
_WORD = rf"{_NUMBER}|[^\W_]+(?:'[^\W_]+)*"
_TOKEN = re.compile(rf"{_WORD}|\S")
# "complain[ed]", "[t]he"; "[the Council]"
_TOKEN_OF_QUOTATION = re.compile(
    r"(?P<affixed>[^\W_]+\[[^\W_]*\][^\W_]*|\[[^\W_]*\][^\W_]+)|(?P<bracket>\[[^\[\]]*\])"
    rf"|{_TOKEN.pattern}"
)
_GAP_IN_BRACKETS = re.compile(rf"\[(?P<gap>\s*(?:{_ELLIPSIS})\s*)\]")
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
    def word_pattern(self) -> str:
        """A regular expression for the word of a decision: brackets stand for any letters."""
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
        """Its words as `DecisionWords.joined` has them; for a plain part."""
        return f" {' '.join(element.value for element in self.elements)} "

    @cached_property
    def pieces(self) -> tuple["Piece", ...]:
        """The part in pieces, where brackets and words with brackets divide it."""
        found: list[Piece] = []
        gap = 0
        for kind, group in groupby(self.elements, key=lambda element: element.kind):
            if kind == ElementKind.BRACKET:
                gap = MAX_BRACKETED * len(list(group))
            elif kind == ElementKind.WORD:
                found.append(Piece(gap, tuple(element.value for element in group), None))
                gap = 0
            else:
                for element in group:
                    found.append(Piece(gap, (element.value,), re.compile(element.word_pattern)))
                    gap = 0
        return tuple(found)


class Piece(NamedTuple):
    """Words that follow each other: `gap` is how many words of a decision may stand before them.

    A word with brackets is a piece with the `pattern` of the word.
    """

    gap: int
    words: tuple[str, ...]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True)
class Reading:
    """One way to read a quotation: its parts in order."""

    parts: tuple[Part, ...]
    has_brackets: bool

    @property
    def has_gaps(self) -> bool:
        """Whether the writer left words out."""
        return len(self.parts) > 1


def normalised(text: str) -> str:
    """A simplified text in one style of writing, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower()[:1] for letter in text)
    styled = _QUOTE.sub('"', lower.translate(_STYLES))
    if any(run in styled for run in _HAS_RUN):
        styled = _RUN.sub(_one_mark, styled)
    return styled


def words_of(normal: str) -> list[str]:
    """The words, numbers and marks of a normalised text."""
    return _TOKEN.findall(normal)


def spans_of(normal: str) -> list[tuple[int, int]]:
    """Where each of `words_of` stands."""
    return [match.span() for match in _TOKEN.finditer(normal)]


def word_count(text: str) -> int:
    """How many words and numbers a text has."""
    return sum(map(is_word, words_of(normalised(text))))


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
    without_gaps = _GAP_IN_BRACKETS.sub(lambda match: f" {match['gap']} ", text)
    for match in pattern.finditer(normalised(without_gaps)):
        kind, value = match.lastgroup or ElementKind.WORD, match.group()
        if value == "…":
            parts += _part(elements)
            elements = []
            continue
        has_brackets |= kind != ElementKind.WORD
        elements.append(Element(kind, value, *match.span()))
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


def _one_mark(match: re.Match[str]) -> str:
    """One mark and blanks, as long as the marks in a row."""
    mark = "…" if match.group()[0] == "." else match.group()[0]
    return mark.ljust(len(match.group()))


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks in place of each match, so that places stay the same."""
    return pattern.sub(lambda match: " " * len(match.group()), text)
