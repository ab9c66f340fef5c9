"""A client's socket as a thread that handles its request sees it: the client is never waited for.

The bytes that have arrived are read without waiting, and what the client does not take at once is
kept and sent later by the worker's main loop. A thread waits only when a long body has not arrived
or a long response is not taken. Few threads may wait (`Turns`), so that others always work.
"""

import contextlib
import errno
import select
import socket
import threading
import time
from collections.abc import Iterator

# Most bytes of a response that are kept for a client who does not take them yet.
MAX_UNSENT = 1 << 20

# Seconds that a thread waits for a client: for bytes of a long body, or until the client has taken
# a part of a long response.
CLIENT_SECONDS = 30.0

# Seconds that a thread waits for a place among those that may wait for clients.
PLACE_SECONDS = 1.0

# Bytes that are read from or given to the system at a time.
BLOCK = 1 << 16


class Turns:
    """Lets `working` threads work and `waiting` more threads wait for clients."""

    def __init__(self, working: int, waiting: int) -> None:
        self._working = threading.Semaphore(working)
        self._waiting = threading.Semaphore(waiting)

    @contextlib.contextmanager
    def work(self) -> Iterator[None]:
        """Wait for a turn, and give it back at the end."""
        with self._working:
            yield

    @contextlib.contextmanager
    def wait_for_client(self) -> Iterator[None]:
        """Let another thread work meanwhile. Raises BrokenPipeError if too many wait already."""
        if not self._waiting.acquire(timeout=PLACE_SECONDS):
            raise BrokenPipeError(errno.EPIPE, "too many threads wait for slow clients")
        self._working.release()
        try:
            yield
        finally:
            self._waiting.release()
            self._working.acquire()


class ClientSocket:
    """What gunicorn uses of a socket; `received` and `unsent` are what the main loop keeps for it.

    Only one thread uses it at a time: the main loop, or the one that handles a request.
    """

    def __init__(self, raw: socket.socket, turns: Turns) -> None:
        raw.setblocking(False)
        self.raw = raw
        self.received = bytearray()
        self.unsent = bytearray()
        # Bytes of `received` that belong to the current request; None if its end is not known.
        self.left_of_request: int | None = 0
        self._turns = turns
        self._timeout: float | None = None

    # --- for the main loop

    def receive(self) -> bool:
        """Read what has arrived, up to BLOCK. False at the client's end. Raises OSError."""
        try:
            data = self.raw.recv(BLOCK)
        except BlockingIOError:
            return True
        self.received += data
        return bool(data)

    def flush(self) -> int:
        """Send of `unsent` what the client takes now; returns how many bytes. Raises OSError."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while self.unsent:
                sent = self.raw.send(memoryview(self.unsent)[:BLOCK])
                del self.unsent[:sent]
                count += sent
        return count

    # --- for gunicorn

    def recv(self, size: int) -> bytes:
        """Return up to `size` bytes of the request, waiting only if its end is not known."""
        if self.left_of_request is not None:
            size = min(size, self.left_of_request)
        elif not self.received:
            with contextlib.suppress(BlockingIOError):
                return self.raw.recv(size)
            self._wait(select.POLLIN)
            return self.raw.recv(size)
        data = bytes(memoryview(self.received)[:size])
        del self.received[:size]
        if self.left_of_request is not None:
            self.left_of_request -= len(data)
        return data

    def sendall(self, data: bytes) -> None:
        """Send the bytes, or keep them; waits only while MAX_UNSENT are kept."""
        self.unsent += data
        self.flush()
        end = time.monotonic() + self._seconds()
        while len(self.unsent) > MAX_UNSENT:
            self._wait(select.POLLOUT, end - time.monotonic())
            self.flush()

    def send(self, data: bytes) -> int:
        """Send or keep all the bytes."""
        self.sendall(data)
        return len(data)

    def _wait(self, event: int, seconds: float | None = None) -> None:
        """Wait until the client is ready. Raises BrokenPipeError if it is not in time."""
        poll = select.poll()
        poll.register(self.raw, event)
        with self._turns.wait_for_client():
            seconds = self._seconds() if seconds is None else max(seconds, 0)
            if not poll.poll(seconds * 1000):
                raise BrokenPipeError(errno.EPIPE, "the client is too slow")

    def _seconds(self) -> float:
        return CLIENT_SECONDS if self._timeout is None else self._timeout

    def settimeout(self, seconds: float | None) -> None:
        """Set how long a thread waits for the client; None is CLIENT_SECONDS."""
        self._timeout = seconds

    def gettimeout(self) -> float | None:
        """Return how long a thread waits for the client, as it was set."""
        return self._timeout

    def setblocking(self, flag: bool) -> None:
        """Set the waiting time back: the system's socket never blocks."""
        self._timeout = None

    def fileno(self) -> int:
        """Return the descriptor, for the poller."""
        return self.raw.fileno()

    def shutdown(self, how: int) -> None:
        """End one direction."""
        self.raw.shutdown(how)

    def close(self) -> None:
        """Close the socket."""
        self.raw.close()
