"""Caches ids of results in windows of SIZE, for readers who turn the pages of a list."""

import threading
from array import array
from collections.abc import Callable, Hashable

from cachetools import LRUCache

SIZE = 1_000  # ids in a window

# Most windows that are cached; each takes 8 KB.
MAX_CACHED = 2_000

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

    `read` gives up to so many ids, its second argument, from a rank on. `key` is the same for the
    same results in the same order at the same commit.
    """
    ids: list[int] = []
    while len(ids) < size:
        number, start = divmod(rank + len(ids), SIZE)
        window = _window(key, number, read)
        ids += window[start : start + size - len(ids)]
        if len(window) < SIZE:
            break
    return ids


def _window(key: Hashable, number: int, read: Callable[[int, int], list[int]]) -> "array[int]":
    with _cache_lock:
        window = _cache.get((key, number))
    if window is None:
        window = array("Q", read(number * SIZE, SIZE))
        with _cache_lock:
            _cache[key, number] = window
    return window
