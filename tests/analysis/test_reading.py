"""Whole invented statements in `reading/`, each with the findings at stake as a person reads them.

An expectation names only these: the codes with basis "decision" and those that no basis may give;
kinds, sums and deadline of remedies; number and count of items of each paragraph; how many cases
are cited, and words that labels of citations contain.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from decisions.analysis import Findings, analyse
from decisions.analysis.provisions import ProvisionKind
from decisions.documents import Document
from decisions.parsing import parse

READING = Path(__file__).parent / "reading"
FILES = sorted(READING.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_statement(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text())
    document = parse(path.read_bytes(), path.name)
    found = analyse(document)
    assert expected
    for subject, fields in expected.items():
        CHECKS[subject](document, found, fields)


def check_reasons(_: Document, found: Findings, expected: dict[str, Any]) -> None:
    decided = {reason.code for reason in found.closure_reasons if reason.basis == "decision"}
    assert decided == set(expected["decision"])
    absent = set(expected.get("absent_from_any_basis", ()))
    assert absent.isdisjoint(reason.code for reason in found.closure_reasons)


def check_remedies(_: Document, found: Findings, expected: dict[str, Any]) -> None:
    assert sorted({remedy.kind for remedy in found.remedies}) == expected["kinds"]
    sums = [remedy.total_pence for remedy in found.remedies if remedy.kind == "payment"]
    assert [pence for pence in sums if pence is not None] == expected["payments_pence"]
    if "total_pence" in expected:
        assert found.payment == expected["total_pence"]
    if "deadline_months" in expected:
        deadlines = [remedy.deadline for remedy in found.remedies if remedy.deadline]
        assert {(one.count, one.unit) for one in deadlines} == {
            (expected["deadline_months"], "month")
        }


def check_paragraphs(document: Document, _: Findings, expected: list[dict[str, Any]]) -> None:
    assert expected == [
        {"number": paragraph.number, "items": len(paragraph.items)}
        for section in document.sections
        for paragraph in section.paragraphs
    ]


def check_citations(_: Document, found: Findings, expected: dict[str, Any]) -> None:
    provisions = [citation.provision for citation in found.citations]
    if "cases" in expected:
        cases = {one.key for one in provisions if one.kind is ProvisionKind.CASE}
        assert len(cases) == expected["cases"]
    for words in expected.get("labels_containing", ()):
        assert any(words in one.label for one in provisions)


CHECKS: dict[str, Callable[[Document, Findings, Any], None]] = {
    "closure_reasons": check_reasons,
    "remedies": check_remedies,
    "paragraphs": check_paragraphs,
    "citations": check_citations,
}
