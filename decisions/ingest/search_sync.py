"""The search index, kept up to date while files are taken in and when they are."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from decisions import search

# Batches that may be committed and not be found yet: a new decision is found within two seconds.
AHEAD = 3
PATIENCE = 5.0  # seconds; a search that does not follow shall not keep decisions out


@contextmanager
def followed_by_search() -> Iterator[Callable[[], None]]:
    """What the block writes can be searched soon after, and all of it when the block ends.

    Yields what to call after each batch: it waits where the search has fallen behind.
    Where another process follows the archive, as beside a running site, the work is its own.
    """
    finished = threading.Event()
    follower = threading.Thread(target=_follow, args=[finished], name="ingest-index", daemon=True)
    follower.start()
    try:
        yield _Pace().keep
    finally:
        finished.set()
        follower.join()
        search.catch_up()


class _Pace:
    """Keeps who writes batches no further before the search than AHEAD."""

    def __init__(self) -> None:
        self._written: deque[search.State] = deque()
        self._follows = True

    def keep(self) -> None:
        self._written.append(search.database_state())
        if len(self._written) <= AHEAD:
            return
        awaited = self._written.popleft()
        patient_until = time.monotonic() + (PATIENCE if self._follows else 0)
        while not (found := search.has_reached(awaited)) and time.monotonic() < patient_until:
            time.sleep(0.02)
        self._follows = found


def _follow(finished: threading.Event) -> None:
    """On a database connection of its own, which sees what is committed and nothing else."""
    try:
        search.follow(finished, check_first=False)
    finally:
        connection.close()
