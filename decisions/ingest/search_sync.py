"""The search index during an import: it follows closely, and is complete at the end."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from decisions import search

# How many batches may be committed and not yet be found.
MAX_BATCHES_BEHIND = 3

# How long an import waits for a search index that does not follow, in seconds.
MAX_WAIT = 5.0


@contextmanager
def search_follows() -> Iterator[Callable[[], None]]:
    """Has the index follow what the block writes; it is up to date when the block ends.

    Yields a function to call after each batch: it waits where the index is too far behind.
    Where another process already follows the archive, as beside a running site, that one does
    the work.
    """
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
    """Keeps the writer of batches no more than MAX_BATCHES_BEHIND ahead of the index."""

    def __init__(self) -> None:
        self._written: deque[search.State] = deque()
        self._follows = True

    def wait(self) -> None:
        self._written.append(search.database_state())
        if len(self._written) <= MAX_BATCHES_BEHIND:
            return
        awaited = self._written.popleft()
        # Once it did not follow, it is not waited for until it has come near again.
        deadline = time.monotonic() + (MAX_WAIT if self._follows else 0)
        while not (found := search.has_reached(awaited)) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._follows = found


def _follow(finished: threading.Event) -> None:
    """Follow on a database connection of its own, which sees only what is committed."""
    try:
        search.follow(finished, check_first=False)
    finally:
        connection.close()
