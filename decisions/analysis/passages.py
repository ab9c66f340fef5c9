"""Splits a decision into passages, each with the part of the decision that it belongs to.

    "Summary: …"                         → summary
    The complaint                        → complaint
    The Ombudsman’s role and powers      → powers: tests that may apply, not findings
    My assessment, What I found, Finding → assessment, with all its subheadings
    Agreed action, Recommendations       → action
    Final decision                       → decision

`analyse` splits a document once and hands the result to every rule family. A rule reads passages
and records the words that it matched as Evidence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from decisions.analysis import lazy_regex
from decisions.characters import Simplified, simplify_with_positions
from decisions.documents import Document, Item, Section, paragraph_anchor, section_anchor
from decisions.parsing.blocks import normalise_label
from decisions.parsing.headings import correct_heading


class Part(StrEnum):
    SUMMARY = "summary"
    COMPLAINT = "complaint"
    SCOPE = "scope"
    POWERS = "powers"
    METHOD = "method"
    ASSESSMENT = "assessment"
    ACTION = "action"
    DECISION = "decision"
    OTHER = "other"


# Main headings in `normalise_label` form: lower case, straight apostrophes, single blanks.
_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (lazy_regex.compile(pattern), part)
    for pattern, part in (
        (r"the complaint", Part.COMPLAINT),
        (r"what (i|we) have.* investigated|parts? of the complaint.*", Part.SCOPE),
        (r"(the )?ombudsm[ae]n's role and powers|legal and administrative background", Part.POWERS),
        (r"how (i|we) considered (this|the) complaint", Part.METHOD),
        (r"(my|our|the ombudsm[ae]n's) assessment|what (i|we) found", Part.ASSESSMENT),
        (r"findings?|analysis|conclusions?|the investigation", Part.ASSESSMENT),
        # "Agreed action", "Recommendations", "Agreed remedy", "Proposed actions", "Actions agreed"
        (
            r"((agreed|recommended|proposed) )?(actions?|recommendations?|remed(y|ies))( agreed)?",
            Part.ACTION,
        ),
        (r"(final )?decision", Part.DECISION),
        (r"summary", Part.SUMMARY),
    )
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place of a finding: a span of one text of the decision.

    `section` and `paragraph` are indices from 0 into `Document.sections`, both None for the
    summary. `item` holds the index of an item on each level of nesting, () for the paragraph's own
    text. `start` and `end` are characters of that text. `number` is the paragraph's own number,
    None if it has none.
    """

    section: int | None
    paragraph: int | None
    item: tuple[int, ...]
    number: int | None
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The anchor on the decision's page: `para-9`, `section-2` or `summary`."""
        if self.number is not None:
            return paragraph_anchor(self.number)
        return "summary" if self.section is None else section_anchor(self.section)

    def to_json(self) -> dict[str, Any]:
        """The evidence as JSON types."""
        return {
            "anchor": self.anchor,
            "number": self.number,
            "section": self.section,
            "paragraph": self.paragraph,
            "item": list(self.item),
            "start": self.start,
            "end": self.end,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Evidence":
        """The inverse of `to_json`."""
        return cls(
            stored["section"],
            stored["paragraph"],
            tuple(stored["item"]),
            stored["number"],
            stored["start"],
            stored["end"],
        )


class Passage(NamedTuple):
    """One text of a decision: the summary, a paragraph's own text, or that of a nested item.

    `heading` is that of the passage's own section, which may be a subsection; `part` is that of
    the main section. `text` is simplified (`decisions.characters`); `simplified` leads its spans
    back to the text as received, and is None where the two are the same. The other fields are those
    of Evidence. It is a tuple because a decision has hundreds of passages, and tuples are faster to
    make than dataclass objects.
    """

    part: Part
    heading: str | None
    section: int | None
    paragraph: int | None
    item: tuple[int, ...]
    number: int | None
    text: str
    simplified: Simplified | None = None

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence at characters `start` to `end` of `text`."""
        if self.simplified:
            start, end = self.simplified.received_span(start, end)
        return Evidence(self.section, self.paragraph, self.item, self.number, start, end)


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document with the part of each of its sections, and its passages in reading order."""

    document: Document
    sections: tuple[tuple[Section, Part], ...]
    passages: tuple[Passage, ...]


def split(document: Document) -> SplitDocument:
    """Split a document into the passages that all rule families read."""
    sections = tuple(sections_with_parts(document.sections))
    return SplitDocument(document, sections, tuple(_passages(document.summary, sections)))


def _passages(summary: str | None, sections: tuple[tuple[Section, Part], ...]) -> Iterator[Passage]:
    if summary:
        yield _passage((Part.SUMMARY, None, None, None), (), None, summary)
    for index, (section, part) in enumerate(sections):
        for position, paragraph in enumerate(section.paragraphs):
            place = (part, section.heading, index, position)
            yield _passage(place, (), paragraph.number, paragraph.text)
            for item, text in _item_texts(paragraph.items, ()):
                yield _passage(place, item, paragraph.number, text)


def _passage(
    place: tuple[Part, str | None, int | None, int | None],
    item: tuple[int, ...],
    number: int | None,
    received: str,
) -> Passage:
    simplified = simplify_with_positions(received)
    if simplified.starts is None:
        return Passage(*place, item, number, received)
    return Passage(*place, item, number, simplified.text, simplified)


def sections_with_parts(sections: Iterable[Section]) -> Iterator[tuple[Section, Part]]:
    """Each section with its part; a subsection has the part of the main section above it."""
    part = Part.OTHER
    for section in sections:
        heading_part = part_of(section.heading or "")
        if section.level == 1 or heading_part in (Part.ACTION, Part.DECISION):
            part = heading_part
        yield section, part


@lru_cache(maxsize=256)
def part_of(heading: str) -> Part:
    """The part of a decision that a main heading names; OTHER if it names none."""
    line = correct_heading(normalise_label(heading))
    return next((part for pattern, part in _PARTS if pattern.fullmatch(line)), Part.OTHER)


def _item_texts(
    items: tuple[Item, ...], path: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], str]]:
    for index, item in enumerate(items):
        inner = (*path, index)
        yield inner, item.text
        yield from _item_texts(item.items, inner)
