"""One search index on disk, opened for reading.

    INDEX_DIR/
        lock           held by whoever writes; released by the kernel when its process dies
        wanted         held by whoever waits for the lock: who has it then lets go
        current        the name of the generation in use; replaced in one rename
        v1-5f0c…/      a generation: one tantivy index; its name begins with the schema's version

Every commit holds an entry that says which archive the index follows and up to which change number
(`State`), so a killed writer leaves the last commit, and whoever writes next goes on from there.
"""

import json
import logging
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import tantivy
from django.conf import settings

from decisions.search.index import schema
from decisions.search.index.checksums import damage

log = logging.getLogger(__name__)


class IndexUnavailable(Exception):
    """There is no index that can be asked; it is missing, damaged or of an older schema."""


def is_engine_failure(error: BaseException) -> bool:
    """Whether the engine reports a failure: an error, or a panic of Rust's, which is none of
    Python's exceptions."""
    return isinstance(error, ValueError | OSError) or is_panic(error)


def is_panic(error: BaseException) -> bool:
    return type(error).__module__ == "pyo3_runtime"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn the engine's failures at reading the index at `path` into IndexUnavailable."""
    try:
        yield
    except BaseException as error:
        if not is_engine_failure(error):
            raise
        raise IndexUnavailable(f"{path.name}: {error}") from error


@dataclass(frozen=True)
class State:
    """Which archive an index follows, and up to which change number it holds it."""

    archive: str
    change: int

    def can_become(self, later: "State") -> bool:
        """Not one of another archive, or one before this, as when a backup was restored."""
        return self.archive == later.archive and self.change <= later.change


@dataclass(frozen=True)
class Commit:
    """What a commit of a generation is known by; another commit has another."""

    store: str
    modified: int
    inode: int


class IndexStore:
    def __init__(self, path: Path) -> None:
        """Raises IndexUnavailable when there is no sound index at `path`."""
        with _reading(path):
            self.index = tantivy.Index.open(str(path))
            schema.register_analysers(self.index)
            self.index.config_reader("manual")
            self.index.reload()
        self.path = path
        self.schema = self.index.schema
        self._loaded = self.commit()

    @classmethod
    def create(cls) -> "IndexStore":
        name = f"v{schema.VERSION}-{secrets.token_hex(8)}"
        path = settings.INDEX_DIR / name
        path.mkdir(parents=True)
        tantivy.Index(schema.build_schema(), str(path))
        return cls(path)

    def commit(self) -> Commit:
        """The latest commit on disk. Raises IndexUnavailable."""
        with _reading(self.path):
            stat = (self.path / "meta.json").stat()
        return Commit(self.path.name, stat.st_mtime_ns, stat.st_ino)

    def searcher(self) -> tantivy.Searcher:
        """A view of the latest commit; whatever is committed later does not change it."""
        return self.view()[1]

    def view(self) -> tuple[Commit, tantivy.Searcher]:
        """The latest commit and a searcher that sees at least that."""
        latest = self.commit()
        if latest != self._loaded:
            with _reading(self.path):
                self.index.reload()
            self._loaded = latest
        return latest, self.index.searcher()

    def state(self) -> State:
        """What the latest commit holds. Raises IndexUnavailable when that cannot be read."""
        query = tantivy.Query.term_query(self.schema, schema.KIND, schema.STATE, "basic")
        with _reading(self.path):
            searcher = self.searcher()
            ((_, address),) = searcher.search(query, 2).hits
            _, stored = searcher.doc(address)[schema.KIND]
            return State(**json.loads(stored))

    def is_in_use(self) -> bool:
        """Whether readers are sent here, and find a commit."""
        try:
            return current_name() == self.path.name and bool(self.commit())
        except IndexUnavailable:
            return False


T = TypeVar("T")

_opened: IndexStore | None = None
_opening = threading.Lock()


def current() -> IndexStore:
    """The generation in use, opened once a process. Raises IndexUnavailable."""
    global _opened
    name = current_name()
    with _opening:
        if _opened is None or _opened.path != settings.INDEX_DIR / name:
            _opened = IndexStore(settings.INDEX_DIR / name)
        return _opened


def query_index(ask: Callable[[IndexStore], T], default: T) -> T:
    """What the generation in use answers, or `default` where it cannot be asked.

    For what a page can do without; `search.search` is for what it cannot.
    """
    try:
        return ask(current())
    except BaseException as error:
        if not (isinstance(error, IndexUnavailable) or is_engine_failure(error)):
            raise
        log.warning("The search index could not be asked: %s", error)
        return default


def forget() -> None:
    """Close what this process has open; the next reader opens it from the disk again."""
    global _opened
    with _opening:
        _opened = None


def current_name() -> str:
    """Raises IndexUnavailable where there is none, or one of another schema."""
    try:
        name = (settings.INDEX_DIR / "current").read_bytes().decode(errors="replace").strip()
    except OSError:
        raise IndexUnavailable("no search index has been built yet") from None
    if not re.fullmatch(rf"v{schema.VERSION}-[0-9a-f]+", name):
        raise IndexUnavailable(f"{name!r} is no index of this version of the schema")
    return name


def discard_if_damaged() -> None:
    """Take the index out of use where its bytes on disk are wrong; whoever writes builds anew.

    Anyone may, whoever writes: one rename takes away this generation, and never another. That
    works on a full disk too, and fails the commits of a writer that has it open.
    """
    try:
        path = settings.INDEX_DIR / current_name()
    except IndexUnavailable:
        return
    if damaged := damage(path):
        log.error("The search index %s is damaged: %s", path.name, ", ".join(damaged))
        with suppress(FileNotFoundError):
            path.rename(path.with_name(f"{path.name}-damaged"))
