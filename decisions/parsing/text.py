"""Reads text files (layouts 1 to 9, and the text of records) into blocks.

Before:                                     After:
    The complaint                           LINE      "The complaint"
                                            NUMBERED  1, indent 2, "Mr X says that:"
      1. Mr X says that:                    BULLET    indent 4, "his bins"
        • his bins
"""

import re

from decisions.characters import is_simple, received_end, simplify
from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.furniture import is_furniture
from decisions.parsing.headings import is_usual_heading

# "  1. We investigate complaints", in some files "1) We"; "1." alone if its text is on the next
# line. "1.5 million" and "2018. In that year" do not begin with a paragraph number.
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)](?:\s+(?P<text>.*))?", re.DOTALL)
# "    • it is unlikely"; "- Mr B says" in compact files
_MARKED = re.compile(r"(?P<mark>[•●▪◦‣·*–-])\s+(?P<text>.*)", re.DOTALL)
# Characters at the end of a line that complete a sentence or a list item.
_COMPLETE_ENDS = (".", ";", ":", ",", "?", "!", ")", "]", "”", "’", '"', "'")
# Length of a wrapped line, in characters. A file with a longer line was not wrapped.
_MAX_WRAP_WIDTH = 132

# A line: simplified, and as received.
_Line = tuple[str, str]


def read_text(text: str) -> list[Block]:
    """Read the blocks of a text, in order. Lines that an editor wrapped are joined again."""
    lines = received_lines = text.expandtabs(4).split("\n")
    if not is_simple(text):
        lines = [simplify(line) for line in received_lines]
    width = _wrap_width(lines)
    blocks: list[Block] = []
    further_lines: list[_Line] = []  # the further lines of the last block
    after_blank = True
    previous_length = 0
    for line, received in zip(lines, received_lines, strict=True):
        content = line.strip()
        if not content:
            after_blank = True
            continue
        indent = len(line) - len(line.lstrip())
        block = _read_marked_line(content, indent)
        if block is None:
            if not after_blank and _continues_block(
                blocks[-1], content, indent, width, previous_length
            ):
                if blocks[-1].text:
                    further_lines.append((content, received.strip()))
                else:  # "1." was alone on its line
                    _set_text(blocks[-1], content, received)
                previous_length = len(line.rstrip())
                continue
            block = Block(BlockKind.LINE, content, indent)
        _join_lines(blocks, further_lines)
        _set_text(block, block.text, received)
        blocks.append(block)
        previous_length = len(line.rstrip())
        after_blank = False
    _join_lines(blocks, further_lines)
    _classify_dashes(blocks)
    return blocks


def _set_text(block: Block, text: str, received_line: str) -> None:
    """Set the text of a block, which is the end of a line."""
    block.text = text
    block.received = "" if is_simple(received_line) else received_end(received_line, text)


def _join_lines(blocks: list[Block], further_lines: list[_Line]) -> None:
    """Append the further lines to the last block, all at once: one by one takes quadratic time."""
    if further_lines:
        block = blocks[-1]
        received = " ".join([block.received or block.text, *(line for _, line in further_lines)])
        block.text = " ".join([block.text, *(line for line, _ in further_lines)])
        block.received = "" if received == block.text else received
        further_lines.clear()


def _classify_dashes(blocks: list[Block]) -> None:
    """Turn dashes into bullets if they are indented, or if numbers mark the paragraphs."""
    indents = [block.indent for block in blocks if block.kind is BlockKind.DASH]
    margin = min(indents, default=0)
    paragraphs = indents.count(margin)
    numbers = sum(block.kind is BlockKind.NUMBERED for block in blocks)
    for block in blocks:
        if block.kind is BlockKind.DASH and (numbers > paragraphs or block.indent > margin):
            block.kind = BlockKind.BULLET


def _read_marked_line(content: str, indent: int) -> Block | None:
    first = content[0]
    if first.isdecimal():
        if match := _NUMBERED.fullmatch(content):
            number = int(match["number"])
            return Block(BlockKind.NUMBERED, match["text"] or "", indent, number)
    elif not first.isalpha() and (match := _MARKED.fullmatch(content)):
        kind = BlockKind.DASH if match["mark"] == "-" else BlockKind.BULLET
        return Block(kind, match["text"], indent)
    return None


def _continues_block(
    previous: Block, content: str, indent: int, width: int, previous_length: int
) -> bool:
    """Whether an unmarked line without a blank line above it continues the previous block."""
    if is_furniture(content) or is_furniture(previous.text):
        return False
    if not previous.text:
        return True
    if previous.kind is not BlockKind.LINE and indent > previous.indent:
        return True  # "  1. We may decide not to" / "     start an investigation"
    if not _was_wrapped(previous_length, content, width):
        return False
    return not is_usual_heading(content) and not is_usual_heading(previous.text)


def _wrap_width(lines: list[str]) -> int:
    """The length of the longest line if an editor wrapped the file, else 0.

    A file counts as wrapped if a line begins in lower case, and the line above it stops in
    mid-sentence with no room for the next word. Lists in report summaries also have lines in lower
    case, but the line above has any length.
    """
    width = max(len(line.rstrip()) for line in lines)
    if width > _MAX_WRAP_WIDTH:
        return 0
    previous = ""
    for line in lines:
        content = line.strip()
        if (
            previous.strip()
            and content[:1].islower()
            and not previous.endswith(_COMPLETE_ENDS)
            and _was_wrapped(len(previous), content, width)
        ):
            return width
        previous = line.rstrip()
    return 0


def _was_wrapped(length: int, content: str, width: int) -> bool:
    """Whether a line of this length has no room for the first word of `content`."""
    return length + 1 + len(content.split(None, 1)[0]) > width > 0
