"""The labels, and what analysis finds in a text in the same form."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.analysis import Findings
from decisions.documents import NOT_STATED, Document

LABELS = Path(__file__).with_name("labels.jsonl")

# The fields that are scored. Each is a multiset of facts; only payments can hold one twice.
FIELDS = ("reasons", "remedies", "payments", "total", "deadline")
# The kinds of remedy that the labels call by one name.
_ONE_KIND = {"reminder": "training"}


@dataclass(frozen=True, slots=True)
class Label:
    """What a person found in one decision. `facts` has a multiset for each scored field."""

    reference: str
    half: str
    seen: str
    outcome: str | None
    facts: dict[str, Counter[str]]


def read_labels(path: Path = LABELS) -> Iterator[Label]:
    """Every label of a JSON Lines file, in order."""
    for line in path.read_text("utf-8").splitlines():
        stored = json.loads(line)
        facts = {
            "reasons": Counter(stored["reasons"]),
            "remedies": Counter(stored["remedies"]),
            "payments": Counter(map(str, stored["payments_pence"])),
            "total": _one(stored["total_pence"]),
            "deadline": _one(stored["deadline"]),
        }
        skipped = set(stored["skip"])
        if "payments" in skipped or "remedies" in skipped:
            skipped.add("total")
        yield Label(
            stored["reference"],
            stored["half"],
            stored["seen"],
            stored["outcome"],
            {field: found for field, found in facts.items() if field not in skipped},
        )


def found_facts(document: Document, findings: Findings) -> dict[str, Counter[str]]:
    """What analysis finds, in the form of `Label.facts`."""
    reasons = [one.code for one in findings.closure_reasons if one.basis == "decision"]
    dates = [
        remedy.deadline.due_on(document.decided_on)
        for remedy in findings.remedies
        if remedy.deadline
    ]
    return {
        "reasons": Counter(code for code in reasons if code != NOT_STATED),
        "remedies": Counter({_ONE_KIND.get(one.kind, one.kind) for one in findings.remedies}),
        "payments": Counter(
            str(one.amount_pence)
            for one in findings.remedies
            if one.kind == "payment" and one.amount_pence is not None
        ),
        "total": _one(findings.payment),
        "deadline": _one(max((date for date in dates if date), default=None)),
    }


def _one(fact: Any) -> Counter[str]:
    return Counter() if fact is None else Counter([str(fact)])
