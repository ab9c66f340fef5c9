"""CSV that spreadsheets open rightly: UTF-8 with its mark, and no cell that runs as a formula."""

import csv
import datetime
import io
from collections.abc import Iterable
from decimal import Decimal

Cell = str | int | float | Decimal | datetime.date | None

# Excel reads a file without this mark as Windows-1252.
BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet runs a cell that starts with one of these characters as a formula; some do so for
# the wide forms of the signs too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Iterable[Cell]]) -> str:
    """The rows as CSV (RFC 4180), without BYTE_ORDER_MARK.

    Dates have the form YYYY-MM-DD. A text that would run as a formula gets an apostrophe before it.
    """
    file = io.StringIO()
    csv.writer(file).writerows(map(without_formula, row) for row in rows)
    return file.getvalue()


def without_formula(value: Cell) -> Cell:
    """The value; a text that a spreadsheet would run gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
