import re
from dataclasses import dataclass

from decisions.analysis.passages import passages


@dataclass(frozen=True)
class Provision:
    key: str
    label: str
    short: str
    url: str | None
    parent: "Provision|None" = None


@dataclass(frozen=True)
class Citation:
    provision: Provision
    evidence: object

    def to_json(self):
        return {"key": self.provision.key, "evidence": self.evidence.to_json()}


ACT = Provision(
    "lga-1974",
    "Local Government Act 1974",
    "LGA 1974",
    "https://www.legislation.gov.uk/ukpga/1974/7",
)
P = Provision(
    "lga-1974-s-24a-6", "Local Government Act 1974, section 24A(6)", "LGA 1974 s 24A(6)", None, ACT
)


def citations(d):
    return tuple(
        Citation(P, p.evidence(m.start(), m.end()))
        for p in passages(d)
        for m in re.finditer(r"section 24A\(6\)", p.text)
    )
