"""Builds sections from blocks: finds headings, numbers paragraphs, labels nested items.

The Ombudsman numbers the paragraphs of a statement continuously. Most files restart at 1 in every
section, so paragraphs are renumbered here. Numbers that already continue across headings, as in
reports, are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from decisions.documents import Item, Paragraph, Section
from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.headings import is_main_heading, is_signature, is_usual_heading
from decisions.parsing.list_wording import announces_another, is_item, is_plain_item

_LIST_KINDS = (BlockKind.NUMBERED, BlockKind.BULLET, BlockKind.DASH)

# Length of a heading, in characters.
_MAX_HEADING_LENGTH = 150
# Length of a heading after "Back to top", in characters: a heading is certain to follow there.
_MAX_LENGTH_AFTER_TOP = 200
# Length of a heading before text without numbers, in words.
_MAX_WORDS_BEFORE_TEXT = 8
# Depth of nested lists, in levels. Deeper items join the list at this depth.
_MAX_DEPTH = 6
# Number of earlier items that a line is compared with: in a hostile file a list may be as long as
# the file.
_MAX_COMPARED_ITEMS = 50


@dataclass(slots=True)
class _Node:
    """A paragraph or item that is being built.

    `text` is simplified; `received` is the text, and `number` the number, as the file has it.
    """

    kind: BlockKind
    text: str
    received: str
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
    """The sections; `runs_on` says whether the file's numbers continue across headings."""

    sections: tuple[Section, ...]
    runs_on: bool


def build_body(blocks: Sequence[Block]) -> Body:
    """Build the sections of a decision from the blocks after the header, without furniture."""
    parts = [part for part in _split_at_headings(blocks) if part.heading is not None or part.nodes]
    runs_on = _numbers_run_on(parts)
    number = 0
    sections = []
    for part in parts:
        paragraphs = []
        for node in part.nodes:
            paragraph_number = None
            if node.kind in (BlockKind.NUMBERED, BlockKind.DASH):
                number = node.number if runs_on and node.number is not None else number + 1
                paragraph_number = number
            paragraphs.append(
                Paragraph(paragraph_number, node.received, _labelled_items(node.items, 0))
            )
        sections.append(Section(part.heading, part.level, tuple(paragraphs)))
    return Body(tuple(sections), runs_on)


# --- headings ---------------------------------------------------------------------------------


def is_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block at `index` is a heading; for a line of text its neighbours decide."""
    block = blocks[index]
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind not in (BlockKind.LINE, BlockKind.TEXT):
        return False
    if is_usual_heading(block.text):
        return True
    if not _may_be_heading(blocks, index):
        return False
    before = blocks[index - 1] if index else None
    if before and before.kind is BlockKind.TOP and len(block.text) <= _MAX_LENGTH_AFTER_TOP:
        return True
    if len(block.text) > _MAX_HEADING_LENGTH or _is_table_row(blocks, index):
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or after.kind is BlockKind.TOP:
        return False
    if after.kind in (BlockKind.NUMBERED, BlockKind.DASH):
        return True
    if is_usual_heading(after.text):
        return before is None or before.kind in _LIST_KINDS
    if _may_be_heading(blocks, index + 1):
        return index + 2 < len(blocks) and blocks[index + 2].kind in (
            BlockKind.NUMBERED,
            BlockKind.DASH,
        )
    # Text without numbers follows, as in report summaries. Only a short line is then a heading.
    return (
        before is not None
        and not is_usual_heading(before.text)
        and before.text.endswith((".", ";", ")", "”", "?"))
        and len(block.text.split()) <= _MAX_WORDS_BEFORE_TEXT
    )


def _is_table_row(blocks: Sequence[Block], index: int) -> bool:
    """Whether three lines in a row look like headings: then they are the rows of a table."""
    alike = 1
    for step in (-1, 1):
        other = index + step
        while (
            0 <= other < len(blocks)
            and alike < 3
            and _may_be_heading(blocks, other)
            and not is_usual_heading(blocks[other].text)
        ):
            alike += 1
            other += step
    return alike == 3


def _may_be_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether this line, judged alone, could be a heading other than the usual ones."""
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


