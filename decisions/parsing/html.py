"""Reads web pages (layout 10), as a browser saves them, into blocks.

Only the structure of a page (headings, lists, paragraphs) and the texts of its labels count. Class
names are ignored, because they change. Nothing here recurses, so nesting cannot exhaust the stack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString

from decisions.characters import is_simple, simplify
from decisions.documents import CaptureBasis, CaptureTime, ParseError
from decisions.parsing.blocks import MAX_BLOCKS, Block, BlockKind, normalise_label
from decisions.parsing.encoding import clean
from decisions.parsing.fields import LABELS, Title, read_title
from decisions.parsing.headings import is_main_heading
from decisions.parsing.html_tree import html_tree
from decisions.parsing.tables import read_table
from decisions.parsing.word_lists import read_marker
from decisions.references import reference_in_address
from decisions.sources.capture_times import original_address, read_page_comment


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Tags that begin a block. All others (a, b, em, span …) are part of a line.
_BLOCK_TAGS = _tags("""
    address article aside blockquote body caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol
    p pre section summary table tbody td tfoot th thead tr ul
""")
_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LIST_TAGS = frozenset({"ol", "ul", "menu"})
_STRONG_TAGS = frozenset({"b", "strong"})
# Elements that contain no text of a decision.
_SKIPPED_TAGS = _tags("""
    button canvas footer head iframe input nav noscript object option script select style svg
    template textarea video
""")
# Indent of one level of nesting, in columns. It equals that of the text files.
_INDENT = 4

# Length of the beginning of a comment that is searched for a time, in characters.
_MAX_COMMENT = 2_000
# Number of elements of each kind (`article`, `main` …) that are searched for the decision.
_MAX_CANDIDATES = 20

# A run of white space with a line end or tab is shown as one space. A run of spaces alone is kept,
# because text files keep it too.
_SPACES = re.compile(r"\s+")
# A comment by Chrome and Firefox: <!-- saved from url=(0067)https://www.lgo.org.uk/decisions/… -->
# and by SingleFile: "Page saved with SingleFile", with "url: https://…" on the next line
_SAVED_FROM = re.compile(
    r"(?:saved from url=\(\d+\)|Page saved with SingleFile\s{1,9}url:[ ]{0,9})(?P<url>\S+)"
)
_PAGE_START = re.compile(
    r"<(?:!doctype\s+html|!--|html|head|body|title|meta|article|main|section|header|div|h[1-6]|p|ol|ul)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Page:
    """The contents of a web page.

    `url` is the address that the page states, `name` its <title>, and `title` the decision's title
    line if the <title> contains it. `captured` is when the page was read, as a web archive or
    SingleFile states it.
    """

    blocks: list[Block]
    url: str | None = None
    title: Title | None = None
    name: str = ""
    captured: CaptureTime | None = None


def looks_like_html(text: str) -> bool:
    """Whether the text begins like a web page."""
    start = text[:2000].lstrip()
    return start.startswith("<") and bool(_PAGE_START.search(start))


def read_html(text: str, warnings: list[str]) -> Page:
    """Read the blocks of a page's decision.

    Raises ParseError for a page without elements or beyond the limits of `html_tree`.
    """
    with html_tree(text) as tree:
        if not any(isinstance(child, Tag) for child in tree.contents):
            raise ParseError("a web page without any text")
        landmarks = find_landmarks(tree)
        page = Page(
            [],
            landmarks.address(),
            read_page_title(landmarks.title),
            landmarks.title,
            landmarks.capture_time(),
        )
        for candidate in landmarks.candidates():
            blocks = list(islice(_BlockReader(candidate).blocks(), MAX_BLOCKS + 1))
            page.blocks = _allow_headings(_simplified(blocks, warnings))
            if any(is_main_heading(block.text) for block in page.blocks):
                break
    return page


@dataclass(slots=True)
class _Landmarks:
    """The title of a page, its addresses, and the elements that may hold its decision."""

    title: str = ""
    canonical: list[str] = field(default_factory=list)
    og_urls: list[str] = field(default_factory=list)
    saved_from: list[str] = field(default_factory=list)
    articles_by_id: list[Tag] = field(default_factory=list)
    articles: list[Tag] = field(default_factory=list)
    mains: list[Tag] = field(default_factory=list)
    mains_by_role: list[Tag] = field(default_factory=list)
    bodies: list[Tag] = field(default_factory=list)
    times: list[CaptureTime] = field(default_factory=list)

    def address(self) -> str | None:
        """The address of a decision that the page states, or that it was saved from; else None."""
        stated = (url.strip() for url in (*self.canonical, *self.og_urls, *self.saved_from))
        return next((url for url in stated if reference_in_address(url)), None)

    def capture_time(self) -> CaptureTime | None:
        """When the page was read; the time of a web archive's copy comes first."""
        addresses = (*self.canonical, *self.og_urls, *self.saved_from)
        in_addresses = (original_address(url.strip())[1] for url in addresses)
        times = [time for time in (*in_addresses, *self.times) if time]
        return min(times, key=lambda time: time.basis != CaptureBasis.WEB_ARCHIVE, default=None)

    def candidates(self) -> Iterator[Tag]:
        """The elements to search for the decision, the likeliest first; the body comes last.

        An element inside one that was yielded before is left out.
        """
        seen: set[int] = set()
        groups = (self.articles_by_id, self.articles, self.mains, self.mains_by_role, self.bodies)
        for tag in chain.from_iterable(kind[:_MAX_CANDIDATES] for kind in groups):
            if seen.isdisjoint(map(id, tag.self_and_parents)):
                seen.add(id(tag))
                yield tag


