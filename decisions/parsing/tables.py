"""Tables of web pages: the cells of a row stay together, in one line, with tabs between them.

A table that lays out a page, or the header of a decision, is no table of data: its cells are read
like other elements.
"""

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import PreformattedString

from decisions.parsing.blocks import normalise_label
from decisions.parsing.fields import LABELS, read_label, read_title
from decisions.parsing.headings import is_distinctive_heading, is_final_decision_line

_CELLS = frozenset({"td", "th", "caption"})
_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "colgroup", "col", *_CELLS})
# Elements inside a cell that end a word.
_BREAKS = frozenset({"br", "div", "p"})
# Elements that hold words of a cell.
_INLINE = frozenset({
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
})  # fmt: skip


def read_table(table: Tag) -> str | None:
    """The rows of a table, one a line, with tabs between cells; None if it is no table of data.

    A cell that spans several columns or rows stands in its first one alone.
    """
    rows = _rows(table)
    if rows is None or not any(len(row) > 1 for row in rows):
        return None
    if any(_is_of_page(cell) for row in rows for cell in row):
        return None
    lines = ["\t".join(row) for row in rows if any(row)]
    return "\n".join(lines) or None


def _rows(table: Tag) -> list[list[str]] | None:
    rows: list[list[str]] = []
    pieces: list[list[str]] = []  # of each cell of the last row
    for node in table.descendants:
        if isinstance(node, PreformattedString):
            continue
        if not isinstance(node, Tag):
            text = str(node)
            if pieces:
                pieces[-1].append(text)
            elif not text.isspace():
                return None
        elif node.name in ("tr", "caption"):
            rows += _finished(pieces)
            pieces = [[]] if node.name == "caption" else []
        elif node.name in _CELLS:
            pieces.append([])
        elif node.name in _BREAKS and pieces:
            pieces[-1].append(" ")
        elif node.name not in _PARTS and node.name not in _INLINE:
            return None  # a heading, a list, another table
    return [*rows, *_finished(pieces)]


def _finished(pieces: list[list[str]]) -> Iterator[list[str]]:
    if pieces:
        yield [" ".join("".join(cell).split()) for cell in pieces]


def _is_of_page(cell: str) -> bool:
    """Whether a cell holds what structures a decision: a label, its title, a heading."""
    return (
        normalise_label(cell[:40]) in LABELS
        or read_label(cell) is not None
        or read_title(cell) is not None
        or is_distinctive_heading(cell)
        or is_final_decision_line(cell)
    )