def _split_at_headings(blocks: Sequence[Block]) -> list[_Part]:
    """Divide blocks into parts, each with its heading and its paragraphs and lists."""
    has_back_to_top = any(block.kind is BlockKind.TOP for block in blocks)
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
            elif has_back_to_top:
                is_section = (
                    len(parts) == 1
                    or blocks[index - 1].kind is BlockKind.TOP
                    or is_signature(block.text)
                )
            else:
                is_section = len(parts) == 1 or is_main_heading(block.text)
            parts.append(_Part(" ".join(block.text.split()), 1 if is_section else 2))
            builder = _ListBuilder(margin)
        elif block.text:
            builder.add(parts[-1].nodes, block)
    return parts


class _ListBuilder:
    """Adds the blocks of one section, in order, as paragraphs, list items or text."""

    def __init__(self, margin: int) -> None:
        self.margin = margin  # the smallest indent of a number in the file
        self.open_nodes: list[_Node] = []  # the innermost open node last; the paragraph first
        self.flat_items: list[_Node] = []  # items of a numbered list that has its parent's indent
        self.unmarked_items: list[_Node] = []  # items of a list that only its wording shows

    def add(self, nodes: list[_Node], block: Block) -> None:
        node = _Node(
            block.kind, block.text, block.received or block.text, block.indent, block.number
        )
        if block.kind is BlockKind.NUMBERED:
            self._add_numbered(nodes, node)
        elif block.kind is BlockKind.BULLET:
            self._add_bullet(nodes, node)
        elif block.kind is BlockKind.TABLE:
            self._end_lists()
            nodes.append(node)
        else:
            self._add_unmarked(nodes, node)

    def _add_numbered(self, nodes: list[_Node], node: _Node) -> None:
        self.unmarked_items = []
        while self.open_nodes and self.open_nodes[-1].indent > node.indent:
            self.open_nodes.pop()
        if (
            self.open_nodes
            and self.open_nodes[0].kind is BlockKind.TEXT
            and not self._is_indented(node)
        ):
            self.open_nodes = []
        if self._is_flat_item(node):
            self.flat_items.append(node)
            self.open_nodes = self.open_nodes[:1]
            self._nest(node)
            return
        while self.open_nodes and self.open_nodes[-1].indent == node.indent:
            self.open_nodes.pop()
        if not self.open_nodes and nodes and self._is_indented(node):
            # "The Council has agreed to:" without a number, then "      1. apologise"
            self.open_nodes = [nodes[-1]]
        if self.open_nodes:
            self._nest(node)
        else:
            self.flat_items = []
            nodes.append(node)
            self.open_nodes = [node]

    def _end_lists(self) -> None:
        self.open_nodes, self.flat_items, self.unmarked_items = [], [], []

    def _is_indented(self, node: _Node) -> bool:
        """Whether this number is indented too far for a paragraph."""
        return node.indent > self.margin + 2

    def _is_flat_item(self, node: _Node) -> bool:
        """Whether this number is an item of a list that lost its indent.

            3. Mrs D complains that:
            1. no amendment was made;
            2. her son was out of school.
            1. She wants a refund.          the parent's numbers restart

        A list begins with 1 right after a paragraph that ends in a colon, and continues while its
        numbers do.
        """
        if not self.open_nodes or self.open_nodes[0].indent != node.indent:
            return False
        parent = self.open_nodes[0]
        if parent.kind is not BlockKind.NUMBERED or parent.number is None or node.number is None:
            return False
        if not self.flat_items:
            return node.number == 1 and not parent.items and parent.text.endswith(":")
        last = self.flat_items[-1]
        if node.number == last.number == 1:  # "1." stands before every paragraph and item
            start = max(1, len(self.flat_items) - _MAX_COMPARED_ITEMS)
            before = [self.flat_items[0], *self.flat_items[start:]]
            return is_item([item.text for item in before], node.text)
        if node.number != (last.number or 0) + 1:
            return False
        if node.number != parent.number + 1:
            return True
        # The parent's next number is also the list's next: the list has ended if its last item
        # reads like a last item and an earlier one does not.
        return announces_another(last.text) or not any(
            announces_another(item.text) for item in self.flat_items[:-1]
        )

    def _add_bullet(self, nodes: list[_Node], node: _Node) -> None:
        self.unmarked_items = []
        # A bullet with its parent's indent is still the parent's item. Only bullets are siblings.
        while self.open_nodes and (
            self.open_nodes[-1].indent > node.indent
            or (
                self.open_nodes[-1].kind is BlockKind.BULLET
                and self.open_nodes[-1].indent == node.indent
            )
        ):
            if len(self.open_nodes) == 1:
                break
            self.open_nodes.pop()
        if not self.open_nodes and nodes:
            self.open_nodes = [nodes[-1]]
        if self.open_nodes:
            self._nest(node)
        else:
            node.kind = BlockKind.TEXT
            nodes.append(node)

    def _add_unmarked(self, nodes: list[_Node], node: _Node) -> None:
        """Add a dash or an unmarked line to a list, or as text, judging by its wording.

        A list follows a colon; `list_wording` says how its items read.
        """
        if node.kind is not BlockKind.DASH:
            node.kind = BlockKind.TEXT
        parent = nodes[-1] if nodes else None
        if parent and parent.kind is node.kind and self._is_entry(parent, node):
            if not self.unmarked_items:
                self.open_nodes = [parent]
            elif self.unmarked_items[-1].text.endswith(":") and len(self.open_nodes) < _MAX_DEPTH:
                self.open_nodes.append(self.unmarked_items[-1])
            self.open_nodes[-1].items.append(node)
            self.unmarked_items.append(node)
            return
        # Unmarked text that is no item stands between paragraphs, such as a citation by itself:
        # "(Local Government Act 1974, section 24A(6), as amended)". Numbering continues after it.
        self._end_lists()
        nodes.append(node)

    def _is_entry(self, parent: _Node, node: _Node) -> bool:
        texts = [item.text for item in self.unmarked_items[-_MAX_COMPARED_ITEMS:]]
        if not texts and (not parent.text.endswith(":") or parent.items):
            return False
        if node.kind is BlockKind.DASH:
            return is_item(texts, node.text)
        return is_plain_item(texts, node.text)

    def _nest(self, node: _Node) -> None:
        del self.open_nodes[_MAX_DEPTH:]
        self.open_nodes[-1].items.append(node)
        self.open_nodes.append(node)


