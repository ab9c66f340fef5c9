"""Received files in batches, each with what can be told of it before anything is written."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from decisions.ingest.results import Action, Result
from decisions.models import Capture
from decisions.pipeline import ParsedFile
from decisions.pipeline.worker_pool import Outcome, WorkerPool
from decisions.sources import Ignored, Source, Unreadable

log = logging.getLogger(__name__)

Received = Source | Ignored | Unreadable

# The size of a batch, in files and in bytes: its files are looked up, parsed and written together.
BATCH_FILES = 100
BATCH_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A decision file whose bytes the archive did not hold when it was read."""

    source: Source
    sha256: str
    parsed: ParsedFile


class ParsedFileStore(Protocol):
    """Where files that were parsed before are found; see `reviewed_files`."""

    def find(self, files: Iterable[tuple[Source, str]]) -> list[ParsedFile | None]:
        """The stored result for each file, given with its SHA-256; None where there is none."""

    def save(self, files: Iterable[File]) -> None:
        """Store what was parsed from the files."""


def read_batches(
    received: Iterable[Received], store: ParsedFileStore | None = None
) -> Generator[list[File | Result], None, None]:
    """Every received file in order: as a File, or as its Result where that is known already.

    Later batches are parsed while the caller works on the one it has got. A few of them are held
    in memory, however many there are; close the generator to end the processes early. What
    `store` holds is not parsed again, and what is parsed is saved there.
    """
    with WorkerPool() as worker_pool:
        started: deque[_Batch] = deque()
        for batch in _batches(received):
            started.append(_Batch(batch, worker_pool, store))
            while len(started) > worker_pool.read_ahead:
                yield started.popleft().wait()
        for last in started:
            yield last.wait()


def known_hashes(hashes: Iterable[str]) -> set[str]:
    """Those of the SHA-256 hashes that a capture in the archive has."""
    captures = Capture.objects.filter(sha256__in=list(hashes))
    return set(captures.values_list("sha256", flat=True))


class _Batch:
    """A batch whose unknown files are being parsed."""

    def __init__(
        self, received: list[Received], worker_pool: WorkerPool, store: ParsedFileStore | None
    ) -> None:
        self._store = store
        self._parts = _without_known(received)
        unknown = [part for part in self._parts if not isinstance(part, Result)]
        self._found = store.find(unknown) if store else [None] * len(unknown)
        self._parsed: Callable[[], list[Outcome]] = worker_pool.begin(
            [part[0] for part, found in zip(unknown, self._found, strict=True) if not found]
        )

    def wait(self) -> list[File | Result]:
        parsed = iter(self._parsed())
        outcomes = (found or next(parsed) for found in self._found)
        files = [
            part if isinstance(part, Result) else _file_or_failure(*part, next(outcomes))
            for part in self._parts
        ]
        if self._store:
            self._store.save(self._newly_parsed(files))
        return files

    def _newly_parsed(self, files: list[File | Result]) -> list[File]:
        stored = {id(found) for found in self._found if found}
        return [file for file in files if isinstance(file, File) and id(file.parsed) not in stored]


def _batches(received: Iterable[Received]) -> Iterator[list[Received]]:
    batch: list[Received] = []
    size = 0
    for thing in received:
        batch.append(thing)
        size += len(thing.data) if isinstance(thing, Source) else 0
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _without_known(batch: list[Received]) -> list[Result | tuple[Source, str]]:
    """The result of each file that need not be parsed; the others with their SHA-256."""
    parts = [_result_or_hash(thing) for thing in batch]
    known = known_hashes(part[1] for part in parts if isinstance(part, tuple))
    return [
        Result(part[0].name, Action.UNCHANGED)
        if isinstance(part, tuple) and part[1] in known
        else part
        for part in parts
    ]


def _result_or_hash(thing: Received) -> Result | tuple[Source, str]:
    if isinstance(thing, Ignored):
        return Result(thing.name, Action.IGNORED)
    if isinstance(thing, Unreadable):
        return Result(thing.name, Action.FAILED, thing.reason)
    return thing, hashlib.sha256(thing.data).hexdigest()


def _file_or_failure(source: Source, sha256: str, outcome: Outcome) -> File | Result:
    if isinstance(outcome, ParsedFile):
        return File(source, sha256, outcome)
    if outcome.trace:
        log.error("%s could not be parsed\n%s", source.name, outcome.trace)
    return Result(source.name, Action.FAILED, outcome.reason)
