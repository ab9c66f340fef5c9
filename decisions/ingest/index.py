"""The search index, kept up to date while files are taken in and when they are."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from decisions import search


@contextmanager
def followed_by_search() -> Iterator[None]:
    """What the block writes can be searched soon after, and all of it when the block ends.

    Where another process follows the archive, as beside a running site, the work is its own.
    """
    finished = threading.Event()
    follower = threading.Thread(target=_follow, args=[finished], name="ingest-index", daemon=True)
    follower.start()
    try:
        yield
    finally:
        finished.set()
        follower.join()
        search.catch_up()


def _follow(finished: threading.Event) -> None:
    """On a database connection of its own, which sees what is committed and nothing else."""
    try:
        search.follow(finished, check_first=False)
    finally:
        connection.close()
