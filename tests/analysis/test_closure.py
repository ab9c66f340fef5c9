"""Closure reasons: every rule by its example, the labelled decisions, the real statements."""

from collections import Counter
from dataclasses import replace

import pytest

from decisions.analysis import analyse
from decisions.analysis.closure import closure_reasons
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.passages import split
from decisions.documents import NOT_STATED, Document
from decisions.parsing import parse
from decisions.sample import generate
from tests.analysis.closure_cases import document_of, read_cases
from tests.real_files import DECISIONS


def measure(part: str) -> tuple[float, float, str]:
    """Precision, recall and a table of a labelled part; a reason counts with its basis."""
    right, wrong, missed = Counter(), Counter(), Counter()
    lines = []
    for case in read_cases(part):
        wanted = {(code, "decision") for code in case.decided}
        wanted |= {(code, "assessment") for code in case.assessed}
        found = {
            (reason.code, reason.basis) for reason in closure_reasons(split(case.document)) or ()
        }
        right.update(code for code, _ in wanted & found)
        wrong.update(code for code, _ in found - wanted)
        missed.update(code for code, _ in wanted - found)
        if found != wanted:
            lines.append(
                f"{case.place}: not {sorted(found - wanted)}, but {sorted(wanted - found)}"
            )
    table = [f"{'code':32} right wrong missed precision recall"]
    for code in REASONS:
        tp, fp, fn = right[code], wrong[code], missed[code]
        precision = f"{tp / (tp + fp):9.2f}" if tp + fp else "        –"
        recall = f"{tp / (tp + fn):6.2f}" if tp + fn else "     –"
        table.append(f"{code:32} {tp:5} {fp:5} {fn:6} {precision} {recall}")
    tp, fp, fn = right.total(), wrong.total(), missed.total()
    table.append(f"{'all':32} {tp:5} {fp:5} {fn:6} {tp / (tp + fp):9.3f} {tp / (tp + fn):6.3f}")
    if part == "tune":
        table += lines
    return tp / (tp + fp), tp / (tp + fn), "\n".join(table)


def test_the_labelled_set_is_large_and_covers_every_code():
    cases = [case for part in ("tune", "held_out") for case in read_cases(part)]
    assert len(cases) >= 200
    for part in ("tune", "held_out"):
        covered = {code for case in read_cases(part) for code in case.decided | case.assessed}
        assert covered == set(REASONS)
    assert any(not case.decided | case.assessed for case in cases)


@pytest.mark.parametrize("part", ["tune", "held_out"])
def test_precision_and_recall(part, capsys):
    precision, recall, table = measure(part)
    with capsys.disabled():
        print(f"\nClosure reasons, {part}\n{table}")
    assert precision >= 0.97
    assert recall >= 0.92


def test_each_kind_of_wording():
    wrong = {}
    for case in read_cases("kinds"):
        found = closure_reasons(split(case.document)) or ()
        decided = {one.code for one in found if one.basis == "decision"}
        assessed = {one.code for one in found if one.basis == "assessment"}
        if (decided, assessed) != (case.decided, case.assessed):
            wrong[case.place] = (decided, assessed)
    assert wrong == {}


RULES = [(reason, rule) for reason in REASONS.values() for rule in reason.rules]


def test_every_rule_reads_its_example():
    unread = [
        (reason.code, rule.example)
        for reason, rule in RULES
        if reason.code not in codes_of(document_of({"S": rule.example}))
    ]
    assert unread == []


def codes_of(document: Document) -> set[str]:
    return {one.code for one in closure_reasons(split(document)) or ()}


@pytest.mark.slow
def test_every_match_has_a_substring_that_its_rule_contains():
    passages = {
        passage.text.lower().replace("’", "'")
        for part in ("tune", "held_out", "kinds")
        for case in read_cases(part)
        for passage in split(case.document).passages
    }
    passages |= {line.lower() for reason in REASONS.values() for line in reason.misses}
    matches = 0
    for reason, rule in RULES:
        for text in passages | {rule.example.lower()}:
            if rule.pattern.search(text) and (not rule.needs or rule.needs.search(text)):
                matches += 1
                assert any(part in text for part in rule.contains), (reason.code, rule.example)
    assert matches > 1000


def test_near_misses_do_not_count():
    counted = [
        (reason.code, line)
        for reason in REASONS.values()
        for line in reason.misses
        if reason.code in codes_of(document_of({"S": line, "A": line, "F": line}))
    ]
    assert counted == []


