"""The Remedy type: one thing that is to be done to put things right."""

from dataclasses import dataclass
from typing import Any

from decisions.analysis.deadlines import Deadline
from decisions.analysis.passages import Evidence


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to be done. `kind` is a key of `remedies.REMEDIES`.

    For a payment, in pence: `amount_pence` is paid to each recipient, once or every `per`
    ("month", "week", "term" …); None if the decision gives no certain sum ("up to £500", "refund
    the fees"). `periods` is how often `per` recurs. `total_pence` is the sum of all that is paid,
    None if unknown. `recipient` is as written. `purpose` joins labels of `payments.PURPOSES` with
    commas.
    """

    kind: str
    evidence: Evidence
    amount_pence: int | None = None
    per: str | None = None
    periods: int | float | None = None
    total_pence: int | None = None
    recipient: str | None = None
    purpose: str | None = None
    deadline: Deadline | None = None

    def to_json(self) -> dict[str, Any]:
        """The remedy as JSON types."""
        return {
            "kind": self.kind,
            "amount_pence": self.amount_pence,
            "per": self.per,
            "periods": self.periods,
            "total_pence": self.total_pence,
            "recipient": self.recipient,
            "purpose": self.purpose,
            "deadline": self.deadline.to_json() if self.deadline else None,
            "evidence": self.evidence.to_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Remedy":
        """The inverse of `to_json`."""
        deadline = stored["deadline"]
        return cls(
            kind=stored["kind"],
            evidence=Evidence.from_json(stored["evidence"]),
            amount_pence=stored["amount_pence"],
            per=stored["per"],
            periods=stored["periods"],
            total_pence=stored["total_pence"],
            recipient=stored["recipient"],
            purpose=stored["purpose"],
            deadline=None if deadline is None else Deadline.from_json(deadline),
        )
