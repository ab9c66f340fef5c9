"""Reads the files that are no text: PDF, Word and OpenDocument; the others are refused by name.

Their readers are imported when the first such file comes, so that text files do without.
"""

from decisions.documents import ParseError
from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.encoding import clean
from decisions.parsing.fields import read_title
from decisions.parsing.furniture import is_furniture_at_end
from decisions.parsing.headings import is_signature
from decisions.parsing.html import Page, read_html, read_page_title
from decisions.parsing.report_cover import take_cover
from decisions.parsing.text import read_text

_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
# Bytes among which a PDF's mark stands: other programs may put some before it.
_PDF_WITHIN = 1024
# Length of the site's footer below a printed decision, in words.
_LONGEST_FOOTER = 150


def is_binary(data: bytes) -> bool:
    """Whether a file is a PDF or an office file, whose size does not tell what is packed in it."""
    return data.startswith(_ZIP) or _PDF in data[:_PDF_WITHIN]


def read_binary(data: bytes, warnings: list[str]) -> Page | None:
    """The blocks of an office file; None if the file is none.

    Raises ParseError, with what to do instead, if it cannot be read.
    """
    if data.startswith(_ZIP):
        page = _read_office(data, warnings)
    elif _PDF in data[:_PDF_WITHIN]:
        page = _read_pdf(data, warnings)
    else:
        return None
    cover, blocks = take_cover(page.blocks)
    page.title = cover or page.title
    page.blocks = _without_menus(blocks)
    return page


def _read_office(data: bytes, warnings: list[str]) -> Page:
    from decisions.parsing.office import open_parts
    from decisions.parsing.opendocument import is_opendocument, read_opendocument
    from decisions.parsing.word import is_word, read_word

    with open_parts(data) as parts:
        if is_word(parts):
            source = read_word(parts)
        elif is_opendocument(parts):
            source = read_opendocument(parts)
        else:
            raise ParseError("a zip or an office file without text; save it as Word (.docx)")
    if source.is_structured:
        return read_html(source.html(), warnings)
    return Page(read_text(clean(source.text(), warnings)))


def _read_pdf(data: bytes, warnings: list[str]) -> Page:
    from decisions.parsing.pdf import read_pdf

    pdf = read_pdf(data)
    for block in pdf.blocks:
        block.text = clean(block.text, warnings)
    name = " ".join(clean(pdf.title, warnings).split())
    return Page(pdf.blocks, pdf.url, read_page_title(name), name)


def _without_menus(blocks: list[Block]) -> list[Block]:
    """The blocks without the menus above and the footer below a page that was printed or copied.

    In a saved page they are `<nav>` and `<footer>`. Here they are what stands above the title, if
    this is marked as a heading, and what stands below the line that closes a statement.
    """
    titles = [index for index, block in enumerate(blocks) if read_title(block.text)]
    if len(titles) == 1 and blocks[titles[0]].kind is BlockKind.HEADING:
        blocks = blocks[titles[0] :]
    for index, block in enumerate(blocks):
        is_last = block.kind in (BlockKind.HEADING, BlockKind.LINE) and is_signature(block.text)
        if is_last or is_furniture_at_end(block.text):
            below = blocks[index + 1 :]
            if sum(len(block.text.split()) for block in below) <= _LONGEST_FOOTER:
                return blocks[: index + 1]
    return blocks
