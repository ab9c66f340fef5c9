"""gunicorn's threaded worker, for clients of any speed: a thread never waits for a slow one.

gunicorn's own worker gives a connection to a thread as soon as its first byte is there, and the
thread then waits for the rest: as many slow clients as threads stop every page. This worker's main
loop receives a request, gives it to a thread when it is complete, and sends what the client did not
take at once. Long bodies and long responses are left to the thread (see `client_socket`).
"""

import errno
import functools
import selectors
import socket
import time
from collections.abc import Callable
from concurrent import futures
from typing import Any

from gunicorn import glogging
from gunicorn.http import wsgi
from gunicorn.workers.gthread import TConn, ThreadWorker

from decisions.web.bodies import is_short_form
from ombudsman.log_privacy import WithoutReadersWords
from ombudsman.runtime import refusals
from ombudsman.runtime.client_socket import ClientSocket, Turns
from ombudsman.runtime.request_head import Arrival

# Threads that may wait for clients, besides those that work: for uploads, downloads and exports.
WAITING_THREADS = 6

# Seconds from the first connection, or from the first byte of a later request, to the end of the
# head; and those that a body may take, plus one for each BODY_RATE bytes.
HEAD_SECONDS = 10.0
BODY_SECONDS = 20.0
BODY_RATE = 10_000

# Seconds in which a client must take PROGRESS bytes of what is kept for it.
SEND_SECONDS = 30.0
PROGRESS = 16 * 1024

# Seconds that a connection stays open for the client's end after ours, so that it reads all of it,
# and most seconds that a worker which stops waits for a request on an idle connection.
LINGER_SECONDS = 2.0

# Most bytes that one worker keeps for all connections: beyond it, those with most are closed.
MAX_BUFFERED = 64 << 20

# Seconds between two checks of deadlines.
CHECK_INTERVAL = 0.5

# Errors of `accept` that say that this process, or the system, has no descriptor left.
NO_DESCRIPTORS = (errno.EMFILE, errno.ENFILE)


