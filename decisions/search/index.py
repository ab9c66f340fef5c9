"""Writing the search index: kept up with PostgreSQL, rebuilt, followed.

The index is a projection of PostgreSQL. Only one process writes, under a lock that the kernel
takes from it when it dies; what it had not committed, the next writer does again. Applying a
change twice gives what applying it once gives.
"""

import fcntl
import json
import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict

import tantivy
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from decisions.models import (
    ChangeCounter,
    Decision,
    DecisionQuerySet,
    Removal,
    Wording,
)
from decisions.search import schema
from decisions.search.generation import Generation, IndexUnavailable, State, current, current_name

log = logging.getLogger(__name__)

BATCH = 500  # decisions loaded from PostgreSQL at a time

# Between two commits: what a killed writer does again, and how long a change waits to be found.
COMMIT_EVERY = 5_000  # changes
COMMIT_AFTER = 1.0  # seconds

WRITER_MEMORY = 50_000_000  # bytes; what is more is written out as a segment of its own
BUILD_MEMORY = 200_000_000  # for a whole index: fewer segments, fewer merges

CHANNEL = "decisions_change"  # on which migration 0006 notifies of every change
LOOK_EVERY = 5.0  # seconds; a follower looks by itself too, should no notice reach it
CHECK_EVERY = 600.0  # seconds between two checks of the bytes on disk
LINGER = 5.0  # seconds for which a follower keeps its writer when nothing changes
PAUSE = 5.0  # seconds after a failure: a full disk, a database that is gone


def wanted_state() -> State:
    """What PostgreSQL holds now: every change up to this number is committed and visible."""
    counter = ChangeCounter.objects.first()
    return State(str(counter.archive), counter.value) if counter else State("", 0)


class Writer:
    """Writes a generation until `close`; what was not committed by then is dropped."""

    def __init__(self, generation: Generation, memory: int = WRITER_MEMORY) -> None:
        self.generation = generation
        self._writer = generation.index.writer(memory, 1)
        # What becomes standard later changes the decisions that hold it, and so comes here again.
        self._standard: frozenset[int] = frozenset()
        self.uncommitted = 0

    def learn(self) -> None:
        """Read anew which wording is standard, of which no entry holds more than it must."""
        self._standard = frozenset(Wording.objects.standard().values_list("pk", flat=True))

    def add(self, decision: Decision) -> None:
        """Hold a decision that the index does not hold yet."""
        self._writer.add_document(schema.entry(decision, self._standard))

    def replace(self, decision: Decision) -> None:
        """Hold a decision as it is now, or not at all when it is withdrawn."""
        self.remove(decision.pk)
        if decision.withdrawn_at is None:
            self.add(decision)

    def remove(self, decision_id: int) -> None:
        # By query: deleting by term takes every whole number for a signed one and misses "id".
        self._writer.delete_documents_by_query(
            tantivy.Query.term_query(self.generation.schema, "id", decision_id)
        )
        self.uncommitted += 1

    def commit(self, state: State) -> None:
        self._writer.delete_documents_by_query(
            tantivy.Query.term_query(self.generation.schema, schema.KIND, schema.STATE, "basic")
        )
        entry = tantivy.Document()
        entry.add_text(schema.KIND, schema.STATE)
        entry.add_text(schema.KIND, json.dumps(asdict(state)))
        self._writer.add_document(entry)
        self._writer.commit()
        self.uncommitted = 0

    def close(self) -> None:
        with suppress(ValueError):  # a writer that has failed cannot fall back
            self._writer.rollback()
        self._writer.wait_merging_threads()


@contextmanager
def writing(generation: Generation, memory: int = WRITER_MEMORY) -> Iterator[Writer]:
    writer = Writer(generation, memory)
    try:
        yield writer
    finally:
        writer.close()


def catch_up() -> int:
    """Bring the index up to PostgreSQL's last change; returns how many changes were applied.

    Whoever changed something calls this. When another process is writing already, the work is
    left to it: having let go of the lock it looks once more, so that no change is left behind.
    """
    applied = 0
    while not _is_current():
        with lock(wait=False) as held:
            if not held:
                break
            applied += _write()
    return applied


def rebuild() -> int:
    """Make a new index from PostgreSQL beside the old one, then put it in its place."""
    with lock(wait=True):
        return _build()


def follow(stopped: threading.Event) -> None:
    """Keep the index up with PostgreSQL until `stopped`: woken by each change, and mending.

    A missing index is built, a damaged one is found by its checksums and built anew, and after a
    failure the work is tried again. Several may follow one index: one of them writes.
    """
    checked = 0.0
    while not stopped.is_set():
        try:
            if not checked or time.monotonic() - checked > CHECK_EVERY:
                discard_if_damaged()
                checked = time.monotonic()
            with lock(wait=False) as held:
                if held and not _is_current():
                    _write(stopped)
            if held:
                _wait_for_change(LOOK_EVERY)
            else:
                stopped.wait(COMMIT_AFTER)  # another writes; should it die, we go on
        except (DatabaseError, IndexUnavailable, OSError, ValueError):
            log.exception("The search index could not be brought up to date; trying again")
            connection.close()
            stopped.wait(PAUSE)


