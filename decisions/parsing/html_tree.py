"""Parses the text of a web page into a tree; the only module that calls BeautifulSoup.

BeautifulSoup uses lxml's parser, which supplies the end tags that pages leave out (`<li>`, `<p>`,
`<td>`), as browsers do. That parser takes time in proportion to the size of the page, whatever it
contains. The limits below bound the time that BeautifulSoup and `html` spend on the tree.

Attributes are counted during parsing. Measuring the length of tags before it would need a scanner
that understands comments, scripts and quotes exactly as the parser does, and would refuse saved
pages with images in `src="data:…"`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder

from decisions.documents import ParseError

# Number of tags in a page: start tags, end tags and comments, counted as `<`. The longest report
# has some 20,000.
MAX_TAGS = 75_000
# Number of character references (`&pound;`) in a page, counted as `&`.
MAX_REFERENCES = 500_000
# Depth of nesting in a page, in elements. Pages have some 20.
MAX_DEPTH = 256
# Sum of the depths of all elements in a page, in elements. BeautifulSoup's work is proportional to
# it. A page of 20,000 elements at a depth of 20 has 400,000.
MAX_TOTAL_DEPTH = 4_000_000
# Number of attributes of one tag, and of all tags in a page.
MAX_ATTRIBUTES = 1_000
MAX_ATTRIBUTES_OF_PAGE = 200_000


@contextmanager
def html_tree(text: str) -> Iterator[BeautifulSoup]:
    """Parse a web page; yields its tree, which is destroyed at the end of the `with` statement.

    White space is kept, and each attribute is one string. Raises ParseError for a page
    that is larger or deeper than the limits above.
    """
    if text.count("<") > MAX_TAGS:
        raise ParseError(f"a web page with more than {MAX_TAGS:,} tags")
    if text.count("&") > MAX_REFERENCES:
        raise ParseError(f"a web page with more than {MAX_REFERENCES:,} character references")
    tree = BeautifulSoup(text, builder=_LimitedBuilder())
    try:
        yield tree
    finally:
        # Parents and children refer to each other. Without this, Python's garbage collector has to
        # free them, which takes as long as parsing.
        for child in tree.find_all(True, recursive=False):
            child.decompose()


class _LimitedBuilder(LXMLTreeBuilder):
    """Passes the parser's events to BeautifulSoup, up to the limits above.

    It omits the handling of XML namespaces, because HTML has none.
    """

    def __init__(self) -> None:
        super().__init__(
            multi_valued_attributes=None,
            preserve_whitespace_tags={"html"},  # in the whole page, not only in `pre`
            string_containers={},
            huge_tree=True,  # lxml's own limits would truncate a page silently
        )
        self._attributes = 0
        self._total_depth = 0

    def prepare_markup(
        self, markup: Any, *_: Any, **__: Any
    ) -> Iterator[tuple[Any, None, None, bool]]:
        """Pass the text on unchanged: it is decoded already."""
        yield markup, None, None, False

    def start(
        self,
        tag: str | bytes,
        attrib: dict[str | bytes, str | bytes],
        nsmap: Mapping[str, str] | None = None,
    ) -> None:
        """Start an element; lxml calls this, always with strings."""
        soup = cast(BeautifulSoup, self.soup)
        depth = len(soup.tagStack)
        self._total_depth += depth
        if depth > MAX_DEPTH or self._total_depth > MAX_TOTAL_DEPTH:
            raise ParseError("a web page nested too deeply to read")
        self._attributes += len(attrib)
        if len(attrib) > MAX_ATTRIBUTES or self._attributes > MAX_ATTRIBUTES_OF_PAGE:
            raise ParseError("a web page with too many attributes to read")
        soup.handle_starttag(cast(str, tag), None, None, dict(cast(dict[str, str], attrib)))

    def end(self, tag: str | bytes) -> None:
        """End an element; lxml calls this."""
        cast(BeautifulSoup, self.soup).handle_endtag(cast(str, tag))

    def pi(self, target: str, data: str) -> None:
        """Ignore a processing instruction (`<?xml …?>`)."""
