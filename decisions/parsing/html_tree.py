"""The one place where BeautifulSoup is called: the text of a web page to a tree of its elements.

BeautifulSoup builds its tree on lxml's parser, which puts in the end tags that pages leave out
(`<li>`, `<p>`, `<td>`), as browsers do. That parser takes time in proportion to the page, whatever
is in it; the limits below bound what BeautifulSoup and the reader spend on the tree.

Attributes are counted by the parser, not measured by the length of a tag: a scanner of our own
would have to understand comments, scripts and quotes exactly as the parser does, and would refuse
saved pages that hold their pictures in `src="data:…"`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder

from decisions.documents import ParseError

# Size of a page, in tags (start tags, end tags and comments, counted as `<`). The longest report
# has some 20,000.
MAX_TAGS = 75_000
# Size of a page, in character references (`&pound;`), counted as `&`.
MAX_REFERENCES = 500_000
# Depth of a page, in elements that stand within each other. Pages have some 20.
MAX_DEPTH = 256
# Sum of the depths of all elements of a page, to which BeautifulSoup's work is proportional. A page
# of 20,000 elements at a depth of 20 has 400,000.
MAX_TOTAL_DEPTH = 4_000_000
# Size of one tag, and of all tags of a page, in attributes.
MAX_ATTRIBUTES = 1_000
MAX_ATTRIBUTES_OF_PAGE = 200_000


@contextmanager
def html_tree(text: str) -> Iterator[BeautifulSoup]:
    """The tree of a web page, to be used within the `with` statement.

    Spaces are kept as they stand, and each attribute is one string. Raises ParseError for a page
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
        # Parents and children refer to each other: left alone, they wait for Python's collector,
        # which then takes as long as the parser.
        for child in tree.find_all(True, recursive=False):
            child.decompose()


class _LimitedBuilder(LXMLTreeBuilder):
    """Hands the parser's events to BeautifulSoup, up to the limits above.

    HTML has no namespaces, so the bookkeeping for those of XML is left out.
    """

    def __init__(self) -> None:
        super().__init__(
            multi_valued_attributes=None,
            preserve_whitespace_tags={"html"},  # of all the page, not only of `pre`
            string_containers={},
            huge_tree=True,  # lxml's own limits cut a text off without saying so
        )
        self._attributes = 0
        self._total_depth = 0

    def prepare_markup(
        self, markup: Any, *_: Any, **__: Any
    ) -> Iterator[tuple[Any, None, None, bool]]:
        """The text as it is: its encoding is known already."""
        yield markup, None, None, False

    def start(
        self,
        tag: str | bytes,
        attrib: dict[str | bytes, str | bytes],
        nsmap: Mapping[str, str] | None = None,
    ) -> None:
        """Begin an element; lxml calls this, always with strings."""
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
        """Leave out a processing instruction (`<?xml …?>`): it holds nothing to read."""
