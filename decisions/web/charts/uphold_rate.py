"""What part of the investigated complaints was upheld, and how sure a share of few can be.

Investigated are the decisions "Upheld" and "Not upheld"; what was closed before says nothing about
fault. Intervals are Wilson's for one share and Newcombe's for the difference of two, both of 95 %:
they hold for small numbers, and for shares near none and all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

UPHELD, NOT_UPHELD = "upheld", "not-upheld"

# From so many on a share is compared with others; below, it says next to nothing.
ENOUGH = 10

_Z = 1.959964  # of the normal distribution, 95 % lies within so many standard deviations


@dataclass(frozen=True)
class UpholdRate:
    """How many of the investigated were upheld. All fractions are between 0 and 1."""

    upheld: int
    investigated: int

    @classmethod
    def of(cls, outcomes: Mapping[str, int]) -> "UpholdRate | None":
        """None where nothing was investigated."""
        upheld = outcomes.get(UPHELD, 0)
        investigated = upheld + outcomes.get(NOT_UPHELD, 0)
        return cls(upheld, investigated) if investigated else None

    @property
    def fraction(self) -> float:
        return self.upheld / self.investigated

    @property
    def interval(self) -> tuple[float, float]:
        n, p = self.investigated, self.fraction
        middle = p + _Z**2 / (2 * n)
        spread = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        least, most = ((middle + sign * spread) / (1 + _Z**2 / n) for sign in (-1, 1))
        return max(0.0, least), min(1.0, most)

    def without(self, part: "UpholdRate") -> "UpholdRate | None":
        """All but a part of these; None where nothing is left."""
        rest = UpholdRate(self.upheld - part.upheld, self.investigated - part.investigated)
        return rest if rest.investigated > 0 else None

    def differs_from(self, other: "UpholdRate") -> bool:
        """Whether chance alone would hardly make such a difference."""
        higher, lower = sorted((self, other), key=lambda share: -share.fraction)
        least, most = higher.interval[0], lower.interval[1]
        spread = sqrt((higher.fraction - least) ** 2 + (most - lower.fraction) ** 2)
        return higher.fraction - lower.fraction > spread


def compared(share: UpholdRate, rest: UpholdRate, others: str) -> str:
    """How a share stands to that of the rest, as a sentence; `others` says what the rest is."""
    usual = f"the {percent(rest.fraction)} of {rest.investigated:,} {others}"
    if share.investigated < ENOUGH:
        return f"That is too few to compare with {usual}."
    if not share.differs_from(rest):
        return f"That is not clearly different from {usual}: chance alone could make it so."
    direction = "more" if share.fraction > rest.fraction else "less"
    return f"That is {direction} than {usual}, and chance alone would hardly make it so."


def percent(fraction: float) -> str:
    """`61%`; never none or all where it is not quite that."""
    if 0 < fraction < 0.01:
        return "<1%"
    if 0.99 < fraction < 1:
        return ">99%"
    return f"{fraction:.0%}"
