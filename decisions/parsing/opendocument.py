"""Reads OpenDocument texts (.odt), as LibreOffice saves them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from decisions.parsing.office import PageSource, escape, read_part, walk

_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_TEXT_PART = "content.xml"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE = _NS % "text", _NS % "table", _NS % "style"
_FO = _NS % "xsl-fo-compatible"
_DRAW, _OFFICE = _NS % "drawing", _NS % "office"
_P, _H, _LIST, _ITEM = (f"{_TEXT}{name}" for name in ("p", "h", "list", "list-item"))
_TABLE_TAGS = {f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td"}
_LIST_STYLE, _CHARACTER_STYLE = f"{_TEXT}list-style", f"{_STYLE}style"
_WALKED = frozenset({_P, _H, _LIST, _ITEM, _LIST_STYLE, _CHARACTER_STYLE, *_TABLE_TAGS})
# Text that is no part of the document, or has paragraphs of its own.
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}note",
        f"{_OFFICE}annotation",
    }
)
_BOLD = "Strong_20_Emphasis"
# Blanks that one element stands for.
_MAX_BLANKS = 100


@dataclass(slots=True)
class _List:
    style: str
    is_numbered: bool
    number: int  # of the last item
    is_begun: bool = False  # has the open item had its paragraph?


class _Reader:
    def __init__(self) -> None:
        self.page = PageSource()
        self.bold = {_BOLD}
        self.starts: dict[tuple[str, int], int | None] = {}  # None for bullets
        self.open: list[_List] = []
        self.last: dict[tuple[str, int], int] = {}  # numbers of lists that may go on

    def read(self, data: bytes) -> None:
        for event, element in walk(data, _WALKED, _LEFT_OUT):
            tag = element.tag
            if mark := _TABLE_TAGS.get(tag):
                self.page.mark(mark if event == "start" else f"/{mark}")
            elif tag == _LIST:
                self._start_list(element) if event == "start" else self._end_list()
            elif tag == _ITEM and event == "start":
                self._start_item(element)
            elif event == "end":
                self._end(element)

    def _end(self, element: Any) -> None:
        if element.tag in (_P, _H):
            self._read_paragraph(element)
        elif element.tag == _LIST_STYLE:
            self._read_list_style(element)
        elif element.tag == _CHARACTER_STYLE:
            for properties in element.iter(f"{_STYLE}text-properties"):
                if properties.get(f"{_FO}font-weight") == "bold":
                    self.bold.add(element.get(f"{_STYLE}name") or "")

    def _read_list_style(self, element: Any) -> None:
        name = element.get(f"{_STYLE}name") or ""
        for level in element:
            depth = _number(level.get(f"{_TEXT}level"), 1)
            is_numbered = level.tag == f"{_TEXT}list-level-style-number"
            start = _number(level.get(f"{_TEXT}start-value"), 1)
            self.starts[name, depth] = start if is_numbered else None

    def _start_list(self, element: Any) -> None:
        outer = self.open[-1].style if self.open else ""
        style = element.get(f"{_TEXT}style-name") or outer
        key = (style, len(self.open) + 1)
        start = self.starts.get(key, 1)
        number = (start or 1) - 1
        if element.get(f"{_TEXT}continue-numbering") == "true" or element.get(
            f"{_TEXT}continue-list"
        ):
            number = self.last.get(key, number)
        self.open.append(_List(style, start is not None, number))

    def _end_list(self) -> None:
        if self.open:
            key = (self.open[-1].style, len(self.open))
            self.last[key] = self.open.pop().number

    def _start_item(self, element: Any) -> None:
        if self.open:
            level = self.open[-1]
            level.number = _number(element.get(f"{_TEXT}start-value"), level.number + 1)
            level.is_begun = False

    def _read_paragraph(self, element: Any) -> None:
        text = "".join(self._texts(element)).strip()
        if not text:
            self.page.blank()
        elif element.tag == _H:
            level = _number(element.get(f"{_TEXT}outline-level"), 1)
            self.page.heading(max(1, min(level, 6)), text)
        elif self.open and not self.open[-1].is_begun:
            level_of = self.open[-1]
            level_of.is_begun = True
            number = level_of.number if level_of.is_numbered else None
            self.page.item(len(self.open), number, text)
        else:
            self.page.paragraph(text)

    def _texts(self, paragraph: Any) -> Iterator[str]:
        """The texts of a paragraph, its frames left out."""
        left_out = 0
        bold = 0
        for event, node in etree.iterwalk(paragraph, events=("start", "end")):
            if not isinstance(node.tag, str):
                if event == "end" and not left_out:
                    yield escape(node.tail or "")
                continue
            is_left_out = node.tag.startswith(_DRAW)
            is_bold = node.get(f"{_TEXT}style-name") in self.bold and node is not paragraph
            if event == "start":
                left_out += is_left_out
                bold += is_bold
                if not left_out:
                    yield _blank(node)
                    yield _bold(escape(node.text or ""), bold)
            else:
                left_out -= is_left_out
                bold -= is_bold
                if not left_out and node is not paragraph:
                    yield _bold(escape(node.tail or ""), bold)


def is_opendocument(parts: zipfile.ZipFile) -> bool:
    """Whether an office file is an OpenDocument text."""
    names = parts.namelist()
    if "mimetype" not in names or _TEXT_PART not in names:
        return False
    return (read_part(parts, "mimetype") or b"").strip().startswith(_MIMETYPE)


def read_opendocument(parts: zipfile.ZipFile) -> PageSource:
    """The text of a document as the source of a page. Raises ParseError."""
    reader = _Reader()
    reader.read(read_part(parts, _TEXT_PART) or b"")
    return reader.page


def _bold(text: str, bold: int) -> str:
    return f"<b>{text}</b>" if bold and text.strip() else text


def _blank(node: Any) -> str:
    match node.tag.removeprefix(_TEXT):
        case "s":
            return " " * min(_number(node.get(f"{_TEXT}c"), 1), _MAX_BLANKS)
        case "tab":
            return " "
        case "line-break":
            return "<br>"
    return ""


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) <= 4 else otherwise
