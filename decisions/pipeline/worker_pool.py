"""Parses batches of files in other processes, and returns the outcomes in the order of the files.

Each batch gets a new process with its own pipe. Pebble's pool, like the standard library's, shares
one pipe among its workers: if a worker is killed while it writes, the pool waits for the rest of
the message forever. A new process is cheap, because it is forked from a server process that has
imported the parser. The first small files are parsed in this process, so that a small run need not
start the server.
"""

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor, TimeoutError
from contextlib import suppress
from types import TracebackType
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture
from pebble.concurrent import process

from decisions.parsing.binary import is_binary
from decisions.pipeline import Rejected, in_one_line
from decisions.sources import Source

Parsed = TypeVar("Parsed")

# Number of files that are parsed in this process before others are started. Starting the server
# process takes as long as parsing about 100 files.
IN_PROCESS_FILES = 300

# Size of a file that may be parsed in this process, in bytes. There no time limit holds, but the
# fuzz finds no text and no page of this size that takes two seconds.
IN_PROCESS_BYTES = 100_000

# Number of batches that are parsed at the same time.
PROCESSES = min(os.cpu_count() or 1, 4)

# Niceness of the processes: their priority is lower than that of web requests.
NICE = 5

# Time limit of a batch, in seconds. After it the files are parsed one by one, each with the same
# limit. A usual batch takes less than one second.
TIME_LIMIT = 60

# Memory that a batch may allocate in its process, in megabytes; Linux enforces it.
MEMORY_LIMIT = 512

# Pauses before a process is started again, in seconds: a new server process takes some time.
RESTART_PAUSES = (0.1, 0.5, 2)

CRASHED = "The reader crashed on this file; all other files were processed."
TOO_SLOW = f"Reading this file took longer than {TIME_LIMIT} seconds."


class WorkerPool(Generic[Parsed]):
    """Parses batches of files with `parse`; a context manager that ends the processes it started.

    `parse` is a function of a module, and returns Rejected for a file that it cannot parse.
    """

    def __init__(
        self, parse: Callable[[Source], Parsed | Rejected], in_process_files: int | None = None
    ) -> None:
        self._parse_file = parse
        self._in_process_files = IN_PROCESS_FILES if in_process_files is None else in_process_files
        self._threads: ThreadPoolExecutor | None = None  # each thread waits for one process
        self._running: set[ProcessFuture[list[Parsed | Rejected]]] = set()
        self._closed = False
        self._parsed_in_process = 0

    def __enter__(self) -> "WorkerPool[Parsed]":
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

    def begin(self, files: list[Source]) -> Callable[[], list[Parsed | Rejected]]:
        """Start parsing a batch; returns a function that waits for one outcome for each file."""
        if not files or self._may_parse_here(files):
            self._parsed_in_process += len(files)
            return lambda: [self._parse_file(file) for file in files]
        self._threads = self._threads or ThreadPoolExecutor(PROCESSES, "parsing")
        return self._threads.submit(self._parse, files).result

    def _may_parse_here(self, files: list[Source]) -> bool:
        return self._parsed_in_process < self._in_process_files and all(
            len(file.data) <= IN_PROCESS_BYTES and not is_binary(file.data) for file in files
        )

    def _parse(self, files: list[Source], *, last_try: bool = False) -> list[Parsed | Rejected]:
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

    def _parse_in_process(self, files: list[Source]) -> list[Parsed | Rejected]:
        future = self._start_process(files)
        self._running.add(future)
        if self._closed:
            future.cancel()  # type: ignore[no-untyped-call]
        try:
            return future.result()
        finally:
            self._running.discard(future)

    def _start_process(self, files: list[Source]) -> ProcessFuture[list[Parsed | Rejected]]:
        # `process` must be called in this form. If it is given the function or the argument
        # `mp_context`, as its types say, pebble ignores the context and forks this process.
        run_in_process = process(timeout=TIME_LIMIT, context=_context())  # type: ignore[call-overload]
        start: Callable[..., ProcessFuture[list[Parsed | Rejected]]] = run_in_process(parse_batch)
        for pause in RESTART_PAUSES:
            try:
                return start(self._parse_file, files)
            except (OSError, EOFError):  # the server process was killed, and has not ended yet
                time.sleep(pause)
        return start(self._parse_file, files)


def parse_batch(
    parse: Callable[[Source], Parsed | Rejected], files: list[Source]
) -> list[Parsed | Rejected]:
    """Parse files in the current process, which was started only for them."""
    os.nice(NICE)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # SIGTERM ends this process at once
    signal.alarm(2 * TIME_LIMIT)  # ends this process if the waiting process was killed
    _limit_memory()
    return [parse(file) for file in files]


def _limit_memory() -> None:
    """Above the limit Python raises MemoryError; a C library may end this process instead."""
    with suppress(ValueError, OSError):  # a lower limit is set already
        limit = MEMORY_LIMIT * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _context() -> multiprocessing.context.ForkServerContext:
    """The fork server: a fork of this process would share its connections and index writer."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "decisions.pipeline.fork_server"])
    return context
