"""What exports leave to pages: threads, processor time, and no wait for slow readers.

An export holds a thread until its reader has almost the whole file; while it waits for the reader,
another thread works (`ombudsman/runtime/client_socket.py`). Its worker runs Python on one core at
a time: an export rests after each chunk, so that all exports together take half of that core.
"""

import threading
import time
from collections.abc import Iterator

from django.http import HttpRequest

# Exports that one worker process runs at a time: half of its threads (`runtime/gunicorn.py`).
MAX_RUNNING = 2

# Seconds after which a reader who has not taken the next chunk is cut off. A chunk has up to a
# hundred kilobytes.
MAX_CHUNK_SECONDS = 60

# Seconds after which a reader who found no free place may ask again.
RETRY_AFTER = 30

_running = 0
_lock = threading.Lock()


class Busy(Exception):
    """MAX_RUNNING exports are running in this process."""


class Running:
    """The chunks of an export that has a place; the place is free once it is closed or at its end.

    Raises Busy if there is no place. `close` is what Django calls when the reader has gone.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        global _running
        with _lock:
            if _running >= MAX_RUNNING:
                raise Busy
            _running += 1
        self._chunks = chunks
        self._has_place = True
        self._worked: float | None = None  # this thread's processor time after the last rest

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self._rest()
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Free the place; more than once does no harm."""
        global _running
        with _lock:
            _running -= self._has_place
            self._has_place = False

    def _rest(self) -> None:
        """Sleep for as long as the last chunk was worked on, and longer beside other exports."""
        now = time.thread_time()
        if self._worked is not None:
            time.sleep((now - self._worked) * (2 * _running - 1))
        self._worked = now


def limit_waiting(request: HttpRequest) -> None:
    """Cut off a reader who does not take a chunk within MAX_CHUNK_SECONDS.

    gunicorn sets the socket back to its own ways before the connection's next request.
    """
    if socket := request.META.get("gunicorn.socket"):
        socket.settimeout(MAX_CHUNK_SECONDS)
