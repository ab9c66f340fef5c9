"""How to quote a decision or one of its paragraphs, in the forms that people paste.

Nothing is made up: a council or a date that the decision does not state is left out, and a sample
is never cited as the Ombudsman's.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.documents import Item, Paragraph
from decisions.web import text_format

OMBUDSMAN = "Local Government and Social Care Ombudsman"
INVENTED = "Invented sample, not a decision of the Ombudsman"


@dataclass(frozen=True)
class CitedDecision:
    """What a citation says of a decision.

    `references` begins with its own; `address` is absolute and names no paragraph.
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
        return INVENTED if self.is_sample else OMBUDSMAN

    @property
    def day(self) -> str:
        """`5 March 2024`, or nothing."""
        return text_format.day(self.decided_on) if self.decided_on else ""

    def address_of(self, number: int | None) -> str:
        return f"{self.address}#para-{number}" if number else self.address


@dataclass(frozen=True)
class Form:
    """One way to quote: `name` is for addresses and ids, `label` for people."""

    name: str
    label: str
    text: str


def forms(quotable: CitedDecision, paragraph: Paragraph | None = None) -> list[Form]:
    """The decision in every form; with a numbered paragraph that one, and its text too."""
    number = paragraph.number if paragraph else None
    found = [
        Form("plain", "Plain", plain(quotable, number)),
        Form("oscola", "OSCOLA style", oscola(quotable, number)),
        Form("markdown", "Markdown", markdown(quotable, number)),
    ]
    if paragraph:
        found.insert(0, Form("text", "The paragraph, cited", quotation(quotable, paragraph)))
    return found


def plain(quotable: CitedDecision, number: int | None = None) -> str:
    """`Ombudsman, Council (reference), day, paragraph 9, address`."""
    pinpoint = f"paragraph {number}" if number else ""
    parts = (quotable.author, quotable.name, quotable.day, pinpoint, quotable.address_of(number))
    return _joined(parts)


def oscola(quotable: CitedDecision, number: int | None = None) -> str:
    """`Council (reference) (Ombudsman, day) [9] <address>`: as OSCOLA cites what tribunals say."""
    pinpoint = f" [{number}]" if number else ""
    source = _joined((quotable.author, quotable.day))
    return f"{quotable.name} ({source}){pinpoint} <{quotable.address_of(number)}>"


def markdown(quotable: CitedDecision, number: int | None = None) -> str:
    """The decision's name as a link; signs of Markdown in the name are escaped."""
    name = "".join(f"\\{sign}" if sign in r"\`*_[]<>" else sign for sign in quotable.name)
    pinpoint = f"paragraph {number}" if number else ""
    link = f"[{name}]({quotable.address_of(number)})"
    return _joined((link, quotable.author, quotable.day, pinpoint))


def quotation(quotable: CitedDecision, paragraph: Paragraph) -> str:
    """The paragraph's words with its list, unaltered, between quotation marks; then its source."""
    words = "\n".join((paragraph.text, *_lines(paragraph.items)))
    return f"“{words}”\n\n{plain(quotable, paragraph.number)}"


def _lines(items: Iterable[Item], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}{f'{item.label})' if item.label else '•'} {item.text}"
        yield from _lines(item.items, f"{indent}   ")


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
