"""From blocks to sections: headings, continuous paragraph numbers, labelled nested items.

The Ombudsman numbers the paragraphs of a statement once, from first to last. Most files restart
at 1 in every section, so here the numbers are given anew; where a file's numbers already run on
across headings, as in reports, they are kept as they are.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from decisions.documents import Item, Paragraph, Section
from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.headings import is_known, is_main, is_signature

_LISTED = (BlockKind.NUMBERED, BlockKind.BULLET, BlockKind.DASH)

# "…, or", "…; and", "…;", "…, and,": an entry after which another one must come
_MORE_TO_COME = re.compile(r"(?:[;,]|\b(?:and|or))[,:]?\Z")
# Length of a heading, in characters.
_HEADING_LENGTH = 150
# The same after "Back to top", where a heading must come.
_TITLED_LENGTH = 200
# Length of a heading that is followed by text without numbers, in words.
_PLAIN_HEADING_WORDS = 8
# Depth of lists within lists. Deeper items go into the list at this depth.
_DEEPEST = 6


@dataclass(slots=True)
class _Node:
    """A paragraph or item while its list is still open. `number` is as the file has it."""

    kind: BlockKind
    text: str
    indent: int = 0
    number: int | None = None
    items: list["_Node"] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    heading: str | None
    level: int
    nodes: list[_Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Body:
    """The sections; `runs_on` when the file's own numbers ran on across headings."""

    sections: tuple[Section, ...]
    runs_on: bool


def build_body(blocks: Sequence[Block]) -> Body:
    """The sections of a decision. `blocks` are those after the header, furniture taken off."""
    parts = [part for part in _divide(blocks) if part.heading is not None or part.nodes]
    runs_on = _numbers_run_on(parts)
    number = 0
    sections = []
    for part in parts:
        paragraphs = []
        for node in part.nodes:
            own = None
            if node.kind in (BlockKind.NUMBERED, BlockKind.DASH):
                number = node.number if runs_on and node.number is not None else number + 1
                own = number
            paragraphs.append(Paragraph(own, node.text, _items(node.items, 0)))
        sections.append(Section(part.heading, part.level, tuple(paragraphs)))
    return Body(tuple(sections), runs_on)


# --- headings ---------------------------------------------------------------------------------


def is_heading(blocks: Sequence[Block], index: int) -> bool:
    """Is the block at `index` a heading? For a line of text its neighbours must tell."""
    block = blocks[index]
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind not in (BlockKind.LINE, BlockKind.TEXT):
        return False
    if is_known(block.text):
        return True
    if not _may_be_heading(blocks, index):
        return False
    before = blocks[index - 1] if index else None
    if before and before.kind is BlockKind.TOP and len(block.text) <= _TITLED_LENGTH:
        return True
    if len(block.text) > _HEADING_LENGTH or _stands_among_alike(blocks, index):
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or after.kind is BlockKind.TOP:
        return False
    if after.kind in (BlockKind.NUMBERED, BlockKind.DASH):
        return True
    if is_known(after.text):
        return before is None or before.kind in _LISTED
    if _may_be_heading(blocks, index + 1):
        return index + 2 < len(blocks) and blocks[index + 2].kind in (
            BlockKind.NUMBERED,
            BlockKind.DASH,
        )
    # Text without numbers follows, as in report summaries: only a short line can be trusted.
    return (
        before is not None
        and not is_known(before.text)
        and before.text.endswith((".", ";", ")", "”", "?"))
        and len(block.text.split()) <= _PLAIN_HEADING_WORDS
    )


def _stands_among_alike(blocks: Sequence[Block], index: int) -> bool:
    """Two headings may stand together, but not three: those are the rows of a table."""
    alike = 1
    for step in (-1, 1):
        other = index + step
        while (
            0 <= other < len(blocks)
            and alike < 3
            and _may_be_heading(blocks, other)
            and not is_known(blocks[other].text)
        ):
            alike += 1
            other += step
    return alike == 3


