"""Reads the headers of a tar, within limits of their own.

tarfile trusts headers: it keeps the maps of sparse files, reads headers that extend each other by
recursion, and keeps all global ones. A file of a few megabytes could fill the memory with them.
"""

import tarfile
from typing import Any

from decisions.sources import limits
from decisions.sources.results import describe_error

# Headers that hold a long name or attributes for the next header. tarfile reads them into memory.
_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
# Size of one extension header, in bytes. A name has up to 4,096. tarfile looks for a pattern in it
# that takes quadratic time.
_MAX_EXTENSION = 32 * 1024
# Number of extension headers before one member. GNU and pax have up to three.
_MAX_IN_A_ROW = 10
# Size of all global headers of a tar, in bytes. `git archive` writes one of 52.
_MAX_GLOBAL = 256 * 1024
_NO_MAP: Any = ()  # not None, so that the member is known as sparse


class Headers:
    """The state of reading one tar's headers; `cls` is what tarfile makes a header with.

    `damage` is the reason of the first damaged header since it was last taken. tarfile takes a
    damaged header for the end, or skips it silently.
    """

    def __init__(self) -> None:
        self.damage = ""
        self._in_a_row = self._global_bytes = 0
        headers = self

        class Header(_Header):
            @classmethod
            def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "Header":
                try:
                    header = super().frombuf(buf, encoding, errors)
                except tarfile.HeaderError as error:
                    if buf.strip(b"\0"):  # a block of zeros is no damage: it ends or pads the tar
                        headers.damage = headers.damage or describe_error(error)
                    raise
                headers._check(header)
                return header

        self.cls = Header

    def take_damage(self) -> str:
        """The reason, and forget it."""
        damage, self.damage = self.damage, ""
        return damage

    def _check(self, header: tarfile.TarInfo) -> None:
        if header.type not in _EXTENSIONS:
            self._in_a_row = 0
            check_size(header.size)
            return
        self._in_a_row += 1
        self._global_bytes += header.size * (header.type == tarfile.XGLTYPE)
        if not 0 <= header.size <= _MAX_EXTENSION:
            raise tarfile.HeaderError("a name or attributes of more than 32 kB")
        if self._in_a_row > _MAX_IN_A_ROW or self._global_bytes > _MAX_GLOBAL:
            raise tarfile.HeaderError("more names or attributes than a member has")


class _Header(tarfile.TarInfo):
    """A header that keeps no map of a sparse file, which is not read."""

    _sparse_structs: tuple[Any, bool, int]

    def _proc_sparse(self, archive: Any) -> "_Header":
        """Skip the blocks of the map, as tarfile's own method does which this one replaces."""
        _, is_continued, full_size = self._sparse_structs
        while is_continued:
            block = archive.fileobj.read(tarfile.BLOCKSIZE)
            is_continued = block[504:505] not in (b"", b"\0")
        self.sparse = _NO_MAP
        self.offset_data = archive.fileobj.tell()
        archive.offset = self.offset_data + -(-self.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
        self.size = full_size
        return self

    def _proc_gnusparse_00(self, member: tarfile.TarInfo, *_: Any) -> None:
        member.sparse = _NO_MAP

    _proc_gnusparse_01 = _proc_gnusparse_10 = _proc_gnusparse_00


def check_size(size: int) -> None:
    """Raise HeaderError for a size that no file has: tarfile would try to read up to its end."""
    if size < 0:
        raise tarfile.HeaderError("a size below zero")
    if size > limits.MAX_EXPANDED_BYTES:
        most = limits.MAX_EXPANDED_BYTES // limits.MEBIBYTE
        raise tarfile.HeaderError(f"a member of more than {most:,} MB")
