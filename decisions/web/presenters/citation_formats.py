"""Citations of a decision or one of its paragraphs, in the formats that people paste.

A council or date that the decision does not state is omitted, and a sample is never attributed to
the Ombudsman.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.documents import Item, Paragraph
from decisions.web import text_format

OMBUDSMAN = "Local Government and Social Care Ombudsman"
SAMPLE_AUTHOR = "Invented sample, not a decision of the Ombudsman"


@dataclass(frozen=True)
class CitedDecision:
    """The parts of a citation.

    `references` starts with the decision's main one; `address` is absolute and has no anchor.
    """

    references: tuple[str, ...]
    council: str | None
    decided_on: datetime.date | None
    is_sample: bool
    address: str

    @property
    def name(self) -> str:
        """`Wexcombe District Council (90 000 001 and 90 000 002)`, or `Decision 90 000 001`."""
        *others, last = self.references
        references = f"{', '.join(others)} and {last}" if others else last
        if self.council:
            return f"{self.council} ({references})"
        return f"{'Decisions' if others else 'Decision'} {references}"

    @property
    def author(self) -> str:
        """The Ombudsman, or for a sample a note that it is invented."""
        return SAMPLE_AUTHOR if self.is_sample else OMBUDSMAN

    @property
    def day(self) -> str:
        """`5 March 2024`, or an empty string."""
        return text_format.day(self.decided_on) if self.decided_on else ""

    def address_of(self, number: int | None) -> str:
        """The address of a numbered paragraph, or of the whole decision."""
        return f"{self.address}#para-{number}" if number else self.address


@dataclass(frozen=True)
class CitationFormat:
    """A citation in one format; `name` is for ids in a page, `label` for people."""

    name: str
    label: str
    text: str


def citation_formats(
    cited: CitedDecision, paragraph: Paragraph | None = None
) -> list[CitationFormat]:
    """The citation in every format; for a paragraph, also its text with the citation."""
    number = paragraph.number if paragraph else None
    formats = [
        CitationFormat("plain", "Plain", plain_citation(cited, number)),
        CitationFormat("oscola", "OSCOLA style", oscola_citation(cited, number)),
        CitationFormat("markdown", "Markdown", markdown_citation(cited, number)),
    ]
    if paragraph:
        quoted = CitationFormat("text", "The paragraph, cited", quotation(cited, paragraph))
        formats.insert(0, quoted)
    return formats


def plain_citation(cited: CitedDecision, number: int | None = None) -> str:
    """`Ombudsman, Council (reference), day, paragraph 9, address`."""
    pinpoint = f"paragraph {number}" if number else ""
    return _join((cited.author, cited.name, cited.day, pinpoint, cited.address_of(number)))


def oscola_citation(cited: CitedDecision, number: int | None = None) -> str:
    """`Council (reference) (Ombudsman, day) [9] <address>`, as OSCOLA cites tribunals."""
    pinpoint = f" [{number}]" if number else ""
    source = _join((cited.author, cited.day))
    return f"{cited.name} ({source}){pinpoint} <{cited.address_of(number)}>"


def markdown_citation(cited: CitedDecision, number: int | None = None) -> str:
    """The decision's name as a link; characters that Markdown would interpret are escaped."""
    name = "".join(f"\\{char}" if char in r"\`*_[]<>" else char for char in cited.name)
    pinpoint = f"paragraph {number}" if number else ""
    link = f"[{name}]({cited.address_of(number)})"
    return _join((link, cited.author, cited.day, pinpoint))


def quotation(cited: CitedDecision, paragraph: Paragraph) -> str:
    """The unaltered text and list of a paragraph in quotation marks, then its citation."""
    words = "\n".join((paragraph.text, *_item_lines(paragraph.items)))
    return f"“{words}”\n\n{plain_citation(cited, paragraph.number)}"


def _item_lines(items: Iterable[Item], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}{f'{item.label})' if item.label else '•'} {item.text}"
        yield from _item_lines(item.items, f"{indent}   ")


def _join(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
