"""Writes the search index: applies changes one by one, or builds a new index.

The index is a projection of PostgreSQL: applying a change twice has the same result as once.
`sync` decides which process writes, and when.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict

import tantivy
from django.conf import settings
from django.db import transaction

from decisions.models import (
    ChangeSequence,
    Decision,
    DecisionQuerySet,
    PreparedQuery,
    StandardWording,
    Tombstone,
)
from decisions.search.index import schema
from decisions.search.index.checksums import unknown_files
from decisions.search.index.store import IndexStore, IndexUnavailable, State, current_name

BATCH = 500  # decisions loaded from PostgreSQL at a time

# Most changes, and most seconds, between two commits: when a writer is killed, the next one applies
# these changes again, and a change cannot be found before its commit.
MAX_CHANGES_PER_COMMIT = 5_000
MAX_SECONDS_PER_COMMIT = 1.0

# Bytes that the engine buffers in memory before it writes a segment: a larger buffer makes fewer
# segments and fewer merges.
WRITER_MEMORY = 50_000_000
BUILD_MEMORY = 200_000_000

# Every page reads this row.
_SEQUENCE = PreparedQuery(ChangeSequence.objects.all)

Stopped = Callable[[], bool]  # returns whether the writer must stop early


class BuildStopped(Exception):
    """Building a new index was stopped before it was complete."""


def database_state() -> State:
    """The state of PostgreSQL now: every change up to its number is committed and visible."""
    for sequence in _SEQUENCE.fetch():
        return State(str(sequence.archive), sequence.value)
    return State("", 0)


class Writer:
    """Writes to a store until `close`, which discards uncommitted changes."""

    def __init__(self, store: IndexStore, memory: int = WRITER_MEMORY) -> None:
        # The store is opened again, because the engine keeps the list of its files in memory and
        # writes it back: an older list would lose the files that another process has written.
        self.store = IndexStore(store.path)
        self._writer = self.store.index.writer(memory, 1)
        # Files of a writer that was killed or failed: the engine may choose the same names again,
        # and writes no file that exists.
        self._writer.garbage_collect_files()
        # The engine (0.27) gives a writer's first operation the number of the last commit. A merge
        # that starts before the next commit then skips it for the segments that the last commit
        # deleted from: a deletion would be lost. So the first operation is one that does nothing.
        self._writer.delete_documents_by_query(tantivy.Query.empty_query())
        # When other wording becomes standard later, triggers mark the decisions that contain it as
        # changed, so that they are written again.
        self._standard: frozenset[int] = frozenset()
        self.uncommitted = 0

    def load_standard_wording(self) -> None:
        """Load the fingerprints of standard wording from PostgreSQL."""
        self._standard = frozenset(StandardWording.objects.standard().values_list("pk", flat=True))

    def add(self, decision: Decision) -> None:
        """Add a decision that the index does not hold yet."""
        self._writer.add_document(schema.entry(decision, self._standard))

    def replace(self, decision: Decision) -> None:
        """Add a decision in place of its earlier entry, or only remove it when it is withdrawn."""
        self.remove(decision.pk)
        if decision.withdrawn_at is None:
            self.add(decision)

    def remove(self, decision_id: int) -> None:
        """Remove a decision's entry, if there is one."""
        # By query, because deleting by term treats integers as signed and does not find "id".
        self._writer.delete_documents_by_query(
            tantivy.Query.term_query(self.store.schema, "id", decision_id)
        )
        self.uncommitted += 1

    def commit(self, state: State) -> None:
        """Make the changes visible to readers, together with the state that they lead to."""
        self._writer.delete_documents_by_query(
            tantivy.Query.term_query(self.store.schema, schema.KIND, schema.STATE, "basic")
        )
        entry = tantivy.Document()
        entry.add_text(schema.KIND, schema.STATE)
        entry.add_text(schema.KIND, json.dumps(asdict(state)))
        self._writer.add_document(entry)
        self._writer.commit()
        self.uncommitted = 0

    def close(self, *, merge: bool) -> None:
        """Release the files. With `merge`, wait for the merges of segments that are running.

        Without it, the merges are stopped; the next writer's commit starts them again.
        """
        with suppress(ValueError):  # raised by a writer that has failed
            if not merge:
                self._writer.rollback()
            self._writer.wait_merging_threads()


@contextmanager
def writing(
    store: IndexStore, memory: int = WRITER_MEMORY, *, merge: bool = True
) -> Iterator[Writer]:
    """A writer that is open during the block; `merge` is as in `Writer.close`."""
    writer = Writer(store, memory)
    try:
        yield writer
    except BaseException:
        writer.close(merge=False)
        raise
    writer.close(merge=merge)


def apply(writer: Writer, target: State, stopped: Stopped) -> int:
    """Apply all changes after the last commit up to `target`; returns how many there were."""
    reached = writer.store.state().change
    span = {"change__gt": reached, "change__lte": target.change}
    applied = 0
    writer.load_standard_wording()
    for tombstone in Tombstone.objects.filter(**span).iterator():
        writer.remove(tombstone.decision_id)
        applied += 1
    # In the order of change numbers, so that a commit can say which it has reached. Commits fall
    # between two numbers, since many decisions may share one.
    committed = time.monotonic()
    for decision in _stream(Decision.objects.filter(**span).order_by("change")):
        if decision.change != reached and (
            writer.uncommitted >= MAX_CHANGES_PER_COMMIT
            or time.monotonic() - committed > MAX_SECONDS_PER_COMMIT
        ):
            writer.commit(State(target.archive, reached))
            if stopped():
                return applied
            committed = time.monotonic()
        reached = decision.change
        writer.replace(decision)
        applied += 1
    writer.commit(target)
    return applied


def build(stopped: Stopped, *, merge: bool = True) -> int:
    """Build a new store beside the one in use, then replace that one.

    Returns how many decisions it holds. Raises BuildStopped.
    """
    target = database_state()
    store = IndexStore.create()
    count = 0
    try:
        with writing(store, BUILD_MEMORY, merge=merge) as writer:
            writer.load_standard_wording()
            for decision in _stream(Decision.objects.published()):
                writer.add(decision)
                count += 1
                if count % BATCH == 0 and stopped():
                    raise BuildStopped
            writer.commit(target)
            pointer = settings.INDEX_DIR / "current.new"
            pointer.write_text(store.path.name)
            pointer.replace(settings.INDEX_DIR / "current")
    finally:
        sweep()
    return count


def sweep() -> None:
    """Remove stores that are not in use, and files in the store in use that no commit needs.

    Call it under the writer's lock: a store that is being built is not in use yet.
    """
    try:
        kept = current_name()
    except IndexUnavailable:
        kept = ""
    for path in settings.INDEX_DIR.glob("v*-*"):
        if path.name == kept:
            for name in unknown_files(path):
                (path / name).unlink(missing_ok=True)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _stream(decisions: DecisionQuerySet) -> Iterator[Decision]:
    """The decisions with everything an entry needs, BATCH at a time from a server-side cursor."""
    decisions = decisions.select_related("council", "category__parent", "outcome")
    with transaction.atomic():
        yield from decisions.iterator(chunk_size=BATCH)
