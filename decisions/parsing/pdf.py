"""Reads PDFs: the lines that `pdf_process` extracts become headings, paragraphs and entries.

A PDF has no paragraphs, only characters at places. A heading is larger than the text; a paragraph
goes on where a line was full; a number or bullet stands left of its text. Lines that the printing
program or the report's designer put on every page are left out.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.documents import ParseError
from decisions.parsing import pdf_process
from decisions.parsing.blocks import Block, BlockKind
from decisions.references import reference_in_address

_PROGRAM = Path(pdf_process.__file__)
# Time of one PDF, in seconds.
TIME_LIMIT = 30
# How far from its top or bottom a page has its furniture, as a share of its height.
_MARGIN = 0.1
# Share of the pages that have a line at their edge, from which it belongs to the pages.
_OFTEN = 0.4
# How much larger than the text a heading is.
_HEADING_SIZE = 1.08
# Difference between two positions that are meant to be the same, in points.
_SAME = 3.0
# How much further than usual the next line of a paragraph may stand, as a factor.
_MORE_LEADING = 1.25

_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_PAGE_NUMBER = re.compile(
    r"(?:page )?\d{1,3}(?: ?/ ?| of )\d{1,3}|(?:page )?\d{1,3}", re.IGNORECASE
)
# "11/28/26, 7:29 AM", "28/11/2026, 07:29"
_TIME = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?")
_DIGITS = re.compile(r"\d+")
_MARKER = re.compile(
    r"(?P<number>\d{1,3})[.)]|\(?(?P<letter>[a-z]|[ivx]{2,5})[.)]|[•●▪◦‣·■□▪○\ue000-\uf8ff–-]|o"
)
# Ends of a line after which a word goes on.
_BROKEN = re.compile(r"\S[-–—/]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# "The complaint ........ 3"
_CONTENTS_ENTRY = re.compile(r"\S.*?(?:\s*\.){3,}\s*\d{1,3}|\S.*\s\d{1,3}")

_ERRORS = {
    "password": "a PDF with a password; save it without",
    "damaged": "a damaged PDF",
    "pages": f"a PDF of more than {pdf_process.MAX_PAGES} pages, no decision has as many",
    "characters": "a PDF with more text than any decision has",
    "memory": "a PDF that takes too much memory to read",
}
_SCANNED = (
    "a scanned PDF: it holds pictures of pages, no text; save the decision's page as HTML, or have"
    " a program recognise the text and save that as Word (.docx)"
)


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    second: float  # where the second word begins
    first_right: float  # where the first word ends
    baseline: float
    size: float
    is_bold: bool
    page: int = 0
    has_dot: bool = False  # a bullet that is drawn


@dataclass(frozen=True, slots=True)
class PdfText:
    """The blocks of a PDF, its title, and the address from which it was printed."""

    blocks: list[Block]
    title: str
    url: str | None


def read_pdf(data: bytes) -> PdfText:
    """Read the text of a PDF. Raises ParseError where there is none, or beyond the limits."""
    found = _extract(data)
    if error := found.get("error"):
        raise ParseError(_ERRORS.get(error, _ERRORS["damaged"]))
    pages = [
        [_line(line, number) for line in page["lines"]]
        for number, page in enumerate(found["pages"])
    ]
    if not any(pages):
        raise ParseError(_SCANNED)
    for page, found_page in zip(pages, found["pages"], strict=True):
        _find_dots(page, found_page["dots"])
    heights = [page["height"] for page in found["pages"]]
    lines, furniture = _without_furniture(pages, heights)
    if sum(len(line.text) for line in lines) < 20 * found["empty_pages"]:
        raise ParseError(_SCANNED)
    return PdfText(_Reader(lines).read(), found["title"], _address(furniture))


def _line(values: list[Any], page: int) -> _Line:
    text, left, right, second, first_right, baseline, size, is_bold = values
    return _Line(text, left, right, second, first_right, baseline, size, is_bold, page)


def _find_dots(lines: list[_Line], dots: list[list[float]]) -> None:
    """Mark the lines that a small drawing stands before, at half the height of small letters."""
    for line in lines:
        middle = line.baseline - 0.3 * line.size
        line.has_dot = any(
            0 < line.left - right < 2 * line.size and abs(height - middle) < 0.3 * line.size
            for _, right, height in dots
        )


def _extract(data: bytes) -> Any:
    try:
        done = subprocess.run(  # noqa: S603 - the program is our own
            [sys.executable, "-I", str(_PROGRAM)],
            input=data,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ParseError(f"a PDF that takes longer than {TIME_LIMIT} seconds to read") from None
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise ParseError("a PDF that cannot be read: it takes too much memory or time") from None


# --- furniture --------------------------------------------------------------------------------


def _without_furniture(
    pages: list[list[_Line]], heights: list[float]
) -> tuple[list[_Line], list[_Line]]:
    """The lines of the text, and the lines at the top and bottom that belong to the pages."""
    edges = [
        [line for line in page if _is_at_edge(line, height)]
        for page, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(key for page in edges for key in {_furniture_key(line) for line in page})
    sizes = Counter(round(line.size) for page in pages for line in page)
    usual = sizes.most_common(1)[0][0]

    def is_furniture(line: _Line) -> bool:
        count = seen[_furniture_key(line)]
        if round(line.size) != usual:
            return count > 1 or _is_print_line(line.text)
        # Lines of the text may happen to be alike, at the same place of two pages.
        is_on_most = count >= 3 and count >= _OFTEN * len(pages)
        return is_on_most or count == len(pages) > 1 or _is_print_line(line.text)

    left_out: list[_Line] = []
    for edge in edges:
        for lines in _from_both_edges(edge):
            for line in lines:
                if not is_furniture(line):
                    break
                left_out.append(line)
    gone = set(map(id, left_out))
    return [line for page in pages for line in page if id(line) not in gone], left_out


def _from_both_edges(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines from the top down, and from the bottom up."""
    from_top = sorted(lines, key=lambda line: line.baseline)
    return from_top, from_top[::-1]


