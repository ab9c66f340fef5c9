"""Decisions whose closure reasons were labelled by a person: see `closure/`.

The labelled set was written before the rules: `tune` to work on them, `held_out` to measure them.
`kinds` has the wordings of single rules, each with variants and near-misses.
A case is a line of codes (those after "/" stand only in the assessment), then its texts:

    == late / better-placed-body
    S: the summary   A: the assessment   F: the final decision
    O: the outcome, where unusual; "-" where none is stated
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from decisions.documents import Document, Paragraph, Section

CASES = Path(__file__).parent / "closure"

# Tests that a statement lists and does not apply: with them every case is a trap.
POWERS = (
    "We cannot investigate late complaints unless there are good reasons. The law says we cannot "
    "normally investigate a complaint when someone could take the matter to court or appeal to a "
    "tribunal. We may decide not to start an investigation if we think there is not enough "
    "evidence of fault, any injustice is not significant enough, we could not add to any previous "
    "investigation, further investigation would not lead to a different outcome, or another body "
    "is better placed. We cannot investigate what happens in schools or personnel matters."
)


@dataclass(frozen=True)
class Case:
    place: str
    document: Document
    decided: frozenset[str]
    assessed: frozenset[str]


def read_cases(part: str) -> Iterator[Case]:
    for path in sorted((CASES / part).glob("*.txt")):
        blocks = path.read_text().removeprefix("==").split("\n==")
        for number, block in enumerate(blocks, 1):
            head, *lines = block.removeprefix("== ").split("\n")
            decided, _, assessed = head.partition("/")
            texts = dict(line.split(": ", 1) for line in lines if line.strip())
            yield Case(
                f"{path.name} {number}",
                document_of(texts),
                frozenset(decided.split()),
                frozenset(assessed.split()),
            )


def document_of(texts: dict[str, str]) -> Document:
    sections = [("The Ombudsman’s role and powers", POWERS)]
    sections += [("My assessment", texts["A"])] if "A" in texts else []
    sections += [("Final decision", texts["F"])] if "F" in texts else []
    return Document(
        reference="90 000 001",
        outcome=None if texts.get("O") == "-" else texts.get("O", "Closed after initial enquiries"),
        summary=texts.get("S"),
        sections=tuple(
            Section(heading, 1, (Paragraph(number, text),))
            for number, (heading, text) in enumerate(sections, 1)
        ),
    )
