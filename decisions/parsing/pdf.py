"""Reads PDFs: the lines that `pdf_lines` finds become headings, paragraphs and entries of lists.

A PDF has no paragraphs, only characters at places. A heading is larger than the text; a paragraph
goes on where a line was full; a number or bullet stands left of its text.
"""

import re
from collections import Counter
from dataclasses import dataclass

from decisions.parsing.blocks import Block, BlockKind, letter_number
from decisions.parsing.pdf_lines import Line, read_lines

# How much larger than the text a heading is.
_HEADING_SIZE = 1.08
# Difference between two positions that are meant to be the same, in points.
_SAME = 3.0
# How much further than usual the next line of a paragraph may stand, as a factor.
_MORE_LEADING = 1.25
_MORE_LEADING_OF_HEADINGS = 1.4

_MARKER = re.compile(
    r"(?P<number>\d{1,3})[.)]|\(?(?P<letter>[a-z]|[ivx]{2,5})[.)]|[•●▪◦‣·■□▪○\ue000-\uf8ff–-]|o"
)
# Ends of a line after which a word goes on.
_BROKEN = re.compile(r"\S[-–—/]\Z")
# "section 13A(1)", after which "(a)" begins the next line: programs break a line there
_PROVISION = re.compile(r"\w(?:\(\w{1,4}\))+\Z")
_PARAGRAPH_OF_LAW = re.compile(r"\(\w{1,4}\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# "The complaint ........ 3"
_CONTENTS_ENTRY = re.compile(r"\S.*?(?:\s*\.){3,}\s*\d{1,3}|\S.*\s\d{1,3}")


@dataclass(frozen=True, slots=True)
class PdfText:
    """The blocks of a PDF, its title, and the address from which it was printed."""

    blocks: list[Block]
    title: str
    url: str | None


def read_pdf(data: bytes) -> PdfText:
    """Read the text of a PDF. Raises ParseError where there is none, or beyond the limits."""
    lines, title, url = read_lines(data)
    return PdfText(_Reader(lines).read(), title, url)


class _Reader:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        text = [line for line in lines if abs(line.size - self.size) < 0.5]
        self.right = max((line.right for line in text), default=0.0)
        self.margin = min((line.left for line in text), default=0.0)
        self.leading = self._usual_leading()
        self.text_lefts = self._find_text_lefts()
        self.hangs = self._paragraphs_hang()
        self.words = Counter(word for line in lines for word in _WORD.findall(line.text))
        larger = {round(line.size) for line in lines if self._is_large(line)}
        self.levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), 1)}

    def read(self) -> list[Block]:
        blocks: list[Block] = []
        block: Block | None = None
        before: Line | None = None
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

    def _find_text_lefts(self) -> dict[int, float]:
        """Where the text begins after the numbers and bullets that begin at each place.

        A number of two digits may leave less room, and its own text then begins further right.
        """
        seconds: dict[int, Counter[float]] = {}
        further = Counter[int]()  # where the lines without a number or bullet begin
        for line in self.lines:
            if _MARKER.fullmatch(line.text.partition(" ")[0]):
                seconds.setdefault(round(line.left), Counter())[line.second] += 1
            else:
                further[round(line.left)] += 1
        return {
            left: max(count, key=lambda second: (further[round(second)], count[second]))
            for left, count in seconds.items()
        }

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

    def _without_contents(self) -> list[Line]:
        """The lines without a list of contents, whose entries end in the number of a page."""
        kept: list[Line] = []
        in_contents = False
        for line in self.lines:
            if line.text.casefold() == "contents":
                in_contents = True
                continue
            in_contents = in_contents and bool(_CONTENTS_ENTRY.fullmatch(line.text))
            if not in_contents:
                kept.append(line)
        return kept

    def _is_large(self, line: Line) -> bool:
        return line.size > self.size * _HEADING_SIZE

    def _read_marker(self, line: Line) -> tuple[Block, float] | None:
        """The block that begins with a number or bullet, and where its text begins."""
        if line.has_dot:
            indent = round(line.left - self.margin)
            return Block(BlockKind.BULLET, line.text, indent), line.left
        first, _, rest = line.text.partition(" ")
        match = _MARKER.fullmatch(first)
        if not match or self._is_large(line):
            return None
        text_left = self.text_lefts.get(round(line.left), line.second)
        indent = round(text_left - self.margin)
        if match["number"]:
            return Block(BlockKind.NUMBERED, rest, indent, int(match["number"])), text_left
        if match["letter"]:
            if line.left < self.margin + _SAME:
                return None  # "a) apologise" as a paragraph: lists of letters stand further in
            number = letter_number(match["letter"])
            return Block(BlockKind.NUMBERED, rest, indent, number), text_left
        if first == "o" and line.second - line.first_right < self.size:
            return None
        return (Block(BlockKind.BULLET, rest, indent), text_left) if rest else None

    def _start(self, line: Line) -> tuple[Block, float]:
        if self._is_large(line):
            level = self.levels[round(line.size)]
            return Block(BlockKind.HEADING, line.text, level=min(level, 6)), line.left
        indent = round(line.left - self.margin) if line.left - self.margin > _SAME else 0
        kind = BlockKind.LINE if line.is_bold else BlockKind.TEXT
        return Block(kind, line.text, indent), line.left

    def _goes_on(
        self,
        block: Block,
        before: Line,
        line: Line,
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
            more = _MORE_LEADING_OF_HEADINGS if self._is_large(line) else _MORE_LEADING
            if not 0 < gap < self.leading * more:
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
            if _PROVISION.search(text) and _PARAGRAPH_OF_LAW.match(piece):
                text += piece
            elif not _BROKEN.search(text):
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
