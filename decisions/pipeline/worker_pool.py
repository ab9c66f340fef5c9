"""Parses batches of files in other processes, and returns the outcomes in the order of the files.

Each batch gets a new process with its own pipe. Pebble's pool, like the standard library's, shares
one pipe among its workers: if a worker is killed while it writes, the pool waits for the rest of
the message forever. A new process is cheap, because it is forked from a server process that has
imported the parser.
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

# Number of files that are parsed in this process before others are started. Starting the server
# process takes as long as parsing about 100 files.
IN_PROCESS_FILES = 300

# Number of batches that are parsed at the same time.
PROCESSES = min(os.cpu_count() or 1, 4)

# Niceness of the processes: their priority is lower than that of web requests.
NICE = 5

# Time limit of a batch, in seconds. After it the files are parsed one by one, each with the same
# limit. A usual batch takes less than one second.
TIME_LIMIT = 60

CRASHED = "The reader crashed on this file; all other files were processed."
TOO_SLOW = f"Reading this file took longer than {TIME_LIMIT} seconds."


class WorkerPool:
    """Parses batches of files; a context manager that ends the processes it started."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None  # each thread waits for one process
        self._running: set[ProcessFuture[list[Outcome]]] = set()
        self._closed = False
        self._parsed_in_process = 0

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        for future in list(self._running):
            future.cancel()  # type: ignore[no-untyped-call]
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    @property
    def read_ahead(self) -> int:
        """How many batches to begin before waiting for the first one."""
        return PROCESSES + 1 if self._threads else 0

    def begin(self, files: list[Source]) -> Callable[[], list[Outcome]]:
        """Start parsing a batch; returns a function that waits for one outcome for each file."""
        if not files or self._parsed_in_process < IN_PROCESS_FILES:
            self._parsed_in_process += len(files)
            return lambda: [parse_file(file) for file in files]
        self._threads = self._threads or ThreadPoolExecutor(PROCESSES, "parsing")
        return self._threads.submit(self._parse, files).result

    def _parse(self, files: list[Source], *, last_try: bool = False) -> list[Outcome]:
        try:
            return self._parse_in_process(files)
        except TimeoutError:
            rejection = Rejected(TOO_SLOW)
        except ProcessExpired:
            rejection = Rejected(CRASHED)
        except CancelledError:
            return [Rejected(CRASHED)] * len(files)  # the pool was closed: nobody reads this
        except Exception as error:  # such as findings that cannot be pickled
            rejection = Rejected(in_one_line(error), getattr(error, "traceback", None))
        if last_try:
            return [rejection]
        # One file caused this, or somebody killed the process. Parsed again, each in a new process,
        # only the file that causes it fails.
        return [outcome for file in files for outcome in self._parse([file], last_try=True)]

    def _parse_in_process(self, files: list[Source]) -> list[Outcome]:
        # `process` must be called in this form. If it is given the function or the argument
        # `mp_context`, as its types say, pebble ignores the context and forks this process.
        run_in_process = process(timeout=TIME_LIMIT, context=_context())  # type: ignore[call-overload]
        future: ProcessFuture[list[Outcome]] = run_in_process(parse_batch)(files)
        self._running.add(future)
        if self._closed:
            future.cancel()  # type: ignore[no-untyped-call]
        try:
            return future.result()
        finally:
            self._running.discard(future)


def parse_batch(files: list[Source]) -> list[Outcome]:
    """Parse files in the current process, which was started only for them."""
    os.nice(NICE)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # SIGTERM ends this process at once
    signal.alarm(2 * TIME_LIMIT)  # ends this process if the waiting process was killed
    return [parse_file(file) for file in files]


def _context() -> multiprocessing.context.ForkServerContext:
    """The fork server: a fork of this process would share its connections and index writer."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "decisions.pipeline.worker_pool"])
    return context