# --- numbers and labels -----------------------------------------------------------------------


def _numbers_run_on(parts: Iterable[_Part]) -> bool:
    """Whether the file's own paragraph numbers continue across headings."""
    last = 0
    continues = False
    for part in parts:
        first = True
        for node in part.nodes:
            if node.kind is not BlockKind.NUMBERED or node.number is None:
                continue
            if node.number <= last:
                return False
            continues = continues or (first and node.number > 1)
            first = False
            last = node.number
    return continues


def _labelled_items(nodes: list[_Node], depth: int) -> tuple[Item, ...]:
    """Items with the labels that decisions cite: a, b, c, and i, ii, iii one level deeper."""
    label = _LABELS[min(depth, len(_LABELS) - 1)]
    items = []
    number = 0
    for node in nodes:
        item_label = None
        if node.kind is BlockKind.NUMBERED and node.number is not None:
            # A numbered list continues with its own number after bullets interrupt it.
            number = max(number + 1, node.number)
            item_label = label(number)
        items.append(Item(item_label, node.received, _labelled_items(node.items, depth + 1)))
    return tuple(items)


def _letter(number: int) -> str:
    """The letter label of a number: 1 → a, 26 → z, 27 → aa."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("a") + remainder) + letters
    return letters


def _roman(number: int) -> str:
    """The Roman numeral of a number: 1 → i, 4 → iv. Right up to 89, more than a list has."""
    numerals = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    letters = ""
    for value, numeral in numerals:
        count, number = divmod(number, value)
        letters += numeral * count
    return letters


_LABELS: tuple[Callable[[int], str], ...] = (_letter, _roman, str)
