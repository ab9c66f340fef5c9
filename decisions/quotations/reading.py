"""Finds the quotations in a text: between quotation marks of any style, and blocks after ">".

A quotation within a quotation is part of its words. One of several paragraphs may repeat the
opening mark at the beginning of each. Where a closing double mark is missing, the quotation ends
with its paragraph; a single mark without another is an apostrophe.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_BLOCK = re.compile(r"(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# "— Kent County Council (21 019 030)", "(21 019 030)" as the last line of a block.
_ATTRIBUTION = re.compile(r"\n[ \t]*(?:[-–—]|\()[^\n]*\Z")
_CONTINUED = re.compile(r"(\n[ \t]*\n\s*)[“‘„\"']+")
_OUTER = re.compile(r"\A\s*(?:[“„\"«‘']|``)(?P<inner>.*)(?:[”“\"»’']|'')[.,;]?\s*\Z", re.DOTALL)
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

    def __init__(self, quotations: int) -> None:
        super().__init__(
            f"The text has {quotations:,} quotations. At most {MAX_QUOTATIONS} are checked at once."
            " Check it in parts."
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
    """The text as quotations and references are looked for in it. Raises TextTooLongError."""
    if len(text) > MAX_CHARACTERS:
        raise TextTooLongError(len(text))
    return simplify(text.replace("\r\n", "\n").replace("\r", "\n"))


def find_quotations(text: str) -> list[Quotation]:
    """The quotations in a simplified text, in order. Raises TooManyQuotationsError."""
    blocks = [quotation for match in _BLOCK.finditer(text) if (quotation := _block(match))]
    # Marks within a block belong to its words.
    without_blocks = _BLOCK.sub(lambda match: "\n" * len(match.group()), text)
    found = sorted([*blocks, *_marked(without_blocks)], key=lambda quotation: quotation.start)
    if len(found) > MAX_QUOTATIONS:
        raise TooManyQuotationsError(len(found))
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


def _marked(text: str) -> Iterator[Quotation]:
    position = 0
    while opening := _OPENING.search(text, position):
        begin = opening.end()
        if opening["tex"]:
            end, is_closed = text.find("''", begin), True
            length = 2
        else:
            end, is_closed = _closing(text, begin, opening["mark"])
            length = int(is_closed)
        if end < 0:
            position = begin
            continue
        inner = _CONTINUED.sub(r"\1", text[begin:end]).strip()
        position = end + length
        if word_count(inner):
            yield Quotation(inner, opening.start(), position, is_closed)


def _closing(text: str, begin: int, mark: str) -> tuple[int, bool]:
    """Where the quotation that begins here ends, and whether a mark closes it; -1 for none."""
    if mark in "‘'":
        return _closing_single(text, begin, mark), True
    end = _closing_straight(text, begin) if mark == '"' else _closing_curly(text, begin, mark)
    if end >= 0:
        return end, True
    if mark == "“" and (end := _closing_straight(text, begin)) >= 0:
        return end, True
    paragraph_end = _BREAK.search(text, begin)
    return (paragraph_end.start() if paragraph_end else len(text.rstrip())), False


def _closing_curly(text: str, begin: int, mark: str) -> int:
    """The mark that closes it; -1 if a paragraph ends before, and the next does not continue it."""
    depth = 1
    closing = _CLOSING[mark]
    for match in re.finditer(rf"(?P<break>{_BREAK.pattern})|[{mark}{closing}]", text[begin:]):
        at = begin + match.start()
        if match["break"]:
            following = text[begin + match.end() :]
            if not following.startswith(mark) and not _closes_first(following, mark, closing):
                return -1
        elif match.group() in closing:
            depth -= 1
            if not depth:
                return at
        elif not _begins_paragraph(text, at):
            depth += 1
    return -1


def _closes_first(text: str, mark: str, closing: str) -> bool:
    """Whether a closing mark comes before any opening one."""
    match = re.search(rf"[{mark}{closing}]", text)
    return match is not None and match.group() in closing and match.group() != mark


def _begins_paragraph(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t")
    return before.endswith("\n") and before.rstrip(" \t\n").count("\n") < before.count("\n") - 1


def _closing_straight(text: str, begin: int) -> int:
    for match in re.finditer(rf'(?P<break>{_BREAK.pattern})|(?<!\s)"(?!\w)', text[begin:]):
        at = begin + match.start()
        if not match["break"]:
            return at
        if text[begin + match.end() : begin + match.end() + 1] != '"':
            return -1
    return -1


def _closing_single(text: str, begin: int, mark: str) -> int:
    """The first mark that closes it and is no apostrophe: of "councils’ duty’", the second."""
    closing = _CLOSING[mark]
    paragraph_end = _BREAK.search(text, begin)
    end = paragraph_end.start() if paragraph_end else len(text)
    next_opening = re.search(rf"(?<=[\s(])[{mark}](?=\w)", text[begin:end])
    limit = begin + next_opening.start() if next_opening else end
    candidates = [
        begin + match.start()
        for match in re.finditer(rf"(?<=\S){closing}(?!\w)", text[begin:limit])
    ]
    for index, at in enumerate(candidates):
        may_be_apostrophe = text[at - 1] in "sS" and not _STRONG_AFTER.match(text, at + 1)
        if not may_be_apostrophe or index == len(candidates) - 1:
            return at
    return -1
