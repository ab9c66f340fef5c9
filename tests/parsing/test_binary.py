"""PDF, Word and OpenDocument files that cannot be read are refused in words, in bounds."""

import io
import random
import time
import zipfile
import zlib

import psutil
import pypdfium2
import pytest

from decisions.documents import ParseError
from decisions.parsing import parse, pdf_lines
from decisions.parsing.pdf import read_pdf
from tests.archives import make_zip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MIMETYPE = b"application/vnd.oasis.opendocument.text"


def docx(body: str, **parts: str) -> bytes:
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    members = {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    return make_zip(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()} | members
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_pdf(content: bytes, page: bytes = b"") -> bytes:
    """A PDF of one page with this content, which is packed."""
    packed = zlib.compress(content, 1)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
        b"<</Font<</F 5 0 R>>>>" + page + b">>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def refusal(data: bytes, name: str = "a") -> str:
    with pytest.raises(ParseError) as error:
        parse(data, name)
    return str(error.value)


# --- PDF --------------------------------------------------------------------------------------


def test_a_scanned_pdf_is_told_what_to_save_instead():
    assert refusal(make_pdf(b"0 0 100 100 re f")).startswith(
        "a scanned PDF: it contains pictures of pages and no text; save the decision's page as HTML"
    )


def test_a_pdf_of_another_text_is_no_decision():
    data = make_pdf(b"BT /F 12 Tf 72 700 Td (A letter about nothing) Tj ET")
    assert refusal(data).startswith("no decision: neither a title line")


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n" + bytes(1000)])
def test_a_damaged_pdf(data):
    assert refusal(data) == "a damaged PDF"


@pytest.mark.parametrize("start", [b"/F 9 Tf 1 0 0 0", b"/F -9 Tf 1 0 0 1", b"/F 1e30 Tf 1 0 0 1"])
def test_characters_of_no_height_or_below_do_not_end_the_reading(start):
    lines = b" 50 700 Tm (a b) Tj %s 50 690 Tm (c) Tj 1 0 0 1 50 680 Tm /F 9 Tf (d) Tj ET" % start
    assert refusal(make_pdf(b"BT " + start + lines)).startswith("no decision: ")


def test_a_line_may_end_between_the_brackets_of_a_provision():
    lines = [b"It is long enough \\(Local Government Act 1992, section 13A\\(1\\)", b"\\(a\\)\\)"]
    content = b"BT 11 TL /F 9 Tf 50 700 Td " + b"".join(b"(%s) Tj T* " % line for line in lines)
    (block,) = read_pdf(make_pdf(content + b"ET")).blocks
    assert block.text.endswith("section 13A(1)(a))")


def test_a_pdf_of_too_many_pages(monkeypatch):
    document = pypdfium2.PdfDocument.new()
    for _ in range(401):
        document.new_page(100, 100)
    data = io.BytesIO()
    document.save(data)
    assert refusal(data.getvalue()) == ("a PDF of more than 400 pages, which no decision has")


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_takes_neither_memory_nor_time():
    bomb = make_pdf(b"BT /F 9 Tf (x) Tj ET " + b" " * 400_000_000)
    assert len(bomb) < 2_000_000
    process = psutil.Process()
    before = process.memory_info().rss
    started = time.monotonic()
    assert refusal(bomb) == "a PDF that cannot be read: it takes too much memory or time"
    assert time.monotonic() - started < pdf_lines.TIME_LIMIT
    assert process.memory_info().rss - before < 50_000_000


def test_a_pdf_of_more_text_than_any_decision_has():
    line = b"(" + b"word " * 100 + b") Tj T* "
    assert refusal(make_pdf(b"BT /F 1 Tf 1 TL 10 830 Td " + line * 200 + b" ET")) == (
        "a PDF with more text than any decision has"
    )


def test_a_pdf_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(pdf_lines, "TIME_LIMIT", 0.0001)
    assert refusal(make_pdf(b"")) == "a PDF that takes longer than 0.0001 seconds to read"


# --- Word and OpenDocument --------------------------------------------------------------------


def test_typed_numbers_and_lists_of_word():
    """A number of a list counts from where the list says; a bullet is an entry."""
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="7"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1">'
        '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="3">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {W}><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Inhalt"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    entry = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'
    heading = '<w:pStyle w:val="Kop1"/>'
    body = (
        paragraph("Ambleford Council (92 200 121)", heading)
        + paragraph("The complaint 1", '<w:pStyle w:val="Inhalt"/>')
        + paragraph("The Investigation", heading)
        + paragraph("The complaint", heading)
        + paragraph("Mr W says:", entry.format(0))
        + paragraph("one thing;", entry.format(1))
        + "<w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>"
        + paragraph("Conclusions", heading)
        + paragraph("There was fault.", entry.format(0))
    )
    document = parse(docx(body, numbering=numbering, styles=styles))
    paragraphs = [
        (paragraph.number, paragraph.text, [item.text for item in paragraph.items])
        for paragraph in document.paragraphs()
    ]
    assert paragraphs == [(7, "Mr W says:", ["one thing;"]), (8, "There was fault.", [])]


def test_an_entity_that_expands_is_not_expanded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "x">{entities}]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = make_zip({"[Content_Types].xml": b"", "word/document.xml": document.encode()})
    started = time.monotonic()
    assert refusal(data)
    assert time.monotonic() - started < 5


def test_a_document_that_unpacks_to_too_much():
    assert refusal(docx(" " * 20_000_000)) == "unpacks to more than 200 times its size"


@pytest.mark.slow
def test_a_document_of_too_many_bytes():
    assert (
        refusal(docx(random.Random(1).randbytes(9_000_000).hex()))
        == "its text is larger than 16 MB, which no decision is"
    )


@pytest.mark.parametrize("body", ["<w:p>", "<w:p></w:r>", "\x00"])
def test_a_damaged_document(body):
    assert refusal(docx(body)).startswith("a damaged office file: ")


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "a zip or an office file without"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "a zip or an office"),
        ({"mimetype": MIMETYPE, "content.xml": b"<a/>"}, "no decision: "),
        ({"mimetype": MIMETYPE, "content.xml": b"<a>"}, "a damaged office file: "),
    ],
)
def test_other_office_files(members, reason):
    assert refusal(make_zip(members, zipfile.ZIP_STORED)).startswith(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file or an Outlook message (.doc, .msg)"),
        (b"{\\rtf1 text}", "an RTF file, not plain text; save it as Word (.docx) or text"),
    ],
)
def test_files_that_are_not_read_are_told_what_to_save_instead(data, reason):
    assert refusal(data).startswith(reason)
