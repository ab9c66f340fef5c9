"""The decisions of a list as an Excel workbook (ECMA-376), in chunks of bytes.

Libraries write a workbook's first byte when they have all rows; a reader would wait for half a
minute without a sign. The format is a zip of XML files, and `zipfile` writes one to a stream.
Texts are inline strings, which no program runs as formulas.
"""

import datetime
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from html import escape
from itertools import chain
from string import ascii_uppercase
from typing import IO, cast

from decisions.exports.tables import Batches
from decisions.exports.xml_text import xml_text
from decisions.serializers import COLUMNS, decision_rows

# Rows of one sheet. Excel opens 1,048,576; half of that keeps a sheet below 2 GB, above which a zip
# needs an extension that Excel does not read from a stream.
MAX_ROWS = 500_000

# Characters of a cell that Excel opens.
MAX_CELL_CHARS = 32_767

Value = str | datetime.date | Decimal | None

# Widths of columns in characters; others have the last one.
_WIDTHS = {"reference": 12, "date": 12, "summary": 80, "address": 45, "payment_pounds": 14}
_WIDTH = 28

_HEADER_STYLE, _DATE_STYLE, _POUNDS_STYLE = 1, 2, 3
_FIRST_SERIAL_DAY = datetime.date(1899, 12, 30)
_FIRST_SAFE_DAY = datetime.date(1900, 3, 1)  # Excel counts a 29 February 1900

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xlsx_chunks(batches: Batches, base_url: str) -> Iterator[bytes]:
    """A workbook with one row a decision; after MAX_ROWS another sheet begins."""
    rows = (row.cells() for decisions in batches for row in decision_rows(decisions, base_url))
    return workbook_chunks(COLUMNS, rows)


def workbook_chunks(
    columns: Iterable[str], rows: Iterator[Iterable[Value]], max_rows: int = MAX_ROWS
) -> Iterator[bytes]:
    """A workbook with these columns and rows; a chunk for every hundred rows or so."""
    names = [*columns]
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w") as package:

        def add(name: str, xml: str) -> None:
            package.writestr(_entry(name), _DECLARATION + xml)

        add("_rels/.rels", _relations([(f"{_RELATIONS}/officeDocument", "xl/workbook.xml")]))
        add("xl/styles.xml", _STYLES)
        sheets = 0
        following: Iterable[Value] | None = next(rows, None)
        while following is not None or not sheets:
            sheets += 1
            first = [] if following is None else [following]
            remaining = chain(first, rows)
            with package.open(_entry(f"xl/worksheets/sheet{sheets}.xml"), "w") as sheet:
                for part in _sheet_parts(names, remaining, max_rows):
                    sheet.write(part.encode())
                    if len(sink) >= _Sink.FULL:
                        yield sink.take()
            following = next(remaining, None)
        add("xl/workbook.xml", _workbook(sheets))
        add("xl/_rels/workbook.xml.rels", _workbook_relations(sheets))
        add("[Content_Types].xml", _content_types(sheets))
    yield sink.take()


class _Sink:
    """A file that can only be written; what was written is taken from time to time."""

    FULL = 32_000  # bytes at which it is worth taking them

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes, /) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def __len__(self) -> int:
        return len(self._written)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def _sheet_parts(names: list[str], rows: Iterator[Iterable[Value]], max_rows: int) -> Iterator[str]:
    letters = ascii_uppercase[: len(names)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDTHS.get(name, _WIDTH)}" customWidth="1"/>'
        for n, name in enumerate(names, 1)
    )
    header = "".join(
        _text_cell(f"{letter}1", name, f' s="{_HEADER_STYLE}"')
        for letter, name in zip(letters, names, strict=True)
    )
    yield (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><cols>{widths}</cols><sheetData><row r="1">{header}</row>'
    )
    number = 1
    for number, row in enumerate(_first(rows, max_rows), 2):
        cells = "".join(
            _cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True)
        )
        yield f'<row r="{number}">{cells}</row>'
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{number}"/></worksheet>'


def _first(rows: Iterator[Iterable[Value]], count: int) -> Iterator[Iterable[Value]]:
    """Up to `count` rows; the next one is not read."""
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _cell(place: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f'<c r="{place}" s="{_POUNDS_STYLE}"><v>{value}</v></c>'
    if isinstance(value, datetime.date):
        if value < _FIRST_SAFE_DAY:
            return _text_cell(place, value.isoformat())
        serial = (value - _FIRST_SERIAL_DAY).days
        return f'<c r="{place}" s="{_DATE_STYLE}"><v>{serial}</v></c>'
    return _text_cell(place, value)


def _text_cell(place: str, text: str, style: str = "") -> str:
    if len(text) > MAX_CELL_CHARS:
        text = text[: MAX_CELL_CHARS - 1] + "…"
    plain = _ESCAPE.sub("_x005F_", xml_text(text.replace("\r\n", "\n")))
    content = escape(plain, quote=False).replace("\r", "\n")
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # with the format's first day, so that equal lists are equal
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 3  # type: ignore[attr-defined]
    return entry


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _each(sheets: int, line: Callable[[int], str]) -> str:
    return "".join(map(line, range(1, sheets + 1)))


def _workbook(sheets: int) -> str:
    def line(n: int) -> str:
        name = "Decisions" if n == 1 else f"Decisions {n}"
        return f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'

    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{_each(sheets, line)}</sheets>'
        "</workbook>"
    )


def _workbook_relations(sheets: int) -> str:
    of_sheets = [
        (f"{_RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)
    ]
    return _relations([*of_sheets, (f"{_RELATIONS}/styles", "styles.xml")])


def _content_types(sheets: int) -> str:
    def line(n: int) -> str:
        name = f"/xl/worksheets/sheet{n}.xml"
        return f'<Override PartName="{name}" ContentType="{_TYPE}.worksheet+xml"/>'

    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
        f'"{_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType='
        f'"{_TYPE}.styles+xml"/>{_each(sheets, line)}</Types>'
    )


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode='
    '"yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    ' xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