def _may_be_heading(blocks: Sequence[Block], index: int) -> bool:
    """Could this line, by itself, be a heading that is not among the usual ones?"""
    block = blocks[index]
    text = block.text
    if (
        block.kind is not BlockKind.LINE
        or block.indent
        or not text[:1].isalnum()
        or text[0].islower()
    ):
        return False
    if text.endswith(":"):
        # "Key facts:" before numbers, but not "Mr X says:" before bullets
        return (
            len(text.split()) <= 4
            and index + 1 < len(blocks)
            and blocks[index + 1].kind is BlockKind.NUMBERED
        )
    # "Ombudsman satisfied with council's response: 19 July 2017" is a statement, not a heading.
    return not text.endswith((".", ";", ",", ")", "]")) and ": " not in text


# --- dividing ---------------------------------------------------------------------------------


def _divide(blocks: Sequence[Block]) -> list[_Part]:
    """Blocks into parts, each under its heading, with paragraphs and their open lists."""
    has_top = any(block.kind is BlockKind.TOP for block in blocks)
    top_level = min((block.level for block in blocks if block.kind is BlockKind.HEADING), default=0)
    numbered = [block.indent for block in blocks if block.kind is BlockKind.NUMBERED]
    margin = min(numbered, default=0)
    builder = _ListBuilder(margin)
    parts = [_Part(None, 1)]
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TOP:
            continue
        if is_heading(blocks, index):
            if block.kind is BlockKind.HEADING:
                is_section = block.level == top_level or is_signature(block.text)
            elif has_top:
                is_section = (
                    len(parts) == 1
                    or blocks[index - 1].kind is BlockKind.TOP
                    or is_signature(block.text)
                )
            else:
                is_section = len(parts) == 1 or is_main(block.text)
            parts.append(_Part(" ".join(block.text.split()), 1 if is_section else 2))
            builder = _ListBuilder(margin)
        elif block.text:
            builder.add(parts[-1].nodes, block)
    return parts


