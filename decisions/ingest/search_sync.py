"""Keeps the search index close behind an import, and up to date at its end."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from decisions import search

# Most batches that may be committed but not yet searchable.
MAX_BATCHES_BEHIND = 3

# Longest time that an import waits for a search index that is too far behind, in seconds.
MAX_WAIT = 5.0


@contextmanager
def search_follows(keep_index: bool = True) -> Iterator[Callable[[], None]]:
    """Index what the block writes; the index is up to date when the block ends.

    Without `keep_index`, this does nothing.

    Yields a function to call after each batch, which waits while the index is too far behind. If
    another process already follows the archive, as beside a running site, that process does the
    work.
    """
    if not keep_index:
        yield lambda: None
        return
    finished = threading.Event()
    follower = threading.Thread(target=_follow, args=[finished], name="ingest-index", daemon=True)
    follower.start()
    try:
        yield _Throttle().wait
    finally:
        finished.set()
        follower.join()
        search.catch_up()


class _Throttle:
    """Keeps the import no more than MAX_BATCHES_BEHIND batches ahead of the index."""

    def __init__(self) -> None:
        self._written: deque[search.State] = deque()
        self._is_following = True

    def wait(self) -> None:
        self._written.append(search.database_state())
        if len(self._written) <= MAX_BATCHES_BEHIND:
            return
        awaited = self._written.popleft()
        # After a wait that was too short, there is no other wait until the index has caught up.
        deadline = time.monotonic() + (MAX_WAIT if self._is_following else 0)
        while not (is_reached := search.has_reached(awaited)) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._is_following = is_reached


def _follow(finished: threading.Event) -> None:
    """Follow with a database connection of its own, which sees only committed rows."""
    try:
        search.follow(finished, check_first=False)
    finally:
        connection.close()
