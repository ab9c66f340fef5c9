"""A SQLite file with the flat tables and full-text search, as Datasette opens it."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from decisions.dumps.contents import FORMAT
from decisions.dumps.flat import FlatTable, Row

# Rows of one table that are inserted together.
BATCH = 500

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


class SqliteFile:
    """A new SQLite file; the same rows give the same bytes."""

    def __init__(self, path: Path, tables: Iterable[FlatTable]) -> None:
        self._tables = list(tables)
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The dump is renamed when it is complete: a file that was interrupted is thrown away.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"user_version = {FORMAT}"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._waiting: dict[str, list[list[Any]]] = {table.name: [] for table in self._tables}
        self._statements: dict[str, str] = {}
        for table in self._tables:
            self._create(table)
        self._connection.execute("BEGIN")

    def add(self, table: FlatTable, row: Row) -> None:
        """Add a row of a flat table."""
        values = [_value(kind, row.get(name)) for name, kind in table.columns.items()]
        waiting = self._waiting[table.name]
        waiting.append(values)
        if len(waiting) >= BATCH:
            self._insert(table)

    def finish(self) -> None:
        """Build the full-text search, and close the file."""
        for table in self._tables:
            self._insert(table)
        for table in self._tables:
            if table.search:
                name = f"{table.name}_fts"
                self._connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608
        self._connection.execute("COMMIT")
        self._connection.close()

    def discard(self) -> None:
        """Close the file without finishing it."""
        self._connection.close()

    def _create(self, table: FlatTable) -> None:
        columns = ["id INTEGER PRIMARY KEY"]
        for name, kind in table.columns.items():
            unique = " NOT NULL UNIQUE" if name == table.key and table.is_unique else ""
            columns.append(f'"{name}" {_TYPES.get(kind, "TEXT")}{unique}')
        execute = self._connection.execute
        execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
        if not table.is_unique:
            execute(f"CREATE INDEX {table.name}_{table.key} ON {table.name} ({table.key})")
        if table.search:
            execute(
                f"CREATE VIRTUAL TABLE {table.name}_fts USING fts5({', '.join(table.search)},"
                f" content='{table.name}', content_rowid='id', tokenize='porter unicode61')"
            )
        names = ", ".join(f'"{name}"' for name in table.columns)
        places = ", ".join("?" * len(table.columns))
        self._statements[table.name] = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608

    def _insert(self, table: FlatTable) -> None:
        waiting = self._waiting[table.name]
        self._connection.executemany(self._statements[table.name], waiting)
        waiting.clear()


def _value(kind: str, value: Any) -> Any:
    if kind == "list" and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return value
