"""Tells a proxy the archive's version, for each request that it gets.

The proxy keeps pages by the version, and asks here before it uses one (deploy/nginx-cache.conf).
An answer is read from PostgreSQL after its question arrived, so that a page of before a withdrawal
or correction is not used once that is committed, whoever committed it. Questions that arrive while
one is being read share the next one: a crowd costs no more queries than they take time.
"""

import asyncio
import logging
import threading

from django.db import DatabaseError, connection

from decisions.web.archive_version import current_version
from decisions.web.revalidation import VERSION_HEADER

log = logging.getLogger(__name__)

# Most bytes of one question's head; longer ones end the connection.
_MAX_HEAD = 64 * 1024

_END = b"\r\n\r\n"
_UNKNOWN = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"


def serve(host: str, port: int, stopped: threading.Event) -> None:
    """Answer on `host` and `port` until `stopped`. Raises OSError where it cannot listen."""
    asyncio.run(_serve(host, port, stopped))


async def _serve(host: str, port: int, stopped: threading.Event) -> None:
    reader = _Reader(asyncio.get_running_loop())
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(reader), host, port, backlog=1024
    )
    reader.start()
    await asyncio.to_thread(stopped.wait)
    server.close()


class _Reader(threading.Thread):
    """Reads the version, one read at a time, for all questions that wait for one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="archive-version", daemon=True)
        self._loop = loop
        self._waiting: list[_Connection] = []
        self._asked = threading.Condition()

    def ask(self, connection: "_Connection") -> None:
        """Give the connection the answer of a read that begins after now."""
        with self._asked:
            self._waiting.append(connection)
            self._asked.notify()

    def run(self) -> None:
        """Read and answer until the process ends."""
        while True:
            with self._asked:
                while not self._waiting:
                    self._asked.wait()
                waiting, self._waiting = self._waiting, []
            self._loop.call_soon_threadsafe(_answer, waiting, _read())


def _read() -> bytes:
    """The response that names the version, or that says that it is not known."""
    for is_last in (False, True):
        try:
            key = current_version().key
            return f"HTTP/1.1 204 No Content\r\n{VERSION_HEADER}: {key}\r\n\r\n".encode()
        except DatabaseError as error:
            connection.close()  # PostgreSQL may have been restarted: try a new one
            if is_last:
                log.warning("The archive's version cannot be read: %s", error)
    return _UNKNOWN


def _answer(waiting: "list[_Connection]", response: bytes) -> None:
    for question in waiting:
        question.answer(response)


class _Connection(asyncio.Protocol):
    """One connection: every request, whatever it asks for, gets the version."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._received = b""
        self._is_waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Read on; a proxy sends no body and waits for each answer."""
        self._received += data
        if len(self._received) > _MAX_HEAD:
            self._transport.close()
        self._ask()

    def _ask(self) -> None:
        if not self._is_waiting and _END in self._received:
            _, _, self._received = self._received.partition(_END)
            self._is_waiting = True
            self._reader.ask(self)

    def answer(self, response: bytes) -> None:
        """Send the response, and go on to the next question."""
        self._is_waiting = False
        if not self._transport.is_closing():
            self._transport.write(response)  # type: ignore[attr-defined]
            self._ask()