class QuietResponse(wsgi.Response):  # type: ignore[misc]
    """A response that does not say what server sent it."""

    def default_headers(self) -> list[str]:
        """Return gunicorn's headers without Server."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


# `wsgi.create` looks the class up here; gunicorn has no setting for it.
wsgi.Response = QuietResponse


class QuietLogger(glogging.Logger):  # type: ignore[misc]
    """gunicorn's log, without what clients sent."""

    def setup(self, cfg: Any) -> None:
        """Set up the handlers, each with our filter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(WithoutReadersWords())


class Connection(TConn):  # type: ignore[misc]
    """A client's connection: `arrival` says how far its next request is, `deadline` until when."""

    sock: ClientSocket

    def __init__(self, cfg: Any, sock: ClientSocket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.arrival = Arrival()
        self.deadline = 0.0
        self.unproven = 0  # bytes that the client has taken since its deadline was set
        self.keeps = False  # whether another request may follow
        self.is_closing = False
        self.data_ready = True  # gunicorn need not wait for the first byte

    @property
    def buffered(self) -> int:
        """How many bytes are kept for it."""
        return len(self.sock.received) + len(self.sock.unsent)


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """Receives whole requests and sends whole responses in its main loop."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._turns = Turns(self.cfg.threads, WAITING_THREADS)
        self._waiting: dict[Connection, None] = {}  # registered with the poller, oldest first
        self._next_check = 0.0

    def get_thread_pool(self) -> futures.ThreadPoolExecutor:
        """Return threads for those that work and those that wait for clients."""
        return futures.ThreadPoolExecutor(max_workers=self.cfg.threads + WAITING_THREADS)

    # --- the main loop: connections and requests that arrive

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection, and wait for its request without a thread."""
        try:
            raw, client = listener.accept()
        except OSError as error:
            if error.errno in NO_DESCRIPTORS:
                self._make_room()
            return
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        self.nr_conns += 1
        sock = ClientSocket(raw, self._turns)
        conn = Connection(self.cfg, sock, client, listener.getsockname())
        self._await_request(conn, HEAD_SECONDS)

    def _await_request(self, conn: Connection, seconds: float) -> None:
        conn.arrival = Arrival()
        conn.deadline = time.monotonic() + seconds
        self._wait_for(conn, selectors.EVENT_READ, self._on_readable)
        if conn.sock.received:  # of the request before, whose client did not wait for its response
            self._look(conn)

    def _on_readable(self, conn: Connection) -> None:
        try:
            is_open = conn.sock.receive()
        except OSError:
            is_open = False
        if not is_open:
            self._drop(conn)
        elif conn.is_closing:
            conn.sock.received.clear()
        else:
            self._look(conn)

    def _look(self, conn: Connection) -> None:
        arrival = conn.arrival
        is_first_look = not arrival.searched
        knew_end = arrival.head_ended
        arrival.look(conn.sock.received, is_short_form)
        if arrival.refusal:
            self._refuse(conn, arrival.refusal)
        elif arrival.is_ready:
            self._forget(conn)
            conn.sock.left_of_request = arrival.size
            self.enqueue_req(conn)
        elif arrival.head_ended and not knew_end:
            size = arrival.size or 0
            conn.deadline = time.monotonic() + BODY_SECONDS + size / BODY_RATE
            if arrival.expects_continue:
                conn.sock.unsent += b"HTTP/1.1 100 Continue\r\n\r\n"
                self._try_flush(conn)
        elif is_first_look:
            conn.deadline = time.monotonic() + HEAD_SECONDS

    # --- in a thread

    def handle(self, conn: Connection) -> Any:
        """Handle a request when it is this thread's turn."""
        with self._turns.work():
            return super().handle(conn)

    def handle_request(self, req: Any, conn: Connection) -> bool:
        """Handle a request; the connection ends with it if its body may be unread."""
        if conn.arrival.size is None:
            req.force_close()
        return bool(super().handle_request(req, conn))

    def handle_error(self, req: Any, client: ClientSocket, addr: Any, exc: Exception) -> None:
        """Answer a malformed request, or one that failed outside Django; log none of its words."""
        status = refusals.status_of(exc)
        if status < 500:
            self.log.warning("Refused a malformed request: %s", type(exc).__name__)
        else:
            self.log.error("A request failed", exc_info=exc)
        client.sendall(refusals.response(status, getattr(req, "path", "") or ""))

    # --- the main loop: responses that are sent

    def finish_request(self, conn: Connection, fs: futures.Future[Any]) -> None:
        """Send what the client has not taken yet; then wait for its next request, or close."""
        conn.keeps = not fs.cancelled() and not fs.exception() and bool(fs.result())
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
            return
        self._send_rest(conn)

    def _send_rest(self, conn: Connection) -> None:
        try:
            conn.sock.flush()
        except OSError:
            self._close(conn)
            return
        if not conn.sock.unsent:
            self._sent(conn)
            return
        conn.deadline = time.monotonic() + SEND_SECONDS
        conn.unproven = 0
        self._wait_for(conn, selectors.EVENT_WRITE, self._on_writable)

    def _on_writable(self, conn: Connection) -> None:
        if not self._try_flush(conn):
            return
        if not conn.sock.unsent:
            self._forget(conn)
            self._sent(conn)
        elif conn.unproven >= PROGRESS:
            conn.deadline = time.monotonic() + SEND_SECONDS
            conn.unproven = 0

    def _try_flush(self, conn: Connection) -> bool:
        try:
            conn.unproven += conn.sock.flush()
        except OSError:
            self._drop(conn)
            return False
        return True

    def _sent(self, conn: Connection) -> None:
        if conn.keeps:  # the response said so: another request may be on its way already
            self._await_request(conn, self.cfg.keepalive)
        else:
            self._close_gently(conn)

    def _refuse(self, conn: Connection, status: int) -> None:
        line = bytes(conn.sock.received[:64]).split(b" ")
        path = line[1].decode("latin-1") if len(line) > 1 else ""
        conn.sock.received.clear()
        conn.sock.unsent += refusals.response(status, path)
        conn.keeps = False
        self._forget(conn)
        self._send_rest(conn)

    def _close_gently(self, conn: Connection) -> None:
        """End our direction, and read what still arrives: a reset would lose the response."""
        conn.is_closing = True
        conn.sock.received.clear()
        conn.deadline = time.monotonic() + LINGER_SECONDS
        self._wait_for(conn, selectors.EVENT_READ, self._on_readable)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)

    # --- what waits

    def _wait_for(
        self, conn: Connection, event: int, callback: Callable[[Connection], None]
    ) -> None:
        self._waiting[conn] = None
        self.poller.register(conn.sock, event, functools.partial(self._dispatch, callback, conn))

    def _dispatch(self, callback: Callable[[Connection], None], conn: Connection, _: Any) -> None:
        # Another event of the same moment may have closed this connection to make room.
        if conn in self._waiting:
            callback(conn)

    def _forget(self, conn: Connection) -> None:
        del self._waiting[conn]
        self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection) -> None:
        self._forget(conn)
        self._close(conn)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.sock.close()

    def _make_room(self) -> None:
        """Close the connection that has waited longest."""
        if self._waiting:
            self._drop(next(iter(self._waiting)))

    def murder_pending(self) -> None:
        """Close what is too slow or too large, and, once the worker stops, what stays idle."""
        now = time.monotonic()
        if now < self._next_check:
            return
        self._next_check = now + CHECK_INTERVAL
        for conn in list(self._waiting):
            is_idle = not conn.buffered
            if is_idle and not self.alive:  # its client does not know yet that this worker stops
                conn.deadline = min(conn.deadline, now + LINGER_SECONDS)
            if conn.deadline <= now:
                if is_idle or conn.is_closing or conn.sock.unsent:
                    self._drop(conn)
                else:
                    self._refuse(conn, 408)
        self._bound_memory()

    def _bound_memory(self) -> None:
        total = sum(conn.buffered for conn in self._waiting)
        for conn in sorted(self._waiting, key=lambda conn: conn.buffered, reverse=True):
            if total <= MAX_BUFFERED:
                return
            total -= conn.buffered
            self._drop(conn)
