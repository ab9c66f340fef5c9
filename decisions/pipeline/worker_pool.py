"""Files understood in processes beside this one, in the order they were given.

A batch is worked on from `begin` to the call of what `begin` returned. The first few files are
understood here and now, so that an upload or a small run never waits for a process to start.
"""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType

from decisions.pipeline import ParsedFile, Rejected, in_one_line, parse_file
from decisions.sources import Source

Outcome = ParsedFile | Rejected

# Starting a process takes as long as understanding about 100 files.
ALONE_UNTIL = 300

# One batch in each process, and one more that waits for the first to be free.
PROCESSES = min(os.cpu_count() or 1, 4)

# Pages and the index's follower go first: nobody waits for these processes as for a page.
NICE = 5

DIED = "the process that read it ended without a word; nothing else was lost"


class WorkerPool:
    """Understands batches of files; a context manager, which ends the processes it started."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None  # each waits for one process
        self._started: list[_Process] = []
        self._idle: list[_Process] = []
        self._ended = False
        self._alone = 0

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended = True
        for process in self._started:
            process.end()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._started:  # what a thread had begun to start just then
            process.end()

    @property
    def ahead(self) -> int:
        """How many batches to begin before the first of them is asked for."""
        return PROCESSES + 1 if self._threads else 0

    def begin(self, files: list[Source]) -> Callable[[], list[Outcome]]:
        """Returns what waits for the outcomes, one for each file in the same order."""
        if not files or self._alone < ALONE_UNTIL:
            self._alone += len(files)
            return lambda: parse_files(files)
        self._threads = self._threads or ThreadPoolExecutor(PROCESSES, "understanding")
        return self._threads.submit(self._understand, files).result

    def _understand(self, files: list[Source]) -> list[Outcome]:
        outcomes = self._ask_a_process(files)
        if len(files) == 1 and outcomes == Rejected(DIED):
            # Somebody may have killed the one that was idle: a new one shows whether the file did.
            outcomes = self._ask_a_process(files, new=True)
        if isinstance(outcomes, list):
            return outcomes
        if len(files) == 1 or self._ended:
            return [outcomes] * len(files)
        # One of them did it: each by itself shows which.
        return [outcome for file in files for outcome in self._understand([file])]

    def _ask_a_process(self, files: list[Source], *, new: bool = False) -> list[Outcome] | Rejected:
        if self._ended:
            return Rejected(DIED)
        process = None if new else self._take_idle()
        if process is None:
            process = _Process()
            self._started.append(process)
        try:
            outcomes = process.parse_file(files)
        except (EOFError, OSError):
            process.end()
            return Rejected(DIED)
        self._idle.append(process)
        return outcomes

    def _take_idle(self) -> "_Process | None":
        try:
            return self._idle.pop()
        except IndexError:  # several threads take from it
            return None


class _Process:
    """Understands one batch at a time. The pipe to it ends with it, and it ends with the pipe.

    A pipe for each, which nobody else has open: in a queue that several share, as the standard
    library's pools have, half a message of one that was killed is waited for forever.
    """

    def __init__(self) -> None:
        # Never forked: a copy of this process would hold its connections and index writer.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=[theirs], daemon=True)
        self._process.start()
        theirs.close()

    def parse_file(self, files: list[Source]) -> list[Outcome] | Rejected:
        """The outcomes, or why they cannot be handed over. Raises EOFError or OSError when dead."""
        self._pipe.send(files)
        outcomes: list[Outcome] | Rejected = self._pipe.recv()
        return outcomes

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent alone answers Ctrl-C
    while True:
        try:
            files = pipe.recv()
        except EOFError:  # the parent is gone
            return
        try:
            pipe.send(parse_files(files))
        except Exception as error:  # such as findings that cannot be handed over
            pipe.send(Rejected(in_one_line(error), traceback.format_exc()))


def parse_files(files: list[Source]) -> list[Outcome]:
    return [parse_file(file) for file in files]
