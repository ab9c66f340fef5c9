"""Limits how many requests one network sends, for all worker processes of this host together.

The counts are in a small file of fixed size that all workers have open: to count a request is two
reads and two writes of eight bytes in the kernel's cache, and no query. Each host counts for
itself.

A network has one number, the time at which its allowance is full again (the generic cell rate
algorithm): every request moves it on by the length of one request's share. It is kept in two slots
that a hash of the network chooses, and the earlier one counts, so that two networks limit each
other only if they have both slots in common with others.
"""

import os
import struct
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

# Seconds in which a network may send its allowance.
PERIOD = 60

# Numbers in the file; each takes eight bytes.
SLOTS = 1 << 16

_NUMBER = struct.Struct("d")


class RequestLimit:
    """Counts requests in the file at `path`, which is made if there is none.

    Processes do not lock it: where two count at the same moment, one count may be lost.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._file, SLOTS * _NUMBER.size)
        self._clock = clock

    def count(self, network: str, allowance: int) -> float:
        """Count a request; 0 if it is allowed, else the seconds until the next one will be.

        `network` is a hash in hexadecimal digits; `allowance` is the most requests in PERIOD, all
        of which may come at once. A request that is not allowed does not count.
        """
        now = self._clock()
        slots = [int(part, 16) % SLOTS for part in (network[:16], network[16:32])]
        full_at = min(self._read(slot, now) for slot in slots)
        share = PERIOD / allowance
        wait = full_at + share - now - PERIOD
        if wait > 0:
            return wait
        for slot in slots:
            os.pwrite(self._file, _NUMBER.pack(full_at + share), slot * _NUMBER.size)
        return 0

    def _read(self, slot: int, now: float) -> float:
        """When the allowance is full again; now if it is, or if the machine was started since."""
        [full_at] = _NUMBER.unpack(os.pread(self._file, _NUMBER.size, slot * _NUMBER.size))
        return full_at if now < full_at <= now + PERIOD else now


@cache
def request_limit(path: Path) -> RequestLimit:
    """The limit whose counts are in this file, opened once in each process."""
    return RequestLimit(path)
