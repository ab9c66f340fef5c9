"""How many exports a web worker runs at a time, and how long it waits for a slow reader.

An export holds a thread until its reader has the whole file. Pages need the other threads.
"""

import threading
from collections.abc import Iterator

from django.http import HttpRequest

# Exports that one worker process runs at a time: half of its threads (`runtime/gunicorn.py`).
MAX_RUNNING = 2

# Seconds after which a reader who has not taken the next chunk is cut off. A chunk has up to a
# hundred kilobytes.
MAX_CHUNK_SECONDS = 60

# Seconds after which a reader who found no free place may ask again.
RETRY_AFTER = 30

_places = threading.BoundedSemaphore(MAX_RUNNING)


class Busy(Exception):
    """MAX_RUNNING exports are running in this process."""


class Running:
    """The chunks of an export that has a place; the place is free once it is closed or at its end.

    Raises Busy if there is no place. `close` is what Django calls when the reader has gone.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        if not _places.acquire(blocking=False):
            raise Busy
        self._chunks = chunks
        self._has_place = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Free the place; more than once does no harm."""
        if self._has_place:
            self._has_place = False
            _places.release()


def limit_waiting(request: HttpRequest) -> None:
    """Cut off a reader who does not take a chunk within MAX_CHUNK_SECONDS.

    gunicorn sets the socket back to its own ways before the connection's next request.
    """
    if socket := request.META.get("gunicorn.socket"):
        socket.settimeout(MAX_CHUNK_SECONDS)
