"""The search index on disk: opened for reading, kept up with PostgreSQL, rebuilt, proved.

    INDEX_DIR/
        lock           held by whoever writes; released by the kernel when its process dies
        current        the name of the generation in use; replaced in one rename
        v1-5f0c…/      a generation: one tantivy index; its name begins with the schema's version

The index is a projection of PostgreSQL. Every commit holds an entry that says which archive it
follows and up to which change number (`State`), so a killed writer leaves the last commit, and
whoever writes next goes on from there. Applying a change twice gives what applying it once gives.
"""

import fcntl
import json
import logging
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import transaction

from decisions.models import ChangeCounter, Decision, DecisionQuerySet, Removal, Wording
from decisions.search import schema

log = logging.getLogger(__name__)

BATCH = 500  # decisions loaded from PostgreSQL at a time
COMMIT_EVERY = 5_000  # changes between two commits: what a killed writer has to do again
WRITER_MEMORY = 100_000_000  # bytes


class IndexUnavailable(Exception):
    """There is no index that can be asked; it is missing, damaged or of an older schema."""


@dataclass(frozen=True)
class State:
    """Which archive an index follows, and up to which change number it holds it."""

    archive: str
    change: int


def wanted_state() -> State:
    """What PostgreSQL holds now: every change up to this number is committed and visible."""
    counter = ChangeCounter.objects.first()
    return State(str(counter.archive), counter.value) if counter else State("", 0)


class Generation:
    """One opened index on disk."""

    def __init__(self, path: Path) -> None:
        """Raises IndexUnavailable when there is no sound index at `path`."""
        try:
            self.index = tantivy.Index.open(str(path))
            self.index.register_tokenizer("english", schema.ANALYSER)
            self.index.register_tokenizer("words", schema.WORDS)
            self.index.config_reader("manual")
            self.index.reload()
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"{path.name}: {error}") from error
        self.path = path
        self.schema = self.index.schema
        self._loaded = self._commit_mark()

    @classmethod
    def create(cls) -> "Generation":
        name = f"v{schema.VERSION}-{secrets.token_hex(8)}"
        path = settings.INDEX_DIR / name
        path.mkdir(parents=True)
        tantivy.Index(schema.build_schema(), str(path))
        return cls(path)

    def searcher(self) -> tantivy.Searcher:
        """A view of the latest commit; whatever is committed later does not change it."""
        mark = self._commit_mark()
        if mark != self._loaded:
            self.index.reload()
            self._loaded = mark
        return self.index.searcher()

    def state(self) -> State:
        """What the latest commit holds. Raises IndexUnavailable when that cannot be read."""
        query = tantivy.Query.term_query(self.schema, schema.STATE, schema.STATE, "basic")
        try:
            searcher = self.searcher()
            ((_, address),) = searcher.search(query, 2).hits
            _, stored = searcher.doc(address)[schema.STATE]
            return State(**json.loads(stored))
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"{self.path.name}: no state to be read: {error}") from error

    @contextmanager
    def writer(self) -> Iterator["Writer"]:
        """Writes until the block ends; what was not committed by then is dropped."""
        writer = Writer(self.index.writer(WRITER_MEMORY, 1), self.schema)
        try:
            yield writer
        finally:
            writer.close()

    def _commit_mark(self) -> tuple[int, int]:
        try:
            stat = (self.path / "meta.json").stat()
        except OSError as error:
            raise IndexUnavailable(f"{self.path.name}: {error}") from error
        return stat.st_mtime_ns, stat.st_ino


class Writer:
    def __init__(self, writer: tantivy.IndexWriter, index_schema: tantivy.Schema) -> None:
        self._writer = writer
        # What becomes standard later changes the decisions that hold it, and so comes here again.
        self._standard = frozenset(Wording.objects.standard().values_list("pk", flat=True))
        self._schema = index_schema
        self.uncommitted = 0

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
            tantivy.Query.term_query(self._schema, "id", decision_id)
        )
        self.uncommitted += 1

    def commit(self, state: State) -> None:
        self._writer.delete_documents_by_query(
            tantivy.Query.term_query(self._schema, schema.STATE, schema.STATE, "basic")
        )
        entry = tantivy.Document()
        entry.add_text(schema.STATE, schema.STATE)
        entry.add_text(schema.STATE, json.dumps(asdict(state)))
        self._writer.add_document(entry)
        self._writer.commit()
        self.uncommitted = 0

    def close(self) -> None:
        self._writer.rollback()
        self._writer.wait_merging_threads()


# Reading -------------------------------------------------------------------------------------

_opened: Generation | None = None
_opening = threading.Lock()


def current() -> Generation:
    """The generation in use, opened once a process. Raises IndexUnavailable."""
    global _opened
    name = _current_name()
    with _opening:
        if _opened is None or _opened.path != settings.INDEX_DIR / name:
            _opened = Generation(settings.INDEX_DIR / name)
        return _opened


