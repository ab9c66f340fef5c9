"""The header of a decision: title line, label lines, summary; and where its text begins."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from decisions.documents import SAMPLE_LABEL, SAMPLE_NOTICE, ParseError
from decisions.parsing.blocks import Block, BlockKind, plain
from decisions.parsing.fields import LABELS, Title, read_category, read_date, read_label, read_title
from decisions.parsing.headings import is_distinctive, is_known, is_main, opens_summary
from decisions.parsing.structure import is_heading

_ITEMS = (BlockKind.NUMBERED, BlockKind.DASH, BlockKind.BULLET)
# Titles that a contents list may have.
_CONTENTS = frozenset({"contents", "in this decision", "jump to", "on this page"})
# Length of an entry of a contents list, or of a label's value, in characters.
_LONGEST_ENTRY = 150


@dataclass(slots=True)
class Header:
    """What the header states.

    `evidence` is the weight of the marks by which a decision is recognised: two for a distinctive
    one ("The Ombudsman's final decision:", a category, a heading like "The complaint"), one
    for a title line, an outcome or a summary.
    """

    council: str | None = None
    references: tuple[str, ...] = ()
    category: str | None = None
    subcategory: str | None = None
    outcome: str | None = None
    decided_on: datetime.date | None = None
    is_sample: bool = False
    summary: str | None = None
    has_title: bool = False
    has_final_decision_line: bool = False
    evidence: int = 0
    warnings: list[str] = field(default_factory=list)


def read_header(blocks: Sequence[Block], title: Title | None) -> tuple[Header, list[Block]]:
    """The header, and the blocks of the text that follows (or stands in between).

    `title` is one found elsewhere (a web page's own title), for a text that has no title line.
    Raises ParseError when the blocks hold more than one decision.
    """
    _refuse_several(blocks)
    reader = _Reader(blocks)
    reader.read(title)
    return reader.header, reader.text


class _Reader:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.header = Header()
        self.text: list[Block] = []
        self.position = 0

    def read(self, title: Title | None) -> None:
        found = self._read_title() or title
        if found:
            self.header.has_title = True
            self.header.council, self.header.references = found.council, found.references
            self.header.evidence += 1
        contents = self._contents()
        while self.position < len(self.blocks):
            block = self.blocks[self.position]
            if self.position in contents or block.kind is BlockKind.TOP:
                self.position += 1
            elif not (self._read_label() or self._read_summary()):
                if block.kind in _ITEMS or is_heading(self.blocks, self.position):
                    break
                self.text.append(block)
                self.position += 1
        rest = self.blocks[self.position :]
        self.text += rest
        self.header.evidence += 2 * any(
            is_distinctive(block.text) for block in rest if block.kind not in _ITEMS
        )

    def _read_title(self) -> Title | None:
        """Go past the title line, if there is one before the text; menus before it go too."""
        for index, block in enumerate(self.blocks):
            if title := read_title(block.text):
                passed_over = 0
                for before in self.blocks[:index]:
                    label = read_label(before.text)
                    is_sample_label = label is not None and label[0] == plain(SAMPLE_LABEL)
                    if not (label and is_sample_label and self._take(*label)):
                        passed_over += len(before.text.split())
                if passed_over:
                    words = f"{passed_over} word{'s' * (passed_over != 1)}"
                    self.header.warnings.append(f"{words} before the title line passed over")
                self.position = index + 1
                return title
            label = read_label(block.text)
            if (label and label[0] != plain(SAMPLE_LABEL)) or opens_summary(block.text):
                return None
            if block.kind is BlockKind.NUMBERED or is_main(block.text):
                return None
        return None

    def _contents(self) -> set[int]:
        """Positions of a contents list: lines before the final decision that recur after it."""
        start = self.position
        for end in range(start, len(self.blocks)):
            text = self.blocks[end].text
            if opens_summary(text) or _summary(self.blocks[end]) is not None:
                break
            if len(text) > _LONGEST_ENTRY:
                return set()
        else:
            return set()
        later = {
            plain(block.text)
            for block in self.blocks[end:]
            if block.kind in (BlockKind.LINE, BlockKind.HEADING)
        }
        return {
            index
            for index in range(start, end)
            if plain(self.blocks[index].text) in later | _CONTENTS
            # of a page that holds its decision twice
            and not read_label(self.blocks[index].text)
        }

    def _read_label(self) -> bool:
        """Take a label line with its value, which may stand on the lines below it."""
        block = self.blocks[self.position]
        label, value = read_label(block.text) or (plain(block.text[:40]), "")
        if label not in LABELS:
            return False
        following = self.position + 1
        if not value:
            value = self._value_at(following)
            if not value:
                # "Decision" alone may as well be a heading of the text.
                return False
            following += 1
        # "Category :" / "Education" / ">" / "Other", as records have it
        if label == "category":
            while (more := self._value_at(following)) and (
                value.endswith(">") or more.startswith(">")
            ):
                value = f"{value} {more}"
                following += 1
        if not self._take(label, value):
            return False
        self.position = min(following, len(self.blocks))
        return True

    def _value_at(self, index: int) -> str:
        """The text of a block that can be a label's value, else nothing."""
        if index >= len(self.blocks):
            return ""
        block = self.blocks[index]
        text = block.text.removeprefix(":").strip()
        if (
            block.kind not in (BlockKind.LINE, BlockKind.TEXT, BlockKind.HEADING)
            or len(text) > _LONGEST_ENTRY
            or read_label(text)
            or is_known(text)
            or opens_summary(text)
        ):
            return ""
        return text

    def _take(self, label: str, value: str) -> bool:
        """Keep the value of a label; False when the line is not what it looked like, or says
        otherwise than one before it: then it is text.
        """
        header = self.header
        match label:
            case "category":
                category = read_category(value)
                if category[1] and not category[0]:  # "Category : > Other"
                    header.warnings.append(f"category not understood: “{value}”")
                    category = (None, None)
                if header.category and category != (header.category, header.subcategory):
                    return False
                header.category, header.subcategory = category
            case "decision":
                outcome = " ".join(value.split())
                if header.outcome and outcome != header.outcome:
                    return False
                header.outcome = outcome
            case "decision date":
                decided_on = read_date(value)
                if header.decided_on:
                    return decided_on == header.decided_on
                header.decided_on = decided_on
                if decided_on is None:
                    header.warnings.append(f"decision date not understood: “{value}”")
            case _:
                if plain(value) != plain(SAMPLE_NOTICE):
                    return False
                header.is_sample = True
                return True
        header.evidence += 1 if label == "decision" else 2
        return True

    def _read_summary(self) -> bool:
        """Take "The Ombudsman's final decision:" or the summary, which ends at a heading."""
        block = self.blocks[self.position]
        if opens_summary(block.text):
            self.header.has_final_decision_line = True
            self.header.evidence += 2
            self.position += 1
            return True
        first = _summary(block)
        if first is None or self.header.summary is not None:
            return False
        lines = [first] if first else []
        self.position += 1
        while self.position < len(self.blocks):
            block = self.blocks[self.position]
            if block.kind in (BlockKind.NUMBERED, BlockKind.DASH, BlockKind.TOP) or is_heading(
                self.blocks, self.position
            ):
                break
            lines.append(f"• {block.text}" if block.kind is BlockKind.BULLET else block.text)
            self.position += 1
        self.header.summary = "\n".join(lines) or None
        self.header.evidence += 1
        return True


def _summary(block: Block) -> str | None:
    """The text after "Summary:", empty where it stands alone; None for any other block."""
    text = block.text
    if block.kind in _ITEMS or text[:7].casefold() != "summary":
        return None
    rest = text[7:].lstrip()
    if not rest:
        return ""
    return rest[1:].lstrip() if rest.startswith(":") else None


def _refuse_several(blocks: Sequence[Block]) -> None:
    """A page of search results, or files run together, is not one decision."""
    titles = {title.references for block in blocks if (title := read_title(block.text))}
    if len(titles) > 1:
        labels = [label for block in blocks if (label := read_label(block.text))]
        if sum(label == "category" for label, _ in labels) > 1:
            raise ParseError(f"holds {len(titles)} decisions, not one")
