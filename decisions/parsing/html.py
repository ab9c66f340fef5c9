"""Web pages (layout 10), as a browser saves them: elements to blocks.

A page is read by its structure (headings, lists, paragraphs) and by the texts of its labels;
names of classes are not looked at, because they change. Nothing here recurses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from decisions.documents import ParseError
from decisions.parsing.blocks import MAX_BLOCKS, Block, Kind, plain
from decisions.parsing.encoding import clean
from decisions.parsing.fields import LABELS, Title, read_title, reference_in_address
from decisions.parsing.headings import is_main


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Tags that begin a block; all others (a, b, em, span …) are part of a line.
_BLOCKS = _tags("""
    address article aside blockquote body caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol
    p pre section summary table tbody td tfoot th thead tr ul
""")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ol", "ul", "menu"})
_STRONG = frozenset({"b", "strong"})
# What holds no text of a decision.
_SKIPPED = _tags("""
    button canvas footer head iframe input nav noscript object option script select style svg
    template textarea video
""")
_INDENT = 4  # columns a level of nesting is worth, as in the text files

# Where the decision is, the likeliest place first; a page without any of these is read whole.
_PLACES = ("//article[@id='article']", "//article", "//main", "//*[@role='main']", "//body")
_MOST_PLACES = 20  # each is read in turn, and they may stand within each other

# Spaces and line ends in a page's source are one space to the reader; spaces alone are kept,
# because saved text keeps them too.
_SPACES = re.compile(r"\s+")
# Chrome and Firefox: <!-- saved from url=(0067)https://www.lgo.org.uk/decisions/… -->
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(?P<url>\S+)")
_LOOKS_LIKE_PAGE = re.compile(
    r"<(?:!doctype\s+html|!--|html|head|body|title|meta|article|main|section|header|div|h[1-6]|p|ol|ul)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Page:
    """`title` is the decision's title line when the page's own <title> holds it."""

    blocks: list[Block]
    url: str | None = None
    title: Title | None = None
    name: str = ""


def looks_like_html(text: str) -> bool:
    start = text[:2000].lstrip()
    return start.startswith("<") and bool(_LOOKS_LIKE_PAGE.search(start))


def read_html(text: str, warnings: list[str]) -> Page:
    """The blocks of a page's decision. Raises ParseError for a page too tangled to read."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    root = etree.fromstring(text.encode(), parser)
    fatal = parser.error_log.filter_from_fatals()
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in fatal):
        raise ParseError("a web page nested too deeply to read")
    if root is None:
        raise ParseError("a web page without any text")
    name = " ".join("".join(root.xpath("//head/title//text()")).split())
    page = Page([], _address(root), _page_title(name), name)
    for place in _PLACES:
        for element in root.xpath(place)[:_MOST_PLACES]:
            page.blocks = _settle(list(islice(_Walk(element).blocks(), MAX_BLOCKS + 1)))
            for block in page.blocks:  # entities bring in what was cleaned from the source
                block.text = clean(block.text, warnings)
            if any(is_main(block.text) for block in page.blocks):
                return page
    return page


def _address(root: Any) -> str | None:
    """Where the page says it is from: its canonical address, or where it was saved from."""
    found = [
        *root.xpath("//link[@rel='canonical']/@href"),
        *root.xpath("//meta[@property='og:url']/@content"),
    ]
    for comment in root.xpath("/comment() | //comment()[position() <= 3]"):
        if match := _SAVED_FROM.search(comment.text or ""):
            found.append(match["url"])
    return next((str(url).strip() for url in found if reference_in_address(str(url).strip())), None)


def _page_title(name: str) -> Title | None:
    """ "Kent County Council (21 019 030) - Local Government and Social Care Ombudsman" """
    for separator in (" - ", " | ", " – "):
        if title := read_title(name.split(separator)[0]):
            return title
    return None


@dataclass(slots=True)
class _List:
    numbered: bool
    next: int = 1


