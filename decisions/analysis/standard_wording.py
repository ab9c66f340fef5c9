"""Standard wording: paragraphs that recur across decisions, recognised by fingerprint.

    "We cannot investigate late complaints … (Local Government Act 1974, sections 26B and 34D, as
    amended)"                                                     recurs in thousands of decisions
    "I considered the information Mr X provided with his complaint."     recurs, but for the person

Only the sections where such wording occurs are read: role and powers, how the complaint was
considered, and subsections on the law. PostgreSQL counts how many decisions share a fingerprint,
and so decides what is standard (`models.StandardWording`). This module sees one decision at a
time.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from decisions.analysis import lazy_regex
from decisions.analysis.passages import Part, SplitDocument
from decisions.characters import simplify
from decisions.documents import Paragraph

_PARTS = frozenset({Part.POWERS, Part.METHOD})
# "The law and guidance", "Legal background" within "What I found"
_ON_LAW = lazy_regex.compile(r"\b(law|legal|legislation|guidance)\b", re.IGNORECASE)

# Differences between copies of a standard paragraph: (pattern, replacement before hashing).
_IGNORED_DIFFERENCES = tuple(
    (lazy_regex.compile(pattern), replacement)
    for pattern, replacement in (
        (r"['‘’\"“”]", ""),
        # "as amended" is only in some copies: "(…, section 24A(6), as amended)"
        (r",? ?\bas amended\b", ""),
        # "Mr X", "Miss B", "Ms Y’s daughter"
        (r"\b(?:mr|mrs|miss|ms|mx|dr) [a-z]{1,2}\b", "mr x"),
        (r"\b(?:he|she|they)\b", "they"),
        (r"\b(?:his|her|hers|him|their|them)\b", "their"),
        # a year in a title: "guidance 2014", "statutory guidance, October 2016"
        (r"\b(?:19|20)\d\d\b", "year"),
        (r"[^\w()]+", " "),
    )
)


@dataclass(frozen=True, slots=True)
class StandardCandidate:
    """A paragraph that may be standard wording; section and paragraph count from 0."""

    section: int
    paragraph: int
    fingerprint: int  # signed, 64 bits

    def to_json(self) -> list[int]:
        """The three numbers without names, to save space: a decision has many candidates."""
        return [self.section, self.paragraph, self.fingerprint]

    @classmethod
    def from_json(cls, stored: list[int]) -> "StandardCandidate":
        """The inverse of `to_json`."""
        section, paragraph, fingerprint = stored
        return cls(section, paragraph, fingerprint)


def standard_candidates(decision: SplitDocument) -> Iterator[StandardCandidate]:
    """The paragraphs that may be standard wording, in reading order."""
    for index, (section, part) in enumerate(decision.sections):
        if part in _PARTS or (section.level > 1 and _ON_LAW.search(section.heading or "")):
            for position, paragraph in enumerate(section.paragraphs):
                yield StandardCandidate(index, position, fingerprint(paragraph))


def fingerprint(paragraph: Paragraph) -> int:
    """A hash of the paragraph that ignores the differences in _SAME; signed, 64 bits."""
    return _fingerprint("\n".join(paragraph.texts()))


@lru_cache(maxsize=2048)  # texts; most standard wording recurs word for word
def _fingerprint(text: str) -> int:
    text = simplify(text).casefold()
    for pattern, replacement in _IGNORED_DIFFERENCES:
        text = pattern.sub(replacement, text)
    digest = hashlib.blake2b(text.strip().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
