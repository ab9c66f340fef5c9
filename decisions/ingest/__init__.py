"""Received files into rows: a batch in one transaction, as if they came one after the other.

The identity rule, for every received file:

| its bytes | its reference  | action    | what is written                                   |
|-----------|----------------|-----------|---------------------------------------------------|
| known     | not looked at  | unchanged | nothing                                           |
| new       | new            | created   | a decision and its first capture                  |
| new       | known          | updated   | one more capture; the decision shows the new file |
| new       | cannot be read | failed    | nothing; reported by name and reason              |

An updated decision takes its text, kind, findings and warnings from the new file. A header field
that the new file does not state keeps the value that an earlier file stated. A withdrawn decision
stays withdrawn. An invented sample and a real decision never replace each other.

`received` tells apart what is known and has the rest understood, in other processes when there is
much of it; `writing` writes it; `index` has the search follow meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from django.db import connection

from decisions.ingest.batches import File, Received, read_batches
from decisions.ingest.failures import Failures
from decisions.ingest.lookups import LookupCache
from decisions.ingest.preview import preview
from decisions.ingest.results import Action, Report, Result
from decisions.ingest.samples import remove_samples
from decisions.ingest.search_sync import followed_by_search
from decisions.ingest.writer import store

__all__ = [
    "Action",
    "LookupCache",
    "Received",
    "Report",
    "Result",
    "ingest_all",
    "preview",
    "remove_samples",
]


def ingest_all(
    received: Iterable[Received], progress: Callable[[Result], None] | None = None
) -> Report:
    """Take in everything; what fails is reported and does not keep the rest out.

    `progress` is called with each result as it is final, in the order in which things came.
    """
    report = Report()
    names = LookupCache()
    failures = Failures()
    with (
        followed_by_search() as keep_pace,
        _without_waiting_for_the_disk(),
        closing(read_batches(received)) as coming,
    ):
        for batch in coming:
            for result in _ingest_batch(batch, names):
                report.add(result)
                failures.note(result)
                if progress:
                    progress(result)
            keep_pace()
    return report


def _ingest_batch(batch: list[File | Result], names: LookupCache) -> Iterator[Result]:
    stored = store([part for part in batch if isinstance(part, File)], names)
    for part in batch:
        yield part if isinstance(part, Result) else next(stored)


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Commits follow each other without waiting for the disk; all are on it when the block ends.

    A crash of the machine may lose the last moments of a run, never part of a decision, and the
    run that follows takes them in again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_logical_emit_message(true, 'ingest', 'finished')")
