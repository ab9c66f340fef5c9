"""Restores a dump into an empty archive, in one transaction; the search index follows."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from decisions import search
from decisions.dumps.contents import DumpError
from decisions.dumps.lines import Line
from decisions.dumps.reading import StoredDump
from decisions.dumps.tables import KEYS, Table, tables_of
from decisions.ingest.copying import copy_rows, give_ids
from decisions.models import (
    Capture,
    CaptureLogEntry,
    Category,
    Council,
    CouncilAlias,
    Decision,
    Erasure,
    IngestFailure,
    Outcome,
    Provision,
)

# Lines that are inserted together, and bytes of captures at which fewer are.
BATCH_LINES = 500
BATCH_BYTES = 8_000_000

# An archive that has rows of these is not empty; the name is for the message.
_CONTENT = {
    Decision: "decisions",
    Capture: "captures",
    CouncilAlias: "other names of councils",
    Erasure: "erased decisions",
    IngestFailure: "files that could not be imported",
    CaptureLogEntry: "entries in the log of received files",
}

# Rows that decisions refer to. An archive without decisions may still have some, to which nothing
# refers any more: those that removed samples leave behind. Parts come before what they are part of.
_LOOKUPS = (Council, Outcome, Category, Provision)


@dataclass(slots=True)
class Restored:
    """How many lines of each table were restored."""

    rows: dict[str, int] = field(default_factory=dict)


def restore(directory: Path, progress: Callable[[str, int], None] | None = None) -> Restored:
    """Restore a dump; the archive must be empty. Raises DumpError, and then has changed nothing.

    Every file is checked before anything is written. `progress` is as for `dump`.
    """
    require_empty()
    stored = StoredDump(directory)
    restored = Restored()
    try:
        with transaction.atomic(durable=True):
            _wait_for_other_writers()
            require_empty()
            _delete_lookups()
            for table in tables_of(stored.contents):
                count = 0
                for batch in _batches(stored, table):
                    _insert(table, batch)
                    count += len(batch)
                    if progress:
                        progress(table.name, count)
                restored.rows[table.name] = count
    except DatabaseError as error:
        raise DumpError(
            f"PostgreSQL refused the dump, and nothing was restored: {error}"
        ) from error
    search.catch_up()
    return restored


def require_empty() -> None:
    """Raise DumpError if the archive holds anything that a dump holds."""
    counts = {name: model._default_manager.count() for model, name in _CONTENT.items()}
    if held := [f"{count:,} {name}" for name, count in counts.items() if count]:
        raise DumpError(
            f"The archive is not empty: it has {' and '.join(held)}. A dump can only be restored"
            " into an empty archive. `manage.py sample --remove` removes invented decisions."
        )


def _wait_for_other_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT decisions_advance_change()")


def _delete_lookups() -> None:
    for model in _LOOKUPS:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 -- a model's name


# A line, and the bytes of its capture.
_Entry = tuple[Line, bytes | None]


def _batches(stored: StoredDump, table: Table) -> Iterator[list[_Entry]]:
    if table.model is Capture:
        yield from _capture_batches(stored, table)
        return
    entries = ((line, None) for line in stored.lines(table))
    # Lines that refer to lines of their own table are inserted together. There are few of them.
    limit = None if _refers_to_itself(table) else BATCH_LINES
    while batch := list(islice(entries, limit)):
        yield list(batch)


def _capture_batches(stored: StoredDump, table: Table) -> Iterator[list[_Entry]]:
    contents = stored.captures()
    batch: list[_Entry] = []
    size = 0
    for line in stored.lines(table):
        content = next(contents, None)
        if content is None or hashlib.sha256(content).hexdigest() != line["sha256"]:
            raise DumpError(f"The WARC files have not the bytes of the capture {line['sha256']}.")
        batch.append((line, content))
        size += len(content)
        if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _refers_to_itself(table: Table) -> bool:
    return any(table.target(column) is table.model for column in table.columns)


def _insert(table: Table, batch: list[_Entry]) -> None:
    given = batch[0][0].keys()
    if any(line.keys() != given for line, _ in batch):
        raise DumpError(f"The lines of {table.name} have not all the same columns.")
    rows = [table.model() for _ in batch]
    if table.key != table.model._meta.pk.name:
        give_ids(rows)
    own = {line[table.key]: row.pk for (line, _), row in zip(batch, rows, strict=True)}
    for column in table.columns:
        if table.field(column).generated:
            continue
        if column not in given:
            continue
        values: Iterable[Any] = (line[column] for line, _ in batch)
        if target := table.target(column):
            keys = list(values)
            ids = own if target is table.model else _ids(target, keys)
            values = (_id(ids, key, table, column) for key in keys)
        for row, value in zip(rows, values, strict=True):
            setattr(row, table.field(column).attname, value)
    for row, (_, content) in zip(rows, batch, strict=True):
        if content is not None:
            row.content = content  # type: ignore[attr-defined]
    copy_rows(rows)


def _ids(target: type[models.Model], keys: list[str | None]) -> dict[str, int]:
    name = KEYS[target]
    wanted = {key for key in keys if key is not None}
    rows = target._default_manager.filter(**{f"{name}__in": wanted})
    return dict(rows.values_list(name, "pk"))


def _id(ids: dict[str, int], key: str | None, table: Table, column: str) -> int | None:
    if key is None:
        return None
    if key not in ids:
        raise DumpError(f"A line of {table.name} has the {column} “{key}”, which the dump lacks.")
    return ids[key]
