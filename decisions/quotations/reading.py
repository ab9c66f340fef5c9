"""Finds the quotations in a text: between quotation marks of any style, and blocks after ">".

A quotation within a quotation is part of its words. One of several paragraphs may repeat the
opening mark at the beginning of each. Where a closing double mark is missing, the quotation ends
with its paragraph; a single mark without another is an apostrophe.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from decisions.characters import simplify
from decisions.quotations.words import word_count
from decisions.references import REFERENCE

# Most characters of a text, and most quotations in it, that are checked at once.
MAX_CHARACTERS = 100_000
MAX_QUOTATIONS = 100

# Fewest words of a quotation that is compared: shorter ones are names and terms.
MIN_WORDS = 3

# For each opening mark, those that close it.
_CLOSING = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_OPENING = re.compile(r"(?<![^\s(\[{/\-–—>“‘\"'„«])(?:(?P<mark>[“„‟«‹\"‘'])|(?P<tex>``))(?=[^\s])")
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_BLOCK = re.compile(r"(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# "— Kent County Council (21 019 030)", "(21 019 030)" as the last line of a block.
_ATTRIBUTION = re.compile(r"\n[ \t]*(?:[-–—]|\()[^\n]*\Z")
_CONTINUED = re.compile(r"(\n[ \t]*\n\s*)[“‘„\"']+")
_OUTER = re.compile(r"\A\s*(?:[“„\"«‘']|``)(?P<inner>.*)(?:[”“\"»’']|'')[.,;]?\s*\Z", re.DOTALL)
# A straight mark: one before a word opens a quotation, any other may close it.
_STRAIGHT = re.compile(r'(?P<opens>(?<!\S)"(?=\w))|(?<!\s)"(?!\w)|(?<=\n)"')
_OPENING_SINGLE = {mark: re.compile(rf"(?<=[\s(]){mark}(?=\w)") for mark in "‘'"}
_CLOSING_SINGLE = {"‘": re.compile(r"(?<=\S)’(?!\w)"), "'": re.compile(r"(?<=\S)'(?!\w)")}
# What stands behind a mark that closes, and not behind an apostrophe within a sentence.
_STRONG_AFTER = re.compile(r"[.,;:!?)\]\n–—-]|\s*\Z|\s*[(\[]")


class TextTooLongError(ValueError):
    """The text has more than MAX_CHARACTERS characters; the message says so to the reader."""

    def __init__(self, characters: int) -> None:
        super().__init__(
            f"The text has {characters:,} characters. At most {MAX_CHARACTERS:,} are checked at"
            " once. Check it in parts."
        )


class TooManyQuotationsError(ValueError):
    """The text has more than MAX_QUOTATIONS quotations; the message says so to the reader."""

    def __init__(self) -> None:
        super().__init__(
            f"The text has more than {MAX_QUOTATIONS} quotations, which is the most that are"
            " checked at once. Check it in parts."
        )


@dataclass(frozen=True)
class Quotation:
    """A quotation without its outer marks; `start` and `end` are its place with them."""

    text: str
    start: int
    end: int
    is_closed: bool = True

    @property
    def is_too_short(self) -> bool:
        """Whether it has fewer words than are compared."""
        return word_count(self.text) < MIN_WORDS


def simplified_text(text: str) -> str:
    """The text as quotations and references are looked for in it, with one empty line for several.

    Raises TextTooLongError.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLongError(len(text))
    # JSON may hold half a character, which no decision does.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = simplify(whole.replace("\r\n", "\n").replace("\r", "\n"))
    return _EMPTY_LINES.sub("\n\n", lines)


def find_quotations(text: str) -> list[Quotation]:
    """The quotations in a simplified text, in order. Raises TooManyQuotationsError."""
    blocks = [quotation for match in _BLOCK.finditer(text) if (quotation := _block(match))]
    # Marks within a block belong to its words.
    without_blocks = _BLOCK.sub(lambda match: "\n" * len(match.group()), text)
    marked = islice(_Marks(without_blocks).quotations(), MAX_QUOTATIONS + 1)
    found = sorted([*blocks, *marked], key=lambda quotation: quotation.start)
    if len(found) > MAX_QUOTATIONS:
        raise TooManyQuotationsError
    return found


