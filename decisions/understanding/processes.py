"""Files understood in processes beside this one, in the order they were given.

A batch is worked on from `begin` to the call of what `begin` returned. The first few files are
understood here and now, so that an upload or a small run never waits for a process to start.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import ProcessPoolExecutor as Pool
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType

from decisions.sources import Source
from decisions.understanding import Misunderstood, Understood, in_one_line, understand

Outcome = Understood | Misunderstood

# Starting a process takes as long as understanding about 100 files.
ALONE_UNTIL = 300

# One batch in each process, and one more that waits for the first to be free.
PROCESSES = min(os.cpu_count() or 1, 4)

NICE = 5

DIED = "the process that read it ended without a word; nothing else was lost"


class Understanding:
    """Understands batches of files; a context manager, which ends the processes it started."""

    def __init__(self) -> None:
        self._pool: Pool | None = None
        self._alone = 0

    def __enter__(self) -> "Understanding":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._end(self._pool)

    @property
    def ahead(self) -> int:
        """How many batches to begin before the first of them is asked for."""
        return PROCESSES + 1 if self._pool else 0

    def begin(self, files: list[Source]) -> Callable[[], list[Outcome]]:
        """Returns what waits for the outcomes, one for each file in the same order."""
        if not files or self._alone < ALONE_UNTIL:
            self._alone += len(files)
            return lambda: understand_all(files)
        pool, future = self._submit(files)

        def outcomes() -> list[Outcome]:
            try:
                return self._result(pool, future)
            except Exception:
                # One file of these, or of another batch, did it: each by itself shows which.
                return [self._understand_apart(file) for file in files]

        return outcomes

    def _understand_apart(self, file: Source) -> Outcome:
        try:
            return self._result(*self._submit([file]))[0]
        except BrokenProcessPool:
            return Misunderstood(DIED)
        except Exception as error:  # such as findings that cannot be handed over
            return Misunderstood(in_one_line(error), traceback.format_exc())

    def _result(self, pool: Pool, future: Future[list[Outcome]]) -> list[Outcome]:
        try:
            return future.result()
        except BrokenProcessPool:
            self._end(pool)
            raise

    def _submit(self, files: list[Source]) -> tuple[Pool, Future[list[Outcome]]]:
        while True:
            # Never forked: a copy of this process would hold its connections and index writer.
            self._pool = pool = self._pool or Pool(
                PROCESSES, multiprocessing.get_context("spawn"), _live_as_long_as_the_parent
            )
            try:
                return pool, pool.submit(understand_all, files)
            except BrokenProcessPool:
                self._end(pool)

    def _end(self, pool: Pool) -> None:
        pool.shutdown(cancel_futures=True)
        if self._pool is pool:
            self._pool = None


def understand_all(files: list[Source]) -> list[Outcome]:
    return [understand(file) for file in files]


def _live_as_long_as_the_parent() -> None:
    """The parent alone answers Ctrl-C, and no process is left behind when it is killed.

    Pages and the search's follower go first: what waits here is not waited for by a reader.
    """
    os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=[parent.sentinel], daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
