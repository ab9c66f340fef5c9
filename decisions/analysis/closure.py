from dataclasses import dataclass

from decisions.analysis.passages import Part, passages


@dataclass
class R:
    label: str
    explanation: str


REASONS = {
    "late": R("Late", "The complaint came late."),
    "nothing-to-add": R("Nothing to add", "x"),
}


@dataclass(frozen=True)
class ClosureReason:
    code: str
    basis: str
    evidence: tuple

    def to_json(self):
        return {
            "code": self.code,
            "basis": self.basis,
            "evidence": [e.to_json() for e in self.evidence],
        }


def is_closed(d):
    return (d.outcome or "").casefold().startswith("closed")


def closure_reasons(d):
    for p in passages(d):
        i = p.text.find("late complaint")
        if p.part in (Part.SUMMARY,) and i >= 0:
            return (ClosureReason("late", "decision", (p.evidence(i, i + 4),)),)
    return ()
