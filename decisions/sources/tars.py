"""Reads tars from their beginning to their end, with one member in memory."""

import tarfile
from collections.abc import Callable, Iterator
from typing import IO

from decisions.sources import extensions, gzips, limits
from decisions.sources.capture_times import file_time
from decisions.sources.companions import PAGES, is_companion, lies_in_folder
from decisions.sources.members import read_member, refuse_member
from decisions.sources.meter import Meter, OverLimit
from decisions.sources.results import ReadResult, Skipped, Unreadable, dated, describe_error
from decisions.sources.tar_headers import Headers, check_size

_MAGIC = slice(257, 262)
# Length of the names of all pages of a tar, in characters of one to four bytes. They are kept.
_MAX_NAMES = 20_000_000
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


def read_tar(name: str, open_tar: Callable[[], IO[bytes]], meter: Meter) -> Iterator[ReadResult]:
    """Read the members of an uncompressed tar, in their order.

    `open_tar` opens it at its beginning. It is opened twice if the folder of a saved page stands
    before the page, or if there is such a folder without a page: its members are read last.
    """
    with meter.container():
        pages: set[str] = set()  # their names, so far
        size_of_names = 0
        has_open_folder = False
        for part in _members(name, open_tar()):
            if isinstance(part, Unreadable):
                yield part
                continue
            archive, member = part
            if is_companion(member.name, pages):
                yield Skipped(f"{name}/{member.name}")
                continue
            if member.name.endswith(PAGES):
                pages.add(member.name)
                size_of_names += len(member.name)
                if size_of_names > _MAX_NAMES:
                    raise OverLimit(f"has pages whose names have more than {_MAX_NAMES:,} letters")
            if lies_in_folder(member.name):
                has_open_folder = True
            else:
                yield from _read_member(archive, member, f"{name}/{member.name}")
        if has_open_folder:
            yield from _read_open_folders(name, open_tar(), pages)


def _read_open_folders(name: str, file: IO[bytes], pages: set[str]) -> Iterator[ReadResult]:
    """Read the members of `…_files` folders that stand before their page, or have none."""
    earlier: set[str] = set()
    for part in _members(name, file):
        if isinstance(part, Unreadable):
            continue
        archive, member = part
        if is_companion(member.name, earlier):
            continue
        if member.name.endswith(PAGES):
            earlier.add(member.name)
        if not lies_in_folder(member.name):
            continue
        if is_companion(member.name, pages):
            yield Skipped(f"{name}/{member.name}")
        else:
            yield from _read_member(archive, member, f"{name}/{member.name}")


def _members(
    name: str, file: IO[bytes]
) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo] | Unreadable]:
    """The members that are no directories, each to be read before the next; and what is damaged."""
    headers = Headers()
    last = "its beginning"
    try:
        with tarfile.open(
            fileobj=file, mode="r|", tarinfo=headers.cls, ignore_zeros=True
        ) as archive:
            while member := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # tarfile would keep every member
                # Again: an extension header may state another size. That of a sparse file is no
                # matter, but the bytes that the tar holds of it are.
                check_size(archive.offset - member.offset if member.issparse() else member.size)
                if damage := headers.take_damage():
                    yield Unreadable(name, f"damaged after {last}: {damage}")
                if not member.isdir():
                    yield archive, member
                last = member.name
    except _DAMAGE as error:
        yield Unreadable(
            name, f"damaged after {last}: {describe_error(error)}; nothing more was read"
        )
        return
    if damage := headers.take_damage():
        yield Unreadable(name, f"damaged after {last}: {damage}; nothing more was read")


def _is_small(member: tarfile.TarInfo) -> bool:
    """Whether a member with an unknown extension is looked into: only if it could be read."""
    return not member.issparse() and member.size <= limits.MAX_MEMBER_BYTES


def _read_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, name: str
) -> Iterator[ReadResult]:
    is_known = extensions.is_known(member.name)
    if not member.isreg() or not (is_known or _is_small(member)):
        yield Skipped(name)
    elif member.issparse():
        yield Unreadable(name, "a sparse file; make the tar again without --sparse")
    elif refusal := refuse_member(name, "tar", member.size):
        yield refusal
    else:
        try:
            if file := archive.extractfile(member):  # None unless it is a regular file
                yield from dated(read_member(name, file), file_time(member.mtime))
        except _DAMAGE as error:
            yield Unreadable(name, f"damaged: {describe_error(error)}")
