"""The files of a dump as they are written: each with its size and its SHA-256."""

import gzip
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from decisions.dumps.contents import DumpError

# Bytes of a file that are hashed at a time.
_BLOCK = 1024 * 1024


@dataclass(slots=True)
class DumpFile:
    """A file of a dump. `path` is relative to the dump; `table` and `rows` say what is in it."""

    path: str
    bytes: int
    sha256: str
    table: str | None = None
    rows: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The file as JSON types, without what is not known."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value is not None}


def describe(directory: Path, path: str, table: str | None = None) -> DumpFile:
    """Read a file of a dump to its end, for its size and its hash."""
    digest = hashlib.sha256()
    size = 0
    with (directory / path).open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return DumpFile(path, size, digest.hexdigest(), table)


def write(directory: Path, path: str, data: bytes) -> DumpFile:
    """Write a small file of a dump."""
    target = directory / path
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    return DumpFile(path, len(data), hashlib.sha256(data).hexdigest())


def sync(directory: Path) -> None:
    """Return once every file of a directory is on the disk, also if the machine stops."""
    for path in [*directory.rglob("*"), directory]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def written_whole(directory: Path) -> Iterator[Path]:
    """Yield a directory to write into; once all of it is on the disk, it is renamed `directory`.

    So no one sees a part of it under that name. `directory` must not exist yet, or be empty.
    Raises DumpError.
    """
    if directory.exists() and not (directory.is_dir() and not any(directory.iterdir())):
        raise DumpError(f"{directory} exists already. Name a directory that does not exist yet.")
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    except OSError as error:
        raise DumpError(f"Nothing can be written beside {directory}: {error}") from error
    try:
        yield beside
        sync(beside)
        beside.rename(directory)
    except OSError as error:
        raise DumpError(f"{directory} could not be written: {error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    descriptor = os.open(directory.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fault(directory: Path, entry: dict[str, Any]) -> str | None:
    """What is wrong with a file that a manifest lists, None if nothing."""
    name = str(entry["path"])
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return f"{name}: not a file of this directory"
    try:
        found = describe(directory, name)
    except OSError as error:
        return f"{name}: {error.strerror}"
    if found.bytes != entry["bytes"]:
        return f"{name}: {found.bytes:,} bytes, and the manifest says {entry['bytes']:,}"
    if found.sha256 != entry["sha256"]:
        return f"{name}: its SHA-256 is not that of the manifest"
    return None


class HashedFile(io.RawIOBase):
    """A new file that counts and hashes what is written to it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self._file = path.open("xb")
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Write all of `data`."""
        self._digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def close(self) -> None:
        """Write what is still in memory."""
        self._file.close()
        super().close()

    @property
    def sha256(self) -> str:
        """The hash of all bytes so far."""
        return self._digest.hexdigest()


class Parts:
    """A table's files: `data/decisions-0001.jsonl.gz` and so on, each of limited size.

    `start` makes the stream that entries are written to from the file of a part. A part ends with
    the entry with which it reaches `limit` bytes, as they are before compression.
    """

    def __init__(
        self,
        directory: Path,
        pattern: str,
        table: str,
        limit: int,
        start: Callable[[HashedFile], IO[bytes]],
    ) -> None:
        self.files: list[DumpFile] = []
        self._directory = directory
        self._pattern = pattern
        self._table = table
        self._limit = limit
        self._start = start
        self._written = 0
        self._rows = 0
        self._open()

    def stream(self) -> IO[bytes]:
        """Where the next entry is written."""
        if self._written >= self._limit:
            self.close()
            self._open()
        return self._stream

    def count(self, size: int) -> None:
        """Count an entry of that many bytes, which was written to `stream()`."""
        self._written += size
        self._rows += 1

    def close(self) -> None:
        """End the current part; a table without rows has one part without lines."""
        self._stream.close()
        self._file.close()
        path = self._pattern.format(len(self.files) + 1)
        sizes = (self._file.size, self._file.sha256)
        self.files.append(DumpFile(path, *sizes, self._table, self._rows))

    def _open(self) -> None:
        self._written = self._rows = 0
        self._file = HashedFile(self._directory / self._pattern.format(len(self.files) + 1))
        self._stream = self._start(self._file)


def gzip_stream(file: HashedFile) -> IO[bytes]:
    """A stream that compresses into `file`, without a time and a name: only its input decides."""
    return cast(IO[bytes], gzip.GzipFile("", "wb", 6, file, mtime=0))
