"""What people hand over, as named bytes: files, directories, zips, JSON records, uploads.

Everything is yielded as it is read: a directory of 60,000 files or a JSON Lines file of any size
takes the memory of one decision. What cannot be read is yielded too, by name and reason, and the
rest goes on; nothing here raises for the sake of its input.
"""

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

MEBIBYTE = 1024 * 1024
# A decision is some 10 kB, the longest report well under 1 MB. Arrays of records are longer.
MAX_FILE_BYTES = 64 * MEBIBYTE
# One member of a zip, or one line of JSON Lines: a single decision.
MAX_MEMBER_BYTES = 16 * MEBIBYTE
# Four times what the Ombudsman has published since 2013.
MAX_MEMBERS = 250_000
# What a zip may hold unpacked. All published decisions together are some 600 MB.
MAX_EXPANDED_BYTES = 2048 * MEBIBYTE

_SINGLE = (".txt", ".text", ".html", ".htm")
_LINES = (".jsonl", ".ndjson")
_ZIP = ".zip"
ENDINGS = (*_SINGLE, ".json", *_LINES, _ZIP)

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_MEMBER = "[Content_Types].xml"
STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one decision, exactly as received; `url` where they were fetched, if known.

    `name` tells the person who sent it which it was: `a.zip/2022/21-019-030.txt`, `all.jsonl:3`
    (a line), `all.json[2]` (an entry, from 0).
    """

    name: str
    data: bytes
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file passed over for its ending, in a directory or zip."""

    name: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that should have given a decision and could not be read."""

    name: str
    reason: str


Read = Source | Ignored | Unreadable


def read_paths(paths: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Iterator[Read]:
    """Everything under `paths`; `-` stands for standard input.

    In a directory only files with the known ENDINGS are read, in sorted order; a file named here
    is tried whatever its ending.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_stdin(stdin)
        else:
            yield from _read_path(Path(path))


def count_paths(paths: Iterable[str | Path]) -> int | None:
    """About how much `read_paths` will yield, to show progress by; None for standard input.

    Files and members of zips are counted by name; a file of many records counts as one.
    """
    total = 0
    for path in map(Path, paths):
        if str(path) == "-":
            return None
        below = path.rglob("*") if path.is_dir() else (path,)
        total += sum(_count_file(file) for file in below if not file.is_dir())
    return total


def _count_file(path: Path) -> int:
    if path.suffix.lower() != _ZIP:
        return 1
    try:
        with zipfile.ZipFile(path) as archive:
            return len(archive.infolist())
    except (zipfile.BadZipFile, *_DAMAGE):
        return 1


def read_bytes(name: str, data: bytes) -> Iterator[Read]:
    """What an upload holds: one decision, a zip, or JSON records."""
    if len(data) > MAX_FILE_BYTES and not _is_zip(name, data[:4]):
        yield _too_large(name, MAX_FILE_BYTES)
        return
    yield from _read_stream(name, io.BytesIO(data))


# --- files and directories --------------------------------------------------------------------


def _read_stdin(stdin: IO[bytes] | None) -> Iterator[Read]:
    if stdin is None:
        yield Unreadable(STANDARD_INPUT, "nothing to read")
        return
    # A zip cannot be read from a pipe piece by piece, so this is held in memory, up to a limit.
    data = stdin.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        yield _too_large(STANDARD_INPUT, MAX_FILE_BYTES, "; name the file instead")
        return
    yield from read_bytes(STANDARD_INPUT, data)


def _read_path(path: Path) -> Iterator[Read]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _read_directory(path)
            return
        with path.open("rb") as file:
            if stat.S_ISREG(mode):
                yield from _read_stream(str(path), file)
            else:  # a pipe, as in `ingest <(unpack …)`, cannot be searched
                yield from read_bytes(str(path), file.read(MAX_FILE_BYTES + 1))
    except (OSError, ValueError) as error:
        yield Unreadable(str(path), _say(error))


