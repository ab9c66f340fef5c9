"""Reads received files in batches, and parses those that the archive does not hold."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from decisions.ingest.capture_times import tells_more
from decisions.ingest.failure_streak import FailureStreak
from decisions.ingest.results import Action, Received, Result
from decisions.models import Capture, Erasure
from decisions.pipeline import ParsedFile, Rejected, parse_file
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sources import Skipped, Source, Unreadable

log = logging.getLogger(__name__)

Outcome = ParsedFile | Rejected

# Files and bytes at which a batch is full: its files are looked up, parsed and written together.
BATCH_FILES = 100
BATCH_BYTES = 4_000_000

# Bytes of files that are parsed at a time. A batch that would exceed them waits for those before.
BYTES_AHEAD = 10_000_000

# Bytes of a batch, with a large file in it, above which nothing is read before it is parsed.
LARGE_BATCH_BYTES = 6_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A decision file whose bytes the archive did not hold when it was read."""

    source: Source
    sha256: str
    parsed: ParsedFile


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file with the bytes of a capture, which states a better time than the capture has."""

    source: Source
    sha256: str


# What need not be parsed.
Part = KnownFile | Result


class ParsedFileStore(Protocol):
    """Stores parsed files, so that they need not be parsed again; see `reviewed_files`."""

    def find(self, files: Iterable[tuple[Source, str]]) -> list[ParsedFile | None]:
        """The stored result for each file, given with its SHA-256; None where there is none."""

    def save(self, files: Iterable[File]) -> None:
        """Store the results of parsing the files."""


def read_batches(
    received: Iterable[Received], store: ParsedFileStore | None = None
) -> Generator[list[File | Part], None, None]:
    """Yield every received file in order: as a File or KnownFile, or as a Result if that is known.

    Later batches are parsed while the caller works on the one it received. Only a few are in memory
    at a time; close the generator to end the processes early. Files in `store` are not parsed
    again, and newly parsed files are saved there.
    """
    failures = FailureStreak()
    with WorkerPool(parse_file) as worker_pool:
        started: deque[_Batch] = deque()
        for batch in _batches(failures.without_given_up(received)):
            size = _bytes_of(batch)
            while started and size + sum(earlier.size for earlier in started) > BYTES_AHEAD:
                yield _counted(failures, started.popleft().wait())
            started.append(_Batch(batch, worker_pool, store))
            del batch
            while started and (len(started) > worker_pool.read_ahead or size > LARGE_BATCH_BYTES):
                yield _counted(failures, started.popleft().wait())
        for last in started:  # nothing is left to give up
            yield last.wait()


def _counted(failures: FailureStreak, parts: list[File | Part]) -> list[File | Part]:
    for part in parts:
        if not isinstance(part, Result):
            failures.count(part.source.file, has_failed=False)
        elif part.action != Action.SKIPPED:
            failures.count(part.file, has_failed=part.action == Action.FAILED)
    return parts


def known_captures(hashes: Iterable[str]) -> dict[str, Capture]:
    """The captures with these SHA-256 hashes, without their bytes, with their decisions."""
    captures = Capture.objects.filter(sha256__in=list(hashes)).select_related("decision")
    fields = ("sha256", "captured_at", "captured_from")
    of_decision = ("decision__reference", "decision__withdrawn_at")
    return {capture.sha256: capture for capture in captures.only(*fields, *of_decision)}


def known_result(source: Source, action: Action, capture: Capture) -> Result:
    """The result for a file whose bytes the archive holds; `capture` has its decision loaded."""
    decision = capture.decision
    withdrawn = decision.withdrawn_at is not None
    return Result.of(source, action, reference=decision.reference, withdrawn=withdrawn)


def without_erased(parts: Iterable[File | Part]) -> list[File | Part]:
    """The parts, with a result in place of each file of an erased decision: it is refused."""
    parts = list(parts)
    files = [part for part in parts if isinstance(part, File)]
    erased = Erasure.objects.of({name for file in files for name in references_of(file)})
    return [refused(part, erased) or part if isinstance(part, File) else part for part in parts]


def references_of(file: File) -> tuple[str, ...]:
    """Every reference that the file states as its decision's."""
    document = file.parsed.document
    return (document.reference, *document.other_references)


def refused(file: File, erased: dict[str, Erasure]) -> Result | None:
    """The result for a file of an erased decision, without its document; None for any other."""
    found = next((erased[name] for name in references_of(file) if name in erased), None)
    if found is None:
        return None
    reason = f"{found.in_words} It is not imported again."
    return Result.of(file.source, Action.REFUSED, reason, reference=found.reference)


class _Batch:
    """A batch whose unknown files are being parsed."""

    def __init__(
        self,
        received: list[Received],
        worker_pool: WorkerPool[ParsedFile],
        store: ParsedFileStore | None,
    ) -> None:
        self._store = store
        self.size = _bytes_of(received)
        self._parts = _without_known(received)
        unknown = [part for part in self._parts if isinstance(part, tuple)]
        self._stored = store.find(unknown) if store else [None] * len(unknown)
        self._parsed: Callable[[], list[Outcome]] = worker_pool.begin(
            [part[0] for part, stored in zip(unknown, self._stored, strict=True) if not stored]
        )

    def wait(self) -> list[File | Part]:
        parsed = iter(self._parsed())
        outcomes = (stored or next(parsed) for stored in self._stored)
        files = without_erased(
            _file_or_failure(*part, next(outcomes)) if isinstance(part, tuple) else part
            for part in self._parts
        )
        if self._store:
            self._store.save(self._newly_parsed(files))
        return files

    def _newly_parsed(self, files: list[File | Part]) -> list[File]:
        stored = {id(parsed) for parsed in self._stored}
        return [file for file in files if isinstance(file, File) and id(file.parsed) not in stored]


def _bytes_of(received: Iterable[Received]) -> int:
    return sum(len(item.data) for item in received if isinstance(item, Source))


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


def _without_known(batch: list[Received]) -> list[Part | tuple[Source, str]]:
    """A Part for each file that need not be parsed, and every other file with its SHA-256."""
    parts = [_result_or_hash(item) for item in batch]
    known = known_captures(part[1] for part in parts if isinstance(part, tuple))
    return [
        _known_part(*part, known[part[1]]) if isinstance(part, tuple) and part[1] in known else part
        for part in parts
    ]


def _known_part(source: Source, sha256: str, capture: Capture) -> Part:
    if tells_more(source, capture):
        return KnownFile(source, sha256)
    return known_result(source, Action.UNCHANGED, capture)


def _result_or_hash(item: Received) -> Result | tuple[Source, str]:
    if isinstance(item, Skipped):
        return Result.of(item, Action.SKIPPED)
    if isinstance(item, Unreadable):
        return Result.of(item, Action.FAILED, item.reason)
    return item, hashlib.sha256(item.data).hexdigest()


def _file_or_failure(source: Source, sha256: str, outcome: Outcome) -> File | Result:
    if isinstance(outcome, ParsedFile):
        return File(source, sha256, outcome)
    if outcome.trace:
        log.error("%s could not be parsed\n%s", source.name, outcome.trace)
    return Result.of(source, Action.FAILED, outcome.reason)