def discard_if_damaged() -> None:
    """Read every file of the index in use; when one is damaged, the next writer builds anew."""
    try:
        generation = current()
        damaged = list(generation.damaged())
    except (IndexUnavailable, OSError):
        return  # missing: that is noticed anyway
    if damaged:
        log.error("The search index %s is damaged: %s", generation.path.name, ", ".join(damaged))
        discard(generation)


def discard(generation: Generation) -> None:
    """Take a generation that could not be read out of use; the next writer builds anew."""
    with lock(wait=False) as held:
        pointer = settings.INDEX_DIR / "current"
        if held and pointer.exists() and pointer.read_text().strip() == generation.path.name:
            pointer.unlink()


def is_being_written() -> bool:
    with lock(wait=False) as held:
        return not held


def _is_current() -> bool:
    try:
        return current().state() == wanted_state()
    except IndexUnavailable:
        return False


@contextmanager
def lock(*, wait: bool) -> Iterator[bool]:
    """Hold the writer's lock; yields whether it is held, always True when waited for."""
    settings.INDEX_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.INDEX_DIR / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def _write(stopped: threading.Event | None = None) -> int:
    """Apply what changed since the index's last commit; builds it anew where it cannot follow.

    A follower's writer goes on while there are changes: to open one each time would cost more
    than the changes, and to close one waits for its merges.
    """
    _sweep()
    try:
        generation = current()
        state = generation.state()
    except IndexUnavailable as error:
        log.info("Building the search index: %s.", error)
        return _build()
    if not _can_follow(state, wanted_state()):
        return _build()
    applied = 0
    with writing(generation) as writer:
        quiet_since = time.monotonic()
        while True:
            target = wanted_state()
            if target != state:
                if not _can_follow(state, target):
                    break
                applied += _apply(writer, state, target)
                state, quiet_since = target, time.monotonic()
            if stopped is None or stopped.is_set() or time.monotonic() - quiet_since > LINGER:
                break
            _wait_for_change(LINGER)
    return applied


def _can_follow(state: State, target: State) -> bool:
    """Not if it is of another archive, or ahead of this one because a backup was restored."""
    return state.archive == target.archive and state.change <= target.change


def _apply(writer: Writer, state: State, target: State) -> int:
    """Everything after `state` up to `target`; returns how many changes that were."""
    span = {"change__gt": state.change, "change__lte": target.change}
    applied = 0
    writer.learn()
    for removal in Removal.objects.filter(**span).iterator():
        writer.remove(removal.decision_id)
        applied += 1
    # In the order of their numbers, so that a commit can say how far it reached; only between two
    # numbers, since one number may be shared by many decisions.
    reached = state.change
    committed = time.monotonic()
    for decision in _stream(Decision.objects.filter(**span).order_by("change")):
        if decision.change != reached and (
            writer.uncommitted >= COMMIT_EVERY or time.monotonic() - committed > COMMIT_AFTER
        ):
            writer.commit(State(target.archive, reached))
            committed = time.monotonic()
        reached = decision.change
        writer.replace(decision)
        applied += 1
    writer.commit(target)
    return applied


def _build() -> int:
    target = wanted_state()
    generation = Generation.create()
    count = 0
    try:
        with writing(generation, BUILD_MEMORY) as writer:
            writer.learn()
            for decision in _stream(Decision.objects.published()):
                writer.add(decision)
                count += 1
            writer.commit(target)
    except BaseException:
        shutil.rmtree(generation.path, ignore_errors=True)
        raise
    pointer = settings.INDEX_DIR / "current.new"
    pointer.write_text(generation.path.name)
    pointer.replace(settings.INDEX_DIR / "current")
    _sweep()
    return count


def _sweep() -> None:
    """Remove generations not in use: those that were replaced, and what killed builders left."""
    try:
        kept = current_name()
    except IndexUnavailable:
        kept = ""
    for path in settings.INDEX_DIR.glob("v*-*"):
        if path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


def _stream(decisions: DecisionQuerySet) -> Iterator[Decision]:
    """The rows with all that an entry needs, BATCH at a time through a cursor on the server."""
    decisions = decisions.select_related("council", "category__parent", "outcome")
    with transaction.atomic():
        yield from decisions.iterator(chunk_size=BATCH)


def _wait_for_change(seconds: float) -> None:
    """Return at PostgreSQL's next notice of a change, at the latest after so many seconds."""
    connection.ensure_connection()
    session = connection.connection
    session.execute(f"LISTEN {CHANNEL}")
    if _is_current():  # else something changed before we listened
        for _ in session.notifies(timeout=seconds, stop_after=1):
            pass