def read_real(name: str) -> Document:
    path = DECISIONS / f"{name}.txt"
    return parse(path.read_bytes(), path.name)


@pytest.mark.real_files
def test_the_real_statements_as_a_person_reads_them():
    late = closure_reasons(split(read_real("20-009-466")))
    assert [(reason.code, reason.basis) for reason in late] == [
        ("late", "decision"),
        ("no-worthwhile-outcome", "assessment"),
        ("better-placed-body", "assessment"),
    ]
    other = closure_reasons(split(read_real("21-019-030")))
    assert [(reason.code, reason.basis) for reason in other] == [
        ("nothing-to-add", "decision"),
        ("insufficient-evidence-of-fault", "decision"),
        ("better-placed-body", "decision"),
        ("court-proceedings", "assessment"),
    ]


@pytest.mark.real_files
def test_evidence_is_words_of_the_decision_and_never_of_the_powers():
    document = read_real("21-019-030")
    texts = {
        (passage.section, passage.paragraph, passage.item): passage
        for passage in split(document).passages
    }
    for reason in closure_reasons(split(document)):
        assert reason.evidence
        for evidence in reason.evidence:
            passage = texts[evidence.section, evidence.paragraph, evidence.item]
            assert passage.text[evidence.start : evidence.end].strip()
            assert passage.part not in ("powers", "method", "complaint")
    first = closure_reasons(split(document))[0].evidence[0]
    assert "add" in (document.summary or "")[first.start : first.end]


def test_an_investigated_decision_has_no_reason():
    texts = {"S": "The complaint was late.", "F": "I uphold it."}
    assert closure_reasons(split(document_of({**texts, "O": "Upheld"}))) is None
    assert (
        closure_reasons(split(document_of({"S": "There was no fault.", "O": "Not upheld"}))) is None
    )


@pytest.mark.parametrize(
    ("outcome", "decision", "codes"),
    [
        ("Closed after initial enquiries", "We closed the case.", [NOT_STATED]),
        # Closed whatever the outcome says: the words decide, for reasons and "not stated" alike.
        ("Upheld", "We will not investigate this complaint.", [NOT_STATED]),
        (None, "We will not investigate this complaint.", [NOT_STATED]),
        (None, "We will not investigate this late complaint.", ["late"]),
        ("Upheld", "We found fault. We will not investigate the late complaint.", []),
    ],
)
def test_a_closed_decision_without_a_reason_is_not_stated(outcome, decision, codes):
    document = replace(document_of({"F": decision}), outcome=outcome)
    assert analyse(document).reasons == codes
    assert analyse(document).is_closed == bool(codes)


@pytest.mark.slow
def test_every_closed_sample_has_a_reason():
    closed = [
        document
        for document in (parse(data, name) for name, data in generate(600, 1))
        if (document.outcome or "").startswith("Closed")
    ]
    assert len(closed) > 200
    assert all(closure_reasons(split(document)) for document in closed)


def evidence_in(summary: str) -> str:
    """The words of the only evidence in a summary."""
    (reason,) = closure_reasons(split(document_of({"S": summary}))) or ()
    (evidence,) = reason.evidence
    return summary[evidence.start : evidence.end]


def test_evidence_keeps_its_place_where_lower_case_is_longer():
    text = "nci wrote. We will not investigate this late complaint."
    assert "late complaint" in evidence_in(f"I{text}")
    assert evidence_in(f"İ{text}") == evidence_in(f"I{text}")


def test_discretion_undoes_only_that_it_is_late():
    text = (
        "The complaint is late. I have exercised my discretion to look at it. But the Information "
        "Commissioner is better placed to consider it."
    )
    reasons = closure_reasons(split(document_of({"S": text}))) or ()
    assert [reason.code for reason in reasons] == ["better-placed-body"]


@pytest.mark.parametrize(("before", "codes"), [(49, ["late"]), (50, [])])
def test_fifty_matches_of_a_rule_are_tried_in_a_passage(before, codes):
    text = "We will not investigate this late complaint. "
    passage = {"S": "Mr P said we will not investigate this late complaint. " * before + text}
    assert [one.code for one in closure_reasons(split(document_of(passage))) or ()] == codes


def test_a_person_withdraws_by_saying_so():
    said = {"S": "Mr P said he has withdrawn his complaint."}
    assert [one.code for one in closure_reasons(split(document_of(said))) or ()] == ["withdrawn"]
    said = {"S": "Mr P said there is little we could add."}
    assert closure_reasons(split(document_of(said))) == ()
