"""Reads paths, directories, standard input and uploads with the reader for each kind of file."""

import io
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from decisions.sources import capture_times, extensions, gzips, limits
from decisions.sources.companions import is_folder
from decisions.sources.json_records import is_json, read_lines
from decisions.sources.members import read_whole
from decisions.sources.meter import Meter, metered
from decisions.sources.recognition import START_BYTES, describes_folder, is_decision_file
from decisions.sources.results import (
    ReadResult,
    Skipped,
    Unreadable,
    dated,
    describe_error,
    too_large,
)
from decisions.sources.tars import is_tar, read_tar
from decisions.sources.warcs import is_warc, read_warc
from decisions.sources.zips import count_members, is_zip, read_zip

STANDARD_INPUT = "standard input"


def read_paths(paths: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Iterator[ReadResult]:
    """Read everything under `paths`; `-` stands for standard input.

    In a directory only files with known extensions, and web pages, are read, in sorted order; a
    file named here is read whatever its extension. A path that gives nothing at all is Unreadable.
    """
    named = [str(path) for path in paths]
    for path in named:
        if path == "-":
            yield from _or_nothing(STANDARD_INPUT, _read_stdin(stdin))
        elif is_folder(path.rstrip("/"), named) and Path(path).is_dir():
            yield Skipped(path)  # as in `ingest *`: the page beside it is named too
        else:
            yield from _or_nothing(path, _read_path(Path(path)))


def count_paths(paths: Iterable[str | Path]) -> int | None:
    """About how many items `read_paths` will yield, for a progress bar; None for standard input.

    Each file and each member of a zip counts as one, even if it holds many records.
    """
    total = 0
    for path in map(Path, paths):
        if str(path) == "-":
            return None
        candidates = path.rglob("*") if path.is_dir() else (path,)
        total += sum(_count_file(file) for file in candidates if not file.is_dir())
    return total


def _count_file(path: Path) -> int:
    return count_members(path) if extensions.archive_kind(path.name) == "zip" else 1


def read_file(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    """Read an uploaded file, which allows seeking: one decision, JSON records, or an archive."""
    yield from _or_nothing(name, _read_stream(name, file))


def read_bytes(name: str, data: bytes) -> Iterator[ReadResult]:
    """Read an upload: one decision, JSON records, or an archive."""
    yield from read_file(name, io.BytesIO(data))


def _or_nothing(name: str, reads: Iterable[ReadResult]) -> Iterator[ReadResult]:
    """Yield what `reads` yields, and Unreadable where that is nothing but passed-over files."""
    skipped = 0
    is_empty = True
    for read in reads:
        skipped += isinstance(read, Skipped)
        is_empty = is_empty and isinstance(read, Skipped)
        yield read
    if is_empty:
        holds = f"{skipped:,} of other kinds skipped" if skipped else "it is empty"
        yield Unreadable(name, f"no decision files in it: {holds}")


def _read_stdin(stdin: IO[bytes] | None) -> Iterator[ReadResult]:
    if stdin is None:
        yield Unreadable(STANDARD_INPUT, "nothing to read")
    else:
        yield from _read_pipe(STANDARD_INPUT, stdin)


def _read_pipe(name: str, pipe: IO[bytes]) -> Iterator[ReadResult]:
    # A zip is read by seeking, which a pipe does not allow, so its bytes are kept in memory.
    data = pipe.read(limits.MAX_FILE_BYTES + 1)
    if len(data) > limits.MAX_FILE_BYTES:
        yield too_large(name, limits.MAX_FILE_BYTES, "; give the name of the file instead")
    else:
        yield from read_bytes(name, data)


def _read_path(path: Path) -> Iterator[ReadResult]:
    try:
        status = path.stat()
        mode = status.st_mode
        if stat.S_ISDIR(mode):
            yield from _read_directory(path)
            return
        with path.open("rb") as file:
            if stat.S_ISREG(mode):
                modified = capture_times.file_time(status.st_mtime)
                yield from dated(_read_stream(str(path), file), modified)
            else:  # as in `ingest <(unpack …)`
                yield from _read_pipe(str(path), file)
    except (OSError, ValueError) as error:
        yield Unreadable(str(path), describe_error(error))


def _read_directory(root: Path) -> Iterator[ReadResult]:
    """Read all files under `root`, sorted within each directory, and each directory only once.

    A link to a parent directory therefore causes no endless loop.
    """
    seen: set[tuple[int, int]] = set()
    pending = [root]
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    inside = sorted(path.iterdir(), reverse=True)
                    names = {str(below) for below in inside}
                    folders = {below for below in inside if is_folder(str(below), names)}
                    yield from (Skipped(str(folder)) for folder in sorted(folders))
                    pending += (below for below in inside if below not in folders)
            elif stat.S_ISREG(status.st_mode) and _is_read(path):
                yield from _read_path(path)
            else:
                yield Skipped(str(path))
        except OSError as error:
            yield Unreadable(str(path), describe_error(error))


def _is_read(path: Path) -> bool:
    """Whether a file in a directory is read: its extension tells, else its first bytes."""
    if describes_folder(path.name):
        return False
    if extensions.is_known(path.name):
        return True
    with path.open("rb") as file:
        return is_decision_file(path.name, file.read(START_BYTES))


def _read_stream(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    """Read a seekable file, up to the limits."""
    yield from metered(name, file, lambda file, meter: _read_file(name, file, meter))


def _read_file(name: str, file: IO[bytes], meter: Meter) -> Iterator[ReadResult]:
    start = file.read(START_BYTES)
    file.seek(0)
    if start.startswith(gzips.MAGIC):
        yield from _read_gzip(name, file, meter)
    elif is_zip(name, start):
        yield from read_zip(name, file, meter)
    elif is_warc(name, start):
        yield from read_warc(name, file, meter)
    elif is_tar(name, start):
        yield from read_tar(name, lambda: _rewound(file), meter)
    else:
        yield from _read_single_file(name, file, start)


def _read_gzip(name: str, file: IO[bytes], meter: Meter) -> Iterator[ReadResult]:
    """Read a tar, a WARC or a single file that is compressed with gzip."""
    try:
        with meter.container():
            stream = _gunzipped(file, meter)
            start = stream.peek(START_BYTES)
            if is_zip("", start) or start.startswith(gzips.MAGIC):
                reason = "an archive within a gzip file is not opened; unpack it first"
                yield Unreadable(name, reason)
            elif is_warc(name, start):
                yield from read_warc(name, _rewound(file), meter)
            elif is_tar(name, start):
                yield from read_tar(name, lambda: _gunzipped(file, meter), meter)
            else:
                inner = name.replace("\\", "/").rpartition("/")[2]
                yield from _read_single_file(f"{name}/{inner.removesuffix('.gz')}", stream, start)
    except gzips.Damaged as error:
        yield Unreadable(name, f"damaged: {error}")


def _rewound(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def _gunzipped(file: IO[bytes], meter: Meter) -> io.BufferedReader:
    """The decompressed bytes of a gzip file, from its beginning. Raises gzips.Damaged."""
    gunzip = gzips.Gunzip(_rewound(file), meter, join_members=True)
    gunzip.next_member()
    return io.BufferedReader(gunzip)


def _read_single_file(name: str, file: IO[bytes], start: bytes) -> Iterator[ReadResult]:
    if extensions.is_json_lines(name):
        yield from read_lines(name, file)
        return
    # An array of records may be larger than a decision.
    limit = limits.MAX_FILE_BYTES if is_json(start) else limits.MAX_MEMBER_BYTES
    data = file.read(limit + 1)
    if len(data) > limit:
        hint = "; save it with one record on each line (JSON Lines)" if is_json(start) else ""
        yield too_large(name, limit, hint)
    else:
        yield from read_whole(name, data)
