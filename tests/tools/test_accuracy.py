"""The labels of `make accuracy`, how it counts, and what it prints."""

import json
from collections import Counter
from pathlib import Path

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from tests.texts import decision_text
from tests.tools.accuracy.labels import LABELS, read_labels
from tests.tools.accuracy.measure import Score
from tests.tools.accuracy.report import report


def test_every_label_has_known_codes_and_no_text() -> None:
    labels = list(read_labels())
    assert len({one.reference for one in labels}) == len(labels) == 1003
    halves = {
        "tuned": 233,
        "tuned, round 2": 161,
        "tuned, round 3": 207,
        "tuned, round 4": 159,
        "fresh 5": 243,
    }
    assert Counter(one.half for one in labels) == halves
    for line in LABELS.read_text("utf-8").splitlines():
        stored = json.loads(line)
        assert {*stored["reasons"], *stored["reasons_assessment_only"]} <= set(REASONS)
        assert set(stored["remedies"]) <= set(REMEDIES)
        assert not {"notes", "text", "url"} & set(stored)


def test_a_score_counts_facts_and_repeated_sums() -> None:
    score = Score()
    assert (score.precision, score.recall) == (None, None)
    score.add(Counter({"100": 2, "200": 1}), Counter({"100": 1, "300": 1}))
    assert (score.right, score.missed, score.extra) == (1, 2, 1)
    assert (score.precision, score.recall) == (1 / 2, 1 / 3)


def test_the_report_compares_findings_with_labels(tmp_path: Path) -> None:
    label = {
        "half": "tuned",
        "seen": "whole",
        "outcome": "Upheld",
        "reasons": [],
        "remedies": ["apology", "training"],
        "payments_pence": [],
        "total_pence": None,
        "deadline": None,
        "decision_date": None,
        "reasons_assessment_only": [],
        "skip": [],
    }
    path = tmp_path / "labels.jsonl"
    references = ("90 000 001", "90 000 002", "90 000 003")
    path.write_text("\n".join(json.dumps({"reference": one} | label) for one in references))
    summary = "The Council has agreed to apologise and pay Mr X £100."
    text = decision_text("90 000 001", outcome="Upheld", summary=summary)
    (tmp_path / "90-000-001.txt").write_text(text)
    (tmp_path / "90-000-002.txt").write_text("A recipe for soup.")

    lines: list[str] = []
    report(read_labels(path), tmp_path, listed=True, write=lines.append)
    assert lines[0].startswith("1 decisions, 2 not scored")
    assert any("90 000 002: refused, no decision" in line for line in lines)
    assert any("90 000 003: no text" in line for line in lines)
    assert "remedies 90 000 001 (tuned, whole): -training +payment" in lines
    assert "payments 90 000 001 (tuned, whole): +10000" in lines

    lines.clear()
    report(read_labels(path), tmp_path, listed=False, write=lines.append)
    assert not any("90 000 001" in line for line in lines)
