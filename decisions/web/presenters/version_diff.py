"""What changed between the captures of a decision, paragraph by paragraph and word by word."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.urls import reverse

from decisions.documents import Document
from decisions.models import Capture, Decision
from decisions.web.captured_document import captured_document
from decisions.web.mementos import version_address

# Most pairs of words (old times new) that are compared. Above it, the old paragraph is shown before
# the new one: comparing would take too long, and nobody could read the result.
MAX_WORD_PAIRS = 4_000_000

_WORDS = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class DiffSegment:
    """Words of one kind: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Version:
    """A capture, and what changed since the one before.

    `changes` has a list of segments for each line that differs; it is empty if only bytes differ,
    and None if one of the two captures cannot be parsed.
    """

    captured_at: datetime.datetime
    captured_from: str
    has_stated_time: bool
    received_at: datetime.datetime
    name: str
    url: str
    size: int
    address: str
    proof_address: str
    changes: list[list[DiffSegment]] | None
    is_first: bool


def versions(decision: Decision) -> list[Version]:
    """Every capture of the decision, the newest first, whenever it was received."""
    oldest_first: list[Version] = []
    before: list[str] | None = None
    redactor = decision.redactor()
    captures: list[Capture] = list(decision.captures.order_by("captured_at", "received_at", "pk"))
    for capture in captures:
        after = _lines(decision, capture)
        changes = None
        if oldest_first and before is not None and after is not None:
            changes = list(compare(before, after))
        oldest_first.append(
            Version(
                capture.captured_at,
                capture.get_captured_from_display(),
                capture.has_stated_time,
                capture.received_at,
                # Without its directory, which may be private.
                redactor.text(capture.name.rpartition("/")[2]),
                redactor.address(capture.url),
                capture.size,
                version_address(decision, capture),
                reverse("decisions:proof", args=[decision.slug, capture.sha256]),
                changes,
                not oldest_first,
            )
        )
        before = after
    return oldest_first[::-1]


def compare(before: list[str], after: list[str]) -> Iterator[list[DiffSegment]]:
    """For each line that differs, the segments that lead from the old words to the new."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            old, new = "\n".join(before[old_start:old_end]), "\n".join(after[new_start:new_end])
            yield list(_compare_words(_WORDS.findall(old), _WORDS.findall(new)))


def _compare_words(old: list[str], new: list[str]) -> Iterator[DiffSegment]:
    if len(old) * len(new) > MAX_WORD_PAIRS:
        yield DiffSegment("removed", "".join(old))
        yield DiffSegment("added", "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield DiffSegment("same", "".join(old[old_start:old_end]))
            continue
        if old_start < old_end:
            yield DiffSegment("removed", "".join(old[old_start:old_end]))
        if new_start < new_end:
            yield DiffSegment("added", "".join(new[new_start:new_end]))


def _lines(decision: Decision, capture: Capture) -> list[str] | None:
    """The lines of a capture, header first, by the current parser; None if it cannot parse it."""
    document = captured_document(decision, capture)
    return None if document is None else list(_lines_of(document))


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
