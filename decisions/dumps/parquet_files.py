"""The flat tables as Parquet files."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from decisions.dumps.flat import FlatTable, Row

# Rows of a row group, which is in memory while it is collected. A decision has some 10 kB of text.
GROUP_ROWS = {"decisions": 2_000}
DEFAULT_GROUP_ROWS = 20_000

_TYPES = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "time": pyarrow.timestamp("us", tz="UTC"),
    "list": pyarrow.list_(pyarrow.string()),
}


class ParquetFiles:
    """`parquet/decisions.parquet` and so on; the same rows give the same bytes."""

    def __init__(self, directory: Path, tables: Iterable[FlatTable]) -> None:
        directory.mkdir()
        self._tables = {table.name: _ParquetFile(directory, table) for table in tables}

    def add(self, table: FlatTable, row: Row) -> None:
        """Add a row of a flat table."""
        self._tables[table.name].add(row)

    def finish(self) -> None:
        """Write what is still in memory, and close the files."""
        for table in self._tables.values():
            table.finish()

    def discard(self) -> None:
        """Close the files without finishing them."""
        for table in self._tables.values():
            table.writer.close()


class _ParquetFile:
    def __init__(self, directory: Path, table: FlatTable) -> None:
        self._columns = table.columns
        self._schema = pyarrow.schema(
            [(name, _TYPES[kind]) for name, kind in table.columns.items()]
        )
        self._limit = GROUP_ROWS.get(table.name, DEFAULT_GROUP_ROWS)
        self._values: list[list[Any]] = [[] for _ in table.columns]
        path = directory / f"{table.name}.parquet"
        self.writer = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, row: Row) -> None:
        for values, (name, kind) in zip(self._values, self._columns.items(), strict=True):
            values.append(_value(kind, row.get(name)))
        if len(self._values[0]) >= self._limit:
            self._write()

    def finish(self) -> None:
        self._write()
        self.writer.close()

    def _write(self) -> None:
        arrays = [
            pyarrow.array(values, field.type)
            for values, field in zip(self._values, self._schema, strict=True)
        ]
        self.writer.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        for values in self._values:
            values.clear()


def _value(kind: str, value: Any) -> Any:
    if value is not None and kind == "date":
        return datetime.date.fromisoformat(value)
    if value is not None and kind == "time":
        return datetime.datetime.fromisoformat(value)
    return value
