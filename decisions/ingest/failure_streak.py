"""Gives up a file in which nothing can be read, before a report of every entry fills the memory."""

from collections.abc import Iterable, Iterator

from decisions.ingest.results import Received
from decisions.sources import Unreadable

# Number of entries of one file that fail one after the other before the rest of it is given up.
MAX_FAILURES = 5_000


class FailureStreak:
    """Counts the failures in a row of the file that is being read."""

    def __init__(self) -> None:
        self._file = ""
        self._failures = 0
        self._given_up: set[str] = set()

    def count(self, file: str, has_failed: bool) -> None:
        """Count an entry of `file`; entries come in the order of the files."""
        if file != self._file or not has_failed:
            self._file, self._failures = file, 0
        self._failures += has_failed
        if self._failures >= MAX_FAILURES and file:
            self._given_up.add(file)

    def without_given_up(self, received: Iterable[Received]) -> Iterator[Received]:
        """What was received, but for the rest of each file that is given up: that fails once."""
        reported: set[str] = set()
        for item in received:
            if item.file not in self._given_up:
                yield item
            elif item.file not in reported:
                reported.add(item.file)
                reason = (
                    f"not tried, and nothing after it either: {MAX_FAILURES:,} entries of this file"
                    " in a row could not be read"
                )
                yield Unreadable(item.name, reason, item.file)
