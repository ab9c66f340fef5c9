"""What a chart is made of: rows of bars, marks, keys, and a table of the same numbers."""

import csv
import datetime
import io
from dataclasses import dataclass, replace

from django.http import QueryDict

from decisions.search import SearchQuery
from decisions.web.querystring import to_querydict
from decisions.web.text_format import decisions

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Bar:
    """`start` and `width` are in hundredths of the chart; `kind` is how it is filled."""

    kind: str
    name: str
    start: float
    width: float
    query: QueryDict


@dataclass(frozen=True)
class Mark:
    """A share and its interval, in hundredths."""

    name: str
    at: float
    least: float
    most: float
    query: QueryDict

    @property
    def width(self) -> float:
        return self.most - self.least


@dataclass(frozen=True)
class Row:
    """`value` is what stands at its end, `remark` what stands there more quietly."""

    label: str
    value: str
    query: QueryDict | None
    bars: tuple[Bar, ...] = ()
    mark: Mark | None = None
    remark: str = ""


@dataclass(frozen=True)
class Key:
    """What a kind of bar means, in all its rows together."""

    kind: str
    name: str
    count: int
    share: str
    query: QueryDict


@dataclass(frozen=True)
class Cell:
    """`query` asks for the decisions that were counted; None where there are none, or no such
    search."""

    value: str | int | float | None
    query: QueryDict | None = None

    @property
    def text(self) -> str:
        if self.value is None:
            return "–"
        if isinstance(self.value, float):
            return f"{self.value:.1f}"
        return f"{self.value:,}" if isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chart:
    """`name` is its table's in the address of the CSV file; `ways` lead on, by their names.

    `reference` is a line through all rows, to compare them with, in hundredths.
    """

    name: str
    title: str
    sentence: str
    rows: tuple[Row, ...]
    table: Table
    query: QueryDict
    keys: tuple[Key, ...] = ()
    reference: float | None = None
    ways: tuple[tuple[str, QueryDict], ...] = ()


def as_csv(table: Table) -> str:
    """As RFC 4180 says, names first; no cell that a spreadsheet would run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_harmless(head) for head in table.heads])
    writer.writerows([_harmless(cell.value) for cell in row] for row in table.rows)
    return file.getvalue()


def _harmless(value: str | int | float | None) -> str | int | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def with_term(search_query: SearchQuery, name: str, value: str) -> SearchQuery:
    return replace(search_query, terms={**search_query.terms, name: (value,)})


def in_year(search_query: SearchQuery, year: int) -> SearchQuery:
    """Only that year's, within the dates that the question has already."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return replace(
        search_query,
        date_from=max(first, search_query.date_from or first),
        date_to=min(last, search_query.date_to or last),
    )


def bar_row(label: str, count: int, fullest: int, asked: SearchQuery, share: str) -> Row:
    if not count:
        return Row(label, "0", None)
    query = to_querydict(asked)
    bar = Bar("plain", f"{label}: {decisions(count)}", 0, 100 * count / fullest, query)
    return Row(label, f"{count:,}", query, (bar,), remark=share)


def count_cell(count: int, asked: SearchQuery | None) -> Cell:
    return Cell(count, to_querydict(asked) if asked and count else None)