def find_landmarks(tree: BeautifulSoup) -> _Landmarks:
    """Find the title, addresses and candidate elements of a page, in one pass over it."""
    landmarks = _Landmarks()
    titles: list[str] = []
    for node in tree.descendants:
        if isinstance(node, Comment):
            if match := _SAVED_FROM.search(node):
                landmarks.saved_from.append(match["url"])
            if time := read_page_comment(node[:_MAX_COMMENT]):
                landmarks.times.append(time)
            continue
        if not isinstance(node, Tag):
            continue
        match node.name:
            case "article":
                landmarks.articles.append(node)
                if node.get("id") == "article":
                    landmarks.articles_by_id.append(node)
            case "main":
                landmarks.mains.append(node)
            case "body":
                landmarks.bodies.append(node)
            case "title" if node.parent and node.parent.name == "head":
                titles.append(node.get_text())
            case "link" if node.get("rel") == "canonical":
                landmarks.canonical.append(str(node.get("href", "")))
            case "meta" if node.get("property") == "og:url":
                landmarks.og_urls.append(str(node.get("content", "")))
        if node.attrs and node.get("role") == "main":
            landmarks.mains_by_role.append(node)
    landmarks.title = " ".join(simplify("".join(titles)).split())
    return landmarks


def read_page_title(name: str) -> Title | None:
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
class _BlockReader:
    """Turns one element into blocks, in one pass in the order of the text."""

    root: Tag
    open_tags: list[Tag] = field(default_factory=list)  # the innermost last
    skipped: Tag | None = None  # the outermost open element whose text is skipped
    lists: list[_List] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    current: Block | None = None  # the list item whose first lines are being read
    heading: int = 0
    strong: int = 0  # how many <b> and <strong> are open
    is_strong: bool = True  # whether all of `pieces` is within them

    def blocks(self) -> Iterator[Block]:
        for node in self.root.self_and_descendants:
            if self.open_tags and self.open_tags[-1] is not node.parent:
                yield from self._close_below(node.parent)
            if isinstance(node, Tag):
                self.open_tags.append(node)
                if self.skipped is None and node.name in _SKIPPED_TAGS:
                    self.skipped = node
                elif self.skipped is None and node.name == "table" and (rows := read_table(node)):
                    yield from self._flush()
                    yield Block(BlockKind.TABLE, rows, _INDENT * len(self.lists))
                    self.skipped = node
                elif self.skipped is None:
                    yield from self._start(node)
            elif self.skipped is None and not isinstance(node, PreformattedString):
                self._text(str(node))  # neither a comment nor another kind of markup
        yield from self._close_below(None)
        yield from self._flush()

    def _close_below(self, parent: Tag | None) -> Iterator[Block]:
        """End the elements that are open below `parent`; None ends all of them."""
        while self.open_tags and self.open_tags[-1] is not parent:
            element = self.open_tags.pop()
            if self.skipped is element:
                self.skipped = None
            elif self.skipped is None:
                yield from self._end(element.name)

    def _text(self, text: str) -> None:
        is_wrapped = "\n" in text or "\t" in text
        self.pieces.append(_SPACES.sub(_one_space, text) if is_wrapped else text)
        self.is_strong = self.is_strong and (self.strong > 0 or text.isspace())

    def _start(self, element: Tag) -> Iterator[Block]:
        tag = element.name
        if tag == "br":
            if self.current or self.heading:
                self.pieces.append(" " if self.heading else "\n")
            else:
                yield from self._flush()
        elif tag in _BLOCK_TAGS:
            yield from self._flush()
            if tag in _LIST_TAGS:
                self.lists.append(_List(tag == "ol", _list_number(element.get("start"), 1)))
            elif tag == "li":
                self._start_item(element)
            elif tag in _HEADING_LEVELS:
                self.heading = _HEADING_LEVELS[tag]
        elif tag in _STRONG_TAGS:
            self.strong += 1
        elif tag == "span" and not self.current and not self.lists:
            item = read_marker(element, self.open_tags, _INDENT)
            if item and not "".join(self.pieces).strip():
                self.current, self.skipped = item, element

    def _start_item(self, element: Tag) -> None:
        level = self.lists[-1] if self.lists else _List(False)
        number = None
        if level.numbered:
            number = _list_number(element.get("value"), level.next)
            level.next = number + 1
        kind = BlockKind.NUMBERED if level.numbered else BlockKind.BULLET
        self.current = Block(kind, "", _INDENT * len(self.lists), number)

    def _end(self, tag: str) -> Iterator[Block]:
        if tag in _BLOCK_TAGS:
            yield from self._flush()
            if tag in _HEADING_LEVELS:
                self.heading = 0
            elif tag in _LIST_TAGS and self.lists:
                self.lists.pop()
            elif tag == "li":
                self.current = None
        elif tag in _STRONG_TAGS:
            self.strong -= 1
        if (
            tag not in _BLOCK_TAGS
            and not self.heading
            and len(self.pieces) <= 4
            and normalise_label("".join(self.pieces)[:40]) in LABELS
        ):
            # <span>Category</span><span>Education</span> are two lines without a tag between them.
            yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        """Yield the text collected so far as a block: a heading, an item, or a line of text."""
        text, is_strong = "".join(self.pieces).strip(), self.is_strong
        self.pieces, self.is_strong = [], True
        if not text:
            return
        if self.heading:
            yield Block(BlockKind.HEADING, " ".join(text.split()), level=self.heading)
        elif self.current is not None:
            self.current.text = text
            yield self.current
            self.current = None
        else:
            # <p><strong>Analysis</strong></p> may be meant as a heading.
            kind = BlockKind.LINE if is_strong and not self.lists else BlockKind.TEXT
            yield Block(kind, text, _INDENT * len(self.lists))


def _one_space(match: re.Match[str]) -> str:
    spaces = match.group()
    return " " if "\n" in spaces or "\t" in spaces else spaces


def _list_number(value: Any, default: int) -> int:
    """A list's `start` or an item's `value`; `default` unless it is a number below 10,000."""
    if isinstance(value, str) and len(value) <= 4 and value.strip().isdecimal():
        return int(value)
    return default


def _simplified(blocks: list[Block], warnings: list[str]) -> list[Block]:
    """Clean and simplify the texts of the blocks; leave out blocks that show nothing."""
    for block in blocks:  # entities may decode to characters that `clean` removes
        block.text = clean(block.text, warnings)
        if not is_simple(block.text):
            block.received, block.text = block.text, simplify(block.text)
            if block.kind is not BlockKind.TABLE:  # its first cell may be empty
                block.text = block.text.strip()
    return [block for block in blocks if block.text]


def _allow_headings(blocks: list[Block]) -> list[Block]:
    """Let unindented text be read as headings if the page marks none of the usual ones."""
    if not any(block.kind is BlockKind.HEADING and is_main_heading(block.text) for block in blocks):
        for block in blocks:
            if block.kind is BlockKind.TEXT and not block.indent:
                block.kind = BlockKind.LINE
    return blocks
