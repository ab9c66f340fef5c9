"""Decompresses gzip files as they are read, one member at a time, up to the limits.

Python's `gzip` joins the members, so a damaged member ends the file. This module finds the next
member after damage, and applies `limits.MAX_RATIO` to each member.
"""

import io
import zlib
from typing import IO, Any

from decisions.sources import limits
from decisions.sources.meter import Meter

MAGIC = b"\x1f\x8b"
_HEADER = MAGIC + b"\x08"
# Size of one read from the file, in compressed bytes.
_READ_BYTES = 16 * 1024
# Compressed bytes needed to test whether a member starts here: its header may hold a file name.
_PROBE_BYTES = 1024
# The `wbits` value with which zlib expects a gzip header and checksum.
_GZIP_WBITS = 16 + zlib.MAX_WBITS


class Damaged(Exception):
    """The compressed bytes are damaged, or decompress to more than the limits allow."""


class Gunzip(io.RawIOBase):
    """A stream of the decompressed bytes of `file`, from its current position.

    A gzip file has one member or several; in a WARC each is a record. The stream ends with each
    member; `next_member` starts the next one, and must be called before the first. With
    `join_members`, all remaining members are one stream. Reading raises Damaged, and OverLimit
    where `meter` does.
    """

    def __init__(self, file: IO[bytes], meter: Meter, join_members: bool = False) -> None:
        self._file = file
        self._meter = meter
        self._join_members = join_members
        self._pending = b""  # compressed bytes that were read and not yet given to zlib
        self._decompressor: Any = None
        self._packed = self._unpacked = 0
        self._packed_before = self._unpacked_before = 0  # when this member began

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing: the buffer around one member calls this while others are still unread."""

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._decompressor is None:
                return 0
            if self._decompressor.eof:
                self._pending = self._decompressor.unused_data
                self._decompressor = None
                if not self._join_members or not self.next_member():
                    return 0
            packed = self._decompressor.unconsumed_tail or self._next_packed()
            try:
                data = self._decompressor.decompress(packed, len(buffer))
            except zlib.error as error:
                self._pending = packed
                self._decompressor = None
                raise Damaged(str(error)) from None
            if data:
                self._unpacked += len(data)
                self._meter.count_unpacked(len(data))
                self._check_ratio()
                buffer[: len(data)] = data
                return len(data)
            if not packed and not self._decompressor.eof:
                self._decompressor = None
                raise Damaged("it ends in the middle")

    def next_member(self) -> bool:
        """Start the next member; False when there is none. Raises Damaged."""
        while self.read(_READ_BYTES):  # the rest of this member
            pass
        while not self._pending.strip(b"\0"):  # a tape pads its last block with zeros
            self._pending = self._file.read(_READ_BYTES)
            self._packed += len(self._pending)
            if not self._pending:
                return False
        self._pending = self._pending.lstrip(b"\0")
        while len(self._pending) < len(_HEADER) and (more := self._read_packed()):
            self._pending += more
        if not self._pending.startswith(_HEADER):
            raise Damaged("something other than gzip follows")
        self._start_member()
        return True

    def resume(self, start: bytes) -> bool:
        """After damage, find the next member that begins with `start`; False when there is none.

        Call `next_member` to start reading it.
        """
        self._decompressor = None
        position = 1
        while True:
            position = self._pending.find(_HEADER, position)
            if position < 0 or len(self._pending) - position < _PROBE_BYTES:
                # Too few bytes are left to decide; the bytes before them have been checked.
                keep_from = (
                    position if position >= 0 else max(len(self._pending) - len(_HEADER) + 1, 0)
                )
                more = self._read_packed()
                self._pending, position = self._pending[keep_from:] + more, 0
                if more:
                    continue
                position = self._pending.find(_HEADER)
                if position < 0:
                    return False
            if _unpacks_to(self._pending[position : position + _PROBE_BYTES], start):
                self._pending = self._pending[position:]
                return True
            position += 1

    def _start_member(self) -> None:
        self._decompressor = zlib.decompressobj(_GZIP_WBITS)
        self._packed_before = self._packed - len(self._pending)
        self._unpacked_before = self._unpacked

    def _next_packed(self) -> bytes:
        packed, self._pending = self._pending, b""
        return packed or self._read_packed()

    def _read_packed(self) -> bytes:
        packed = self._file.read(_READ_BYTES)
        self._packed += len(packed)
        return packed

    def _check_ratio(self) -> None:
        member = (self._packed - self._packed_before, self._unpacked - self._unpacked_before)
        for packed, unpacked in (member, (self._packed, self._unpacked)):
            if limits.expands_too_much(packed, unpacked):
                self._pending = self._decompressor.unconsumed_tail
                self._decompressor = None
                self._unpacked = (
                    self._unpacked_before
                )  # these bytes do not count towards the file's ratio
                raise Damaged(f"unpacks to more than {limits.MAX_RATIO} times its size")


def _unpacks_to(packed: bytes, start: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP_WBITS).decompress(packed, len(start)) == start
    except zlib.error:
        return False
