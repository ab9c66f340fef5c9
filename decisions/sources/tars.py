"""Reads tars in one pass, with one member in memory."""

import tarfile
from collections.abc import Iterator
from typing import IO

from decisions.sources import extensions, gzips, limits
from decisions.sources.capture_times import file_time
from decisions.sources.companions import PAGES, is_companion
from decisions.sources.members import read_member, refuse_member
from decisions.sources.meter import Meter
from decisions.sources.results import Ignored, ReadResult, Unreadable, dated, describe_error

_MAGIC = slice(257, 262)
# Headers that hold a long name or attributes for the next header. tarfile reads them into memory.
_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
# Size of such an extension header, in bytes.
_MAX_EXTENSION = limits.MEBIBYTE

_DAMAGE = (
    tarfile.TarError,
    gzips.Damaged,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RecursionError,
)


def is_tar(name: str, start: bytes) -> bool:
    """Whether a file is a tar. `start` is its first 512 bytes, decompressed."""
    return extensions.archive_kind(name) == "tar" or start[_MAGIC] == b"ustar"


def read_tar(name: str, file: IO[bytes], meter: Meter) -> Iterator[ReadResult]:
    """Read the members of an uncompressed tar, in their order."""
    with meter.container():
        yield from _read_members(name, file)


def _read_members(name: str, file: IO[bytes]) -> Iterator[ReadResult]:
    damaged: list[str] = []

    class Header(tarfile.TarInfo):
        """Records damaged headers, which tarfile takes for the end or skips silently."""

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "Header":
            try:
                header = super().frombuf(buf, encoding, errors)
            except tarfile.HeaderError as error:
                if buf.strip(b"\0"):  # a block of zeros is no damage: it ends or pads the tar
                    damaged.append(describe_error(error))
                raise
            if header.size < 0:
                raise tarfile.HeaderError("a size below nothing")
            if header.type in _EXTENSIONS and header.size > _MAX_EXTENSION:
                raise tarfile.HeaderError("a name of more than 1 MB")
            if header.size > limits.MAX_EXPANDED_BYTES:
                # tarfile would keep trying to read that many bytes past the end of the file
                size = limits.MAX_EXPANDED_BYTES // limits.MEBIBYTE
                raise tarfile.HeaderError(f"a member of more than {size:,} MB")
            return header

    last = "its beginning"
    pages: set[str] = set()  # their names, so far
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=Header, ignore_zeros=True) as archive:
            while member := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # tarfile would keep every member
                if damaged:
                    yield Unreadable(name, f"damaged after {last}: {damaged[0]}")
                    damaged.clear()
                if not member.isdir():
                    if is_companion(member.name, pages):
                        yield Ignored(f"{name}/{member.name}")
                    else:
                        if member.name.endswith(PAGES):
                            pages.add(member.name)
                        yield from _read_member(archive, member, f"{name}/{member.name}")
                last = member.name
    except _DAMAGE as error:
        yield Unreadable(
            name, f"damaged after {last}: {describe_error(error)}; nothing more was read"
        )
        return
    if damaged:
        yield Unreadable(name, f"damaged after {last}: {damaged[0]}; nothing more was read")


def _is_small(member: tarfile.TarInfo) -> bool:
    """Whether a member with an unknown extension is looked into: only if it could be read."""
    return not member.issparse() and member.size <= limits.MAX_MEMBER_BYTES


def _read_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, name: str
) -> Iterator[ReadResult]:
    is_known = extensions.is_known(member.name)
    if not member.isreg() or not (is_known or _is_small(member)):
        yield Ignored(name)
    elif member.issparse():
        yield Unreadable(name, "a file with holes; pack it again without --sparse")
    elif refusal := refuse_member(name, "tar", member.size):
        yield refusal
    else:
        try:
            if file := archive.extractfile(member):  # None unless it is a regular file
                yield from dated(read_member(name, file), file_time(member.mtime))
        except _DAMAGE as error:
            yield Unreadable(name, f"damaged: {describe_error(error)}")
