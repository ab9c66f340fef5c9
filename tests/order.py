"""The order of the tests: each worker of a run begins with tests that take long.

pytest-xdist gives each worker one piece of the list, and a worker that has finished takes tests
from the end of another's piece. What stands there must be short, or the run ends with one worker
waiting for the other.
"""

import math
from typing import TypeVar

import pytest

# Marks of tests that take long, the longest first: some that start a site take half a minute each.
LONG = ("processes", "browser", "slow")

T = TypeVar("T")


def longest_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in pieces of the sizes that the workers get, each with its share of long tests."""
    marked = {mark: [item for item in items if _mark(item) == mark] for mark in (*LONG, "")}
    return pieces([item for mark in LONG for item in marked[mark]], marked[""], workers)


def pieces(long: list[T], short: list[T], workers: int) -> list[T]:
    """Both lists in one, which is cut into as many pieces: long ones begin each piece."""
    ordered: list[T] = []
    for left in range(workers, 0, -1):
        size = (len(long) + len(short)) // left
        share = min(size, math.ceil(len(long) / left))
        ordered += long[:share] + short[: size - share]
        long, short = long[share:], short[size - share :]
    return ordered


def _mark(item: pytest.Item) -> str:
    return next((mark for mark in LONG if item.get_closest_marker(mark)), "")
