"""Who writes the search index, and when.

Only one process writes, under a lock that the kernel takes from it when it dies; what it had not
committed, the next one does again. A follower keeps the lock as long as it lives: on its host, all
others leave the work to it. Where none lives, whoever changed something writes.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from decisions.search.index.store import (
    IndexStore,
    IndexUnavailable,
    State,
    current,
    discard_if_damaged,
    is_engine_failure,
    is_panic,
)
from decisions.search.index.writer import (
    Abandoned,
    Ended,
    apply,
    build,
    database_state,
    sweep,
    writing,
)

log = logging.getLogger(__name__)

# Seconds. Asking PostgreSQL for the number of the last change is one row by its key; being told
# (LISTEN) would need a connection of one's own behind a pool, and no standby allows it.
LOOK_EVERY = 0.3
CHECK_EVERY = 600.0  # between two checks of all bytes on disk
CHECK_AGAIN = 60.0  # the same, while writing fails
PAUSE = 2.0  # after a failure: a full disk, a database that is gone


def catch_up() -> int:
    """Bring the index up to PostgreSQL's last change; returns how many changes were applied.

    Whoever changed something calls this. When another process is writing already, the work is
    left to it: having let go of the lock it looks once more, so that no change is left behind.
    A failure of the index is logged, and the work left to the next one: the change is safe.
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
    """Make a new index from PostgreSQL beside the old one, then put it in its place.

    Returns how many decisions it holds. A follower lets go of the lock for it.
    """
    with lock(wait=True):
        count = build(lambda: False)
    catch_up()  # with what others left to us
    return count


def follow(stopped: threading.Event, *, check_first: bool = True) -> None:
    """Keep the index up with PostgreSQL until `stopped`, and mend it.

    A missing index is built, a damaged one is found by its checksums and built anew, and after a
    failure the work is tried again. Several may follow one index: one of them writes.
    `check_first` reads all its bytes at once, and not only in a while.
    """
    checks = _Checks(0.0 if check_first else CHECK_EVERY)

    def ended() -> bool:
        return stopped.is_set() or _is_wanted()

    def wait() -> None:
        stopped.wait(LOOK_EVERY)
        checks.check()

    while not stopped.is_set():
        try:
            with lock(wait=False) as held:
                if held:
                    checks.check()
                    _write(ended, wait)
            stopped.wait(LOOK_EVERY)
        except BaseException as error:  # a panic of the engine's is no Exception
            if not (isinstance(error, Exception) or is_panic(error)):
                raise
            log.exception("The search index could not be brought up to date; trying again")
            connection.close()
            checks.suspect()
            stopped.wait(PAUSE)


def repair() -> None:
    """Check the index's bytes and bring it up, in the background: a reader met a failure."""
    _in_background(discard_if_damaged, catch_up)


_busy = threading.Lock()


def _in_background(*steps: Callable[[], object]) -> None:
    """Take these steps on a thread, unless others are being taken."""
    if _busy.acquire(blocking=False):
        threading.Thread(target=_take, args=steps, name="search-index", daemon=True).start()


def _take(*steps: Callable[[], object]) -> None:
    try:
        for step in steps:
            step()
        time.sleep(LOOK_EVERY)  # a question that fails on a sound index shall not keep us at it
    except Exception:
        log.exception("The search index could not be mended")
    finally:
        connection.close()
        _busy.release()


class _Checks:
    """When a follower reads all bytes on disk: now and then, and soon after a failure.

    In the background: of a million decisions that takes seconds, and changes go on.
    """

    def __init__(self, first: float) -> None:
        """`first` is how many seconds from now."""
        self._last = time.monotonic()
        self._every = first

    def suspect(self) -> None:
        self._every = min(self._every, CHECK_AGAIN)

    def check(self) -> None:
        if time.monotonic() - self._last >= self._every:
            _in_background(discard_if_damaged)
            self._last, self._every = time.monotonic(), CHECK_EVERY


@contextmanager
def lock(*, wait: bool) -> Iterator[bool]:
    """Hold the writer's lock; yields whether it is held, always True when waited for.

    While somebody waits, it is given to nobody else.
    """
    settings.INDEX_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.INDEX_DIR / "lock").open("w") as file:
        if wait:
            with _wanted_file().open("w") as wanted:
                fcntl.flock(wanted, fcntl.LOCK_EX)
                fcntl.flock(file, fcntl.LOCK_EX)
            yield True
        else:
            yield not _is_wanted() and _try(file, fcntl.LOCK_EX)


def _is_wanted() -> bool:
    try:
        with _wanted_file().open() as wanted:
            return not _try(wanted, fcntl.LOCK_SH)
    except FileNotFoundError:  # nobody ever waited
        return False


def _wanted_file() -> Path:
    return settings.INDEX_DIR / "wanted"


def _try(file: IO[str], kind: int) -> bool:
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
    """Whether the index holds every change up to this one."""
    try:
        return state.can_become(current().state())
    except IndexUnavailable:
        return False


def _write(ended: Ended, wait: Callable[[], None] | None = None) -> int:
    """Bring the index up, under the lock; with `wait`, again after each wait until `ended`.

    Returns how many changes were applied. A lasting writer merges segments while it waits and
    applies; one that does not last waits for them at its end.
    """
    sweep()
    store = _followable()
    if store is None:
        try:
            return build(ended, merge=wait is None)
        except Abandoned:
            return 0
    applied = 0
    with writing(store, merge=wait is None) as writer:
        while not ended() and store.is_in_use():
            target = database_state()
            state = writer.store.state()
            if not state.can_become(target):
                break
            if state != target:
                applied += apply(writer, target, ended)
            if wait is None:
                break
            wait()
    return applied


def _followable() -> IndexStore | None:
    """The generation in use, unless a new one has to be built."""
    try:
        store = current()
        if store.state().can_become(database_state()):
            return store
    except IndexUnavailable as error:
        log.info("Building the search index: %s.", error)
    return None