def forget() -> None:
    """Close what this process has open; the next reader opens it from the disk again."""
    global _opened
    with _opening:
        _opened = None


def _current_name() -> str:
    try:
        name = (settings.INDEX_DIR / "current").read_text().strip()
    except OSError:
        raise IndexUnavailable("no search index has been built yet") from None
    if not name.startswith(f"v{schema.VERSION}-"):
        raise IndexUnavailable(f"{name or 'an empty name'} is of another version of the schema")
    return name


# Writing -------------------------------------------------------------------------------------


def catch_up() -> int:
    """Bring the index up to PostgreSQL's last change; returns how many changes were applied.

    Whoever changed something calls this. When another process is writing already, the work is
    left to it: having let go of the lock it looks once more, so that no change is left behind.
    """
    applied = 0
    while not _is_current():
        with _lock(wait=False) as held:
            if not held:
                break
            applied += _apply_changes()
    return applied


def rebuild() -> int:
    """Make a new index from PostgreSQL beside the old one, then put it in its place."""
    with _lock(wait=True):
        return _build()


def discard_damaged(generation: Generation) -> None:
    """Take a generation that could not be read out of use; the next `catch_up` rebuilds."""
    with _lock(wait=False) as held:
        pointer = settings.INDEX_DIR / "current"
        if held and pointer.exists() and pointer.read_text().strip() == generation.path.name:
            pointer.unlink()


def _is_current() -> bool:
    try:
        return current().state() == wanted_state()
    except IndexUnavailable:
        return False


@contextmanager
def _lock(*, wait: bool) -> Iterator[bool]:
    settings.INDEX_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.INDEX_DIR / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def _apply_changes() -> int:
    """Apply what changed since the index's last commit; builds it anew where it cannot follow."""
    target = wanted_state()
    try:
        generation = current()
        state = generation.state()
    except IndexUnavailable as error:
        log.info("Building the search index: %s.", error)
        return _build()
    # An index of another archive, or ahead of this one (a backup was restored), follows nothing.
    if state.archive != target.archive or state.change > target.change:
        return _build()

    span = {"change__gt": state.change, "change__lte": target.change}
    applied = 0
    with generation.writer() as writer:
        for removal in Removal.objects.filter(**span).iterator():
            writer.remove(removal.decision_id)
            applied += 1
        # In the order of their numbers, so that a commit can say how far it reached; only between
        # two numbers, since one number may be shared by many decisions.
        reached = state.change
        for decision in _stream(Decision.objects.filter(**span).order_by("change")):
            if decision.change != reached and writer.uncommitted >= COMMIT_EVERY:
                writer.commit(State(target.archive, reached))
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
        with generation.writer() as writer:
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
    for old in settings.INDEX_DIR.glob("v*-*"):
        if old != generation.path:
            shutil.rmtree(old, ignore_errors=True)
    return count


def _stream(decisions: DecisionQuerySet) -> Iterator[Decision]:
    """The rows with all that an entry needs, BATCH at a time through a cursor on the server."""
    decisions = decisions.select_related("council", "category__parent", "outcome")
    with transaction.atomic():
        yield from decisions.iterator(chunk_size=BATCH)


# Proving -------------------------------------------------------------------------------------


@dataclass
class Differences:
    """Ids of decisions on which the index and PostgreSQL differ, up to the index's change."""

    state: State
    checked: int = 0
    missing: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.outdated)


def verify() -> Differences:
    """Compare every entry of the index with PostgreSQL. Raises IndexUnavailable."""
    generation = current()
    state = generation.state()
    indexed = dict(_indexed_changes(generation))
    differences = Differences(state)
    rows = Decision.objects.published().values_list("pk", "change")
    for pk, change in rows.iterator(chunk_size=10_000):
        held = indexed.pop(pk, None)
        if change > state.change:
            continue  # changed since: the index cannot know yet
        differences.checked += 1
        if held is None:
            differences.missing.append(pk)
        elif held != change:
            differences.outdated.append(pk)
    pending = set(Removal.objects.filter(change__gt=state.change).values_list("pk", flat=True))
    pending |= set(Decision.objects.filter(change__gt=state.change).values_list("pk", flat=True))
    differences.extra = sorted(set(indexed) - pending)
    return differences


def _indexed_changes(generation: Generation) -> Iterator[tuple[int, int]]:
    searcher = generation.searcher()
    everything = tantivy.Query.exists_query("id")
    hits = searcher.search(everything, max(1, searcher.num_docs), count=False).hits
    addresses = [address for _, address in hits]
    ids = searcher.fast_field_values("id", addresses)
    changes = searcher.fast_field_values("change", addresses)
    return zip(ids, changes, strict=True)
