"""Reads single objects of a binary property list, in which macOS stores web archives.

`plistlib` reads every object. Arrays of a few bytes may refer to the same bytes as millions of
objects, which fills the memory.
"""

import struct

MAGIC = b"bplist00"
# Unused bytes; bytes of an offset and of a reference; objects; the root; where the offsets begin.
_TRAILER = struct.Struct(">6xBBQQQ")
# Number of entries of a dictionary. Those of a web archive have fewer than ten.
_MAX_ENTRIES = 1_000
# Types of an object, in the high four bits of its first byte.
_INTEGER, _DATA, _ASCII, _UTF16, _DICTIONARY = 0x1, 0x4, 0x5, 0x6, 0xD
# The length that says that the length follows as an integer.
_LENGTH_FOLLOWS = 0xF


class BinaryPlist:
    """A binary property list. Objects have numbers. Every method raises ValueError for damage."""

    def __init__(self, data: bytes) -> None:
        if len(data) < len(MAGIC) + _TRAILER.size:
            raise ValueError("cut short")
        self._data = data
        trailer = _TRAILER.unpack(data[-_TRAILER.size :])
        self._offset_bytes, self._reference_bytes, self._count, self.root, self._offsets = trailer

    def entries(self, number: int) -> dict[str, int]:
        """The numbers of a dictionary's values, by their keys; empty for another object."""
        kind, count, start = self._open(number)
        if kind != _DICTIONARY:
            return {}
        if count > _MAX_ENTRIES:
            raise ValueError("too many entries")
        size = self._reference_bytes
        references = [self._number(start + size * index, size) for index in range(2 * count)]
        pairs = zip(references[:count], references[count:], strict=True)
        return {str(self.value(key)): value for key, value in pairs}

    def value(self, number: int) -> str | bytes | None:
        """A text or bytes; None for another object."""
        kind, length, start = self._open(number)
        if kind == _DATA:
            return self._bytes(start, length)
        if kind == _ASCII:
            return self._bytes(start, length).decode("ascii")
        if kind == _UTF16:
            return self._bytes(start, 2 * length).decode("utf-16-be")
        return None

    def _open(self, number: int) -> tuple[int, int, int]:
        """The type of an object, its length, and where its contents begin."""
        if number >= self._count:
            raise ValueError("no such object")
        size = self._offset_bytes
        start = self._number(self._offsets + size * number, size)
        (first,) = self._bytes(start, 1)
        kind, length = first >> 4, first & 0xF
        start += 1
        if length == _LENGTH_FOLLOWS:
            (first,) = self._bytes(start, 1)
            if first >> 4 != _INTEGER:
                raise ValueError("no length")
            size = 1 << (first & 0xF)
            length = self._number(start + 1, size)
            start += 1 + size
        return kind, length, start

    def _number(self, start: int, size: int) -> int:
        return int.from_bytes(self._bytes(start, size), "big")

    def _bytes(self, start: int, size: int) -> bytes:
        found = self._data[start : start + size]
        if len(found) != size:
            raise ValueError("cut short")
        return found
