"""Reads zips member by member, in the order of the members' names."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from decisions.sources import extensions, limits
from decisions.sources.members import read_member, refuse_member
from decisions.sources.results import Ignored, ReadResult, Unreadable, describe_error

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_MEMBER = "[Content_Types].xml"
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


def is_zip(name: str, start: bytes) -> bool:
    """Whether a file is a zip. `start` is the beginning of the file."""
    return extensions.archive_kind(name) == "zip" or start.startswith(_MAGIC)


def count_members(path: Path) -> int:
    """How many files and directories are in a zip; 1 for one that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return len(archive.infolist())
    except _DAMAGE:
        return 1


def read_zip(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    """Read the members of a zip."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        yield Unreadable(name, f"not a readable zip: {describe_error(error)}")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        if any(member.filename == _OFFICE_MEMBER for member in members):
            yield Unreadable(name, "an Office document; save it as plain text")
            return
        if len(members) > limits.MAX_MEMBERS:
            yield Unreadable(
                name,
                f"holds {len(members):,} files;"
                f" at most {limits.MAX_MEMBERS:,} are read from one zip",
            )
            return
        budget = limits.MAX_EXPANDED_BYTES
        for member in sorted(members, key=lambda member: member.filename):
            if not extensions.is_known(member.filename):
                yield Ignored(f"{name}/{member.filename}")
                continue
            # The stated size can be trusted: zipfile reads no more of a member than that.
            budget -= member.file_size
            if budget < 0:
                yield Unreadable(
                    name,
                    f"unpacks to more than {limits.MAX_EXPANDED_BYTES // limits.MEBIBYTE:,} MB;"
                    f" nothing from {member.filename} on was read",
                )
                return
            yield from _read_member(archive, member, f"{name}/{member.filename}")


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> Iterator[ReadResult]:
    if refusal := refuse_member(name, "zip", member.file_size):
        yield refusal
    elif member.flag_bits & 1:
        yield Unreadable(name, "encrypted; unpack it with its password first")
    elif member.compress_type not in _METHODS:
        yield Unreadable(name, "packed by a method other than deflate; pack it again")
    elif limits.expands_too_much(member.compress_size, member.file_size):
        yield Unreadable(name, f"unpacks to more than {limits.MAX_RATIO} times its size")
    else:
        try:
            with archive.open(member) as file:
                yield from read_member(name, file)
        except _DAMAGE as error:
            yield Unreadable(name, f"damaged: {describe_error(error)}")
