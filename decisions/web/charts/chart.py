"""The parts of a chart: rows of bars or intervals, a legend, and a table of the same numbers.

All positions and widths are percentages of the chart's width. The parts are written as HTML here
and not by a template, because a page has a hundred bars and hundreds of cells.
"""

import datetime
from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.search import SearchQuery
from decisions.serializers import BYTE_ORDER_MARK, csv_lines
from decisions.web.querystring import Parameters
from decisions.web.text_format import decision_count


@dataclass(frozen=True)
class Bar:
    """A bar, or a part of one. `kind` sets its fill; `url` lists the decisions it counts."""

    kind: str
    name: str
    start: str
    width: str
    url: str

    @property
    def markup(self) -> str:
        """The bar as SVG."""
        return (
            f'<a href="{escape(self.url)}" tabindex="-1"><title>{escape(self.name)}</title>'
            f'<rect class="bar-{self.kind}" x="{self.start}%" width="{self.width}%" height="100%"'
            f' fill="url(#fill-{self.kind})"/></a>'
        )


@dataclass(frozen=True)
class Interval:
    """A rate, drawn as a point, with its confidence interval, drawn as a line."""

    name: str
    rate: str
    lower: str
    upper: str
    width: str
    url: str

    @property
    def markup(self) -> str:
        """The point and the line as SVG."""
        return (
            f'<a href="{escape(self.url)}" tabindex="-1"><title>{escape(self.name)}</title>'
            f'<rect class="hover-area" x="{self.lower}%" width="{self.width}%" height="100%"/>'
            f'<line class="interval" x1="{self.lower}%" x2="{self.upper}%" y1="50%" y2="50%"/>'
            f'<circle class="share" cx="{self.rate}%" cy="50%" r="5"/></a>'
        )


@dataclass(frozen=True)
class Row:
    """A row of a chart; it ends with `value` and then `remark`."""

    label: str
    value: str
    url: str | None
    bars: tuple[Bar, ...] = ()
    interval: Interval | None = None
    remark: str = ""

    def markup(self, reference_rate: str | None) -> str:
        """The row as an item of a list, with a line at the reference rate."""
        name, remark = f'<span class="row-name">{escape(self.label)}</span>', ""
        if self.url:
            name = f'<a class="row-name" href="{escape(self.url)}">{escape(self.label)}</a>'
        if self.remark:
            remark = f' <span class="n">{escape(self.remark)}</span>'
        drawn = [bar.markup for bar in self.bars]
        if reference_rate:
            drawn.insert(
                0, f'<rect class="reference" x="{reference_rate}%" width="1" height="100%"/>'
            )
        if self.interval:
            drawn.append(self.interval.markup)
        return (
            f'<li>{name}<svg class="row-bars">{"".join(drawn)}</svg>'
            f'<span class="row-value">{escape(self.value)}{remark}</span></li>'
        )


@dataclass(frozen=True)
class LegendEntry:
    """The meaning of one kind of bar, with its count and share in the whole chart."""

    kind: str
    name: str
    count: int
    share: str
    url: str

    @property
    def markup(self) -> str:
        """The entry as an item of a list."""
        return (
            f'<li><a href="{escape(self.url)}"><svg class="swatch" aria-hidden="true"><rect'
            f' class="bar-{self.kind}" width="100%" height="100%" fill="url(#fill-{self.kind})"/>'
            f'</svg>{escape(self.name)}</a> <span class="n">{self.count:,}</span>'
            f' <span class="n">{escape(self.share)}</span></li>'
        )


@dataclass(frozen=True)
class Cell:
    """A cell of a table. `url` lists the decisions counted; None if no search finds them."""

    value: str | int | float | None
    url: str | None = None

    @property
    def text(self) -> str:
        """The value as a page shows it."""
        if self.value is None:
            return "–"
        if isinstance(self.value, float):
            return f"{self.value:.1f}"
        return f"{self.value:,}" if isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class Table:
    """The numbers of a chart, with the names of the columns."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def body(self) -> SafeString:
        """The rows in HTML."""
        return mark_safe("\n".join(map(_table_row, self.rows)))  # noqa: S308


@dataclass(frozen=True)
class Chart:
    """A chart with its table. `name` is its name in addresses.

    `reference_rate` draws a line through all rows to compare them with, None for no line. `links`
    are labels and addresses of further searches. `term` is the glossary's entry that explains it.
    """

    name: str
    title: str
    sentence: str
    rows: tuple[Row, ...]
    table: Table
    query: Parameters
    legend: tuple[LegendEntry, ...] = ()
    reference_rate: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    term: str = ""

    @property
    def row_items(self) -> SafeString:
        """The rows as items of a list."""
        return mark_safe("\n".join(row.markup(self.reference_rate) for row in self.rows))  # noqa: S308

    @property
    def legend_items(self) -> SafeString:
        """The legend's entries as items of a list; empty for a chart without a legend."""
        return mark_safe("\n".join(entry.markup for entry in self.legend))  # noqa: S308

    @property
    def compares(self) -> bool:
        """Whether at least two rows have decisions, besides the first where that is the total."""
        filled = sum(row.url is not None for row in self.rows)
        return filled > (1 if self.reference_rate is None else 2)


def _table_row(cells: tuple[Cell, ...]) -> str:
    header, *others = cells
    row = "".join(f"<td>{_linked(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{escape(header.text)}</th>{row}</tr>'


def _linked(cell: Cell) -> str:
    text = escape(cell.text)
    return f'<a href="{escape(cell.url)}">{text}</a>' if cell.url else text


def table_to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180), headers first, as `csv_lines` writes it."""
    rows = ([cell.value for cell in row] for row in table.rows)
    return BYTE_ORDER_MARK + csv_lines([table.headers, *rows])


def svg_number(number: float) -> str:
    """A position or width as an SVG attribute has it, to a hundredth."""
    return f"{number:.2f}"


def with_term(search_query: SearchQuery, name: str, value: str) -> SearchQuery:
    """The search with this value of a filter instead of the chosen ones."""
    return replace(search_query, terms={**search_query.terms, name: (value,)})


def in_year(search_query: SearchQuery, year: int) -> SearchQuery:
    """The search limited to a year, within the dates that it already has."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return replace(
        search_query,
        date_from=max(first, search_query.date_from or first),
        date_to=min(last, search_query.date_to or last),
    )


def bar_row(label: str, count: int, largest: int, url: str, share: str) -> Row:
    """A row with one bar, which links to `url`; a count of `largest` fills the chart's width."""
    if not count:
        return Row(label, "0", None)
    name = f"{label}: {decision_count(count)}"
    bar = Bar("plain", name, svg_number(0), svg_number(100 * count / largest), url)
    return Row(label, f"{count:,}", url, (bar,), remark=share)


def count_cell(count: int, url: str | None) -> Cell:
    """A cell with a count, and a link unless it is 0."""
    return Cell(count, url if count else None)
