"""Proves that captures have their hashes, and that every decision can be rebuilt from them.

A decision is rebuilt as an import would write it: its newest capture is parsed again and filled
into a copy of its row, which must then be the row. A value that this file does not state must come
from an earlier one. Nothing is written: each batch is read in a transaction that is rolled back.
"""

import copy
import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from decisions.analysis import RULES_VERSION
from decisions.documents import Document
from decisions.ingest.batches import File, Outcome
from decisions.ingest.lookups import LookupCache
from decisions.ingest.staff_changes import SEALED_FIELDS
from decisions.ingest.writer import fill
from decisions.models import Capture, Decision
from decisions.pipeline import ParsedFile, parse_file
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sources import Source

# Decisions and bytes of captures at which a batch is full.
BATCH_DECISIONS = 100
BATCH_BYTES = 4_000_000

# The fields that every import sets, with their names for readers.
_TEXT = {
    "kind": "kind",
    "sections": "text",
    "warnings": "warnings",
    "other_references": "other references",
    "is_sample": "sample",
    "stated": "what it stated before a correction",
}
# Fields that keep an earlier file's value where the newest file states none; and their values.
_STATED: dict[str, tuple[str, Callable[[Document, dict[str, int | None]], object]]] = {
    "council_id": ("council", lambda document, ids: ids["council_id"]),
    "category_id": ("category", lambda document, ids: ids["category_id"]),
    "outcome_id": ("outcome", lambda document, ids: ids["outcome_id"]),
    "decided_on": ("date", lambda document, ids: document.decided_on),
    "summary": ("summary", lambda document, ids: document.summary),
    "source_url": ("source address", lambda document, ids: document.source_url),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong with a decision; `reason` completes a sentence that begins with it."""

    reference: str
    reason: str

    def __str__(self) -> str:
        return f"{self.reference}: {self.reason}"


@dataclass(slots=True)
class _Read:
    """A decision and its newest capture, whose hash was checked; no source where it has none."""

    decision: Decision
    source: Source | None
    sha256: str


def verify_decisions(
    progress: Callable[[int], None] | None = None, in_process_files: int | None = None
) -> Iterator[Difference]:
    """Yield what is wrong with captures and decisions, in the order of the decisions' ids.

    `progress` is called with the number of decisions so far; `in_process_files` is as for
    WorkerPool.
    """
    done = 0
    with WorkerPool(parse_file, in_process_files) as pool:
        started: deque[tuple[list[_Read], Callable[[], list[Outcome]]]] = deque()
        batches = _batches()
        while True:
            batch = next(batches, None)
            if batch is not None:
                reads, differences = batch
                yield from differences
                sources = [read.source for read in reads if read.source]
                started.append((reads, pool.begin(sources)))
            while started and (batch is None or len(started) > pool.read_ahead):
                reads, outcomes = started.popleft()
                yield from _compare(reads, outcomes(), pool)
                done += len(reads)
                if progress:
                    progress(done)
            if batch is None:
                return


def damaged_captures() -> Iterator[Difference]:
    """Yield what is wrong with captures alone; nothing is parsed."""
    for _, differences in _batches():
        yield from differences


def _batches() -> Iterator[tuple[list[_Read], list[Difference]]]:
    last = 0
    while True:
        with transaction.atomic():
            _see_one_moment()
            decisions = list(Decision.objects.filter(pk__gt=last).order_by("pk")[:BATCH_DECISIONS])
            if not decisions:
                return
            newest_first = Capture.objects.filter(decision__in=decisions).defer("content")
            captures: dict[int, list[int]] = {decision.pk: [] for decision in decisions}
            for decision_id, pk in newest_first.values_list("decision_id", "pk"):
                captures[decision_id].append(pk)
            reads: list[_Read] = []
            differences: list[Difference] = []
            size = 0
            for decision in decisions:
                if size >= BATCH_BYTES:
                    break
                read, found = _read(decision, captures[decision.pk])
                reads.append(read)
                differences += found
                size += len(read.source.data) if read.source else 0
                last = decision.pk
        yield reads, differences


def _see_one_moment() -> None:
    """Let the transaction see a decision and its captures as they were at one moment."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _read(decision: Decision, captures: list[int]) -> tuple[_Read, list[Difference]]:
    """Check the hash of every capture of a decision, one in memory at a time, and keep the first.

    `captures` are their ids, the newest first.
    """
    newest: _Read | None = None
    differences = []
    for pk in captures:
        capture = Capture.objects.get(pk=pk)
        data = bytes(capture.content)
        if hashlib.sha256(data).hexdigest() != capture.sha256:
            reason = f"the received file {capture.sha256} has other bytes than its hash says"
            differences.append(Difference(decision.reference, reason))
        newest = newest or _Read(decision, _source(capture, data), capture.sha256)
    if newest is None and (decision.sections or decision.withdrawn_at is None):
        differences.append(Difference(decision.reference, "there is no received file of it"))
    return newest or _Read(decision, None, ""), differences


def _source(capture: Capture, data: bytes) -> Source:
    return Source(capture.name, data, capture.url or None, capture.charset or None)


def _compare(
    reads: list[_Read], outcomes: list[Outcome], pool: WorkerPool[ParsedFile]
) -> Iterator[Difference]:
    sources = [read for read in reads if read.source]
    found: list[Difference] = []
    rebuilt: list[tuple[Decision, File]] = []
    for read, outcome in zip(sources, outcomes, strict=True):
        reference = read.decision.reference
        if not isinstance(outcome, ParsedFile):
            found.append(Difference(reference, f"its file cannot be read again: {outcome.reason}"))
        elif outcome.document.reference != reference:
            now = outcome.document.reference
            found.append(Difference(reference, f"its file is that of {now} now"))
        elif read.source:
            rebuilt.append((read.decision, File(read.source, read.sha256, outcome)))
    with transaction.atomic():
        lookups = LookupCache()
        ids = lookups.foreign_keys(file.parsed.document for _, file in rebuilt)
        for (decision, file), own_ids in zip(rebuilt, ids, strict=True):
            labels = [
                *_differing(decision, file, own_ids),
                *_from_nowhere(decision, file.parsed.document, own_ids, lookups, pool),
            ]
            if labels:
                listed = ", ".join(dict.fromkeys(labels))
                found.append(Difference(decision.reference, f"its file says otherwise: {listed}"))
        # Lookups create the rows that they miss, and `fill` seals redacted words again.
        transaction.set_rollback(True)
    yield from found


def _differing(decision: Decision, file: File, ids: dict[str, int | None]) -> Iterator[str]:
    """What importing the newest file once more would change."""
    # What staff corrected or redacted stays so in `fill`, and therefore in this copy.
    rebuilt = copy.copy(decision)
    rebuilt.stated = dict(decision.stated)
    fill(rebuilt, file, ids)
    named = _TEXT | {name: label for name, (label, _) in _STATED.items()}
    if decision.rules_version == RULES_VERSION:  # else `manage.py reanalyse` brings it up to date
        named |= dict.fromkeys(file.parsed.columns, "findings")
    for name, label in named.items():
        if getattr(rebuilt, name) != getattr(decision, name):
            yield label


def _from_nowhere(
    decision: Decision,
    document: Document,
    ids: dict[str, int | None],
    lookups: LookupCache,
    pool: WorkerPool[ParsedFile],
) -> list[str]:
    """The values that the newest file does not state, and no other file of the decision either."""
    missing = {
        name: (label, value_of)
        for name, (label, value_of) in _STATED.items()
        if value_of(document, ids) is None
        and getattr(decision, name) is not None
        and name.removesuffix("_id") not in decision.stated  # staff corrected it
        and not (decision.is_redacted and name in SEALED_FIELDS)
    }
    if not missing:
        return []
    for capture in decision.captures.all()[1:].iterator(chunk_size=1):
        (outcome,) = pool.begin([_source(capture, bytes(capture.content))])()
        if isinstance(outcome, ParsedFile):
            (others,) = lookups.foreign_keys([outcome.document])
            for name, (_, value_of) in list(missing.items()):
                if value_of(outcome.document, others) == getattr(decision, name):
                    del missing[name]
    return [label for label, _ in missing.values()]
