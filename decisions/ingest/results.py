"""The result of each received file, and the report that counts them."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from decisions.documents import Document


class Action(StrEnum):
    """What is done with a received file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What was (or, in a preview, would be) done with one received file."""

    name: str
    action: Action
    reason: str = ""
    document: Document | None = None
    # In a preview of an update: the names of the fields that would change.
    changed: tuple[str, ...] = ()


# How many files that were passed over a report names; a crawl may hold a million pictures.
MAX_NAMED = 100


@dataclass
class Report:
    """Counts each action, keeps the failures, and names what was passed over."""

    counts: Counter[Action] = field(default_factory=Counter)
    failures: list[Result] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)  # the first MAX_NAMED

    def add(self, result: Result) -> None:
        """Count one result."""
        self.counts[result.action] += 1
        if result.action == Action.FAILED:
            self.failures.append(result)
        elif result.action == Action.IGNORED and len(self.passed_over) < MAX_NAMED:
            self.passed_over.append(result.name)

    def __str__(self) -> str:
        return ", ".join(f"{self.counts[action]:,} {action}" for action in Action)

    def to_json(self) -> dict[str, Any]:
        """The counts by action, the failures by name and reason, and what was passed over."""
        counts = {str(action): self.counts[action] for action in Action}
        failures = [{"name": result.name, "reason": result.reason} for result in self.failures]
        return {**counts, "failures": failures, "passed_over": self.passed_over}
