"""Reads zips member by member, in the order of the members' names."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from decisions.sources import extensions, limits
from decisions.sources.capture_times import zip_time
from decisions.sources.companions import is_companion
from decisions.sources.members import read_member, refuse_member
from decisions.sources.meter import Meter
from decisions.sources.results import (
    ReadResult,
    Skipped,
    Source,
    Unreadable,
    dated,
    describe_error,
    too_large,
)
from decisions.sources.waczs import OneWay, is_wacz
from decisions.sources.warcs import read_warc

# What each entry of a zip's directory begins with.
_ENTRY = b"PK\x01\x02"
# Size of a zip's directory, in bytes; an entry has 46, and a name, of which Python keeps a copy of
# up to two bytes for each.
_MAX_DIRECTORY = 40 * limits.MEBIBYTE

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
# Members by which Word and OpenDocument files are known.
_OFFICE_MEMBERS = ("[Content_Types].xml", "content.xml")
# Bits of a member's flags.
_ENCRYPTED = 1
_UTF8_NAME = 1 << 11
# Compression methods that can be decompressed piece by piece; texts use no others.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# Errors that zipfile raises for a damaged zip, or a member that differs from its directory entry.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class _TooManyEntries(Exception):
    """The directory has more than MAX_ZIP_ENTRIES entries, or more than _MAX_DIRECTORY bytes."""


def is_zip(name: str, start: bytes) -> bool:
    """Whether a file is a zip. `start` is the beginning of the file."""
    return extensions.archive_kind(name) == "zip" or start.startswith(_MAGIC)


class _DirectoryGuard(io.BufferedIOBase):
    """A zip's file as zipfile opens it: raises _TooManyEntries instead of giving a huge directory.

    zipfile reads the directory in one piece, and makes an object of 600 bytes of each entry.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.is_open = False

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.is_open and (size is None or size > _MAX_DIRECTORY):
            raise _TooManyEntries
        data = self._file.read(-1 if size is None else size)
        if not self.is_open and data.count(_ENTRY) > limits.MAX_ZIP_ENTRIES:
            raise _TooManyEntries
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _open(file: IO[bytes]) -> zipfile.ZipFile:
    """Raises _TooManyEntries, or one of _DAMAGE."""
    guard = _DirectoryGuard(file)
    archive = zipfile.ZipFile(guard)
    guard.is_open = True
    return archive


def count_members(path: Path) -> int:
    """How many files and directories are in a zip; 1 for one that cannot be read."""
    try:
        with path.open("rb") as file, _open(file) as archive:
            return len(archive.infolist())
    except (_TooManyEntries, *_DAMAGE):
        return 1


def read_zip(name: str, file: IO[bytes], meter: Meter) -> Iterator[ReadResult]:
    """Read the members of a zip."""
    try:
        archive = _open(file)
    except _TooManyEntries:
        yield Unreadable(
            name, f"holds more than {limits.MAX_ZIP_ENTRIES:,} files, too many for one zip"
        )
        return
    except _DAMAGE as error:
        yield Unreadable(name, f"not a readable zip: {describe_error(error)}")
        return
    with archive, meter.container():
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        if any(member.filename in _OFFICE_MEMBERS for member in members):
            yield _read_office(name, file)  # one document, though it is a zip
            return
        if is_wacz(member.filename for member in members):
            yield from _read_wacz(name, archive, members, meter)
            return
        names = {member.filename for member in members}
        for member in sorted(members, key=lambda member: member.filename):
            here = f"{name}/{_name_of(member)}"
            is_known = extensions.is_known(member.filename)
            if is_companion(member.filename, names) or not (is_known or _is_small(member)):
                yield Skipped(here)
                continue
            yield from _read_member(archive, member, here, meter)


def _read_office(name: str, file: IO[bytes]) -> ReadResult:
    file.seek(0)
    data = file.read(limits.MAX_MEMBER_BYTES + 1)
    if len(data) > limits.MAX_MEMBER_BYTES:
        return too_large(name, limits.MAX_MEMBER_BYTES)
    return Source(name, data)


def _read_wacz(
    name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], meter: Meter
) -> Iterator[ReadResult]:
    """Read the pages of a WACZ. Its other members are its own index and are not reported."""
    for member in members:
        if extensions.archive_kind(member.filename) != "WARC":
            continue
        here = f"{name}/{member.filename}"
        if not _is_readable(member):
            yield Unreadable(
                here,
                "a WARC compressed as none is in a WACZ; unpack the WACZ first",
            )
            continue
        meter.count_unpacked(member.file_size)
        try:
            with archive.open(member) as file:
                yield from read_warc(here, OneWay(file), meter)
        except _DAMAGE as error:
            yield Unreadable(here, f"damaged: {describe_error(error)}")


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member. Many programs write it in UTF-8 without the flag that says so.

    zipfile reads a name without the flag in code page 437, in which each byte is a character; text
    in that code page is hardly ever valid UTF-8.
    """
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def _is_small(member: zipfile.ZipInfo) -> bool:
    """Whether a member with an unknown extension is looked into: only if it could be read."""
    return member.file_size <= limits.MAX_MEMBER_BYTES and _is_readable(member)


def _is_readable(member: zipfile.ZipInfo) -> bool:
    """Whether a member is not encrypted, and its compression is one that is read."""
    return (
        not member.flag_bits & _ENCRYPTED
        and member.compress_type in _METHODS
        and not limits.expands_too_much(member.compress_size, member.file_size)
    )


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, meter: Meter
) -> Iterator[ReadResult]:
    if refusal := refuse_member(name, "zip", member.file_size):
        yield refusal
    elif member.flag_bits & _ENCRYPTED:
        yield Unreadable(name, "encrypted; unpack it with its password first")
    elif member.compress_type not in _METHODS:
        yield Unreadable(name, "compressed, but not by deflate; make the zip again with deflate")
    elif limits.expands_too_much(member.compress_size, member.file_size):
        yield Unreadable(name, f"unpacks to more than {limits.MAX_RATIO} times its size")
    else:
        # The stated size can be trusted: zipfile reads no more of a member than that.
        meter.count_unpacked(member.file_size)
        try:
            with archive.open(member) as file:
                yield from dated(read_member(name, file), zip_time(member.date_time))
        except _DAMAGE as error:
            yield Unreadable(name, f"damaged: {describe_error(error)}")
