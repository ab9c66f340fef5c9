"""The uphold rate: the share of investigated complaints that were upheld, with its uncertainty.

The decisions "Upheld" and "Not upheld" were investigated; a complaint closed earlier says nothing
about fault. The intervals have 95 % confidence: Wilson's for one rate, Newcombe's for the
difference of two. Both hold for small numbers and for rates near 0 and 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

UPHELD, NOT_UPHELD = "upheld", "not-upheld"

# Fewest investigated complaints for which the rate is compared with others.
MIN_COMPARED = 10

# Number of standard deviations around the mean that contain 95 % of a normal distribution.
_Z = 1.959964


@dataclass(frozen=True)
class UpholdRate:
    """How many of the investigated complaints were upheld. All fractions are from 0 to 1."""

    upheld: int
    investigated: int

    @classmethod
    def of(cls, outcomes: Mapping[str, int]) -> "UpholdRate | None":
        """The rate for counts by outcome; None where nothing was investigated."""
        upheld = outcomes.get(UPHELD, 0)
        investigated = upheld + outcomes.get(NOT_UPHELD, 0)
        return cls(upheld, investigated) if investigated else None

    @property
    def fraction(self) -> float:
        """Upheld divided by investigated."""
        return self.upheld / self.investigated

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and upper end of Wilson's interval."""
        n, p = self.investigated, self.fraction
        middle = p + _Z**2 / (2 * n)
        spread = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        lower, upper = ((middle + sign * spread) / (1 + _Z**2 / n) for sign in (-1, 1))
        return max(0.0, lower), min(1.0, upper)

    def without(self, part: "UpholdRate") -> "UpholdRate | None":
        """The rate of all the others; None where nothing is left."""
        rest = UpholdRate(self.upheld - part.upheld, self.investigated - part.investigated)
        return rest if rest.investigated > 0 else None

    def differs_from(self, other: "UpholdRate") -> bool:
        """Whether the difference is larger than chance explains, by Newcombe's interval."""
        higher, lower = sorted((self, other), key=lambda rate: -rate.fraction)
        least, most = higher.interval[0], lower.interval[1]
        spread = sqrt((higher.fraction - least) ** 2 + (most - lower.fraction) ** 2)
        return higher.fraction - lower.fraction > spread


def compare_in_words(rate: UpholdRate, rest: UpholdRate, others: str) -> str:
    """How a rate compares with that of the rest, as a sentence; `others` names the rest."""
    usual = f"the {percent(rest.fraction)} of {rest.investigated:,} {others}"
    if rate.investigated < MIN_COMPARED:
        return f"That is too few to compare with {usual}."
    if not rate.differs_from(rest):
        return f"That is not clearly different from {usual}: the difference may be chance."
    direction = "more" if rate.fraction > rest.fraction else "less"
    return f"That is {direction} than {usual}, and chance is unlikely to explain the difference."


def percent(fraction: float) -> str:
    """`61%`; `0%` and `100%` only where that is exact."""
    if 0 < fraction < 0.01:
        return "<1%"
    if 0.99 < fraction < 1:
        return ">99%"
    return f"{fraction:.0%}"
