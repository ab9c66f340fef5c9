"""Writing the search index: one change after another, or all of it anew.

The index is a projection of PostgreSQL: applying a change twice gives what applying it once gives.
Who may write, and when, `following` decides.
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

from decisions.models import ChangeSequence, Decision, DecisionQuerySet, StandardWording, Tombstone
from decisions.search.index import schema
from decisions.search.index.checksums import litter
from decisions.search.index.store import IndexStore, IndexUnavailable, State, current_name

BATCH = 500  # decisions loaded from PostgreSQL at a time

# Between two commits: what a killed writer does again, and how long a change waits to be found.
COMMIT_EVERY = 5_000  # changes
COMMIT_AFTER = 1.0  # seconds

WRITER_MEMORY = 50_000_000  # bytes; what is more is written out as a segment of its own
BUILD_MEMORY = 200_000_000  # for a whole index: fewer segments, fewer merges

Ended = Callable[[], bool]  # whether the writing has to end before it is done


class Abandoned(Exception):
    """A new index had to be given up before it was whole."""


def database_state() -> State:
    """What PostgreSQL holds now: every change up to this number is committed and visible."""
    sequence = ChangeSequence.objects.first()
    return State(str(sequence.archive), sequence.value) if sequence else State("", 0)


class Writer:
    """Writes a generation until `close`; what was not committed by then is dropped."""

    def __init__(self, store: IndexStore, memory: int = WRITER_MEMORY) -> None:
        # Opened anew: the engine keeps a list of its files in memory and writes it out. One that
        # was read before another process wrote would make the engine forget that one's files.
        self.store = IndexStore(store.path)
        self._writer = self.store.index.writer(memory, 1)
        # What becomes standard later changes the decisions that hold it, and so comes here again.
        self._standard: frozenset[int] = frozenset()
        self.uncommitted = 0

    def learn(self) -> None:
        """Read anew which wording is standard, of which no entry holds more than it must."""
        self._standard = frozenset(StandardWording.objects.standard().values_list("pk", flat=True))

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
            tantivy.Query.term_query(self.store.schema, "id", decision_id)
        )
        self.uncommitted += 1

    def commit(self, state: State) -> None:
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
        """Let go of the files. `merge` waits until segments are merged that are being merged now.

        Without it, that work is lost, and begins again at another writer's commit.
        """
        with suppress(ValueError):  # a writer that has failed cannot do either
            if not merge:
                self._writer.rollback()
            self._writer.wait_merging_threads()


@contextmanager
def writing(
    store: IndexStore, memory: int = WRITER_MEMORY, *, merge: bool = True
) -> Iterator[Writer]:
    writer = Writer(store, memory)
    try:
        yield writer
    except BaseException:
        writer.close(merge=False)
        raise
    writer.close(merge=merge)


def apply(writer: Writer, target: State, ended: Ended) -> int:
    """Everything after the last commit up to `target`; returns how many changes that were."""
    reached = writer.store.state().change
    span = {"change__gt": reached, "change__lte": target.change}
    applied = 0
    writer.learn()
    for tombstone in Tombstone.objects.filter(**span).iterator():
        writer.remove(tombstone.decision_id)
        applied += 1
    # In the order of their numbers, so that a commit can say how far it reached; only between two
    # numbers, since one number may be shared by many decisions.
    committed = time.monotonic()
    for decision in _stream(Decision.objects.filter(**span).order_by("change")):
        if decision.change != reached and (
            writer.uncommitted >= COMMIT_EVERY or time.monotonic() - committed > COMMIT_AFTER
        ):
            writer.commit(State(target.archive, reached))
            if ended():
                return applied
            committed = time.monotonic()
        reached = decision.change
        writer.replace(decision)
        applied += 1
    writer.commit(target)
    return applied


def build(ended: Ended, *, merge: bool = True) -> int:
    """A new index beside the one in use, then in its place; returns how many decisions it holds.

    Raises Abandoned.
    """
    target = database_state()
    store = IndexStore.create()
    count = 0
    try:
        with writing(store, BUILD_MEMORY, merge=merge) as writer:
            writer.learn()
            for decision in _stream(Decision.objects.published()):
                writer.add(decision)
                count += 1
                if count % BATCH == 0 and ended():
                    raise Abandoned
            writer.commit(target)
            pointer = settings.INDEX_DIR / "current.new"
            pointer.write_text(store.path.name)
            pointer.replace(settings.INDEX_DIR / "current")
    finally:
        sweep()
    return count


def sweep() -> None:
    """Remove what is not in use: replaced generations, and what killed and abandoned work left.

    Only who holds the writer's lock may: a builder's generation is not in use before it is whole.
    """
    try:
        kept = current_name()
    except IndexUnavailable:
        kept = ""
    for path in settings.INDEX_DIR.glob("v*-*"):
        if path.name == kept:
            for name in litter(path):
                (path / name).unlink(missing_ok=True)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _stream(decisions: DecisionQuerySet) -> Iterator[Decision]:
    """The rows with all that an entry needs, BATCH at a time through a cursor on the server."""
    decisions = decisions.select_related("council", "category__parent", "outcome")
    with transaction.atomic():
        yield from decisions.iterator(chunk_size=BATCH)
