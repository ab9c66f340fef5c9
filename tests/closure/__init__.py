"""The labelled set of closure reasons: invented decisions with the reasons a person reads.

    == late / better-placed-body      main reason first; after the slash those of the assessment
    O: Upheld                         the outcome, where it is not "Closed after initial enquiries"
    S: …                              summary; A: an assessment paragraph; F: final decision

`tune` is the part the rules were shaped on, `held_out` the part they were not. Both were
written before the first rule. Every decision also gets a powers section that lists all tests.
"""

from dataclasses import dataclass
from pathlib import Path

from decisions.documents import Document, Item, Paragraph, Section

HERE = Path(__file__).parent
CLOSED = "Closed after initial enquiries"
POWERS = (
    (
        "We look for fault and the injustice it caused. We do not start or continue with an "
        "investigation where we decide:",
        "there is not enough evidence of fault to justify it, or",
        "any injustice is not significant enough, or",
        "we could not add to a previous investigation by the organisation, or",
        "it would not lead to a different outcome, or",
        "there is another body better placed to consider the complaint.",
    ),
    ("We cannot investigate late complaints unless we decide there are good reasons.",),
    (
        "We cannot investigate where someone has gone to court, or could appeal to a tribunal and "
        "it is reasonable to expect them to.",
    ),
    ("We cannot investigate what happened in court, in schools, or in matters of personnel.",),
    ("We cannot investigate a council as social landlord, or a parish council, or a contract.",),
    ("We are satisfied with what a council has already done to remedy matters in some cases.",),
)


@dataclass(frozen=True)
class Labelled:
    """One invented decision; `expected` holds (code, basis), the main reason first."""

    name: str
    document: Document
    expected: tuple[tuple[str, str], ...]


def read(part: str) -> list[Labelled]:
    """The labelled decisions of `tune` or `held_out`, in the order of their files."""
    return [
        _labelled(f"{path.stem}-{number}", block)
        for path in sorted((HERE / part).glob("*.txt"))
        for number, block in enumerate(_blocks(path), 1)
    ]


def _blocks(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return ("\n" + text).split("\n==")[1:]


def _labelled(name: str, block: str) -> Labelled:
    first, *lines = block.strip("\n").split("\n")
    decision, _, assessment = first.partition("/")
    expected = [(code, "decision") for code in decision.split()]
    expected += [(code, "assessment") for code in assessment.split()]
    texts: dict[str, list[str]] = {"O": [], "S": [], "A": [], "F": []}
    for line in lines:
        if line.strip():
            key, _, text = line.partition(":")
            texts[key].append(text.strip())
    outcome = (texts["O"][0] or None) if texts["O"] else CLOSED
    return Labelled(name, _document(outcome, texts), tuple(expected))


def _document(outcome: str | None, texts: dict[str, list[str]]) -> Document:
    powers = tuple(
        Paragraph(number, text, tuple(Item(None, item) for item in items))
        for number, (text, *items) in enumerate(POWERS, 1)
    )
    after = len(powers) + 1
    return Document(
        reference="90 000 001",
        outcome=outcome,
        summary=texts["S"][0],
        sections=(
            Section("The Ombudsman’s role and powers", 1, powers),
            Section("My assessment", 1, _paragraphs(texts["A"], after)),
            Section("Final decision", 1, _paragraphs(texts["F"], after + len(texts["A"]))),
        ),
    )


def _paragraphs(texts: list[str], first: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(number, text) for number, text in enumerate(texts, first))
