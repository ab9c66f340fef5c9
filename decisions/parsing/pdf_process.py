"""Extracts the lines of a PDF: a program of its own, which `pdf` starts for each file.

pdfium is written in C++, and a PDF of a few kilobytes can ask for gigabytes or minutes. This
process has limits on memory and time, and a crash costs one file. It imports nothing of the
project, so that it starts fast.

In: the PDF on standard input. Out: JSON on standard output, in points from the left and the top:

    {"title": …, "empty_pages": …, "pages": [{"height": …,
     "lines": [[text, left, right, second, first_right, baseline, size, is_bold], …],
     "dots": [[left, right, middle], …]}, …]}        or {"error": …}

`second` is where the second word begins, `first_right` where the first ends. A dot is a drawing as
small as a bullet: browsers print their bullets so.
"""

import ctypes
import json
import math
import sys
from typing import Any

# Address space of this process, in bytes.
MAX_MEMORY = 270 * 1024 * 1024
# Time of this process, in seconds of the processor.
MAX_SECONDS = 20
# Pages of a PDF. The longest report has some 100.
MAX_PAGES = 400
# Characters of a page, and of a PDF.
MAX_PAGE_CHARACTERS = 50_000
MAX_CHARACTERS = 3_000_000
# Lines of a PDF: each is an object of some 600 bytes.
MAX_LINES = 50_000
# Length of the title, in characters.
_MAX_TITLE = 1_000
# Gap between two characters that is a space, as a share of their size.
_SPACE = 0.2
# Size below which nobody sees a character, in points. Sizes are rounded to it, and divided by.
_LEAST_SIZE = 0.01
# How far a character may be off its line (a footnote's number), as a share of the line's size.
_OFF_LINE = 0.45
# Width and height of a bullet that is drawn, in points.
_DOT = (1.5, 9.0)
# Drawings of a page that are looked at.
_MAX_DRAWINGS = 20_000
# Dots of a page. Those of a page with more are no bullets, but a pattern or a map.
_MAX_DOTS = 500
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
# pdfium's sign for a hyphen at the end of a line.
_HYPHEN = 2


def main() -> None:
    """Read standard input, write standard output."""
    _limit_this_process()
    try:
        print(json.dumps(read(sys.stdin.buffer.read())))
    except MemoryError:
        print(json.dumps({"error": "memory"}))


def read(data: bytes) -> dict[str, Any]:
    """The lines of every page, or the error."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    if len(document) > MAX_PAGES:
        return {"error": "pages"}
    title = document.get_metadata_dict().get("Title", "")[:_MAX_TITLE]
    pages = []
    count = line_count = pictures = 0
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        characters = text.count_chars()
        count += characters
        if characters > MAX_PAGE_CHARACTERS or count > MAX_CHARACTERS:
            return {"error": "characters"}
        left, bottom, _, top = page.get_cropbox()
        lines = _Lines(left, top)
        lines.read(text.raw, characters)
        line_count += len(lines.lines)
        if line_count > MAX_LINES:
            return {"error": "lines"}
        pictures += not lines.lines
        dots = _dots(page, left, top)
        pages.append({"height": top - bottom, "lines": lines.lines, "dots": dots})
        text.close()
        page.close()
    return {"title": title, "pages": pages, "empty_pages": pictures}


class _Lines:
    """Gathers the characters of a page into lines, in the order in which the page has them."""

    def __init__(self, left: float, top: float) -> None:
        self.left = left
        self.top = top
        self.lines: list[list[Any]] = []
        self._clear()

    def _clear(self) -> None:
        self.text: list[str] = []
        self.words: list[tuple[float, float]] = []  # where each word begins and ends
        self.baseline = self.size = self.right = 0.0
        self.bold = self.visible = 0

    def read(self, page: Any, count: int) -> None:
        """Read the characters of a text page of pdfium."""
        import pypdfium2.raw as pdfium

        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()  # as wide as the font says, not as what is drawn
        matrix = pdfium.FS_MATRIX()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(page, index)
            if pdfium.FPDFText_IsGenerated(page, index):
                if code == 0x20:
                    self._space()
                continue
            if code in (0, 0xFFFE, 0xFFFF):
                continue
            pdfium.FPDFText_GetCharOrigin(page, index, x, y)
            if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D):
                self._space()
                continue
            pdfium.FPDFText_GetMatrix(page, index, matrix)
            scale = math.hypot(matrix.c, matrix.d)
            size = abs(pdfium.FPDFText_GetFontSize(page, index)) * scale
            pdfium.FPDFText_GetLooseCharBox(page, index, box)
            right = max(box.right, x.value)
            if size < _LEAST_SIZE:
                continue
            self._add(code, x.value, right, y.value, size, _is_bold(pdfium, page, index))
        self._flush()

    def _space(self) -> None:
        if self.text and self.text[-1] != " ":
            self.text.append(" ")

    def _add(self, code: int, x: float, right: float, y: float, size: float, is_bold: bool) -> None:
        if self.words and (
            abs(y - self.baseline) > _OFF_LINE * max(size, self.size)
            or x < self.words[-1][0] - size
        ):
            self._flush()
        if not self.words:
            self.baseline = y
        elif x - self.right > _SPACE * size or self._ends_number(code):
            self._space()
        if not self.words or self.text[-1] == " ":
            self.words.append((x, right))
        else:
            self.words[-1] = (self.words[-1][0], max(right, self.words[-1][1]))
        if size > self.size:
            self.baseline, self.size = y, size
        self.right = right
        self.bold += is_bold
        self.visible += 1
        self.text.append("-" if code == _HYPHEN else _LIGATURES.get(code) or _character(code))

    def _ends_number(self, code: int) -> bool:
        """Whether a number of two digits has no room before its paragraph: `10.Two weeks`."""
        if len(self.words) > 1 or len(self.text) > 4 or self.text[-1] not in (".", ")"):
            return False
        return "".join(self.text[:-1]).isdecimal() and (chr(code).isalpha() or chr(code) in "“‘(£")

    def _flush(self) -> None:
        text = "".join(self.text).strip()
        if text:
            first, last = self.words[0], self.words[-1]
            second = self.words[1][0] if len(self.words) > 1 else first[0]
            numbers = (first[0], last[1], second, first[1])
            self.lines.append(
                [
                    text,
                    *(round(number - self.left, 2) for number in numbers),
                    round(self.top - self.baseline, 2),
                    round(self.size, 2),
                    self.bold > 0.9 * self.visible,
                ]
            )
        self._clear()


def _dots(page: Any, page_left: float, page_top: float) -> list[list[float]]:
    import pypdfium2.raw as pdfium

    dots = []
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_DRAWINGS)):
        drawing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawing)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawing, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        width, height = right - left, top - bottom
        if _DOT[0] < width < _DOT[1] and 0.7 * width < height < 1.4 * width:
            middle = page_top - (top + bottom) / 2
            dots.append([round(n, 2) for n in (left - page_left, right - page_left, middle)])
    return dots if len(dots) <= _MAX_DOTS else []


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _is_bold(pdfium: Any, page: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(64)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, index, name, 64, flags)
    lowered = name.value.lower()
    return b"bold" in lowered or b"black" in lowered or b"heavy" in lowered


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; there the parent's time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
