"""Writes a dump: every table from one snapshot, into a directory that appears when it is whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction

from decisions.dumps import files, warc_files
from decisions.dumps.contents import Contents
from decisions.dumps.files import DumpFile, Parts
from decisions.dumps.flat import FlatTable, Flattener, Row, flat_tables_of
from decisions.dumps.lines import Line, encode, read_lines
from decisions.dumps.metadata import write_metadata
from decisions.dumps.sqlite_file import SqliteFile
from decisions.dumps.tables import Table, tables_of
from decisions.models import Capture, ChangeSequence, Decision

# Bytes at which a part is full: of JSON Lines before compression, and of captures.
LINES_BYTES = 200_000_000
CAPTURES_BYTES = 500_000_000

# Bytes of captures that are read together; a larger capture is read alone.
BATCH_BYTES = 8_000_000

SQLITE = "decisions.sqlite"
PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dump that was written, and the state of the archive that it shows.

    `change` is the number of the last change in it. `withdrawn` are the decisions that were
    withdrawn by then.
    """

    manifest: dict[str, Any]
    archive: str
    change: int
    withdrawn: list[str]


class FlatSink(Protocol):
    """A file, or files, with the flat tables."""

    def add(self, table: FlatTable, row: Row) -> None:
        """Add a row."""

    def finish(self) -> None:
        """Complete and close what was written."""

    def discard(self) -> None:
        """Close what was written, which will be deleted."""


def dump(
    directory: Path, contents: Contents, progress: Callable[[str, int], None] | None = None
) -> Snapshot:
    """Write a dump into `directory`, which must not exist yet, or be empty.

    It is written beside that directory and renamed at the end, so no one sees half a dump. Raises
    DumpError. `progress` is called with the name of a table and the number of rows so far.
    """
    with files.written_whole(directory) as beside, _snapshot():
        snapshot = _write(beside, contents, progress or (lambda table, rows: None))
        if not contents.complete:
            beside.chmod(0o755)
    return snapshot


def archive_state() -> tuple[str, int]:
    """The identity of the archive, and the number of its last change."""
    sequence = ChangeSequence.objects.first()
    return (str(sequence.archive), sequence.value) if sequence else ("", 0)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Show the block the archive as it is now, whatever others change meanwhile."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(directory: Path, contents: Contents, progress: Callable[[str, int], None]) -> Snapshot:
    archive, change = archive_state()
    withdrawn = Decision.objects.exclude(withdrawn_at=None).order_by("reference")
    written: list[DumpFile] = []
    with _flat_sinks(directory, contents) as add_flat:
        for table in tables_of(contents):
            parts = Parts(
                directory,
                f"data/{table.name}-{{:04}}.jsonl.gz",
                table.name,
                LINES_BYTES,
                files.gzip_stream,
            )
            lines = read_lines(table, contents)
            if table.model is Capture:
                lines = _with_contents(directory, lines, written)
            for count, line in enumerate(lines, 1):
                data = encode(line)
                parts.stream().write(data)
                parts.count(len(data))
                add_flat(table, line)
                progress(table.name, count)
            parts.close()
            written += parts.files
    written += _described(directory, contents)
    return Snapshot(
        write_metadata(directory, contents, written),
        archive,
        change,
        list(withdrawn.values_list("reference", flat=True)),
    )


def _with_contents(
    directory: Path, lines: Iterator[Line], written: list[DumpFile]
) -> Iterator[Line]:
    """Write the bytes of each capture into WARC files, in the order of the lines."""
    parts = Parts(
        directory,
        "captures/captures-{:04}.warc.gz",
        "captures",
        CAPTURES_BYTES,
        warc_files.start_warc,
    )
    for batch in _batches(lines):
        captures = Capture.objects.filter(sha256__in=[line["sha256"] for line in batch])
        contents = dict(captures.values_list("sha256", "content"))
        for line in batch:
            warc_files.write_capture(parts.stream(), line, bytes(contents.pop(line["sha256"])))
            parts.count(line["size"])
            yield line
    parts.close()
    written += parts.files


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    size = 0
    for line in lines:
        if batch and size + line["size"] > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += line["size"]
    if batch:
        yield batch


@contextmanager
def _flat_sinks(directory: Path, contents: Contents) -> Iterator[Callable[[Table, Line], None]]:
    """Yields what adds a line to the flat files, if any are wanted."""
    flat_tables = flat_tables_of(contents)
    sinks: list[FlatSink] = []
    if contents.sqlite:
        sinks.append(SqliteFile(directory / SQLITE, flat_tables.values()))
    if contents.parquet:
        # It is large, and only this needs it.
        from decisions.dumps.parquet_files import ParquetFiles

        sinks.append(ParquetFiles(directory / PARQUET, flat_tables.values()))
    flattener = Flattener(contents) if sinks else None

    def add(table: Table, line: Line) -> None:
        if flattener:
            for name, row in flattener.rows(table.name, line):
                for sink in sinks:
                    sink.add(flat_tables[name], row)

    try:
        yield add
    except BaseException:
        for sink in sinks:
            sink.discard()
        raise
    for sink in sinks:
        sink.finish()


def _described(directory: Path, contents: Contents) -> Iterator[DumpFile]:
    if contents.sqlite:
        yield files.describe(directory, SQLITE)
    if contents.parquet:
        for name in flat_tables_of(contents):
            yield files.describe(directory, f"{PARQUET}/{name}.parquet", name)
