"""Zips, read member by member in the order of their names."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from decisions.sources import endings, limits
from decisions.sources.members import read_member, refusal
from decisions.sources.reads import Ignored, Read, Unreadable, describe_error

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_MEMBER = "[Content_Types].xml"
# Methods that can be unpacked piece by piece; texts are packed by no other.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What zipfile raises for a zip that is damaged, or a member that is not what its directory says.
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
    """`start` is the beginning of the file."""
    return endings.archive_kind(name) == "zip" or start.startswith(_MAGIC)


def count_members(path: Path) -> int:
    """How many files and directories are in a zip; 1 for one that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return len(archive.infolist())
    except _DAMAGE:
        return 1


def read_zip(name: str, file: IO[bytes]) -> Iterator[Read]:
    """The members of a zip."""
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
            if not endings.is_known(member.filename):
                yield Ignored(f"{name}/{member.filename}")
                continue
            # zipfile yields no more of a member than the size that the zip states.
            budget -= member.file_size
            if budget < 0:
                yield Unreadable(
                    name,
                    f"unpacks to more than {limits.MAX_EXPANDED_BYTES // limits.MEBIBYTE:,} MB;"
                    f" nothing from {member.filename} on was read",
                )
                return
            yield from _read_member(archive, member, f"{name}/{member.filename}")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Read]:
    if refused := refusal(name, "zip", member.file_size):
        yield refused
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
