"""Gzip files, unpacked as they are read, one member at a time, up to the limits.

Python's `gzip` joins the members, so that a damaged one ends the file. Here the next member is
found again after damage, and each is held to `limits.MAX_RATIO`.
"""

import io
import zlib
from typing import IO, Any

from decisions.sources import limits

MAGIC = b"\x1f\x8b"
_HEADER = MAGIC + b"\x08"
# Packed bytes read at a time.
_PIECE = 16 * 1024
# Packed bytes that are enough to unpack the beginning of a member: its header may hold a file name.
_ENOUGH = 1024
# `wbits` by which zlib expects a gzip header and checksum.
_GZIP = 16 + zlib.MAX_WBITS


class Damaged(Exception):
    """The packed bytes are damaged, or unpack to more than the limits allow."""


class Gunzip(io.RawIOBase):
    """A stream of the unpacked bytes of `file`, from its current position.

    A gzip file has one member or several; in a WARC each is a record. The stream ends with each
    member; `next_member` starts the next one, at the beginning the first. With `joined` all members
    from there on are one stream. Reading raises Damaged.
    """

    def __init__(self, file: IO[bytes], joined: bool = False) -> None:
        self._file = file
        self._joined = joined
        self._ahead = b""  # read, and not yet given to zlib
        self._inflate: Any = None
        self._packed = self._unpacked = 0
        self._packed_before = self._unpacked_before = 0  # when this member began

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing: the buffer around one member closes it, and the next is still to be read."""

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._inflate is None:
                return 0
            if self._inflate.eof:
                self._ahead = self._inflate.unused_data
                self._inflate = None
                if not self._joined or not self.next_member():
                    return 0
            piece = self._inflate.unconsumed_tail or self._take()
            try:
                data = self._inflate.decompress(piece, len(buffer))
            except zlib.error as error:
                self._ahead = piece
                self._inflate = None
                raise Damaged(str(error)) from None
            if data:
                self._unpacked += len(data)
                self._check_expansion()
                buffer[: len(data)] = data
                return len(data)
            if not piece and not self._inflate.eof:
                self._inflate = None
                raise Damaged("breaks off in the middle")

    def next_member(self) -> bool:
        """Start the next member; False when there is none. Raises Damaged."""
        while self.read(_PIECE):  # the rest of this member
            pass
        while not self._ahead.strip(b"\0"):  # zeros may fill the last block of a tape
            self._ahead = self._file.read(_PIECE)
            self._packed += len(self._ahead)
            if not self._ahead:
                return False
        self._ahead = self._ahead.lstrip(b"\0")
        while len(self._ahead) < len(_HEADER) and (more := self._take_more()):
            self._ahead += more
        if not self._ahead.startswith(_HEADER):
            raise Damaged("something other than gzip follows")
        self._begin()
        return True

    def resume(self, beginning: bytes) -> bool:
        """After damage, find the next member that unpacks to `beginning`; False when there is none.

        `next_member` then starts it.
        """
        self._inflate = None
        at = 1
        while True:
            at = self._ahead.find(_HEADER, at)
            if at < 0 or len(self._ahead) - at < _ENOUGH:
                # Too few bytes are left to decide. What comes before them was decided already.
                keep = at if at >= 0 else max(len(self._ahead) - len(_HEADER) + 1, 0)
                more = self._take_more()
                self._ahead, at = self._ahead[keep:] + more, 0
                if more:
                    continue
                at = self._ahead.find(_HEADER)
                if at < 0:
                    return False
            if _begins(self._ahead[at : at + _ENOUGH], beginning):
                self._ahead = self._ahead[at:]
                return True
            at += 1

    def _begin(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)
        self._packed_before = self._packed - len(self._ahead)
        self._unpacked_before = self._unpacked

    def _take(self) -> bytes:
        piece, self._ahead = self._ahead, b""
        return piece or self._take_more()

    def _take_more(self) -> bytes:
        piece = self._file.read(_PIECE)
        self._packed += len(piece)
        return piece

    def _check_expansion(self) -> None:
        member = (self._packed - self._packed_before, self._unpacked - self._unpacked_before)
        for packed, unpacked in (member, (self._packed, self._unpacked)):
            if limits.expands_too_much(packed, unpacked):
                self._ahead = self._inflate.unconsumed_tail
                self._inflate = None
                self._unpacked = self._unpacked_before  # not counted against the next members
                raise Damaged(f"unpacks to more than {limits.MAX_RATIO} times its size")


def _begins(packed: bytes, beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, len(beginning)) == beginning
    except zlib.error:
        return False