def _is_at_edge(line: _Line, height: float) -> bool:
    return not _MARGIN * height < line.baseline < (1 - _MARGIN) * height


def _furniture_key(line: _Line) -> tuple[str, int]:
    """The same for the same line on two pages, whatever their numbers."""
    return _DIGITS.sub("0", line.text), round(line.baseline / 4)


def _is_print_line(text: str) -> bool:
    """Whether a line has nothing but what programs print at the edge: address, page, time."""
    if _TIME.match(text) or (_ADDRESS.match(text) and len(text.split()) <= 2):
        return True
    return bool(_PAGE_NUMBER.fullmatch(text))


def _address(lines: list[_Line]) -> str | None:
    found = (match.group() for line in lines for match in _ADDRESS.finditer(line.text))
    return next((url for url in found if reference_in_address(url)), None)


# --- blocks -----------------------------------------------------------------------------------


class _Reader:
    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        text = [line for line in lines if abs(line.size - self.size) < 0.5]
        self.right = max((line.right for line in text), default=0.0)
        self.margin = min((line.left for line in text), default=0.0)
        self.leading = self._usual_leading()
        self.hangs = self._paragraphs_hang()
        self.words = Counter(word for line in lines for word in _WORD.findall(line.text))
        larger = {round(line.size) for line in lines if self._is_large(line)}
        self.levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), 1)}

    def read(self) -> list[Block]:
        blocks: list[Block] = []
        block: Block | None = None
        before: _Line | None = None
        block_left = text_left = 0.0  # where the block begins, and its text after a number
        pieces: list[str] = []
        for line in self._without_contents():
            marked = self._read_marker(line)
            if (
                block
                and before
                and self._goes_on(
                    block, before, line, (block_left, text_left), marked and marked[0]
                )
            ):
                pieces.append(line.text)
            else:
                self._end(block, pieces)
                block, text_left = marked or self._start(line)
                block_left = line.left
                pieces = [block.text]
                blocks.append(block)
            before = line
        self._end(block, pieces)
        return _allow_headings(blocks)

    def _paragraphs_hang(self) -> bool:
        """Whether lines after a numbered one begin where its text does, not at the margin."""
        return any(
            self._read_marker(line)
            and abs(after.left - line.second) < _SAME
            and after.left - self.margin > _SAME
            and not self._read_marker(after)
            for line, after in zip(self.lines, self.lines[1:], strict=False)
        )

    def _usual_leading(self) -> float:
        """The usual distance of two lines of a paragraph, as a factor of their size."""
        gaps = Counter(
            round((after.baseline - line.baseline) / self.size, 1)
            for line, after in zip(self.lines, self.lines[1:], strict=False)
            if line.page == after.page
            and self.size
            and abs(line.size - self.size) < 0.5
            and abs(after.size - self.size) < 0.5
            and 0.8 * self.size < after.baseline - line.baseline < 3 * self.size
        )
        enough = max(2, gaps.total() // 20)
        return min((gap for gap, count in gaps.items() if count >= enough), default=1.2)

    def _without_contents(self) -> list[_Line]:
        """The lines without a list of contents, whose entries end in the number of a page."""
        kept: list[_Line] = []
        in_contents = False
        for line in self.lines:
            if line.text.casefold() == "contents":
                in_contents = True
                continue
            in_contents = in_contents and bool(_CONTENTS_ENTRY.fullmatch(line.text))
            if not in_contents:
                kept.append(line)
        return kept

    def _is_large(self, line: _Line) -> bool:
        return line.size > self.size * _HEADING_SIZE

    def _read_marker(self, line: _Line) -> tuple[Block, float] | None:
        """The block that begins with a number or bullet, and where its text begins."""
        if line.has_dot:
            indent = round(line.left - self.margin)
            return Block(BlockKind.BULLET, line.text, indent), line.left
        first, _, rest = line.text.partition(" ")
        match = _MARKER.fullmatch(first)
        if not match or self._is_large(line):
            return None
        indent = round(line.second - self.margin)
        if match["number"]:
            return Block(BlockKind.NUMBERED, rest, indent, int(match["number"])), line.second
        if match["letter"]:
            if line.left < self.margin + _SAME:
                return None  # "a) apologise" as a paragraph: lists of letters stand further in
            number = _letter_number(match["letter"])
            return Block(BlockKind.NUMBERED, rest, indent, number), line.second
        if first == "o" and line.second - line.first_right < self.size:
            return None
        return (Block(BlockKind.BULLET, rest, indent), line.second) if rest else None

    def _start(self, line: _Line) -> tuple[Block, float]:
        if self._is_large(line):
            level = self.levels[round(line.size)]
            return Block(BlockKind.HEADING, line.text, level=min(level, 6)), line.left
        indent = round(line.left - self.margin) if line.left - self.margin > _SAME else 0
        kind = BlockKind.LINE if line.is_bold else BlockKind.TEXT
        return Block(kind, line.text, indent), line.left

    def _goes_on(
        self,
        block: Block,
        before: _Line,
        line: _Line,
        lefts: tuple[float, float],
        marked: Block | None,
    ) -> bool:
        """Whether a line goes on with the block whose last line is `before`."""
        if abs(line.size - before.size) > 0.5 or (
            before.is_bold != line.is_bold and (block.kind in (BlockKind.HEADING, BlockKind.LINE))
        ):
            return False
        block_left, text_left = lefts
        is_at_text = abs(line.left - text_left) < _SAME
        if marked and (marked.kind is BlockKind.BULLET or not is_at_text):
            return False  # a number where the text stands may be one that a sentence holds
        lefts_of_text = [block_left, *([] if self.hangs else [self.margin])]
        if not is_at_text and all(abs(line.left - left) > _SAME for left in lefts_of_text):
            return False
        if line.page == before.page:
            gap = (line.baseline - before.baseline) / before.size
            if not 0 < gap < self.leading * _MORE_LEADING:
                return False
        elif block.kind is BlockKind.HEADING:
            return False
        # Had the line before no room for the first word of this one?
        space = 0.3 * line.size
        return before.right + space + (line.first_right - line.left) > self.right - _SAME

    def _end(self, block: Block | None, pieces: list[str]) -> None:
        """Join the lines of a block."""
        if block is None:
            return
        text = pieces[0] if pieces else ""
        for piece in pieces[1:]:
            if not _BROKEN.search(text):
                text = f"{text} {piece}"
            elif text.endswith("-") and self._is_hyphenated(text, piece):
                text = text[:-1] + piece
            else:
                text += piece
        block.text = text
        pieces.clear()

    def _is_hyphenated(self, before: str, after: str) -> bool:
        """Whether a hyphen was put in to break a word: the whole word stands elsewhere."""
        first = re.search(r"[^\W\d_]+(?=-\Z)", before)
        second = re.match(r"[^\W\d_]+", after)
        if not first or not second:
            return False
        return self.words[first[0] + second[0]] > self.words[f"{first[0]}-{second[0]}"]


def _allow_headings(blocks: list[Block]) -> list[Block]:
    """Where no heading is larger than the text, any line may be one: its words decide."""
    if not any(block.kind is BlockKind.HEADING for block in blocks):
        for block in blocks:
            if block.kind is BlockKind.TEXT and not block.indent:
                block.kind = BlockKind.LINE
    return blocks


def _letter_number(letters: str) -> int:
    """a → 1, b → 2; ii → 2, iv → 4."""
    if len(letters) == 1 and letters not in "ivx":
        return ord(letters) - ord("a") + 1
    total = 0
    values = {"i": 1, "v": 5, "x": 10}
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        value = values.get(letter, 0)
        total += -value if values.get(after, 0) > value else value
    return total
