"""Counts what was found, missed and found in excess."""

from collections import Counter
from dataclasses import dataclass


@dataclass(slots=True)
class Score:
    """Counts of facts: `right` in both label and findings, `missed` and `extra` in one alone."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, expected: Counter[str], found: Counter[str]) -> None:
        """Count one decision."""
        self.right += (expected & found).total()
        self.missed += (expected - found).total()
        self.extra += (found - expected).total()

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None if nothing was found."""
        found = self.right + self.extra
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what is to be found that was found; None if there is nothing to find."""
        expected = self.right + self.missed
        return self.right / expected if expected else None
