"""Web pages (layout 10), as a browser saves them: elements to blocks.

A page is read by its structure (headings, lists, paragraphs) and by the texts of its labels;
names of classes are not looked at, because they change. Nothing here recurses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString

from decisions.documents import ParseError
from decisions.parsing.blocks import MAX_BLOCKS, Block, BlockKind, plain
from decisions.parsing.encoding import clean
from decisions.parsing.fields import LABELS, Title, read_title, reference_in_address
from decisions.parsing.headings import is_main
from decisions.parsing.html_tree import html_tree


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
# Elements that hold no text of a decision.
_SKIPPED = _tags("""
    button canvas footer head iframe input nav noscript object option script select style svg
    template textarea video
""")
# Indent of one level of nesting, in columns, as in the text files.
_INDENT = 4

# Places looked at for the decision, of each kind (`article`, `main` …).
_MOST_PLACES = 20

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
    """The contents of a web page.

    `url` is the address the page states for itself; `name` its <title>, and `title` the title line
    of the decision where the <title> contains it.
    """

    blocks: list[Block]
    url: str | None = None
    title: Title | None = None
    name: str = ""


def looks_like_html(text: str) -> bool:
    """Does the text begin like a web page?"""
    start = text[:2000].lstrip()
    return start.startswith("<") and bool(_LOOKS_LIKE_PAGE.search(start))


def read_html(text: str, warnings: list[str]) -> Page:
    """The blocks of a page's decision. Raises ParseError for a page without elements or beyond the
    limits of `html_tree`.
    """
    with html_tree(text) as tree:
        if not any(isinstance(child, Tag) for child in tree.contents):
            raise ParseError("a web page without any text")
        landmarks = find_landmarks(tree)
        page = Page([], landmarks.address(), _page_title(landmarks.title), landmarks.title)
        for place in landmarks.places():
            page.blocks = _unmark_text(list(islice(_Walk(place).blocks(), MAX_BLOCKS + 1)))
            for block in page.blocks:  # entities bring in what was cleaned from the source
                block.text = clean(block.text, warnings)
            if any(is_main(block.text) for block in page.blocks):
                break
    return page


@dataclass(slots=True)
class _Landmarks:
    """What one pass over a page finds: its title, its addresses, and where its decision may be."""

    title: str = ""
    canonical: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    saved_from: list[str] = field(default_factory=list)
    articles_by_id: list[Tag] = field(default_factory=list)
    articles: list[Tag] = field(default_factory=list)
    mains: list[Tag] = field(default_factory=list)
    mains_by_role: list[Tag] = field(default_factory=list)
    bodies: list[Tag] = field(default_factory=list)

    def address(self) -> str | None:
        """Where the page says it is from: its canonical address, or where it was saved from."""
        stated = (url.strip() for url in (*self.canonical, *self.shared, *self.saved_from))
        return next((url for url in stated if reference_in_address(url)), None)

    def places(self) -> Iterator[Tag]:
        """Where to look for the decision, the likeliest place first; a page without any of the
        others has a body.

        What stands within a place that was looked at is not looked at again.
        """
        seen: set[int] = set()
        kinds = (self.articles_by_id, self.articles, self.mains, self.mains_by_role, self.bodies)
        for tag in chain.from_iterable(kind[:_MOST_PLACES] for kind in kinds):
            if seen.isdisjoint(map(id, tag.self_and_parents)):
                seen.add(id(tag))
                yield tag


def find_landmarks(tree: BeautifulSoup) -> _Landmarks:
    """The title, the addresses and the likely places of a page, in one pass over it."""
    found = _Landmarks()
    titles: list[str] = []
    for node in tree.descendants:
        if isinstance(node, Comment):
            if match := _SAVED_FROM.search(node):
                found.saved_from.append(match["url"])
            continue
        if not isinstance(node, Tag):
            continue
        match node.name:
            case "article":
                found.articles.append(node)
                if node.get("id") == "article":
                    found.articles_by_id.append(node)
            case "main":
                found.mains.append(node)
            case "body":
                found.bodies.append(node)
            case "title" if node.parent and node.parent.name == "head":
                titles.append(node.get_text())
            case "link" if node.get("rel") == "canonical":
                found.canonical.append(str(node.get("href", "")))
            case "meta" if node.get("property") == "og:url":
                found.shared.append(str(node.get("content", "")))
        if node.attrs and node.get("role") == "main":
            found.mains_by_role.append(node)
    found.title = " ".join("".join(titles).split())
    return found


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

    root: Tag
    open_tags: list[Tag] = field(default_factory=list)  # the innermost last
    skipped: Tag | None = None  # the outermost open element that is not read
    lists: list[_List] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    current: Block | None = None  # the list item whose first lines are being read
    heading: int = 0
    strong: int = 0  # how many <b> and <strong> are open
    is_strong: bool = True  # is all of the gathered text within them?

    def blocks(self) -> Iterator[Block]:
        for node in self.root.self_and_descendants:
            if self.open_tags and self.open_tags[-1] is not node.parent:
                yield from self._close_below(node.parent)
            if isinstance(node, Tag):
                self.open_tags.append(node)
                if self.skipped is None and node.name in _SKIPPED:
                    self.skipped = node
                elif self.skipped is None:
                    yield from self._start(node)
            elif self.skipped is None and not isinstance(node, PreformattedString):
                self._text(str(node))  # and no comment, or the like
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

    def _start_item(self, element: Tag) -> None:
        level = self.lists[-1] if self.lists else _List(False)
        number = None
        if level.numbered:
            number = _number(element.get("value"), level.next)
            level.next = number + 1
        kind = BlockKind.NUMBERED if level.numbered else BlockKind.BULLET
        self.current = Block(kind, "", _INDENT * len(self.lists), number)

    def _end(self, tag: str) -> Iterator[Block]:
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
        """The text collected so far, as a block: a heading, an item, or a line of text."""
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


def _number(value: Any, otherwise: int) -> int:
    """A list's `start` or an item's `value`; `otherwise` where that is no number below 10,000."""
    if isinstance(value, str) and len(value) <= 4 and value.strip().isdecimal():
        return int(value)
    return otherwise


def _unmark_text(blocks: list[Block]) -> list[Block]:
    """Where no section heading is marked as one, any text may be a heading: its words decide."""
    if not any(block.kind is BlockKind.HEADING and is_main(block.text) for block in blocks):
        for block in blocks:
            if block.kind is BlockKind.TEXT and not block.indent:
                block.kind = BlockKind.LINE
    return blocks
