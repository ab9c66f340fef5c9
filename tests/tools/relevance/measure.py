"""Normalised discounted cumulative gain of a ranked list, with graded relevance."""

from collections.abc import Iterable, Sequence
from math import log2

DEPTH = 10  # what a reader looks at before asking anew


def ndcg(ranked: Sequence[int], judged: Iterable[int], depth: int = DEPTH) -> float:
    """How near the best possible order a list comes, from 0 to 1.

    `ranked` are the grades of the results in their order, `judged` those of all decisions there
    are. A grade g gains 2^g - 1, divided by log2(rank + 1). Raises ValueError when nothing is
    relevant: then no order is better than another.
    """
    best = _gain(sorted(judged, reverse=True)[:depth])
    if not best:
        raise ValueError("nothing is judged relevant")
    return _gain(ranked[:depth]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))
