"""Imports received files: a batch in one transaction, with the result of importing one by one.

The identity rule, for every received file:

| bytes | reference      | source was read         | action    | what is written                  |
|-------|----------------|-------------------------|-----------|----------------------------------|
| known | not looked at  | not looked at           | unchanged | nothing                          |
| known | not looked at  | at a better known time  | unchanged | the capture's time; see below    |
| new   | new            | at any time             | created   | a decision and its first capture |
| new   | known          | after the capture shown | updated   | a capture; it is shown           |
| new   | known          | before it               | older     | a capture, for the history       |
| new   | cannot be read | not looked at           | failed    | nothing; reported by name        |
| new   | was erased     | not looked at           | refused   | nothing; reported by name        |

The page shows the newest capture: the one whose source was read last, in whatever order the files
come; of two read at the same time, the one received last. `capture_times` says when a source was
read. If a file states this for bytes that the archive holds with a guessed or an earlier time, the
capture has this time then (`better_times`); where another capture is the newest then, the decision
shows that one, and the action is "updated".

An updated decision takes its text, kind, findings and warnings from the new file. A header field
that the new file does not state keeps the value that an earlier file stated. A withdrawn decision
stays withdrawn, and what staff corrected and redacted stays so (`staff_changes`). An invented
sample and a real decision never replace each other.

`batches` reads files and parses those that are unknown, `writer` writes them, and `search_sync`
keeps the search index close behind. The room may touch PostgreSQL and, through search, the index;
it knows no web pages.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from django.db import connection

from decisions.ingest.batches import File, KnownFile, ParsedFileStore, Part, read_batches
from decisions.ingest.better_times import set_time
from decisions.ingest.failures import FailureLog
from decisions.ingest.lookups import LookupCache
from decisions.ingest.preview import preview
from decisions.ingest.results import Action, Received, Report, Result
from decisions.ingest.samples import remove_samples
from decisions.ingest.search_sync import search_follows
from decisions.ingest.writer import write

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
    received: Iterable[Received],
    progress: Callable[[Result], None] | None = None,
    store: ParsedFileStore | None = None,
    *,
    keep_index: bool = True,
) -> Report:
    """Import every received file; one that fails is reported, and the others are imported.

    `progress` is called with each result once it is final, in the order of the received files.
    `store` is as for `read_batches`. With `keep_index`, this host's search index is up to date at
    the end; other hosts see to theirs.
    """
    report = Report()
    lookups = LookupCache()
    failures = FailureLog()
    with (
        search_follows(keep_index) as wait_for_search,
        _asynchronous_commits(),
        closing(read_batches(received, store)) as batches,
    ):
        for batch in batches:
            for result in _ingest_batch(batch, lookups):
                report.add(result)
                failures.add(result)
                if progress:
                    progress(result)
            failures.save()
            wait_for_search()
    return report


def _ingest_batch(batch: list[File | Part], lookups: LookupCache) -> Iterator[Result]:
    written = write([part for part in batch if isinstance(part, File)], lookups)
    for part in batch:
        match part:
            case Result():
                yield part
            case KnownFile():
                yield set_time(part.source, part.sha256, lookups)
            case _:
                yield next(written)


@contextmanager
def _asynchronous_commits() -> Iterator[None]:
    """Let commits not wait for the disk; all of them are on it when the block ends.

    A crash of the machine may lose the last batches of a run, each as a whole; the next run
    imports their files again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_logical_emit_message(true, 'ingest', 'finished')")
