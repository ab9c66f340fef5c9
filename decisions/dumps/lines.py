"""Rows as lines of JSON, and lines as rows."""

import base64
import datetime
import json
from collections.abc import Iterator
from typing import Any

from decisions.analysis import Findings
from decisions.documents import sections_from_json
from decisions.dumps.contents import Contents, DumpError
from decisions.dumps.tables import KEYS, Table
from decisions.models import Decision

Line = dict[str, Any]

# Rows that one read of the server-side cursor brings into memory.
CHUNK_ROWS = 100


def read_lines(table: Table, contents: Contents) -> Iterator[Line]:
    """Every row of a table as JSON types; call it in a transaction, which its cursor needs."""
    names = [_source(table, column) for column in table.columns]
    rows = table.rows(contents).values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK_ROWS):
        yield dict(zip(table.columns, map(_to_json, row), strict=True))


def encode(line: Line) -> bytes:
    """A line as it stands in a file: the same bytes for the same values."""
    text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def decode(table: Table, data: bytes, place: str) -> Line:
    """The values of a line, as the model's fields have them; `place` names it in errors.

    A dump of an earlier release lacks the columns that are newer; those keep their defaults.
    """
    try:
        line = json.loads(data)
        missing = set(table.columns) - line.keys()
        if line.keys() - set(table.columns) or not all(map(table.may_lack, missing)):
            raise ValueError(f"its columns are not those of {table.name}")
        if table.model is Decision and "sections" in line:
            # PostgreSQL takes any JSON here, and no page could show what is none of these.
            sections_from_json(line["sections"])
            Findings.from_json(line["findings"], is_closed=bool(line["reasons"]))
        return {
            column: line[column]
            if table.target(column)
            else table.field(column).to_python(line[column])
            for column in table.columns
            if column in line
        }
    except Exception as error:
        raise DumpError(f"{place} cannot be read: {error}") from error


def _source(table: Table, column: str) -> str:
    target = table.target(column)
    return f"{column}__{KEYS[target]}" if target else column


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.UTC).replace(tzinfo=None)
        return moment.isoformat(timespec="microseconds") + "Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value
