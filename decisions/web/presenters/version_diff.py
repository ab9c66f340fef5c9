"""What changed between the captures of a decision, paragraph by paragraph and word by word."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from decisions.documents import Document, ParseError
from decisions.models import Capture, Decision
from decisions.parsing import parse

# Above this many pairs of words, two paragraphs are shown one after the other: comparing costs
# their product, and nobody reads such a comparison.
MOST_PAIRS = 4_000_000

_WORDS = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went: `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Version:
    """A capture, with what it changed against the one before; None where that cannot be told.

    `changes` has one list of pieces for each line that differs, an empty list when only bytes do.
    """

    received_at: datetime.datetime
    name: str
    url: str
    size: int
    changes: list[list[Piece]] | None
    is_first: bool


def versions(decision: Decision) -> list[Version]:
    """Every capture of the decision, the newest first."""
    made: list[Version] = []
    before: list[str] | None = None
    captures: list[Capture] = list(decision.captures.order_by("received_at", "pk"))
    for capture in captures:
        after = _lines(capture)
        changes = None
        if made and before is not None and after is not None:
            changes = list(compare(before, after))
        made.append(
            Version(
                capture.received_at,
                capture.name.rpartition("/")[2],  # where it lay is nobody's business
                capture.url,
                capture.size,
                changes,
                not made,
            )
        )
        before = after
    return made[::-1]


def compare(before: list[str], after: list[str]) -> Iterator[list[Piece]]:
    """The lines that differ, each as the pieces that lead from the old words to the new."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            old, new = "\n".join(before[old_start:old_end]), "\n".join(after[new_start:new_end])
            yield list(_compare_words(_WORDS.findall(old), _WORDS.findall(new)))


def _compare_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > MOST_PAIRS:
        yield Piece("removed", "".join(old))
        yield Piece("added", "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[old_start:old_end]))
            continue
        if old_start < old_end:
            yield Piece("removed", "".join(old[old_start:old_end]))
        if new_start < new_end:
            yield Piece("added", "".join(new[new_start:new_end]))


def _lines(capture: Capture) -> list[str] | None:
    """A capture as today's parser reads it, header first; None where it no longer reads it."""
    try:
        content = bytes(capture.content)
        document = parse(content, capture.name, capture.url or None, capture.charset or None)
    except ParseError:
        return None
    return list(_lines_of(document))


def _lines_of(document: Document) -> Iterator[str]:
    header = {
        "Council": document.council,
        "Category": document.category,
        "Subcategory": document.subcategory,
        "Outcome": document.outcome,
        "Date": document.decided_on and document.decided_on.isoformat(),
        "Summary": document.summary,
    }
    for label, value in header.items():
        yield f"{label}: {value or 'not stated'}"
    for section in document.sections:
        if section.heading:
            yield section.heading
        for paragraph in section.paragraphs:
            number = f"{paragraph.number}. " if paragraph.number else ""
            yield number + "\n".join(paragraph.texts())
