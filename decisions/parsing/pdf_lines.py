"""Finds the lines of a PDF's text, in order, without those that belong to its pages.

`pdf_process` extracts them in a process of its own. Lines that the printing program or the report's
designer put at the edges of every page are left out; the address among them is kept.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.documents import ParseError
from decisions.parsing import pdf_process
from decisions.references import reference_in_address

_PROGRAM = Path(pdf_process.__file__)
# Time of one PDF, in seconds.
TIME_LIMIT = 30
# How far from its top or bottom a page has its furniture, as a share of its height.
_MARGIN = 0.1
# Share of the pages that have a line at their edge, from which it belongs to the pages.
_OFTEN = 0.4
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_PAGE_NUMBER = re.compile(
    r"(?:page )?\d{1,3}(?: ?/ ?| of )\d{1,3}|(?:page )?\d{1,3}", re.IGNORECASE
)
# "11/28/26, 7:29 AM", "28/11/2026, 07:29"
_TIME = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?")
_DIGITS = re.compile(r"\d+")
_ERRORS = {
    "password": "a PDF with a password; save it without a password",
    "damaged": "a damaged PDF",
    "pages": f"a PDF of more than {pdf_process.MAX_PAGES} pages, which no decision has",
    "characters": "a PDF with more text than any decision has",
    "lines": f"a PDF of more than {pdf_process.MAX_LINES:,} lines, which no decision has",
    "memory": "a PDF that takes too much memory to read",
}
_SCANNED = (
    "a scanned PDF: it contains pictures of pages and no text; save the decision's page as HTML,"
    " or recognise the text with a program (OCR) and save it as Word (.docx)"
)


@dataclass(slots=True)
class Line:
    """A line of text; places in points from the left and the top of its page."""

    text: str
    left: float
    right: float
    second: float  # where the second word begins
    first_right: float  # where the first word ends
    baseline: float
    size: float
    is_bold: bool
    page: int = 0
    has_dot: bool = False  # a bullet that is drawn


def read_lines(data: bytes) -> tuple[list[Line], str, str | None]:
    """The lines of a PDF, its title, and the address from which it was printed.

    Raises ParseError where there is no text, or beyond the limits.
    """
    found = _extract(data)
    if error := found.get("error"):
        raise ParseError(_ERRORS.get(error, _ERRORS["damaged"]))
    pages = [
        [_line(line, number) for line in page["lines"]]
        for number, page in enumerate(found["pages"])
    ]
    if not any(pages):
        raise ParseError(_SCANNED)
    for page, found_page in zip(pages, found["pages"], strict=True):
        _find_dots(page, found_page["dots"])
    heights = [page["height"] for page in found["pages"]]
    lines, furniture = _without_furniture(pages, heights)
    if sum(len(line.text) for line in lines) < 20 * found["empty_pages"]:
        raise ParseError(_SCANNED)
    return lines, found["title"], _address(furniture)


def _line(values: list[Any], page: int) -> Line:
    text, left, right, second, first_right, baseline, size, is_bold = values
    return Line(text, left, right, second, first_right, baseline, size, is_bold, page)


def _find_dots(lines: list[Line], dots: list[list[float]]) -> None:
    """Mark the lines that a small drawing stands before, at half the height of small letters."""
    for line in lines:
        middle = line.baseline - 0.3 * line.size
        line.has_dot = any(
            0 < line.left - right < 2 * line.size and abs(height - middle) < 0.3 * line.size
            for _, right, height in dots
        )


def _extract(data: bytes) -> Any:
    try:
        done = subprocess.run(  # noqa: S603 - the program is our own
            [sys.executable, "-I", str(_PROGRAM)],
            input=data,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ParseError(f"a PDF that takes longer than {TIME_LIMIT} seconds to read") from None
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise ParseError("a PDF that cannot be read: it takes too much memory or time") from None


# --- furniture --------------------------------------------------------------------------------


def _without_furniture(
    pages: list[list[Line]], heights: list[float]
) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and the lines at the top and bottom that belong to the pages."""
    edges = [
        [line for line in page if _is_at_edge(line, height)]
        for page, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(key for page in edges for key in {_furniture_key(line) for line in page})
    sizes = Counter(round(line.size) for page in pages for line in page)
    usual = sizes.most_common(1)[0][0]

    def is_furniture(line: Line) -> bool:
        count = seen[_furniture_key(line)]
        if round(line.size) != usual:
            return count > 1 or _is_print_line(line.text)
        # Lines of the text may happen to be alike, at the same place of two pages.
        is_on_most = count >= 3 and count >= _OFTEN * len(pages)
        return is_on_most or count == len(pages) > 1 or _is_print_line(line.text)

    left_out: list[Line] = []
    for edge in edges:
        for lines in _from_both_edges(edge):
            for line in lines:
                if not is_furniture(line):
                    break
                left_out.append(line)
    gone = set(map(id, left_out))
    return [line for page in pages for line in page if id(line) not in gone], left_out


def _from_both_edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines from the top down, and from the bottom up."""
    from_top = sorted(lines, key=lambda line: line.baseline)
    return from_top, from_top[::-1]


def _is_at_edge(line: Line, height: float) -> bool:
    return not _MARGIN * height < line.baseline < (1 - _MARGIN) * height


def _furniture_key(line: Line) -> tuple[str, int]:
    """The same for the same line on two pages, whatever their numbers."""
    return _DIGITS.sub("0", line.text), round(line.baseline / 4)


def _is_print_line(text: str) -> bool:
    """Whether a line has nothing but what programs print at the edge: address, page, time."""
    if _TIME.match(text) or (_ADDRESS.match(text) and len(text.split()) <= 2):
        return True
    return bool(_PAGE_NUMBER.fullmatch(text))


def _address(lines: list[Line]) -> str | None:
    found = (match.group() for line in lines for match in _ADDRESS.finditer(line.text))
    return next((url for url in found if reference_in_address(url)), None)