class _ListBuilder:
    """Puts the blocks of one section, in order, where they belong: paragraph, item, or text."""

    def __init__(self, margin: int) -> None:
        self.margin = margin  # the least indent of any number in the file
        self.open: list[_Node] = []  # the innermost open node last; the paragraph first
        self.flat: list[_Node] = []  # items of a numbered list at its parent's own indent
        self.entries: list[_Node] = []  # items of an open list that only its words tell

    def add(self, nodes: list[_Node], block: Block) -> None:
        node = _Node(block.kind, block.text, block.indent, block.number)
        if block.kind is BlockKind.NUMBERED:
            self._add_numbered(nodes, node)
        elif block.kind is BlockKind.BULLET:
            self._add_bullet(nodes, node)
        else:
            self._add_worded(nodes, node)

    def _add_numbered(self, nodes: list[_Node], node: _Node) -> None:
        self.entries = []
        while self.open and self.open[-1].indent > node.indent:
            self.open.pop()
        if self.open and self.open[0].kind is BlockKind.TEXT and not self._is_indented(node):
            self.open = []
        if self._is_flat_item(node):
            self.flat.append(node)
            self.open = self.open[:1]
            self._nest(node)
            return
        while self.open and self.open[-1].indent == node.indent:
            self.open.pop()
        if not self.open and nodes and self._is_indented(node):
            # "The Council has agreed to:" without a number, then "      1. apologise"
            self.open = [nodes[-1]]
        if self.open:
            self._nest(node)
        else:
            self.flat = []
            nodes.append(node)
            self.open = [node]

    def _is_indented(self, node: _Node) -> bool:
        """Is this number too far in to be a paragraph's?"""
        return node.indent > self.margin + 2

    def _is_flat_item(self, node: _Node) -> bool:
        """Is this number an item of a list that lost its indent?

            3. Mrs D complains that:
            1. no amendment was made;
            2. her son was out of school.
            1. She wants a refund.          the parent's numbers restart

        A list begins with 1 right after a paragraph that ends in a colon, and goes on as long as
        its numbers do.
        """
        if not self.open or self.open[0].indent != node.indent:
            return False
        parent = self.open[0]
        if parent.kind is not BlockKind.NUMBERED or parent.number is None or node.number is None:
            return False
        if not self.flat:
            return node.number == 1 and not parent.items and parent.text.endswith(":")
        last = self.flat[-1]
        if node.number != (last.number or 0) + 1:
            return False
        # Where the parent's next number is the list's next as well, the list has ended if its
        # last entry reads like an end after others that did not.
        ended = not _MORE_TO_COME.search(last.text) and any(
            _MORE_TO_COME.search(item.text) for item in self.flat[:-1]
        )
        return not (node.number == parent.number + 1 and ended)

    def _add_bullet(self, nodes: list[_Node], node: _Node) -> None:
        self.entries = []
        # A bullet at its parent's own indent is still its parent's; only bullets are siblings.
        while self.open and (
            self.open[-1].indent > node.indent
            or (self.open[-1].kind is BlockKind.BULLET and self.open[-1].indent == node.indent)
        ):
            if len(self.open) == 1:
                break
            self.open.pop()
        if not self.open and nodes:
            self.open = [nodes[-1]]
        if self.open:
            self._nest(node)
        else:
            node.kind = BlockKind.TEXT
            nodes.append(node)

    def _add_worded(self, nodes: list[_Node], node: _Node) -> None:
        """A dash or an unmarked line: whether it belongs to a list, its words must tell.

        A list follows a colon; its entries begin in lower case, or follow one that ends in ";",
        "," or "; and".
        """
        if node.kind is not BlockKind.DASH:
            node.kind = BlockKind.TEXT
        parent = nodes[-1] if nodes else None
        if parent and parent.kind is node.kind and self._is_entry(parent, node):
            if not self.entries:
                self.open = [parent]
            elif self.entries[-1].text.endswith(":") and len(self.open) < _DEEPEST:
                self.open.append(self.entries[-1])
            self.open[-1].items.append(node)
            self.entries.append(node)
            return
        # Unmarked text that is no entry stands between paragraphs: "(Local Government Act 1974,
        # section 24A(6), as amended)" on a line of its own. Numbers go on after it.
        self.open, self.flat, self.entries = [], [], []
        nodes.append(node)

    def _is_entry(self, parent: _Node, node: _Node) -> bool:
        if not self.entries:
            if not parent.text.endswith(":") or parent.items:
                return False
        elif _MORE_TO_COME.search(self.entries[-1].text):
            return True
        return node.text[:1].islower() or bool(_MORE_TO_COME.search(node.text))

    def _nest(self, node: _Node) -> None:
        del self.open[_DEEPEST:]
        self.open[-1].items.append(node)
        self.open.append(node)


# --- numbers and labels -----------------------------------------------------------------------


def _numbers_run_on(parts: Iterable[_Part]) -> bool:
    """Do the file's own paragraph numbers run on across headings?"""
    last = 0
    crossed = False
    for part in parts:
        first = True
        for node in part.nodes:
            if node.kind is not BlockKind.NUMBERED or node.number is None:
                continue
            if node.number <= last:
                return False
            crossed = crossed or (first and node.number > 1)
            first = False
            last = node.number
    return crossed


def _items(nodes: list[_Node], depth: int) -> tuple[Item, ...]:
    """Items with the labels by which decisions cite them: a, b, c, and i, ii, iii within."""
    label = _LABELS[min(depth, len(_LABELS) - 1)]
    items = []
    number = 0
    for node in nodes:
        own = None
        if node.kind is BlockKind.NUMBERED and node.number is not None:
            # A list that bullets interrupted goes on with its own number.
            number = max(number + 1, node.number)
            own = label(number)
        items.append(Item(own, node.text, _items(node.items, depth + 1)))
    return tuple(items)


def _letter(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("a") + remainder) + letters
    return letters


def _roman(number: int) -> str:
    """1 → i, 4 → iv; the numbers of a list stay small."""
    numerals = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    letters = ""
    for value, numeral in numerals:
        count, number = divmod(number, value)
        letters += numeral * count
    return letters


_LABELS: tuple[Callable[[int], str], ...] = (_letter, _roman, str)
