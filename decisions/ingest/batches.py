"""Reads received files in batches, and parses those that the archive does not hold."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from decisions.ingest.results import Action, Result
from decisions.models import Capture
from decisions.pipeline import ParsedFile, Rejected, parse_file
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sources import Ignored, Source, Unreadable

log = logging.getLogger(__name__)

Outcome = ParsedFile | Rejected
Received = Source | Ignored | Unreadable

# Files and bytes at which a batch is full: its files are looked up, parsed and written together.
BATCH_FILES = 100
BATCH_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A decision file whose bytes the archive did not hold when it was read."""

    source: Source
    sha256: str
    parsed: ParsedFile


class ParsedFileStore(Protocol):
    """Stores parsed files, so that they need not be parsed again; see `reviewed_files`."""

    def find(self, files: Iterable[tuple[Source, str]]) -> list[ParsedFile | None]:
        """The stored result for each file, given with its SHA-256; None where there is none."""

    def save(self, files: Iterable[File]) -> None:
        """Store the results of parsing the files."""


def read_batches(
    received: Iterable[Received], store: ParsedFileStore | None = None
) -> Generator[list[File | Result], None, None]:
    """Yield every received file in order: as a File, or as a Result if that is already known.

    Later batches are parsed while the caller works on the one it received. Only a few are in memory
    at a time; close the generator to end the processes early. Files in `store` are not parsed
    again, and newly parsed files are saved there.
    """
    with WorkerPool(parse_file) as worker_pool:
        started: deque[_Batch] = deque()
        for batch in _batches(received):
            started.append(_Batch(batch, worker_pool, store))
            while len(started) > worker_pool.read_ahead:
                yield started.popleft().wait()
        for last in started:
            yield last.wait()


def known_hashes(hashes: Iterable[str]) -> set[str]:
    """Those of the SHA-256 hashes that the archive has a capture for."""
    captures = Capture.objects.filter(sha256__in=list(hashes))
    return set(captures.values_list("sha256", flat=True))


class _Batch:
    """A batch whose unknown files are being parsed."""

    def __init__(
        self,
        received: list[Received],
        worker_pool: WorkerPool[ParsedFile],
        store: ParsedFileStore | None,
    ) -> None:
        self._store = store
        self._parts = _without_known(received)
        unknown = [part for part in self._parts if not isinstance(part, Result)]
        self._stored = store.find(unknown) if store else [None] * len(unknown)
        self._parsed: Callable[[], list[Outcome]] = worker_pool.begin(
            [part[0] for part, stored in zip(unknown, self._stored, strict=True) if not stored]
        )

    def wait(self) -> list[File | Result]:
        parsed = iter(self._parsed())
        outcomes = (stored or next(parsed) for stored in self._stored)
        files = [
            part if isinstance(part, Result) else _file_or_failure(*part, next(outcomes))
            for part in self._parts
        ]
        if self._store:
            self._store.save(self._newly_parsed(files))
        return files

    def _newly_parsed(self, files: list[File | Result]) -> list[File]:
        stored = {id(parsed) for parsed in self._stored if parsed}
        return [file for file in files if isinstance(file, File) and id(file.parsed) not in stored]


def _batches(received: Iterable[Received]) -> Iterator[list[Received]]:
    batch: list[Received] = []
    size = 0
    for item in received:
        batch.append(item)
        size += len(item.data) if isinstance(item, Source) else 0
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _without_known(batch: list[Received]) -> list[Result | tuple[Source, str]]:
    """A Result for each file that need not be parsed, and every other file with its SHA-256."""
    parts = [_result_or_hash(item) for item in batch]
    known = known_hashes(part[1] for part in parts if isinstance(part, tuple))
    return [
        Result(part[0].name, Action.UNCHANGED)
        if isinstance(part, tuple) and part[1] in known
        else part
        for part in parts
    ]


def _result_or_hash(item: Received) -> Result | tuple[Source, str]:
    if isinstance(item, Ignored):
        return Result(item.name, Action.IGNORED)
    if isinstance(item, Unreadable):
        return Result(item.name, Action.FAILED, item.reason)
    return item, hashlib.sha256(item.data).hexdigest()


def _file_or_failure(source: Source, sha256: str, outcome: Outcome) -> File | Result:
    if isinstance(outcome, ParsedFile):
        return File(source, sha256, outcome)
    if outcome.trace:
        log.error("%s could not be parsed\n%s", source.name, outcome.trace)
    return Result(source.name, Action.FAILED, outcome.reason)
