"""Which decisions a reader would call relevant, told by facts and never by a ranking.

An invented decision is planned before it is written: its council, topic and closure reasons are
known without reading it. What was planned only in words (a remedy, a cause) is looked for in the
section that says it. So every decision of the archive has a grade for every query.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from decisions.documents import Document

# What stands in which part, by how its heading begins; "law" quotes what holds for everybody.
PARTS = {
    "complaint": ("The complaint",),
    "law": ("The Ombudsman’s role", "The Ombudsmen’s role", "The law and guidance"),
    "findings": ("What I found", "What happened", "Analysis", "My assessment", "Finding"),
    "action": ("Agreed action", "Recommendations"),
    "decision": ("Final decision",),
}


@dataclass(frozen=True)
class Case:
    """A decision as its judge sees it: its document, and why it was closed, main reason first."""

    document: Document
    reasons: tuple[str, ...]

    @cached_property
    def parts(self) -> dict[str, str]:
        """The text of each part, and of "summary"; "other" is what stands under other headings."""
        texts = dict.fromkeys((*PARTS, "other"), "")
        for section in self.document.sections:
            heading = section.heading or ""
            part = next(
                (name for name, starts in PARTS.items() if heading.startswith(starts)), "other"
            )
            for paragraph in section.paragraphs:
                texts[part] += " ".join(paragraph.texts()) + "\n"
        texts["summary"] = self.document.summary or ""
        return {name: text.replace("’", "'") for name, text in texts.items()}


class Fact:
    """Something that is so of a case or not; facts join with `&`, `|` and `~`."""

    def __init__(self, holds: Callable[[Case], bool]) -> None:
        self.holds = holds

    def __and__(self, other: "Fact") -> "Fact":
        return Fact(lambda case: self.holds(case) and other.holds(case))

    def __or__(self, other: "Fact") -> "Fact":
        return Fact(lambda case: self.holds(case) or other.holds(case))

    def __invert__(self) -> "Fact":
        return Fact(lambda case: not self.holds(case))


@dataclass(frozen=True)
class Query:
    """What is typed, what the reader wants, and what is best (3), good (2) and fair (1)."""

    text: str
    need: str
    best: Fact
    good: Fact | None = None
    fair: Fact | None = None

    def grade(self, case: Case) -> int:
        for grade, fact in ((3, self.best), (2, self.good), (1, self.fair)):
            if fact and fact.holds(case):
                return grade
        return 0


def council(pattern: str) -> Fact:
    """The body complained about has a name that the pattern matches, in any case."""
    name = re.compile(pattern, re.IGNORECASE)
    return Fact(lambda case: bool(name.search((case.document.council or "").replace("’", "'"))))


def category(name: str) -> Fact:
    return Fact(lambda case: (case.document.category or "").replace("’", "'") == name)


def topic(name: str) -> Fact:
    """The subcategory; `topic("Noise")`."""
    return Fact(lambda case: case.document.subcategory == name)


def closed(code: str) -> Fact:
    """Closed for this reason, perhaps beside another."""
    return Fact(lambda case: code in case.reasons)


def mainly(code: str) -> Fact:
    """Closed for this reason above all."""
    return Fact(lambda case: case.reasons[:1] == (code,))


def outcome(name: str) -> Fact:
    """`outcome("upheld")`: also "Report issued: Upheld; …", and never "Not upheld"."""
    word = re.compile(rf"(?:^|: ){name}\b", re.IGNORECASE)
    return Fact(lambda case: bool(word.search(case.document.outcome or "")))


def since(year: int) -> Fact:
    """Decided in this year or later."""
    return Fact(
        lambda case: bool(case.document.decided_on) and case.document.decided_on.year >= year
    )


def reference(*references: str) -> Fact:
    return Fact(lambda case: case.document.reference in references)


def says(pattern: str, *parts: str) -> Fact:
    """One of these parts says so, in any case; without parts: anything but the law it quotes."""
    wording = re.compile(pattern, re.IGNORECASE)

    def searched(case: Case) -> Iterator[str]:
        return (
            text
            for name, text in case.parts.items()
            if name in parts or (not parts and name != "law")
        )

    return Fact(lambda case: any(wording.search(text) for text in searched(case)))
