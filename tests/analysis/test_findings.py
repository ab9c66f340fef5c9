"""Findings survive storage, and their evidence tells where it stands on the page."""

import json
from collections.abc import Iterator

import pytest

from decisions.analysis import Findings, analyse
from decisions.analysis.passages import Evidence
from decisions.documents import Document, Item, Paragraph, Section
from decisions.parsing import parse
from decisions.sample import generate
from tests.analysis import closure_cases, remedy_cases
from tests.analysis.documents import document_of


def full() -> Document:
    """A decision in which every rule family finds something."""
    powers = Paragraph(2, "(Local Government Act 1974, section 24A(6))")
    found = Paragraph(None, "As paragraph 2 says, and our decision 19 004 118.")
    case = Paragraph(4, "In R (M) v Commissioner, [2006] EWHC 2847 (Admin), the court said so.")
    items = (Item("a", "pay Mrs Y £100 a term for two and a half terms for her distress;"),)
    action = Paragraph(5, "Within one month of my decision the Council will:", items)
    return document_of(
        Section("The Ombudsman’s role and powers", 1, (powers,)),
        Section("What I found", 1, (found, case)),
        Section("Agreed action", 1, (action,)),
        summary="We will not investigate this late complaint.",
    )


def documents() -> Iterator[Document]:
    yield full()
    yield from (parse(data, name) for name, data in generate(600, 1))
    for part in ("tune", "held_out"):
        yield from (case.document for case in closure_cases.read_cases(part))
    cases = remedy_cases.read_cases(remedy_cases.CASES.read_text())
    yield from (case.document for case in cases)


@pytest.fixture(scope="module")
def analysed() -> list[tuple[Document, Findings]]:
    return [(document, analyse(document)) for document in documents()]


def evidence_of(findings: Findings) -> Iterator[Evidence]:
    for reason in findings.closure_reasons:
        yield from reason.evidence
    for family in (
        findings.citations,
        findings.remedies,
        findings.cross_references,
        findings.decision_references,
    ):
        yield from (one.evidence for one in family)


def test_every_family_finds_something():
    found = analyse(full()).to_json()
    assert [name for name, family in found.items() if not family] == []
    # A remedy with a part of a period and a deadline, a case with a name.
    (remedy,) = found["remedies"]
    assert (remedy["periods"], remedy["deadline"]["unit"]) == (2.5, "month")
    assert "R (M) v Commissioner" in {one["provision"]["name"] for one in found["citations"]}


@pytest.mark.slow
def test_findings_survive_storage(analysed):
    for _, findings in analysed:
        printed = json.loads(json.dumps(findings.to_json()))
        stored = json.loads(json.dumps(findings.to_row()))
        # Archives of earlier versions hold the printed form.
        assert Findings.from_json(printed, is_closed=findings.is_closed) == findings
        read = Findings.from_json(stored, is_closed=findings.is_closed)
        assert read == findings
        assert read.to_json() == printed
        assert read.reasons == findings.reasons
        assert read.payment == findings.payment
        assert list(read.provisions()) == list(findings.provisions())


def test_whether_it_is_closed_is_told_by_its_reasons(analysed):
    closed = [findings.is_closed for _, findings in analysed]
    assert 300 < sum(closed) < len(closed) - 300
    for _, findings in analysed:
        assert findings.is_closed == bool(findings.reasons)


def test_a_row_that_was_never_analysed_has_no_findings():
    empty = Findings((), (), (), (), (), (), is_closed=False)
    assert Findings.from_json({}, is_closed=False) == empty


def test_nothing_is_stored_that_follows_from_the_rest():
    stored = json.dumps(analyse(full()).to_row())
    for name in ("anchor", "label", "short", "url", "key"):
        assert f'"{name}":' not in stored


def test_evidence_points_into_the_document(analysed):
    anchors = set()
    for document, findings in analysed:
        for evidence in evidence_of(findings):
            if evidence.section is None:
                assert evidence.number is None
            else:
                paragraph = document.sections[evidence.section].paragraphs[evidence.paragraph]
                assert paragraph.number == evidence.number
            anchors.add(evidence.anchor)
    assert {"summary", "section-2", "para-4"} <= anchors
