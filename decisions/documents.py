"""The Document: a decision as read from a file, as immutable data without Django or a database.

`parsing` builds documents; analysis, ingest and pages read them. `to_json` gives the form that
`manage.py parse` prints and PostgreSQL stores. The parts of a document are named tuples, because
a list page creates thousands and tuples are faster to create than dataclass objects.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

# Label and value of the header line that marks invented decisions of the sample archive. It is part
# of the file, so that a copied sample cannot be mistaken for a real decision.
SAMPLE_LABEL = "Sample"
SAMPLE_NOTICE = "invented decision about an invented council"


# The value in addresses and filters for a fact that the file does not state. It must not be the
# name of a council or category.
NOT_STATED = "not-stated"


class ParseError(Exception):
    """The bytes are no decision; the message explains why to the person who sent them."""


class CaptureBasis(StrEnum):
    """What says when a source was read; see `sources.capture_times`."""

    WEB_ARCHIVE = "web-archive"
    WARC = "warc"
    MHTML = "mhtml"
    SINGLE_FILE = "singlefile"
    FILE = "file"
    UPLOADED = "uploaded"
    RECEIVED = "received"

    @property
    def is_stated(self) -> bool:
        """Whether the source itself or its container states the time."""
        return self not in (CaptureBasis.FILE, CaptureBasis.UPLOADED, CaptureBasis.RECEIVED)


class CaptureTime(NamedTuple):
    """When a source was read, in UTC, and what says so."""

    at: datetime.datetime
    basis: CaptureBasis


class Item(NamedTuple):
    """One entry of a list inside a paragraph.

    `label` is the label that decisions cite: "a", "b" … for a numbered list, "i", "ii" … one level
    deeper; None for a bullet.
    """

    label: str | None
    text: str
    items: tuple["Item", ...] = ()

    def texts(self) -> Iterator[str]:
        """Its own text and that of all nested items, in reading order."""
        yield self.text
        for item in self.items:
            yield from item.texts()


class Paragraph(NamedTuple):
    """A paragraph; `number` counts through the whole decision, None for unnumbered text."""

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
    """A decision as its file states it; None for a field that the file does not state.

    `captured` is when the page was read, if it states that. It belongs to the file and not to the
    decision, and is not in `to_json`.
    """

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
    captured: CaptureTime | None = None

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs of all sections, in reading order."""
        for section in self.sections:
            yield from section.paragraphs

    def to_json(self) -> dict[str, Any]:
        """The decision as JSON types; dates have the form YYYY-MM-DD."""
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


def paragraph_anchor(number: int | None) -> str:
    """The anchor of a paragraph on the decision's page: `para-9`; "" without a number."""
    return f"para-{number}" if number else ""


def item_anchor(parent: str, label: str | None) -> str:
    """The anchor of an item within the anchor of what holds it: `para-9-a`; "" if it has none."""
    return f"{parent}-{label}" if parent and label else ""


def section_anchor(index: int) -> str:
    """The anchor of a section, counted from 0: `section-1` for the first."""
    return f"section-{index + 1}"


def sections_to_json(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    """The sections as JSON types."""
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


def texts_from_json(sections: list[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Each paragraph's section and position, counted from 0, and its text with that of its items.

    A list page looks through the texts of twenty decisions, and shows few of them.
    """
    for index, section in enumerate(sections):
        for position, paragraph in enumerate(section["paragraphs"]):
            text = paragraph["text"]
            if paragraph["items"]:
                text = " ".join([text, *_texts_of_items(paragraph["items"])])
            yield index, position, text


def _texts_of_items(items: list[dict[str, Any]]) -> list[str]:
    """The text of each item and of all items nested in it, in reading order."""
    texts = []
    for item in items:
        texts += [item["text"], *_texts_of_items(item["items"])]
    return texts


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "label": item.label,
        "text": item.text,
        "items": [_item_to_json(inner) for inner in item.items],
    }


def _item_from_json(item: dict[str, Any]) -> Item:
    inner = tuple(_item_from_json(inner) for inner in item["items"])
    return Item(item["label"], item["text"], inner)