def _block(match: re.Match[str]) -> Quotation | None:
    text = _BLOCK_MARKS.sub("", match.group()).rstrip()
    attribution = _ATTRIBUTION.search(text)
    end = match.end()
    if attribution and REFERENCE.search(attribution.group()):
        text = text[: attribution.start()].rstrip()
        # What stands from here on is no longer within the quotation.
        end = match.start() + match.group().rstrip().rfind("\n") + 1
    outer = _OUTER.match(text)
    text = _CONTINUED.sub(r"\1", outer["inner"] if outer else text).strip()
    return Quotation(text, match.start(), end) if word_count(text) else None


class _Marks:
    """Finds what stands between quotation marks; the time grows with the length of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        breaks = [match.span() for match in _BREAK.finditer(text)]
        self._break_starts = [start for start, _ in breaks]
        self._paragraph_starts = {end for _, end in breaks}

    def quotations(self) -> Iterator[Quotation]:
        """The quotations from the first on."""
        text, position = self._text, 0
        while opening := _OPENING.search(text, position):
            begin, length = opening.end(), 1
            is_closed = True
            if opening["tex"]:
                end, length = text.find("''", begin), 2
            elif opening["mark"] in "‘'":
                end = self._closing_single(begin, opening["mark"])
            else:
                end = self._closing_double(begin, opening["mark"])
                if end < 0:
                    end, length, is_closed = self._paragraph_end(begin), 0, False
            if end < 0:
                position = begin
                continue
            inner = _CONTINUED.sub(r"\1", text[begin:end]).strip()
            position = end + length
            if word_count(inner):
                yield Quotation(inner, opening.start(), position, is_closed)

    def _paragraph_end(self, position: int) -> int:
        at = bisect_left(self._break_starts, position)
        return self._break_starts[at] if at < len(self._break_starts) else len(self._text)

    def _closing_double(self, begin: int, mark: str) -> int:
        """The mark that closes a quotation; -1 for none."""
        if mark == '"':
            return self._closing_straight(begin)
        end = self._closing_curly(begin, mark)
        if end < 0 and mark == "“":
            end = self._closing_straight(begin)
        return end

    def _closing_curly(self, begin: int, mark: str) -> int:
        """The same for a mark that differs from the one that closes it: others may be within.

        At the beginning of a paragraph, the mark continues the quotation. Elsewhere in another
        paragraph it opens the next one, and this one was never closed.
        """
        depth = 1
        closing = _CLOSING[mark]
        paragraph_end = self._paragraph_end(begin)
        for match in re.compile(f"[{mark}{closing}]").finditer(self._text, begin):
            at = match.start()
            if match.group() in closing:
                depth -= 1
                if not depth:
                    return at
            elif at in self._paragraph_starts:
                paragraph_end = self._paragraph_end(at)
            elif at > paragraph_end:
                return -1
            else:
                depth += 1
        return -1

    def _closing_straight(self, begin: int) -> int:
        """The same for '"', which also continues a quotation at the beginning of a paragraph."""
        paragraph_end = self._paragraph_end(begin)
        for match in _STRAIGHT.finditer(self._text, begin):
            at = match.start()
            if at in self._paragraph_starts:
                paragraph_end = self._paragraph_end(at)
            elif at > paragraph_end:
                return -1
            elif not match["opens"]:
                return at
        return -1

    def _closing_single(self, begin: int, mark: str) -> int:
        """The first mark that closes it and is no apostrophe: of "councils’ duty’", the second."""
        text = self._text
        limit = self._paragraph_end(begin)
        if following := _OPENING_SINGLE[mark].search(text, begin, limit):
            limit = following.start()
        last = -1
        for match in _CLOSING_SINGLE[mark].finditer(text, begin, limit):
            last = match.start()
            if text[last - 1] not in "sS" or _STRONG_AFTER.match(text, last + 1):
                return last
        return last
