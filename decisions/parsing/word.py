"""Reads Word documents (.docx): headings by their styles, lists with their own numbers."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from decisions.parsing.office import PageSource, escape, parse_part, read_part, walk

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_PART = "word/document.xml"
_TABLE_TAGS = {f"{_W}tbl": "table", f"{_W}tr": "tr", f"{_W}tc": "td"}
_WALKED = frozenset({f"{_W}p", *_TABLE_TAGS})
# Text that is no part of the document: deleted or moved elsewhere, or shown for old programs.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", _MC_FALLBACK})
_HEADING_NAME = re.compile(r"heading ([1-9])|title", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"toc (?:\d|heading)", re.IGNORECASE)
# Styles that are based on one another.
_MAX_CHAIN = 20
_OFF = ("0", "false", "off")
_UNORDERED = ("bullet", "none")
# The largest number of a list: a document may state any.
_MAX_NUMBER = 9_999


@dataclass(frozen=True, slots=True)
class _Style:
    heading: int | None  # its level
    is_contents: bool
    is_bold: bool
    numbering: tuple[str, int] | None  # the list and the level


@dataclass(slots=True)
class _Lists:
    """The numbers of the document's lists, as Word counts them."""

    abstract_ids: dict[str, str] = field(default_factory=dict)  # by the list's own id
    formats: dict[tuple[str, int], str] = field(default_factory=dict)  # by abstract id and level
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)  # by own id, then level
    counts: dict[tuple[str, int], int] = field(default_factory=dict)  # by abstract id and level
    begun: set[str] = field(default_factory=set)

    def next_number(self, list_id: str, level: int) -> int | None:
        """The number of the next paragraph of a list at a level; None where it has a bullet."""
        abstract = self.abstract_ids.get(list_id, list_id)
        overrides = self.overrides.get(list_id, {})
        if list_id not in self.begun:
            self.begun.add(list_id)
            for at, start in overrides.items():
                self.counts[abstract, at] = start - 1
        for deeper in range(level + 1, 10):
            if deeper in overrides:
                self.counts[abstract, deeper] = overrides[deeper] - 1
            else:
                self.counts.pop((abstract, deeper), None)
        if self.formats.get((abstract, level), "decimal") in _UNORDERED:
            return None
        start = self.starts.get((abstract, level), 1)
        number = self.counts.get((abstract, level), start - 1) + 1
        self.counts[abstract, level] = number
        return min(number, _MAX_NUMBER)


def is_word(parts: zipfile.ZipFile) -> bool:
    """Whether an office file is a Word document."""
    return _TEXT_PART in parts.namelist()


def read_word(parts: zipfile.ZipFile) -> PageSource:
    """The text of a document as the source of a page. Raises ParseError."""
    page = PageSource()
    styles = _read_styles(parts)
    lists = _read_lists(parts)
    data = _standard(read_part(parts, _TEXT_PART)) or b""
    for event, element in walk(data, _WALKED, _LEFT_OUT):
        if tag := _TABLE_TAGS.get(element.tag):
            page.mark(tag if event == "start" else f"/{tag}")
        elif event == "end":
            _read_paragraph(page, element, styles, lists)
    return page


def _standard(data: bytes | None) -> bytes | None:
    """A part with the usual namespace: Word can also save with that of "Strict Open XML"."""
    return data and data.replace(_STRICT, _W[1:-1].encode())


def _read_paragraph(
    page: PageSource, element: Any, styles: dict[str, _Style], lists: _Lists
) -> None:
    properties = element.find(f"{_W}pPr")
    style = styles.get(_value(properties, "pStyle") or "", _PLAIN)
    if style.is_contents:
        return
    text = "".join(_runs(element, styles)).strip()
    numbering = _numbering(properties) or style.numbering
    if not text:
        page.blank()
    elif style.heading:
        page.heading(style.heading, text)
    elif numbering and numbering[0] != "0":
        list_id, level = numbering
        page.item(level + 1, lists.next_number(list_id, level), text)
    else:
        page.paragraph(f"<b>{text}</b>" if style.is_bold else text)


