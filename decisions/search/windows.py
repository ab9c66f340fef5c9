"""Caches ids of results in windows of SIZE, for readers who turn the pages of a list."""

import threading
from array import array
from collections.abc import Callable, Hashable

from cachetools import LRUCache

SIZE = 1_000  # ids in a window

# Most windows that are cached; each takes 9 KB.
MAX_CACHED = 1_800

_cache: LRUCache[Hashable, "array[int]"] = LRUCache(MAX_CACHED)
_cache_lock = threading.Lock()


def clear_cache() -> None:
    """Empty the cache, so that a measurement reads afresh."""
    with _cache_lock:
        _cache.clear()


def ids_from(
    key: Hashable, rank: int, size: int, read: Callable[[int, int], list[int]]
) -> list[int]:
    """Up to `size` ids from `rank` on; fewer at the end of the results.

    `read(rank, size)` gives up to `size` ids from `rank` on. `key` is the same for the same results
    in the same order at the same commit.
    """
    numbers = range(rank // SIZE, (rank + size - 1) // SIZE + 1)
    with _cache_lock:
        cached = {number: _cache.get((key, number)) for number in numbers}
    found = {number: window for number, window in cached.items() if window is not None}
    missing = [number for number in numbers if number not in found]
    if missing:
        found |= _windows(range(missing[0], missing[-1] + 1), read)
        with _cache_lock:
            _cache.update({(key, number): window for number, window in found.items()})
    ids = [pk for number in numbers for pk in found[number]]
    start = rank - numbers[0] * SIZE
    return ids[start : start + size]


def _windows(numbers: range, read: Callable[[int, int], list[int]]) -> dict[int, "array[int]"]:
    """These windows, read at once: the engine needs as long for two as for the second alone."""
    ids = read(numbers[0] * SIZE, len(numbers) * SIZE)
    parts = {number: (number - numbers[0]) * SIZE for number in numbers}
    return {number: array("Q", ids[start : start + SIZE]) for number, start in parts.items()}
