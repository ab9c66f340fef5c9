"""Invented decisions whose remedies were read by a person: see `remedies/cases.txt`."""

from dataclasses import dataclass, field
from pathlib import Path

from decisions.analysis.passages import Evidence, split
from decisions.documents import Document, Item, Paragraph, Section

CASES = Path(__file__).parent / "remedies" / "cases.txt"
WORDINGS = CASES.with_name("wordings.txt")
HEADINGS = {"found": "What I found", "action": "Agreed action", "decision": "Final decision"}


@dataclass
class Case:
    name: str
    outcome: str | None = "Upheld"
    summary: str | None = None
    paragraphs: dict[str, list[Paragraph]] = field(default_factory=dict)
    expected: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def document(self) -> Document:
        sections = tuple(
            Section(HEADINGS[name], 1, tuple(self.paragraphs[name]))
            for name in HEADINGS
            if name in self.paragraphs
        )
        return Document("90 000 001", outcome=self.outcome, summary=self.summary, sections=sections)


def read_cases(text: str) -> list[Case]:
    """The cases of the file; what stands before the first is its introduction."""
    cases: list[Case] = []
    last: list[Paragraph] = []
    number = 0
    for line in text[text.index("\n# ") + 1 :].splitlines():
        if line.startswith("# "):
            cases.append(Case(line[2:]))
            number = 0
            continue
        if not line:
            continue
        sign, _, rest = line.partition(" ")
        if sign == "=>":
            cases[-1].expected = [
                read_expected(part) for part in rest.split("; ") if part != "none"
            ]
        elif sign == "-":
            above = last[-1]
            last[-1] = Paragraph(above.number, above.text, (*above.items, Item(None, rest)))
        elif sign == "--":
            above = last[-1]
            *before, item = above.items
            item = Item(None, item.text, (*item.items, Item(None, rest)))
            last[-1] = Paragraph(above.number, above.text, (*before, item))
        elif sign == "outcome:":
            cases[-1].outcome = None if rest == "-" else rest
        elif sign == "summary:":
            cases[-1].summary = rest
        else:
            number += 1
            last = cases[-1].paragraphs.setdefault(sign.rstrip(":"), [])
            last.append(Paragraph(number, rest))
    return cases


def read_expected(text: str) -> tuple[str, int | None]:
    kind, _, pounds = text.partition(" ")
    return kind, None if pounds in ("", "?") else round(float(pounds) * 100)


def text_at(document: Document, evidence: Evidence) -> str:
    place = (evidence.section, evidence.paragraph, evidence.item)
    for passage in split(document).passages:
        if (passage.section, passage.paragraph, passage.item) == place:
            return passage.text[evidence.start : evidence.end]
    raise AssertionError(f"no passage at {place}")


def decide(*paragraphs: Paragraph | str, **fields: str | None) -> Document:
    numbered = tuple(
        Paragraph(number, one) if isinstance(one, str) else one
        for number, one in enumerate(paragraphs, 1)
    )
    sections = (Section("Agreed action", 1, numbered),) if numbered else ()
    return Document("90 000 001", sections=sections, **{"outcome": "Upheld", **fields})
