"""Writes a batch of parsed files as rows, in one transaction and few statements.

If PostgreSQL refuses a row, the transaction is rolled back, and the batch is written in two halves;
a half that fails is halved again, until the file at fault is alone.
"""

import datetime
from collections.abc import Iterator

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.db.models.functions import Now
from psycopg.errors import DeadlockDetected

from decisions.documents import Document, sections_to_json
from decisions.ingest import staff_changes
from decisions.ingest.batches import (
    File,
    known_captures,
    known_result,
    references_of,
    refused,
)
from decisions.ingest.capture_times import captured_time, newest_times
from decisions.ingest.copying import copy_rows, give_ids
from decisions.ingest.failures import storable
from decisions.ingest.lookups import LookupCache
from decisions.ingest.results import Action, Result
from decisions.models import Capture, Decision, Erasure, database_time
from decisions.pipeline import in_one_line

# Most attempts to write a file: if two processes insert the same reference or council, one of them
# must try again.
ATTEMPTS = 3


class Conflict(Exception):
    """The file must not be imported; the message says why."""


def write(files: list[File], lookups: LookupCache) -> Iterator[Result]:
    """Write the files; yields the result of each, in order, once its transaction is committed."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            ids = ids_of(files, lookups)
            with transaction.atomic():
                results = _write(files, ids)
        except DatabaseError as error:
            if not _is_recoverable(error):
                raise
            if isinstance(error, IntegrityError):
                lookups.clear()
            if len(files) > 1:
                middle = len(files) // 2
                yield from write(files[:middle], lookups)
                yield from write(files[middle:], lookups)
                return
            if attempt == ATTEMPTS or isinstance(error, DataError):
                yield Result.of(files[0].source, Action.FAILED, in_one_line(error))
                return
        else:
            yield from results
            return


def ids_of(files: list[File], lookups: LookupCache) -> list[dict[str, int | None]]:
    """The foreign keys of each file's decision; creates the rows that are missing."""
    references = [file.parsed.document.reference for file in files]
    redacted = Decision.objects.filter(reference__in=references, is_redacted=True)
    # The names of cases may have the words of these: `keep` creates what their redacted text cites.
    left_out = set(redacted.values_list("reference", flat=True))
    lookups.create_provisions(
        cited
        for file in files
        for cited in file.parsed.provisions
        if file.parsed.document.reference not in left_out
    )
    return lookups.foreign_keys(file.parsed.document for file in files)


def check_may_update(decision: Decision | None, document: Document) -> None:
    """Raises Conflict where an invented sample and a real decision would replace each other."""
    if decision and decision.is_sample != document.is_sample:
        kinds = ("a real decision", "an invented sample")
        raise Conflict(
            f"{document.reference} is {kinds[decision.is_sample]} in this archive "
            f"and cannot be replaced by {kinds[document.is_sample]}"
        )


def _is_recoverable(error: DatabaseError) -> bool:
    """Whether one file or a concurrent run caused the error, so that other files can be written."""
    kinds = DataError | IntegrityError
    return isinstance(error, kinds) or isinstance(error.__cause__, DeadlockDetected)


def _write(files: list[File], ids: list[dict[str, int | None]]) -> list[Result]:
    received_at = _wait_for_other_writers()
    known = known_captures(file.sha256 for file in files)
    references = {file.parsed.document.reference for file in files}
    decisions = {
        decision.reference: decision
        for decision in Decision.objects.filter(reference__in=references).select_for_update()
    }
    newest = newest_times(decisions.values())
    # One may have been erased since the files were read.
    erased = Erasure.objects.of({name for file in files for name in references_of(file)})
    results: list[Result] = []
    imported: list[tuple[Decision, Capture]] = []
    touched: dict[str, Decision] = {}
    for file, foreign_keys in zip(files, ids, strict=True):
        document = file.parsed.document
        decision = decisions.get(document.reference)
        if capture := known.get(file.sha256):
            # An earlier file had the same bytes, or another process has just imported them.
            results.append(known_result(file.source, Action.UNCHANGED, capture))
            continue
        if result := refused(file, erased):
            results.append(result)
            continue
        try:
            check_may_update(decision, document)
        except Conflict as conflict:
            results.append(Result.of(file.source, Action.FAILED, str(conflict)))
            continue
        action = Action.UPDATED if decision else Action.CREATED
        if decision is None:
            decision = decisions[document.reference] = Decision(reference=document.reference)
        capture = capture_of(decision, file, received_at)
        if capture.captured_at < newest.get(document.reference, capture.captured_at):
            action = Action.OLDER
        else:
            newest[document.reference] = capture.captured_at
            fill(decision, file, foreign_keys)
            touched[document.reference] = decision
        known[file.sha256] = capture
        imported.append((decision, capture))
        withdrawn = decision.withdrawn_at is not None
        results.append(Result.of(file.source, action, document=document, withdrawn=withdrawn))

    created = [decision for decision in touched.values() if decision.pk is None]
    for decision in touched.values():
        if decision.pk is not None:
            decision.updated_at = Now()
            decision.save(force_update=True)
    give_ids(created)
    copy_rows(created)
    captures = []
    for decision, capture in imported:
        capture.decision = decision  # once more: only now it has an id
        captures.append(capture)
    give_ids(captures)
    copy_rows(captures)
    return results


def _wait_for_other_writers() -> datetime.datetime:
    """Take the change sequence's lock before any other lock, and return the time.

    While the lock is held, no other writer changes what this transaction reads, and the times of
    captures follow the order in which they are written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT decisions_advance_change()")
    return database_time()


def fill(decision: Decision, file: File, ids: dict[str, int | None]) -> None:
    """Set a decision's fields to what the file states; `ids` is one entry of `ids_of`.

    What staff corrected and redacted stays so. The decision is not saved.
    """
    document = file.parsed.document
    staff_changes.unseal(decision)
    decision.kind = document.kind
    decision.sections = sections_to_json(document.sections)
    decision.warnings = list(document.warnings)
    decision.other_references = list(document.other_references)
    decision.is_sample = document.is_sample
    for name, value in file.parsed.columns.items():
        setattr(decision, name, value)
    stated = {
        **ids,
        "decided_on": document.decided_on,
        "summary": document.summary,
        "source_url": document.source_url,
    }
    staff_changes.set_stated(decision, document, stated)
    staff_changes.keep(decision)


def capture_of(decision: Decision, file: File, received_at: datetime.datetime) -> Capture:
    """The unsaved capture of a file."""
    captured = captured_time(file.source, file.parsed.document.captured, received_at)
    return Capture(
        decision=decision,
        sha256=file.sha256,
        name=storable(file.source.name),
        url=file.source.url or file.parsed.document.source_url or "",
        charset=file.source.charset or "",
        content=file.source.data,
        received_at=received_at,
        captured_at=captured.at,
        captured_from=captured.basis,
    )
