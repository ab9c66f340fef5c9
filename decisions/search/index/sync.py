"""Keeps the search index up to date with PostgreSQL: which process writes it, and when.

One process at a time writes, under a lock that the kernel releases when the process dies; the
next writer applies again what was not committed. A follower (`follow`) keeps the lock while it
runs, and other processes on its host leave the work to it. Without a follower, a process that
changed the archive calls `catch_up`, which writes.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from decisions.search.index.checksums import CommittedFiles
from decisions.search.index.store import (
    IndexStore,
    IndexUnavailable,
    State,
    current,
    current_name,
    discard_if_damaged,
    is_engine_failure,
    is_panic,
)
from decisions.search.index.writer import (
    BuildStopped,
    Stopped,
    apply,
    build,
    database_state,
    sweep,
    writing,
)

log = logging.getLogger(__name__)

# Seconds between two reads of PostgreSQL's change number, a look-up of one row by its key. LISTEN
# would need a dedicated connection where there is a pool, and a standby server does not allow it.
POLL_INTERVAL = 0.3

# Seconds between two comparisons of all checksums: in general, and while writing fails.
CHECK_INTERVAL = 600.0
CHECK_INTERVAL_AFTER_FAILURE = 60.0

# Seconds to wait after a failure, such as a full disk or an unreachable database.
RETRY_DELAY = 2.0


def catch_up() -> int:
    """Apply PostgreSQL's changes to the index; returns how many were applied.

    Call it after every change of the archive. When another process is writing, the work is left
    to it: after releasing the lock it checks once more, so that no change is missed. A failure of
    the index is logged, and the next call does the work: the change itself is safe.
    """
    applied = 0
    try:
        while not _is_current():
            with lock(wait=False) as held:
                if not held:
                    break
                applied += _write(lambda: False)
    except BaseException as error:
        if not (isinstance(error, IndexUnavailable) or is_engine_failure(error)):
            raise
        log.exception("The search index could not be brought up to date")
    return applied


def rebuild() -> int:
    """Build a new index from PostgreSQL beside the old one, then put it in its place.

    Returns how many decisions it holds. A follower releases the lock for it.
    """
    with lock(wait=True):
        count = build(lambda: False)
    catch_up()  # apply the changes that other processes left to this one
    return count


def follow(stopped: threading.Event, *, check_first: bool = True) -> None:
    """Keep the index up to date with PostgreSQL until `stopped`, and repair it.

    A missing index is built, a damaged one is found by its checksums and rebuilt, and failed work
    is tried again. Several processes may follow one index: one of them writes. With `check_first`,
    checksums are compared at once and not only after CHECK_INTERVAL.
    """
    checks = _ChecksumTimer(0.0 if check_first else CHECK_INTERVAL)

    def must_release() -> bool:
        return stopped.is_set() or _is_wanted()

    def wait() -> None:
        stopped.wait(POLL_INTERVAL)
        checks.check()

    while not stopped.is_set():
        try:
            with lock(wait=False) as held:
                if held:
                    checks.check()
                    _write(must_release, wait)
            stopped.wait(POLL_INTERVAL)
        except BaseException as error:  # a Rust panic is not an Exception
            if not (isinstance(error, Exception) or is_panic(error)):
                raise
            log.exception("The search index could not be brought up to date; trying again")
            connection.close()
            checks.check_soon()
            stopped.wait(RETRY_DELAY)


def repair() -> None:
    """Compare the checksums and catch up, in the background. Call it when reading failed."""
    _in_background(discard_if_damaged, catch_up)


def purge() -> None:
    """Build this host's index anew in the background: its files then have no deleted words.

    An entry that was deleted is found no more at once, but its words stay in the index's files.
    """
    if not _in_background(rebuild):
        log.warning("The search index was not purged: run `manage.py index rebuild`")


_background_lock = threading.Lock()  # held while a background thread runs


def _in_background(*steps: Callable[[], object]) -> bool:
    """Run these steps one after another on a thread, unless others are running."""
    if is_started := _background_lock.acquire(blocking=False):
        threading.Thread(target=_run, args=steps, name="search-index", daemon=True).start()
    return is_started


def _run(*steps: Callable[[], object]) -> None:
    try:
        for step in steps:
            step()
        time.sleep(
            POLL_INTERVAL
        )  # limits how often a query that fails on a sound index starts this
    except Exception:
        log.exception("The search index could not be repaired")
    finally:
        connection.close()
        _background_lock.release()


class _ChecksumTimer:
    """Decides when a follower compares the checksums: at intervals, soon after a failure, and at
    once when a file of the last commit was written to.

    It runs in the background: reading a large index takes seconds, and changes must not wait.
    """

    def __init__(self, first: float) -> None:
        """`first` is the number of seconds until the first comparison."""
        self._last = time.monotonic()
        self._interval = first
        self._files = CommittedFiles()

    def check_soon(self) -> None:
        """Shorten the interval after a failure."""
        self._interval = min(self._interval, CHECK_INTERVAL_AFTER_FAILURE)

    def check(self) -> None:
        """Start comparing checksums in the background if it is time."""
        with suppress(IndexUnavailable):
            if self._files.have_changed(settings.INDEX_DIR / current_name()):
                self._interval = 0.0
        is_due = time.monotonic() - self._last >= self._interval
        if is_due and _in_background(discard_if_damaged):
            self._last, self._interval = time.monotonic(), CHECK_INTERVAL


@contextmanager
def lock(*, wait: bool) -> Iterator[bool]:
    """Try to take the writer's lock, or wait for it; yields whether it is held.

    While one process waits, no other process gets the lock without waiting.
    """
    settings.INDEX_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.INDEX_DIR / "lock").open("w") as file:
        if wait:
            with _wanted_file().open("w") as wanted:
                fcntl.flock(wanted, fcntl.LOCK_EX)
                fcntl.flock(file, fcntl.LOCK_EX)
            yield True
        else:
            yield not _is_wanted() and _try_lock(file, fcntl.LOCK_EX)


def _is_wanted() -> bool:
    try:
        with _wanted_file().open() as wanted:
            return not _try_lock(wanted, fcntl.LOCK_SH)
    except FileNotFoundError:  # no process has ever waited
        return False


def _wanted_file() -> Path:
    index_dir: Path = settings.INDEX_DIR
    return index_dir / "wanted"


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_current() -> bool:
    try:
        return current().state() == database_state()
    except IndexUnavailable:
        return False


def has_reached(state: State) -> bool:
    """Whether the index holds every change up to `state`."""
    try:
        return state.can_advance_to(current().state())
    except IndexUnavailable:
        return False


def _write(stopped: Stopped, wait: Callable[[], None] | None = None) -> int:
    """Apply changes, under the lock; with `wait`, continue after each wait until `stopped`.

    Returns how many changes were applied. A writer that continues merges segments while it waits;
    any other waits for the merges at its end.
    """
    sweep()
    store = _usable_store()
    if store is None:
        try:
            return build(stopped, merge=wait is None)
        except BuildStopped:
            return 0
    applied = 0
    with writing(store, merge=wait is None) as writer:
        while not stopped() and store.is_in_use():
            target = database_state()
            state = writer.store.state()
            if not state.can_advance_to(target):
                break
            if state != target:
                applied += apply(writer, target, stopped)
            if wait is None:
                break
            wait()
    return applied


def _usable_store() -> IndexStore | None:
    """The store in use; None if a new one must be built."""
    try:
        store = current()
        if store.state().can_advance_to(database_state()):
            return store
    except IndexUnavailable as error:
        log.info("Building the search index: %s.", error)
    return None
