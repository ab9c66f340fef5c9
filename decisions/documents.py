"""What a decision is, once read from a file: plain frozen data, no Django, no database.

Its parts are tuples, since a page of the list makes thousands: that takes two thirds of the time.

Everything upstream (sources, parsing) makes these; everything downstream (analysis, ingest,
pages) takes them. `to_json` is the shape that `manage.py parse` prints and PostgreSQL holds.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

# The header line by which the sample archive labels its invented decisions. It travels in the
# file itself, so that a sample can never be taken for a real decision once it has been copied.
SAMPLE_LABEL = "Sample"
SAMPLE_NOTICE = "invented decision about an invented council"


# In addresses and filters: "the file does not say". No council or category may have this name.
NOT_STATED = "not-stated"


class ParseError(Exception):
    """The bytes are no decision; the message says why in words for the person who sent them."""


class Item(NamedTuple):
    """One entry of a list inside a paragraph.

    `label` is how decisions cite it: "a", "b" … for a numbered list, "i", "ii" … one level
    deeper; None for a bullet.
    """

    label: str | None
    text: str
    items: tuple["Item", ...] = ()

    def texts(self) -> Iterator[str]:
        """Its own text and that of every item below it, in reading order."""
        yield self.text
        for item in self.items:
            yield from item.texts()


class Paragraph(NamedTuple):
    """A block of text; `number` counts through the whole decision, None for unnumbered text."""

    number: int | None
    text: str
    items: tuple[Item, ...] = ()

    def texts(self) -> Iterator[str]:
        """Its own text and that of all its items, in reading order."""
        yield self.text
        for item in self.items:
            yield from item.texts()


class Section(NamedTuple):
    """Paragraphs under one heading. Level 1 is a main section, 2 a subheading within it.

    `heading` is None only for text that stands before the first heading.
    """

    heading: str | None
    level: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A decision as its file states it. A field the file does not state is None."""

    reference: str
    council: str | None = None
    category: str | None = None
    subcategory: str | None = None
    outcome: str | None = None
    decided_on: datetime.date | None = None
    kind: str = "statement"  # or "report"
    summary: str | None = None
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()
    source_url: str | None = None
    other_references: tuple[str, ...] = ()
    is_sample: bool = False

    def paragraphs(self) -> Iterator[Paragraph]:
        for section in self.sections:
            yield from section.paragraphs

    def to_json(self) -> dict[str, Any]:
        """The decision as JSON types; dates are YYYY-MM-DD."""
        return {
            "reference": self.reference,
            "other_references": list(self.other_references),
            "council": self.council,
            "category": self.category,
            "subcategory": self.subcategory,
            "outcome": self.outcome,
            "decided_on": self.decided_on.isoformat() if self.decided_on else None,
            "kind": self.kind,
            "summary": self.summary,
            "sections": sections_to_json(self.sections),
            "source_url": self.source_url,
            "is_sample": self.is_sample,
            "warnings": list(self.warnings),
        }


def sections_to_json(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    return [
        {
            "heading": section.heading,
            "level": section.level,
            "paragraphs": [
                {
                    "number": paragraph.number,
                    "text": paragraph.text,
                    "items": [_item_to_json(item) for item in paragraph.items],
                }
                for paragraph in section.paragraphs
            ],
        }
        for section in sections
    ]


def sections_from_json(sections: list[dict[str, Any]]) -> tuple[Section, ...]:
    """The inverse of `sections_to_json`."""
    return tuple(
        Section(
            section["heading"],
            section["level"],
            tuple(
                Paragraph(
                    paragraph["number"],
                    paragraph["text"],
                    tuple(_item_from_json(item) for item in paragraph["items"]),
                )
                for paragraph in section["paragraphs"]
            ),
        )
        for section in sections
    )


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "label": item.label,
        "text": item.text,
        "items": [_item_to_json(inner) for inner in item.items],
    }


def _item_from_json(item: dict[str, Any]) -> Item:
    inner = tuple(_item_from_json(inner) for inner in item["items"])
    return Item(item["label"], item["text"], inner)
