"""Remedies: what was recommended or agreed, kept apart from what is merely told."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

from decisions.analysis.passages import Evidence, passages
from decisions.analysis.remedies import REMEDIES, Remedy, remedies
from decisions.documents import Document, Item, Paragraph, Section

SHARED = Path(settings.BASE_DIR).parent / "shared"
CASES = Path(__file__).parent / "remedies" / "cases.txt"
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
    cases: list[Case] = []
    last: list[Paragraph] = []
    number = 0
    for line in text.split("\n# ", 1)[1].join(("# ", "")).splitlines():
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


def told(found: tuple[Remedy, ...]) -> Counter[tuple[str, int | None]]:
    return Counter((remedy.kind, remedy.total_pence) for remedy in found)


def text_at(document: Document, evidence: Evidence) -> str:
    place = (evidence.section, evidence.paragraph, evidence.item)
    for passage in passages(document):
        if (passage.section, passage.paragraph, passage.item) == place:
            return passage.text[evidence.start : evidence.end]
    raise AssertionError(f"no passage at {place}")


def test_labelled_set(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read_cases(CASES.read_text())
    right: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: list[str] = []
    for case in cases:
        found, expected = told(remedies(case.document)), Counter(case.expected)
        for (kind, _), count in (found & expected).items():
            right[kind] += count
        for (kind, _), count in (found - expected).items():
            extra[kind] += count
        for (kind, _), count in (expected - found).items():
            missed[kind] += count
        if found != expected:
            wrong.append(f"{case.name}: extra {found - expected}, missed {expected - found}")
    lines = [f"{'kind':14} {'precision':>9} {'recall':>7} {'count':>6}"]
    for kind in REMEDIES:
        precision = right[kind] / ((right[kind] + extra[kind]) or 1)
        recall = right[kind] / ((right[kind] + missed[kind]) or 1)
        lines.append(f"{kind:14} {precision:9.3f} {recall:7.3f} {right[kind] + missed[kind]:6}")
    precision = right.total() / (right + extra).total()
    recall = right.total() / (right + missed).total()
    lines.append(f"{'all':14} {precision:9.3f} {recall:7.3f} {(right + missed).total():6}")
    with capsys.disabled():
        print(f"\n{len(cases)} cases", *lines, *wrong, sep="\n")
    assert len(cases) >= 60
    assert precision >= 0.97
    assert recall >= 0.92