def _runs(paragraph: Any, styles: dict[str, _Style]) -> Iterator[str]:
    for run in paragraph.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        if _is_on(properties, "vanish"):
            continue
        style = styles.get(_value(properties, "rStyle") or "", _PLAIN)
        is_bold = _is_on(properties, "b") or style.is_bold
        text = "".join(map(_piece, run))
        yield f"<b>{text}</b>" if is_bold and text.strip() else text


def _piece(node: Any) -> str:
    match node.tag.removeprefix(_W) if isinstance(node.tag, str) else "":
        case "t":
            return escape(node.text or "")
        case "tab":
            return " "
        case "br" if node.get(f"{_W}type") in (None, "textWrapping"):
            return "<br>"
        case "cr":
            return "<br>"
        case "noBreakHyphen":
            return "-"
    return ""


# --- styles and lists -------------------------------------------------------------------------


_PLAIN = _Style(None, False, False, None)


def _read_styles(parts: zipfile.ZipFile) -> dict[str, _Style]:
    root = parse_part(_standard(read_part(parts, "word/styles.xml")))
    elements = {} if root is None else {e.get(f"{_W}styleId"): e for e in root.iter(f"{_W}style")}
    return {name: _read_style(name, elements) for name in elements if name}


def _read_style(name: str, elements: dict[str, Any]) -> _Style:
    """A style with what it takes from those that it is based on."""
    heading: int | None = None
    is_contents = is_bold = False
    numbering: tuple[str, int] | None = None
    at: str | None = name
    for _ in range(_MAX_CHAIN):
        element = elements.get(at) if at else None
        if element is None:
            break
        own_name = _value(element, "name") or ""
        if heading is None and (match := _HEADING_NAME.fullmatch(own_name)):
            heading = min(int(match[1] or 1), 6)
        is_contents = is_contents or bool(_CONTENTS_NAME.fullmatch(own_name))
        is_bold = is_bold or _is_on(element.find(f"{_W}rPr"), "b")
        numbering = numbering or _numbering(element.find(f"{_W}pPr"))
        at = _value(element, "basedOn")
    return _Style(heading, is_contents, is_bold, numbering)


def _read_lists(parts: zipfile.ZipFile) -> _Lists:
    lists = _Lists()
    root = parse_part(_standard(read_part(parts, "word/numbering.xml")))
    if root is None:
        return lists
    for abstract in root.iter(f"{_W}abstractNum"):
        own_id = abstract.get(f"{_W}abstractNumId") or ""
        for level in abstract.iter(f"{_W}lvl"):
            key = (own_id, _number(level.get(f"{_W}ilvl")))
            lists.formats[key] = _value(level, "numFmt") or "decimal"
            lists.starts[key] = _number(_value(level, "start"), 1)
    for number in root.iter(f"{_W}num"):
        own_id = number.get(f"{_W}numId") or ""
        lists.abstract_ids[own_id] = _value(number, "abstractNumId") or own_id
        for override in number.iter(f"{_W}lvlOverride"):
            if (start := _value(override, "startOverride")) is not None:
                level = _number(override.get(f"{_W}ilvl"))
                lists.overrides.setdefault(own_id, {})[level] = _number(start, 1)
    return lists


def _numbering(properties: Any) -> tuple[str, int] | None:
    found = None if properties is None else properties.find(f"{_W}numPr")
    list_id = _value(found, "numId")
    return (list_id, min(_number(_value(found, "ilvl")), 8)) if list_id else None


def _value(element: Any, name: str) -> str | None:
    """The value of a child: `<w:pStyle w:val="Heading1"/>`."""
    child = None if element is None else element.find(f"{_W}{name}")
    value = None if child is None else child.get(f"{_W}val")
    return value if isinstance(value, str) else None


def _is_on(element: Any, name: str) -> bool:
    child = None if element is None else element.find(f"{_W}{name}")
    return child is not None and child.get(f"{_W}val") not in _OFF


def _number(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and value.isdecimal() and len(value) <= 4 else otherwise
