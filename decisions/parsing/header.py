"""Reads the header of a decision: title line, label lines, summary; finds where the text begins."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from decisions.characters import received_end
from decisions.documents import SAMPLE_LABEL, SAMPLE_NOTICE, ParseError
from decisions.parsing.blocks import Block, BlockKind, normalise_label
from decisions.parsing.fields import LABELS, Title, read_category, read_date, read_label, read_title
from decisions.parsing.headings import (
    is_distinctive_heading,
    is_final_decision_line,
    is_main_heading,
    is_usual_heading,
)
from decisions.parsing.structure import is_heading

_LIST_KINDS = (BlockKind.NUMBERED, BlockKind.DASH, BlockKind.BULLET)
# Titles of contents lists, normalised.
_CONTENTS_TITLES = frozenset({"contents", "in this decision", "jump to", "on this page"})
# Length of an entry of a contents list, or of a label's value, in characters.
_MAX_ENTRY_LENGTH = 150


@dataclass(slots=True)
class Header:
    """The facts that the header states; None for those it does not state.

    `evidence` adds up points for the marks of a decision: two for a distinctive mark ("The
    Ombudsman's final decision:", a category, a heading like "The complaint"), one for a title line,
    an outcome or a summary.
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
    """Read the header; return it and the other blocks: those after it, and text between its lines.

    `title` is used for a text without a title line; it comes from the `<title>` of a web page.
    Raises ParseError when the blocks hold more than one decision.
    """
    _refuse_several_decisions(blocks)
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
        title_line = self._read_title() or title
        if title_line:
            self.header.has_title = True
            self.header.council, self.header.references = title_line.council, title_line.references
            self.header.evidence += 1
        contents = self._contents_positions()
        while self.position < len(self.blocks):
            block = self.blocks[self.position]
            if self.position in contents or block.kind is BlockKind.TOP:
                self.position += 1
            elif not (self._read_label() or self._read_summary()):
                if block.kind in _LIST_KINDS or is_heading(self.blocks, self.position):
                    break
                self.text.append(block)
                self.position += 1
        rest = self.blocks[self.position :]
        self.text += rest
        self.header.evidence += 2 * any(
            is_distinctive_heading(block.text) for block in rest if block.kind not in _LIST_KINDS
        )

    def _read_title(self) -> Title | None:
        """Read the title line if it comes before the text; skip it, and the menus before it."""
        for index, block in enumerate(self.blocks):
            if title := read_title(block.text):
                skipped_words = 0
                for earlier in self.blocks[:index]:
                    label = read_label(earlier.text)
                    is_sample_label = label is not None and label[0] == normalise_label(
                        SAMPLE_LABEL
                    )
                    if not (label and is_sample_label and self._record_label(*label)):
                        skipped_words += len(earlier.text.split())
                if skipped_words:
                    words = f"{skipped_words} word{'s' * (skipped_words != 1)}"
                    self.header.warnings.append(f"{words} before the title line skipped")
                self.position = index + 1
                return title
            label = read_label(block.text)
            if (label and label[0] != normalise_label(SAMPLE_LABEL)) or is_final_decision_line(
                block.text
            ):
                return None
            if block.kind is BlockKind.NUMBERED or is_main_heading(block.text):
                return None
        return None

    def _contents_positions(self) -> set[int]:
        """Positions of a contents list: lines before the final-decision line that recur later."""
        start = self.position
        for end in range(start, len(self.blocks)):
            text = self.blocks[end].text
            if is_final_decision_line(text) or _summary_text(self.blocks[end]) is not None:
                break
            if len(text) > _MAX_ENTRY_LENGTH:
                return set()
        else:
            return set()
        later = {
            normalise_label(block.text)
            for block in self.blocks[end:]
            if block.kind in (BlockKind.LINE, BlockKind.HEADING)
        }
        return {
            index
            for index in range(start, end)
            if normalise_label(self.blocks[index].text) in later | _CONTENTS_TITLES
            # a label line recurs in a page that holds its decision twice
            and not read_label(self.blocks[index].text)
        }

    def _read_label(self) -> bool:
        """Read a label line, and its value there or on the next lines; False if there is none."""
        block = self.blocks[self.position]
        label, value = read_label(block.text) or (normalise_label(block.text[:40]), "")
        if label not in LABELS:
            return False
        following = self.position + 1
        if not value:
            value = self._value_at(following)
            if not value:
                # "Decision" without a value may be a heading of the text.
                return False
            following += 1
        # "Category :" / "Education" / ">" / "Other", as in JSON records
        if label == "category":
            while (more := self._value_at(following)) and (
                value.endswith(">") or more.startswith(">")
            ):
                value = f"{value} {more}"
                following += 1
        if not self._record_label(label, value):
            return False
        self.position = min(following, len(self.blocks))
        return True

    def _value_at(self, index: int) -> str:
        """The text of the block if it can be a label's value, else ""."""
        if index >= len(self.blocks):
            return ""
        block = self.blocks[index]
        text = block.text.removeprefix(":").strip()
        if (
            block.kind not in (BlockKind.LINE, BlockKind.TEXT, BlockKind.HEADING)
            or len(text) > _MAX_ENTRY_LENGTH
            or read_label(text)
            or is_usual_heading(text)
            or is_final_decision_line(text)
        ):
            return ""
        return text

    def _record_label(self, label: str, value: str) -> bool:
        """Store the value of a label; return False if the line is text after all.

        It is text if it contradicts an earlier line, or is "Sample:" without SAMPLE_NOTICE.
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
                if normalise_label(value) != normalise_label(SAMPLE_NOTICE):
                    return False
                header.is_sample = True
                return True
        header.evidence += 1 if label == "decision" else 2
        return True

    def _read_summary(self) -> bool:
        """Read "The Ombudsman's final decision:" or the summary, which ends at a heading.

        Return False if the current block is neither.
        """
        block = self.blocks[self.position]
        if is_final_decision_line(block.text):
            self.header.has_final_decision_line = True
            self.header.evidence += 2
            self.position += 1
            return True
        first = _summary_text(block)
        if first is None or self.header.summary is not None:
            return False
        lines = [received_end(block.received, first) if block.received else first] if first else []
        self.position += 1
        while self.position < len(self.blocks):
            block = self.blocks[self.position]
            if block.kind in (BlockKind.NUMBERED, BlockKind.DASH, BlockKind.TOP) or is_heading(
                self.blocks, self.position
            ):
                break
            text = block.received or block.text
            lines.append(f"• {text}" if block.kind is BlockKind.BULLET else text)
            self.position += 1
        self.header.summary = "\n".join(lines) or None
        self.header.evidence += 1
        return True


def _summary_text(block: Block) -> str | None:
    """The text after "Summary:", which may be empty; None for a block that does not begin so."""
    text = block.text
    if block.kind in _LIST_KINDS or text[:7].casefold() != "summary":
        return None
    rest = text[7:].lstrip()
    if not rest:
        return ""
    return rest[1:].lstrip() if rest.startswith(":") else None


def _refuse_several_decisions(blocks: Sequence[Block]) -> None:
    """Raise ParseError for a page of search results or for several decisions in one file."""
    titles = {title.references for block in blocks if (title := read_title(block.text))}
    if len(titles) > 1:
        labels = [label for block in blocks if (label := read_label(block.text))]
        if sum(label == "category" for label, _ in labels) > 1:
            raise ParseError(f"holds {len(titles)} decisions, not one")
