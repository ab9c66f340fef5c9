"""The search index, kept up to date while files are taken in and when they are."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from decisions import search

log = logging.getLogger(__name__)

# Seconds between two looks at what was written; a run shorter than that is indexed at its end.
PAUSE = 1.0


@contextmanager
def followed_by_search() -> Iterator[None]:
    """What the block writes can be searched soon after, and all of it when the block ends."""
    finished = threading.Event()
    follower = threading.Thread(target=_follow, args=[finished], name="ingest-index", daemon=True)
    follower.start()
    try:
        yield
    finally:
        finished.set()
        follower.join()
        update_search()


def update_search() -> None:
    """Rows are safe whatever happens to the index, which catches up on the next occasion."""
    try:
        search.catch_up()
    except (OSError, ValueError):
        log.exception("The search index could not be brought up to date")


def _follow(finished: threading.Event) -> None:
    """On a database connection of its own, which sees what is committed and nothing else."""
    try:
        while not finished.wait(PAUSE):
            update_search()
    finally:
        connection.close()
