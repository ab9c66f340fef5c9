"""Search indexes on disk, and the one in use opened for reading.

    INDEX_DIR/
        lock           held by the process that writes; the kernel releases it when the process ends
        wanted         held by a process that waits for the lock: the holder then releases it
        current        the name of the store in use; replaced in one rename
        v6-5f0c…/      a store: one tantivy index; its name begins with the schema's version

Every commit has an entry that says which archive the index follows, and up to which change number
(`State`). When a writer is killed, its last commit remains, and the next writer continues from it.
"""

import json
import logging
import os
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import tantivy
from django.conf import settings

from decisions.search.index import schema
from decisions.search.index.checksums import damage
from decisions.search.index.lost_pages import reading, replaced_pages

log = logging.getLogger(__name__)


class IndexUnavailable(Exception):
    """There is no index to search: it is missing, damaged or of another schema version."""


def is_engine_failure(error: BaseException) -> bool:
    """Whether the engine failed: with an error, or with a Rust panic, which is a BaseException but
    not an Exception.
    """
    return isinstance(error, ValueError | OSError) or is_panic(error)


def is_panic(error: BaseException) -> bool:
    """Whether the error is a Rust panic of the engine."""
    return type(error).__module__ == "pyo3_runtime"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn the engine's failures to read the index at `path` into IndexUnavailable."""
    try:
        with reading():
            yield
    except BaseException as error:
        if not is_engine_failure(error):
            raise
        raise IndexUnavailable(f"{path.name}: {error}") from error


@dataclass(frozen=True)
class State:
    """Which archive an index follows, and the number of the last change that it holds."""

    archive: str
    change: int

    def can_advance_to(self, later: "State") -> bool:
        """Whether applying changes leads from this state to `later`.

        False for another archive, and for an earlier state, as after a backup was restored.
        """
        return self.archive == later.archive and self.change <= later.change


@dataclass(frozen=True)
class Commit:
    """Identifies a commit of a store: no two commits have equal values.

    `lost_pages` is the number when this process opened the store: what is cached of a search that
    lost pages is not used again.
    """

    store: str
    modified: int
    inode: int
    lost_pages: int


class IndexStore:
    """One index on disk, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Raises IndexUnavailable when there is no index at `path` that can be opened."""
        self.path = path
        self._metadata = path / "meta.json"
        self._reloading = threading.Lock()
        self.lost_pages = replaced_pages()
        # Read first: a commit that follows while the index is opened is then loaded by `view`.
        self._loaded = self.commit()
        with _reading(path):
            self.index = tantivy.Index.open(str(path))
            schema.register_analyzers(self.index)
            self.index.config_reader("manual")
        self.schema = self.index.schema

    @classmethod
    def create(cls) -> "IndexStore":
        """Create an empty store in INDEX_DIR; readers do not use it yet."""
        name = f"v{schema.VERSION}-{secrets.token_hex(8)}"
        path = settings.INDEX_DIR / name
        path.mkdir(parents=True)
        tantivy.Index(schema.build_schema(), str(path))
        return cls(path)

    def commit(self) -> Commit:
        """The latest commit on disk. Raises IndexUnavailable."""
        try:
            stat = self._metadata.stat()
        except OSError as error:
            raise IndexUnavailable(f"{self.path.name}: {error}") from error
        return Commit(self.path.name, stat.st_mtime_ns, stat.st_ino, self.lost_pages)

    def searcher(self) -> tantivy.Searcher:
        """A searcher of the latest commit; later commits do not change what it finds."""
        return self.view()[1]

    def view(self) -> tuple[Commit, tantivy.Searcher]:
        """The latest commit, and a searcher of that commit or a later one."""
        latest = self.commit()
        if latest != self._loaded:
            # One thread at a time: a slower one could put an earlier commit in place of a later.
            with self._reloading, _reading(self.path):
                self.index.reload()
                self._loaded = latest
        return latest, self.index.searcher()

    def state(self) -> State:
        """The state of the latest commit. Raises IndexUnavailable when it cannot be read."""
        query = tantivy.Query.term_query(self.schema, schema.KIND, schema.STATE, "basic")
        with _reading(self.path):
            searcher = self.searcher()
            ((_, address),) = searcher.search(query, 2).hits
            _, stored = searcher.doc(address)[schema.KIND]
            return State(**json.loads(stored))

    def is_in_use(self) -> bool:
        """Whether readers use this store, and it has a commit."""
        try:
            return current_name() == self.path.name and bool(self.commit())
        except IndexUnavailable:
            return False


T = TypeVar("T")

MAX_NAME_BYTES = 1_000  # most bytes read of the name of the store in use
_NAME = re.compile(rf"v{schema.VERSION}-[0-9a-f]+")

_open_store: IndexStore | None = None
_open_store_lock = threading.Lock()


def current() -> IndexStore:
    """The store in use, opened once in each process, and again after pages of it were lost.

    Raises IndexUnavailable.
    """
    global _open_store
    path = _path_of(settings.INDEX_DIR, current_name())
    with _open_store_lock:
        if (
            _open_store is None
            or _open_store.path != path
            or _open_store.lost_pages != replaced_pages()
        ):
            _open_store = IndexStore(path)
        return _open_store


def query_index(callback: Callable[[IndexStore], T], default: T) -> T:
    """The result of `callback` with the store in use; `default` where the index is unavailable.

    Failures of the engine are logged and give `default` too.
    """
    try:
        with reading():
            return callback(current())
    except BaseException as error:
        if not (isinstance(error, IndexUnavailable) or is_engine_failure(error)):
            raise
        log.warning("The search index could not be queried: %s", error)
        return default


def close() -> None:
    """Close the store that this process has open; the next reader opens it again from the disk."""
    global _open_store
    with _open_store_lock:
        _open_store = None


def current_name() -> str:
    """The name of the store in use.

    Raises IndexUnavailable where there is none, or one of another schema version.
    """
    try:
        # A page asks for it six times, and Path.read_bytes takes three times as long.
        file = os.open(_current_file(settings.INDEX_DIR), os.O_RDONLY)
        try:
            name = os.read(file, MAX_NAME_BYTES).decode(errors="replace").strip()
        finally:
            os.close(file)
    except OSError:
        raise IndexUnavailable("no search index has been built yet") from None
    if not _NAME.fullmatch(name):
        raise IndexUnavailable(f"{name!r} is not an index of schema version {schema.VERSION}")
    return name


@lru_cache(maxsize=1)
def _path_of(index_dir: Path, name: str) -> Path:
    return index_dir / name


@lru_cache(maxsize=1)
def _current_file(index_dir: Path) -> str:
    return str(index_dir / "current")


def discard_if_damaged() -> None:
    """Compare the checksums of the store in use, and rename it if any of its files is damaged.

    The next writer then builds a new store. Any process may do this while another writes: the
    rename affects this store only, works on a full disk, and makes further commits of a writer
    that has the store open fail.
    """
    try:
        path = settings.INDEX_DIR / current_name()
    except IndexUnavailable:
        return
    if damaged := damage(path):
        log.error("The search index %s is damaged: %s", path.name, ", ".join(damaged))
        with suppress(FileNotFoundError):
            path.rename(path.with_name(f"{path.name}-damaged"))