def _read_directory(root: Path) -> Iterator[Read]:
    """All files below, sorted within each directory. A link into a parent is not followed round."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    waiting += sorted(path.iterdir(), reverse=True)
            elif stat.S_ISREG(status.st_mode) and path.suffix.lower() in ENDINGS:
                yield from _read_path(path)
            else:
                yield Ignored(str(path))
        except OSError as error:
            yield Unreadable(str(path), _say(error))


def _read_stream(name: str, file: IO[bytes]) -> Iterator[Read]:
    """A whole file, from its beginning, that can be searched."""
    start = file.read(4)
    file.seek(0)
    if _is_zip(name, start):
        yield from _read_zip(name, file)
    elif name.lower().endswith(_LINES):
        yield from _read_lines(name, file)
    else:
        data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            hint = "; put its records on a line each (JSON Lines)" if _is_json(data) else ""
            yield _too_large(name, MAX_FILE_BYTES, hint)
        else:
            yield from _read_whole(name, data)


def _read_whole(name: str, data: bytes) -> Iterator[Read]:
    """A file that is no zip: one decision, or JSON that may hold several."""
    if name.lower().endswith(_SINGLE) or not _is_json(data):
        yield Source(name, data)
    else:
        yield from _read_json(name, data)


# --- zips -------------------------------------------------------------------------------------


def _is_zip(name: str, start: bytes) -> bool:
    return name.lower().endswith(_ZIP) or start in _ZIP_MAGIC


def _read_zip(name: str, file: IO[bytes]) -> Iterator[Read]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Unreadable(name, f"not a readable zip: {_say(error)}")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if any(member.filename == _OFFICE_MEMBER for member in members):
            yield Unreadable(name, "an Office document; save it as plain text")
            return
        if len(members) > MAX_MEMBERS:
            yield Unreadable(
                name, f"holds {len(members):,} files; at most {MAX_MEMBERS:,} are read from one zip"
            )
            return
        budget = MAX_EXPANDED_BYTES
        for member in sorted(members, key=lambda member: member.filename):
            if _is_passed_over(member):
                yield Ignored(f"{name}/{member.filename}")
                continue
            # The size a zip states is the most that is ever unpacked of a member.
            budget -= member.file_size
            if budget < 0:
                yield Unreadable(
                    name,
                    f"unpacks to more than {MAX_EXPANDED_BYTES // MEBIBYTE:,} MB;"
                    f" nothing from {member.filename} on was read",
                )
                return
            yield from _read_member(archive, member, f"{name}/{member.filename}")


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    # macOS adds a file of its own for each: __MACOSX/._a.txt
    is_apple = path.parts[:1] == ("__MACOSX",) or path.name.startswith("._")
    return is_apple or path.suffix.lower() not in ENDINGS


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Read]:
    ending = PurePosixPath(member.filename).suffix.lower()
    if ending == _ZIP:
        yield Unreadable(name, "a zip within a zip is not opened; unpack it first")
    elif member.flag_bits & 1:
        yield Unreadable(name, "encrypted; unpack it with its password first")
    elif ending not in _LINES and member.file_size > MAX_MEMBER_BYTES:
        yield _too_large(name, MAX_MEMBER_BYTES)
    else:
        try:
            with archive.open(member) as file:
                if ending in _LINES:
                    yield from _read_lines(name, file)
                    return
                data = file.read()
        except _DAMAGE as error:
            yield Unreadable(name, f"damaged: {_say(error)}")
        else:
            yield from _read_whole(name, data)


# What zipfile raises for a member that is not what the directory of the zip says.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


# --- JSON -------------------------------------------------------------------------------------

# JSON's own characters are ASCII. Read as Latin-1, any of its encodings but UTF-16 keeps them, and
# a position in the text is a position in the bytes: so records are cut out exactly as received.
_BYTEWISE = "latin-1"
_BLANK = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECODER = json.JSONDecoder(strict=False)


def _is_json(data: bytes) -> bool:
    start = data[:200].removeprefix(_BOM).lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def _read_json(name: str, data: bytes) -> Iterator[Read]:
    """One record, an array of records, or, whatever the file is called, a record a line."""
    text = data.removeprefix(_BOM).decode(_BYTEWISE)
    offset = len(data) - len(text)
    position = _skip_blank(text, 0)
    if text[position] == "[":
        yield from _read_array(name, data, text, position + 1, offset)
        return
    try:
        _, end = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        end = len(text)
    if _skip_blank(text, end) == len(text) and _count_lines_with_records(text) < 2:
        yield Source(name, data)
    else:
        yield from _read_lines(name, io.BytesIO(data))


def _count_lines_with_records(text: str) -> int:
    """How many of the first lines begin a record: two tell JSON Lines, even with a bad first."""
    return sum(line.startswith('{"') for line in text.split("\n", 3)[:3])


def _read_array(name: str, data: bytes, text: str, position: int, offset: int) -> Iterator[Read]:
    index = 0
    position = _skip_blank(text, position)
    if text[position : position + 1] == "]":
        yield Unreadable(name, "an empty list of records")
        return
    while True:
        here = f"{name}[{index}]"
        try:
            _, end = _DECODER.raw_decode(text, position)
        except RecursionError:
            yield Unreadable(here, "JSON nested too deeply; nothing after it was read")
            return
        except ValueError as error:
            yield Unreadable(here, f"not valid JSON: {error}; nothing after it was read")
            return
        yield Source(here, data[offset + position : offset + end])
        index += 1
        position = _skip_blank(text, end)
        separator = text[position : position + 1]
        if separator == "]":
            if _skip_blank(text, position + 1) != len(text):
                yield Unreadable(name, "something follows the end of the list of records")
            return
        if separator != ",":
            yield Unreadable(f"{name}[{index}]", "the list of records breaks off here")
            return
        position = _skip_blank(text, position + 1)


def _skip_blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _read_lines(name: str, file: IO[bytes]) -> Iterator[Read]:
    """JSON Lines: a record a line, numbered from 1; blank lines count but hold nothing."""
    number = 0
    found = False
    while line := file.readline(MAX_MEMBER_BYTES + 1):
        number += 1
        here = f"{name}:{number}"
        if number == 1:
            if line.startswith(_UTF16_BOMS):
                yield Unreadable(name, "JSON Lines in UTF-16; save it as UTF-8")
                return
            line = line.removeprefix(_BOM)
        if len(line) > MAX_MEMBER_BYTES:
            yield _too_large(here, MAX_MEMBER_BYTES)
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_MEMBER_BYTES)
            continue
        record = line.strip()
        if not record:
            continue
        found = True
        try:
            _DECODER.decode(record.decode(_BYTEWISE))
        except RecursionError:
            yield Unreadable(here, "JSON nested too deeply")
        except ValueError as error:
            yield Unreadable(here, f"not valid JSON: {error}")
        else:
            yield Source(here, record)
    if not found:
        yield Unreadable(name, "no records in it")


# --- reasons ----------------------------------------------------------------------------------


def _too_large(name: str, limit: int, hint: str = "") -> Unreadable:
    return Unreadable(name, f"larger than {limit // MEBIBYTE} MB, no decision is{hint}")


def _say(error: BaseException) -> str:
    """The reason without Python's own dressing: "No such file or directory"."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
