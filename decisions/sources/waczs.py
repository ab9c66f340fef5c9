"""Recognises WACZ, which Webrecorder and Browsertrix write: a zip of WARCs and their index.

`zips` opens the zip. The WARCs in it may be of any size: they are read as a stream.
"""

import io
from collections.abc import Iterable
from typing import IO, Any

_MANIFEST = "datapackage.json"
_WARCS = "archive/"


def is_wacz(names: Iterable[str]) -> bool:
    """Whether these are the names of the members of a WACZ."""
    names = set(names)
    return _MANIFEST in names and any(name.startswith(_WARCS) for name in names)


class OneWay(io.BufferedReader):
    """A member of a zip as a stream that cannot be moved back.

    zipfile moves back by unpacking the member again from its beginning, which takes quadratic time
    where it happens for each record.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(_Raw(file))


class _Raw(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
