"""Text files (layouts 1 to 9, and the text of records): lines to blocks.

Before:                                     After:
    The complaint                           LINE      "The complaint"
                                            NUMBERED  1, indent 2, "Mr X says that:"
      1. Mr X says that:                    BULLET    indent 4, "his bins"
        • his bins
"""

import re

from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.furniture import is_furniture
from decisions.parsing.headings import is_known

# "  1. We investigate complaints", in some files "1) We"; "1." alone when the text is on the
# next line. "1.5 million" and "2018. In that year" are no numbers of paragraphs.
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)](?:\s+(?P<text>.*))?", re.DOTALL)
# "    • it is unlikely", and "- Mr B says" of compact files
_MARKED = re.compile(r"(?P<mark>[•●▪◦‣·*–-])\s+(?P<text>.*)", re.DOTALL)
# Ends of a line that complete a sentence or an entry of a list.
_COMPLETE = (".", ";", ":", ",", "?", "!", ")", "]", "”", "’", '"', "'")
# Width at which editors wrap lines, in characters.
_WIDEST = 132


def read_text(text: str) -> list[Block]:
    """The blocks of a text, in order. Lines that someone's editor wrapped are joined again."""
    lines = text.expandtabs(4).split("\n")
    width = _wrap_width(lines)
    blocks: list[Block] = []
    more: list[str] = []  # the further lines of the last block
    after_blank = True
    previous_length = 0
    for line in lines:
        content = line.strip()
        if not content:
            after_blank = True
            continue
        indent = len(line) - len(line.lstrip())
        block = _read_marked(content, indent)
        if block is None:
            if not after_blank and _continues(blocks[-1], content, indent, width, previous_length):
                if blocks[-1].text:
                    more.append(content)
                else:  # "1." had its line to itself
                    blocks[-1].text = content
                previous_length = len(line.rstrip())
                continue
            block = Block(BlockKind.LINE, content, indent)
        _join(blocks, more)
        blocks.append(block)
        previous_length = len(line.rstrip())
        after_blank = False
    _join(blocks, more)
    _classify_dashes(blocks)
    return blocks


def _join(blocks: list[Block], more: list[str]) -> None:
    """Add its further lines to the last block, in one step: one by one takes quadratic time."""
    if more:
        blocks[-1].text = " ".join([blocks[-1].text, *more])
        more.clear()


def _classify_dashes(blocks: list[Block]) -> None:
    """Where numbers count the paragraphs, or a dash is indented, it marks an entry of a list."""
    indents = [block.indent for block in blocks if block.kind is BlockKind.DASH]
    margin = min(indents, default=0)
    paragraphs = indents.count(margin)
    numbers = sum(block.kind is BlockKind.NUMBERED for block in blocks)
    for block in blocks:
        if block.kind is BlockKind.DASH and (numbers > paragraphs or block.indent > margin):
            block.kind = BlockKind.BULLET


def _read_marked(content: str, indent: int) -> Block | None:
    first = content[0]
    if first.isdecimal():
        if match := _NUMBERED.fullmatch(content):
            number = int(match["number"])
            return Block(BlockKind.NUMBERED, match["text"] or "", indent, number)
    elif not first.isalpha() and (match := _MARKED.fullmatch(content)):
        kind = BlockKind.DASH if match["mark"] == "-" else BlockKind.BULLET
        return Block(kind, match["text"], indent)
    return None


def _continues(before: Block, content: str, indent: int, width: int, previous_length: int) -> bool:
    """Does an unmarked line, with no blank line before it, go on with the block before?"""
    if is_furniture(content) or is_furniture(before.text):
        return False
    if not before.text:
        return True
    if before.kind is not BlockKind.LINE and indent > before.indent:
        return True  # "  1. We may decide not to" / "     start an investigation"
    if not _was_full(previous_length, content, width):
        return False
    return not is_known(content) and not is_known(before.text)


def _wrap_width(lines: list[str]) -> int:
    """The longest line of a file whose lines were wrapped by an editor; 0 for any other file.

    The evidence is a line that begins in lower case below one that stops in mid-sentence because
    it was full. The lists of report summaries have lines in lower case too, but of any length.
    """
    width = max(len(line.rstrip()) for line in lines)
    if width > _WIDEST:
        return 0
    before = ""
    for line in lines:
        content = line.strip()
        if (
            before.strip()
            and content[:1].islower()
            and not before.endswith(_COMPLETE)
            and _was_full(len(before), content, width)
        ):
            return width
        before = line.rstrip()
    return 0


def _was_full(length: int, content: str, width: int) -> bool:
    """Had a line of this length no room for the first word of `content`?"""
    return length + 1 + len(content.split(None, 1)[0]) > width > 0
