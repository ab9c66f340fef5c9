"""The result of each received file, and the report that counts them."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from decisions.documents import Document
from decisions.sources import Skipped, Source, Unreadable

Received = Source | Skipped | Unreadable


class Action(StrEnum):
    """The action that the archive takes for a received file.

    A capture that is older than the one shown goes into the decision's history. A file of an erased
    decision is refused, and nothing of it is stored.
    """

    CREATED = "created"
    UPDATED = "updated"
    OLDER = "older"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """What was (or, in a preview, would be) done with one received file."""

    name: str
    action: Action
    reason: str = ""
    document: Document | None = None
    # In a preview of an update: the names of the fields that would change.
    changed: tuple[str, ...] = ()
    # Of a file whose bytes the archive holds: the decision that they belong to.
    reference: str = ""
    # Whether its decision is withdrawn, and stays so.
    withdrawn: bool = False
    file: str = ""  # the name of the file that was named or uploaded, in which it was

    @classmethod
    def of(cls, received: Received, action: Action, reason: str = "", **more: Any) -> "Result":
        """The result of something received; `more` has the other fields."""
        return cls(received.name, action, reason, file=received.file, **more)


# How many files that were skipped a report names; a crawl may hold a million pictures.
MAX_NAMED = 100


@dataclass
class Report:
    """Counts each action, keeps the failures, and names what was skipped."""

    counts: Counter[Action] = field(default_factory=Counter)
    failures: list[Result] = field(default_factory=list)
    skipped_files: list[str] = field(default_factory=list)  # the first MAX_NAMED

    def add(self, result: Result) -> None:
        """Count one result."""
        self.counts[result.action] += 1
        if result.action == Action.FAILED:
            self.failures.append(result)
        elif result.action == Action.SKIPPED and len(self.skipped_files) < MAX_NAMED:
            self.skipped_files.append(result.name)

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {action}" for action, count in self._counts().items())

    def to_json(self) -> dict[str, Any]:
        """The counts by action, the failures by name and reason, and what was skipped."""
        counts = self._counts()
        failures = [{"name": result.name, "reason": result.reason} for result in self.failures]
        return {**counts, "failures": failures, "skipped_files": self.skipped_files}

    def _counts(self) -> dict[str, int]:
        """The counts by action. Rare ones are counted only where there is one."""
        return {
            str(action): self.counts[action]
            for action in Action
            if action not in (Action.OLDER, Action.REFUSED) or self.counts[action]
        }
