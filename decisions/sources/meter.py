"""Counts what one file gives against the limits, for every kind of container alike.

A file that is named, or a file of an upload, has one Meter, however many containers are in it. What
is yielded is counted by `metered`; a container counts the bytes that it unpacks.
"""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, cast

from decisions.sources import limits
from decisions.sources.results import ReadResult, Skipped, Unreadable

# Reads between two looks at the clock, which takes as long as reading a short line.
_READS_PER_CHECK = 64


class OverLimit(Exception):
    """The file exceeds a limit, for the reason given; the rest of it is not read.

    No container may catch it: `metered` reports it.
    """


class Meter:
    """Counts of one file of `size` bytes. Every method raises OverLimit above the limit."""

    def __init__(self, size: int) -> None:
        self._max_unpacked = limits.max_expanded(size)
        self._unpacked = self._depth = self._records = self._entries = 0
        self._started = time.thread_time()

    def count_entry(self, read: ReadResult) -> None:
        """Count something that the file gave."""
        self._entries += 1
        self._records += not isinstance(read, Skipped)
        if self._records > limits.MAX_RECORDS:
            raise OverLimit(f"holds more than {limits.MAX_RECORDS:,} files or records")
        if self._entries > limits.MAX_ENTRIES:
            raise OverLimit(
                f"holds more than {limits.MAX_ENTRIES:,} files or records,"
                " including those that are skipped"
            )

    def count_unpacked(self, size: int) -> None:
        """Count `size` bytes that were unpacked, or are about to be."""
        self._unpacked += size
        if self._unpacked > self._max_unpacked:
            raise OverLimit(f"unpacks to more than {self._max_unpacked // limits.MEBIBYTE:,} MB")
        self.check_time()

    @contextmanager
    def container(self) -> Iterator[None]:
        """Count a container as open while the block runs."""
        if self._depth >= limits.MAX_DEPTH:
            raise OverLimit(
                f"more than {limits.MAX_DEPTH} archives inside each other; unpack them first"
            )
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def start_clock(self) -> None:
        """Begin to measure the processor's time up to the next entry."""
        self._started = time.thread_time()

    def check_time(self) -> None:
        """Raise OverLimit where the next entry takes too long."""
        if time.thread_time() - self._started > limits.MAX_SECONDS:
            raise OverLimit(f"takes longer than {limits.MAX_SECONDS} seconds")


def metered(
    name: str, file: IO[bytes], read: Callable[[IO[bytes], Meter], Iterator[ReadResult]]
) -> Iterator[ReadResult]:
    """What `read` yields from `file`, up to the limits; beyond them the file is Unreadable.

    `file` allows seeking. The time in which the caller works on what was yielded is not counted.
    """
    meter = Meter(file.seek(0, io.SEEK_END))
    file.seek(0)
    last = ""
    reads = read(cast("IO[bytes]", _MeteredFile(file, meter)), meter)
    try:
        while True:
            meter.start_clock()
            thing = next(reads, None)
            if thing is None:
                return
            meter.count_entry(thing)
            yield replace(thing, file=name)
            last = thing.name
    except OverLimit as error:
        rest = f"nothing after {last} was read" if last else "nothing was read"
        yield Unreadable(name, f"{error}; {rest}", name)


class _MeteredFile(io.BufferedIOBase):
    """A file that checks the time whenever it is read: no loop over its bytes lasts for ever."""

    def __init__(self, file: IO[bytes], meter: Meter) -> None:
        self._file = file
        self._meter = meter
        self._reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._check_time()
        return self._file.read(-1 if size is None else size)

    def readline(self, size: int | None = -1, /) -> bytes:
        self._check_time()
        return self._file.readline(-1 if size is None else size)

    def _check_time(self) -> None:
        self._reads += 1
        if self._reads % _READS_PER_CHECK == 0:
            self._meter.check_time()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing: whoever opened the file closes it."""
