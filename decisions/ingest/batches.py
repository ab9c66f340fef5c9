"""Received files in batches, each file with what can be told of it before anything is written."""

import hashlib
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.ingest.results import Action, Result
from decisions.models import Capture
from decisions.pipeline import ParsedFile
from decisions.pipeline.worker_pool import Outcome, WorkerPool
from decisions.sources import Ignored, Source, Unreadable

log = logging.getLogger(__name__)

Received = Source | Ignored | Unreadable
Part = Result | tuple[Source, str]  # what is known of it already, or its bytes and their hash

# Files that are looked up, understood and written together.
BATCH_FILES = 100
BATCH_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file whose bytes the archive did not hold when it was read, and that is a decision."""

    source: Source
    sha256: str
    parsed: ParsedFile


def read_batches(received: Iterable[Received]) -> Iterator[list[File | Result]]:
    """Every received thing in its order: as a File, or as its Result where that is known now.

    Later batches are understood while the caller works on the one it has got. A few of them are
    held in memory, however many there are; close the generator to end the processes early.
    """
    with WorkerPool() as worker_pool:
        begun: deque = deque()
        for batch in _batches(received):
            parts = _told_apart(batch)
            unknown = [part[0] for part in parts if isinstance(part, tuple)]
            begun.append((parts, worker_pool.begin(unknown)))
            while len(begun) > worker_pool.ahead:
                parts, outcomes = begun.popleft()
                yield _joined(parts, outcomes())
        for parts, outcomes in begun:
            yield _joined(parts, outcomes())


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


def _told_apart(batch: list[Received]) -> list[Part]:
    """What need not be understood by its result, the rest with their hashes."""
    parts = [_result_or_hash(thing) for thing in batch]
    known = known_hashes(part[1] for part in parts if isinstance(part, tuple))
    return [
        Result(part[0].name, Action.UNCHANGED)
        if isinstance(part, tuple) and part[1] in known
        else part
        for part in parts
    ]


def _result_or_hash(thing: Received) -> Part:
    if isinstance(thing, Ignored):
        return Result(thing.name, Action.IGNORED)
    if isinstance(thing, Unreadable):
        return Result(thing.name, Action.FAILED, thing.reason)
    return thing, hashlib.sha256(thing.data).hexdigest()


def _joined(parts: list[Part], outcomes: list[Outcome]) -> list[File | Result]:
    waiting = iter(outcomes)
    return [
        part if isinstance(part, Result) else _file_or_failure(*part, next(waiting))
        for part in parts
    ]


def _file_or_failure(source: Source, sha256: str, outcome: Outcome) -> File | Result:
    if isinstance(outcome, ParsedFile):
        return File(source, sha256, outcome)
    if outcome.trace:
        log.error("%s could not be understood\n%s", source.name, outcome.trace)
    return Result(source.name, Action.FAILED, outcome.reason)


def known_hashes(hashes: Iterable[str]) -> set[str]:
    """Those of them that a capture in the archive has."""
    captures = Capture.objects.filter(sha256__in=list(hashes))
    return set(captures.values_list("sha256", flat=True))
