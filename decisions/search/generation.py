"""One search index on disk, opened for reading.

    INDEX_DIR/
        lock           held by whoever writes; released by the kernel when its process dies
        current        the name of the generation in use; replaced in one rename
        v1-5f0c…/      a generation: one tantivy index; its name begins with the schema's version

Every commit holds an entry that says which archive the index follows and up to which change number
(`State`), so a killed writer leaves the last commit, and whoever writes next goes on from there.
"""

import json
import secrets
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings

from decisions.search import schema

# The last bytes of every file of the engine's: how long the JSON before them is, and its mark.
_FOOTER = struct.Struct("<II")
_FOOTER_MARK = 1337
_READ_AT_ONCE = 1 << 20


class IndexUnavailable(Exception):
    """There is no index that can be asked; it is missing, damaged or of an older schema."""


@dataclass(frozen=True)
class State:
    """Which archive an index follows, and up to which change number it holds it."""

    archive: str
    change: int


@dataclass(frozen=True)
class Commit:
    """What a commit of a generation is known by; another commit has another."""

    generation: str
    modified: int
    inode: int


class Generation:
    def __init__(self, path: Path) -> None:
        """Raises IndexUnavailable when there is no sound index at `path`."""
        try:
            self.index = tantivy.Index.open(str(path))
            schema.register_analysers(self.index)
            self.index.config_reader("manual")
            self.index.reload()
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"{path.name}: {error}") from error
        self.path = path
        self.schema = self.index.schema
        self._loaded = self.commit()

    @classmethod
    def create(cls) -> "Generation":
        name = f"v{schema.VERSION}-{secrets.token_hex(8)}"
        path = settings.INDEX_DIR / name
        path.mkdir(parents=True)
        tantivy.Index(schema.build_schema(), str(path))
        return cls(path)

    def commit(self) -> Commit:
        """The latest commit on disk. Raises IndexUnavailable."""
        try:
            stat = (self.path / "meta.json").stat()
        except OSError as error:
            raise IndexUnavailable(f"{self.path.name}: {error}") from error
        return Commit(self.path.name, stat.st_mtime_ns, stat.st_ino)

    def searcher(self) -> tantivy.Searcher:
        """A view of the latest commit; whatever is committed later does not change it."""
        return self.view()[1]

    def view(self) -> tuple[Commit, tantivy.Searcher]:
        """The latest commit and a searcher that sees at least that."""
        latest = self.commit()
        if latest != self._loaded:
            self.index.reload()
            self._loaded = latest
        return latest, self.index.searcher()

    def state(self) -> State:
        """What the latest commit holds. Raises IndexUnavailable when that cannot be read."""
        query = tantivy.Query.term_query(self.schema, schema.KIND, schema.STATE, "basic")
        try:
            searcher = self.searcher()
            ((_, address),) = searcher.search(query, 2).hits
            _, stored = searcher.doc(address)[schema.KIND]
            return State(**json.loads(stored))
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"{self.path.name}: no state to be read: {error}") from error

    def files(self) -> list[Path]:
        """The engine's data files, each of which ends in a checksum of its own."""
        return sorted(path for path in self.path.iterdir() if path.suffix[1:] in _DATA_SUFFIXES)

    def damaged(self) -> Iterator[str]:
        """Names of files whose bytes are not those that were written."""
        for path in self.files():
            try:
                if not _is_sound(path):
                    yield path.name
            except FileNotFoundError:  # merged into another just now
                continue


_DATA_SUFFIXES = {"fast", "fieldnorm", "idx", "pos", "store", "term"}


def _is_sound(path: Path) -> bool:
    """Whether the file's checksum is that of its bytes; those of deletions have none."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size < _FOOTER.size:
            return False
        file.seek(size - _FOOTER.size)
        length, mark = _FOOTER.unpack(file.read(_FOOTER.size))
        end = size - _FOOTER.size - length
        if mark != _FOOTER_MARK or end < 0:
            return False
        file.seek(end)
        try:
            expected = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        checksum = 0
        while end > 0:
            piece = file.read(min(_READ_AT_ONCE, end))
            checksum = zlib.crc32(piece, checksum)
            end -= len(piece)
        return checksum == expected


_opened: Generation | None = None
_opening = threading.Lock()


def current() -> Generation:
    """The generation in use, opened once a process. Raises IndexUnavailable."""
    global _opened
    name = current_name()
    with _opening:
        if _opened is None or _opened.path != settings.INDEX_DIR / name:
            _opened = Generation(settings.INDEX_DIR / name)
        return _opened


def forget() -> None:
    """Close what this process has open; the next reader opens it from the disk again."""
    global _opened
    with _opening:
        _opened = None


def current_name() -> str:
    """Raises IndexUnavailable where there is none, or one of another schema."""
    try:
        name = (settings.INDEX_DIR / "current").read_text().strip()
    except OSError:
        raise IndexUnavailable("no search index has been built yet") from None
    if not name.startswith(f"v{schema.VERSION}-"):
        raise IndexUnavailable(f"{name or 'an empty name'} is of another version of the schema")
    return name