@dataclass(slots=True)
class _Walk:
    """One pass through an element, in the order of the text."""

    root: Any
    lists: list[_List] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    current: Block | None = None  # the list item whose first lines are being read
    heading: int = 0
    strong: int = 0  # how many <b> and <strong> are open
    is_strong: bool = True  # is all of the gathered text within them?

    def blocks(self) -> Iterator[Block]:
        skipping: Any = None
        for event, element in etree.iterwalk(self.root, events=("start", "end", "comment")):
            if event == "comment":
                if skipping is None:
                    self._text(element.tail)
                continue
            tag = element.tag
            if event == "start":
                if skipping is None and tag in _SKIPPED:
                    skipping = element
                elif skipping is None:
                    yield from self._start(tag, element)
                    self._text(element.text)
                continue
            if skipping is element:
                skipping = None
            elif skipping is None:
                yield from self._end(tag, element)
            if skipping is None and element is not self.root:
                self._text(element.tail)
        yield from self._flush()

    def _text(self, text: str | None) -> None:
        if text:
            self.pieces.append(_SPACES.sub(_one_space, text))
            self.is_strong = self.is_strong and (self.strong > 0 or text.isspace())

    def _start(self, tag: str, element: Any) -> Iterator[Block]:
        if tag == "br":
            if self.current or self.heading:
                self.pieces.append(" " if self.heading else "\n")
            else:
                yield from self._flush()
        elif tag in _BLOCKS:
            yield from self._flush()
            if tag in _LISTS:
                self.lists.append(_List(tag == "ol", _number(element.get("start"), 1)))
            elif tag == "li":
                self._start_item(element)
            elif tag in _HEADINGS:
                self.heading = _HEADINGS[tag]
        elif tag in _STRONG:
            self.strong += 1

    def _start_item(self, element: Any) -> None:
        level = self.lists[-1] if self.lists else _List(False)
        number = None
        if level.numbered:
            number = _number(element.get("value"), level.next)
            level.next = number + 1
        kind = Kind.NUMBERED if level.numbered else Kind.BULLET
        self.current = Block(kind, "", _INDENT * len(self.lists), number)

    def _end(self, tag: str, element: Any) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._flush()
            if tag in _HEADINGS:
                self.heading = 0
            elif tag in _LISTS and self.lists:
                self.lists.pop()
            elif tag == "li":
                self.current = None
        elif tag in _STRONG:
            self.strong -= 1
        if (
            tag not in _BLOCKS
            and not self.heading
            and len(self.pieces) <= 4
            and plain("".join(self.pieces)[:40]) in LABELS
        ):
            # <span>Category</span><span>Education</span>: two lines, though nothing parts them
            yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        """What was gathered, as a block: a heading, an item, or a line of text."""
        text, is_strong = "".join(self.pieces).strip(), self.is_strong
        self.pieces, self.is_strong = [], True
        if not text:
            return
        if self.heading:
            yield Block(Kind.HEADING, " ".join(text.split()), level=self.heading)
        elif self.current is not None:
            self.current.text = text
            yield self.current
            self.current = None
        else:
            # <p><strong>Analysis</strong></p> may be meant as a heading.
            kind = Kind.LINE if is_strong and not self.lists else Kind.TEXT
            yield Block(kind, text, _INDENT * len(self.lists))


def _one_space(match: re.Match[str]) -> str:
    spaces = match.group()
    return " " if "\n" in spaces or "\t" in spaces else spaces


def _number(value: str | None, otherwise: int) -> int:
    """A list's `start` or an item's `value`; nonsense is as good as nothing."""
    if value and len(value) <= 4 and value.strip().isdecimal():
        return int(value)
    return otherwise


def _settle(blocks: list[Block]) -> list[Block]:
    """A page without a single real section heading has them as mere lines: let words decide."""
    if not any(block.kind is Kind.HEADING and is_main(block.text) for block in blocks):
        for block in blocks:
            if block.kind is Kind.TEXT and not block.indent:
                block.kind = Kind.LINE
    return blocks
