"""Reads what Word and OpenDocument files have in common: XML parts in a zip, paragraphs, lists.

Both become the source of a web page, which `html` then reads: a heading is a heading there, and a
list a list. Their own libraries do not serve: mammoth 1.13 leaves out the numbers at which lists
start, and builds a whole tree of Python objects of the text, which a small file can make fill the
memory; odfpy has had no release since 2020.
"""

import html
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from decisions.documents import ParseError
from decisions.parsing.blocks import MAX_BLOCKS, MAX_CHARACTERS
from decisions.sources import limits

# Depth of lists within lists, as Word has it.
_DEEPEST = 9
# Size of one part, decompressed, in bytes.
_MAX_PART_BYTES = limits.MAX_MEMBER_BYTES
# Number of tags and attributes in one part, counted as `<` and `=`. libxml2 takes up to 220 bytes
# of memory for each; the longest report has some 200,000.
_MAX_SIGNS = 500_000
# Number of parts in an office file. One with many pictures has some hundreds.
_MAX_PARTS = 10_000
# What each entry of a zip's directory begins with.
_ENTRY = b"PK\x01\x02"


@dataclass(slots=True)
class PageSource:
    """The source of a web page, made paragraph by paragraph.

    `lines` are the paragraphs' texts alone, for a document without headings and lists: that is a
    text file which was opened in an office program.
    """

    parts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_structured: bool = False
    open_lists: list[str] = field(default_factory=list)  # their tags, the innermost last
    size: int = 0  # of all texts, in characters of HTML

    def heading(self, level: int, text: str) -> None:
        """Add a heading of a level from 1 to 6."""
        self.is_structured = True
        self._close_lists(0)
        self._add(f"<h{level}>{text}</h{level}>\n", text)

    def paragraph(self, text: str) -> None:
        """Add a paragraph. `text` is HTML, as everywhere here."""
        self._close_lists(0)
        self._add(f"<p>{text}</p>\n", text)

    def item(self, depth: int, number: int | None, text: str) -> None:
        """Add an item of a list; `depth` is 1 for the outermost, `number` None for a bullet."""
        self.is_structured = True
        tag = "ul" if number is None else "ol"
        depth = min(depth, _DEEPEST)
        self._close_lists(depth)
        if len(self.open_lists) == depth and self.open_lists[-1] != tag:
            self._close_lists(depth - 1)
        elif len(self.open_lists) == depth:
            self.parts.append("</li>")
        while len(self.open_lists) < depth:
            self.parts.append(f"<{tag}>")
            self.open_lists.append(tag)
        value = "" if number is None else f' value="{number}"'
        self._add(f"<li{value}>{text}\n", text)

    def blank(self) -> None:
        """Add a blank line of a text; a page has none."""
        self.lines.append("")
        self._check_size()

    def mark(self, tag: str) -> None:
        """Add a start or end tag of a table, its rows and cells: `table`, `/tr`."""
        self._close_lists(0)
        self.parts.append(f"<{tag}>")
        self._check_size()

    def html(self) -> str:
        """The whole source."""
        self._close_lists(0)
        return f"<!DOCTYPE html>\n<html><body>\n{''.join(self.parts)}</body></html>"

    def text(self) -> str:
        """The paragraphs as the lines of a text."""
        return "\n".join(html.unescape(line.replace("<br>", "\n")) for line in self.lines)

    def _close_lists(self, depth: int) -> None:
        while len(self.open_lists) > depth:
            self.parts.append(f"</li></{self.open_lists.pop()}>\n")

    def _add(self, markup: str, text: str) -> None:
        self.parts.append(markup)
        self.lines.append(text.replace("<b>", "").replace("</b>", ""))
        self.size += len(text)
        self._check_size()

    def _check_size(self) -> None:
        if len(self.lines) > MAX_BLOCKS or len(self.parts) > 2 * MAX_BLOCKS:
            raise ParseError(f"more than {MAX_BLOCKS:,} lines, which no decision has")
        if self.size > 2 * MAX_CHARACTERS:  # before they are joined, with their tags
            raise ParseError(
                f"more than {MAX_CHARACTERS:,} characters of text, which no decision has"
            )


def escape(text: str) -> str:
    """`text` as it stands in HTML."""
    return html.escape(text, quote=False)


def open_parts(data: bytes) -> zipfile.ZipFile:
    """Open the zip of an office file. Raises ParseError if it is damaged, or of too many parts."""
    if data.count(_ENTRY) > _MAX_PARTS:
        raise ParseError(f"an office file of more than {_MAX_PARTS:,} parts, which no decision has")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ParseError(f"a damaged office file: {error}") from None


def read_part(parts: zipfile.ZipFile, name: str) -> bytes | None:
    """Read one part; None if there is none. Raises ParseError beyond the limits, or for damage."""
    try:
        part = parts.getinfo(name)
    except KeyError:
        return None
    if part.flag_bits & 1:
        raise ParseError("an office file with a password; save it without a password")
    if limits.expands_too_much(part.compress_size, part.file_size):
        raise ParseError(f"unpacks to more than {limits.MAX_RATIO} times its size")
    try:
        with parts.open(part) as file:
            data = file.read(_MAX_PART_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise ParseError(f"a damaged office file: {error}") from None
    if len(data) > _MAX_PART_BYTES:
        megabytes = _MAX_PART_BYTES // limits.MEBIBYTE
        raise ParseError(f"its text is larger than {megabytes} MB, which no decision is")
    if data.count(b"<") + data.count(b"=") > _MAX_SIGNS:
        raise ParseError(f"an office file with more than {_MAX_SIGNS:,} tags and attributes")
    return data


def walk(data: bytes, tags: frozenset[str], left_out: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield ("start" or "end", element) of each element with one of `tags`, in the file's order.

    Elements are emptied once they have ended, so that a large part does not fill the memory.
    Elements with one of the tags `left_out` are emptied with all that is in them, and not yielded.
    Raises ParseError for damage.
    """
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=(*tags, *left_out),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    depth = 0  # of elements that are left out
    try:
        for event, element in events:
            if element.tag in left_out:
                depth += 1 if event == "start" else -1
            elif not depth:
                yield event, element
            if event == "end":
                element.clear(keep_tail=True)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"a damaged office file: {error}") from None


def parse_part(data: bytes | None) -> Any:
    """The tree of a small part, such as its styles; None if there is none."""
    if not data:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"a damaged office file: {error}") from None
