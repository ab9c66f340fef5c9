"""Files parsed in other processes, in the order in which they were given.

Each batch gets a process of its own and a pipe that no other process writes to. The pool of
pebble, like the standard library's, shares one pipe among its workers: where a worker is killed
while it writes, the pool waits forever for the rest of the message. A process a batch is cheap,
because it is forked from a server process that has the parser imported.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor, TimeoutError
from types import TracebackType

from pebble import ProcessExpired, ProcessFuture
from pebble.concurrent import process

from decisions.pipeline import ParsedFile, Rejected, in_one_line, parse_file
from decisions.sources import Source

Outcome = ParsedFile | Rejected

# How many files are parsed in this process before others are started: starting the server
# process takes as long as parsing about 100 files.
IN_PROCESS_FILES = 300

# How many batches are parsed at a time.
PROCESSES = min(os.cpu_count() or 1, 4)

# How many steps the priority of the processes is lowered: web requests go first.
NICE = 5

# How long a batch may take before its files are parsed one by one, and then each of these, in
# seconds. A usual batch takes less than one.
TIME_LIMIT = 60

CRASHED = "The reader crashed on this file; all other files were processed."
TOO_SLOW = f"Reading this file took longer than {TIME_LIMIT} seconds."


class WorkerPool:
    """Parses batches of files; a context manager that ends the processes it started."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None  # each waits for one process
        self._running: set[ProcessFuture[list[Outcome]]] = set()
        self._ended = False
        self._in_process = 0

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended = True
        for future in list(self._running):
            future.cancel()  # type: ignore[no-untyped-call]
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    @property
    def read_ahead(self) -> int:
        """How many batches to begin before the first of them is waited for."""
        return PROCESSES + 1 if self._threads else 0

    def begin(self, files: list[Source]) -> Callable[[], list[Outcome]]:
        """Start parsing a batch; returns a function that waits for one outcome a file, in order."""
        if not files or self._in_process < IN_PROCESS_FILES:
            self._in_process += len(files)
            return lambda: [parse_file(file) for file in files]
        self._threads = self._threads or ThreadPoolExecutor(PROCESSES, "parsing")
        return self._threads.submit(self._parse, files).result

    def _parse(self, files: list[Source], *, last_try: bool = False) -> list[Outcome]:
        try:
            return self._parse_in_a_process(files)
        except TimeoutError:
            reason = Rejected(TOO_SLOW)
        except ProcessExpired:
            reason = Rejected(CRASHED)
        except CancelledError:
            return [Rejected(CRASHED)] * len(files)  # the caller has left, and nobody sees this
        except Exception as error:  # such as findings that cannot be pickled
            reason = Rejected(in_one_line(error), getattr(error, "traceback", None))
        if last_try:
            return [reason]
        # One file in the batch is at fault, or somebody killed the process: one by one, each file
        # in a new process, only the one at fault fails.
        return [outcome for file in files for outcome in self._parse([file], last_try=True)]

    def _parse_in_a_process(self, files: list[Source]) -> list[Outcome]:
        # In this form only: called with the function, or with the argument's annotated name
        # `mp_context`, pebble ignores the context and forks this process.
        in_a_process = process(timeout=TIME_LIMIT, context=_context())  # type: ignore[call-overload]
        future: ProcessFuture[list[Outcome]] = in_a_process(parse_batch)(files)
        self._running.add(future)
        if self._ended:
            future.cancel()  # type: ignore[no-untyped-call]
        try:
            return future.result()
        finally:
            self._running.discard(future)


def parse_batch(files: list[Source]) -> list[Outcome]:
    """Parse files in this process, which was started for them alone."""
    os.nice(NICE)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends this process at once, whatever it does
    signal.alarm(2 * TIME_LIMIT)  # ends it where the process that waits for it was killed
    return [parse_file(file) for file in files]


def _context() -> multiprocessing.context.ForkServerContext:
    """Never forked from this process, whose connections and index writer a fork would share."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "decisions.pipeline.worker_pool"])
    return context
