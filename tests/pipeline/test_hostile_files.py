"""Hostile files of the readers beside text and HTML: peak memory of the process, and its time."""

import base64
import gzip
import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest

from tests.archives import make_zip
from tests.measured import Reader, reader

pytestmark = pytest.mark.processes

MAX_MEGABYTES = 300
# Time of the processor, in seconds. A worker process has as much.
MAX_SECONDS = 60
MEGABYTE = 1_000_000

# Prints the reasons. Of the files in a container the first hundred are parsed: more take the same.
READ = """
from decisions.parsing import pdf_lines
from decisions.pipeline import parse_file
from decisions.sources import Source, read_paths

pdf_lines.TIME_LIMIT = 250  # however slow the machine; that of the processor is another

def read(path):
    for number, item in enumerate(read_paths([path])):
        outcome = parse_file(item) if isinstance(item, Source) and number < 100 else item
        reason = getattr(outcome, "reason", "read")
        if number < 100 or reason != "read":
            print(reason, file=sys.stderr)
"""


# --- Word and OpenDocument --------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
RUN = b"<w:r><w:t>a</w:t></w:r>"


def docx(body: bytes, doctype: bytes = b"", **parts: bytes) -> bytes:
    document = doctype + b"<w:document %s><w:body>%s</w:body></w:document>" % (W.encode(), body)
    others = {f"word/{name}.xml": data for name, data in parts.items()}
    return make_zip({"[Content_Types].xml": b"", "word/document.xml": document} | others, 0)


def odt(body: bytes) -> bytes:
    content = b"<office:text %s>%s</office:text>" % (ODF.encode(), body)
    mimetype = b"application/vnd.oasis.opendocument.text"
    return make_zip({"mimetype": mimetype, "content.xml": content}, 0)


def docx_of_parts() -> bytes:
    parts = {str(number): b"" for number in range(120_000)}
    return make_zip({"[Content_Types].xml": b"", "word/document.xml": b"<a/>", **parts}, 0)


def docx_of_lists() -> bytes:
    """Lists that say where they start, and paragraphs of which each is of a list of its own."""
    number = (
        b'<w:num w:numId="%d"><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        b"</w:lvlOverride></w:num>"
    )
    paragraph = b'<w:p><w:pPr><w:numPr><w:numId w:val="%d"/></w:numPr></w:pPr>' + RUN + b"</w:p>"
    return docx(
        b"".join(paragraph % n for n in range(30_000)),
        numbering=b"<w:numbering %s>" % W.encode()
        + b"".join(number % n for n in range(45_000))
        + b"</w:numbering>",
    )


def docx_of_entities() -> bytes:
    entity = b'<!DOCTYPE a [<!ENTITY a "%s">]>' % (b"a" * 100_000)
    return docx(b'<w:p x="&a;"><w:r><w:t>&a;</w:t></w:r></w:p>' * 100_000, entity)


OFFICE: dict[str, tuple[Callable[[], bytes], str]] = {
    "elements.docx": (lambda: docx(b"<a/>" * 3_900_000), "more than 500,000 tags"),
    "runs.docx": (lambda: docx(b"<w:p>" + b"<w:r/>" * 499_000 + b"</w:p>"), "no decision: "),
    "attributes.docx": (
        lambda: docx(b"<w:p %s/>" % b" ".join(b'a%d=""' % n for n in range(1_100_000))),
        "more than 500,000 tags",
    ),
    "paragraphs.docx": (lambda: docx(b"<w:p/>" * 499_000), "more than 50,000 lines"),
    "table.docx": (
        lambda: docx(b"<w:tbl>" + b"<w:tr><w:tc/></w:tr>" * 160_000 + b"</w:tbl>"),
        "more than 50,000 lines",
    ),
    "deep.docx": (lambda: docx(b"<a>" * 490_000), "a damaged office file: "),
    "lists.docx": (docx_of_lists, "no decision: "),
    "entities.docx": (docx_of_entities, "500,000 tags"),
    "styles.docx": (lambda: docx(b"", styles=b"<a>" + b"<a/>" * 3_900_000), "500,000 tags"),
    "characters.docx": (
        lambda: docx(b"<w:p><w:r>" + b"<w:t>%s</w:t>" % (b">" * 9_000) * 1_600 + b"</w:r></w:p>"),
        "more than 2,000,000 characters",
    ),
    "parts.docx": (docx_of_parts, "an office file of more than 10,000 parts"),
    "elements.odt": (lambda: odt(b"<a/>" * 3_900_000), "more than 500,000 tags"),
    "blanks.odt": (
        lambda: odt(b"<text:p>" + b'<text:s text:c="100"/>' * 240_000 + b"</text:p>"),
        "no decision: ",
    ),
    "lists.odt": (
        lambda: odt(b"<text:list><text:list-item>" * 100 + b"<text:p>a</text:p>" * 200_000),
        "more than 50,000 lines",
    ),
}


# --- e-mail and MHTML -------------------------------------------------------------------------

HEAD = b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
LINE = b"x" * 38 + b"\r\n"
MIXED = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n'


def nested(depth: int, start: bytes = HEAD) -> bytes:
    opened = (MIXED % b"B%d" % n + b"--B%d\r\n" % n for n in range(depth))
    return start + b"".join(opened) + b"\r\n" + LINE * 390_000


MAILS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nested.eml": (lambda: nested(1000), "more than 50 parts inside each other"),
    "nested.mhtml": (
        lambda: nested(1000, b"Snapshot-Content-Location: https://a.example/\r\n" + HEAD),
        "more than 50 parts inside each other",
    ),
    "nested-49.eml": (lambda: nested(49), "more than 50,000 lines"),
    "messages.eml": (
        lambda: (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 1000,
        "more than 50 parts inside each other",
    ),
    "parts.eml": (
        lambda: HEAD + MIXED % b"B" + b"--B\r\n\r\nx\r\n" * 100_000,
        "more than 10,000 parts",
    ),
    "parts-9990.eml": (
        lambda: HEAD + MIXED % b"B" + (b"--B\r\n\r\n" + LINE * 36) * 9_990,
        "no decision: ",
    ),
    "lines.eml": (lambda: HEAD + b"\r\n" + b"\r" * 15 * MEGABYTE, "more than 400,000 lines"),
    "header.eml": (lambda: HEAD + b"X: " + b"a" * 15 * MEGABYTE, "a header that is too long: X"),
    "headers.eml": (lambda: HEAD + b"X: a\r\n" * 390_000, "more than 1,000 headers"),
    "parameters.eml": (
        lambda: HEAD + b'Content-Type: text/plain; a="' + b";" * 99_000 + b"\r\n\r\nx",
        "a header that is too long: Content-Type",
    ),
    "references.eml": (
        lambda: (
            HEAD
            + (MIXED % b"B" + b"--B\r\n\r\n" + b"21 019 030 " * 700_000 + b"\r\n--B\r\n")
            + b'Content-Disposition: attachment; filename="a.txt"\r\n\r\nx\r\n--B--'
        ),
        "no decision: ",
    ),
    "base64.eml": (
        lambda: (
            HEAD
            + b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(b"<p>" * 3_700_000)
        ),
        "more than 75,000 tags",
    ),
}


# --- web archives of Safari -------------------------------------------------------------------

NAME = b"\x5f\x10\x0fWebMainResource"


def plist(objects: bytes, offsets: list[int], root: int = 0) -> bytes:
    start = 8 + len(objects)
    table = b"".join(offset.to_bytes(4, "big") for offset in offsets)
    return b"bplist00" + objects + table + struct.pack(">6xBBQQQ", 4, 3, len(offsets), root, start)


def plist_of_arrays() -> bytes:
    """500 arrays of 4,000,000 references, which are the same bytes."""
    count = 4_000_000
    region = bytearray(3 * count + 500 * 60)
    for start in range(0, 500 * 60, 60):
        region[start : start + 6] = b"\xaf\x12" + count.to_bytes(4, "big")
    offsets = [8 + len(NAME) + start for start in range(0, 500 * 60, 60)]
    root = b"\xaf\x11\x01\xf4" + b"".join((n + 1).to_bytes(3, "big") for n in range(500))
    at = 8 + len(NAME) + len(region)
    return plist(NAME + bytes(region) + root, [8, *offsets, at], root=501)


def xml_plist(value: bytes) -> bytes:
    return b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key>' + value


WEBARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "offsets.webarchive": (
        lambda: plist(NAME, [8 + 3 * n for n in range(3_900_000)]),
        "that contains no page",
    ),
    "arrays.webarchive": (plist_of_arrays, "that contains no page"),
    "entries.webarchive": (
        lambda: plist(NAME + b"\xdf\x12\xff\xff\xff\xff", [8 + len(NAME)]),
        "a damaged web archive",
    ),
    # a dictionary whose only value is itself
    "cycle.webarchive": (
        lambda: plist(NAME + b"\xd1\0\0\0\0\0\1", [8, 8 + len(NAME)], root=1),
        "that contains no page",
    ),
    "deep.webarchive": (lambda: xml_plist(b"<array>" * 2_000_000), "more than 100,000 tags"),
    "attributes.webarchive": (
        lambda: xml_plist(b"<a " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>"),
        "more than 100,000 tags",
    ),
    "entities.webarchive": (
        lambda: (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "%s">]><plist><dict>'
            b"<key>WebMainResource</key><string>%s</string></dict></plist>"
            % (b"a" * 1_000, b"&a;" * 1_000_000)
        ),
        "a damaged web archive",
    ),
}


# --- WARC and WACZ ----------------------------------------------------------------------------


def record(body: bytes, kind: bytes = b"text/html", encoding: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n%s" % (kind, encoding, body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)
    )


def wacz(warc: bytes, name: str = "data.warc") -> bytes:
    return make_zip({"datapackage.json": b"{}", f"archive/{name}": warc}, 0)


def encoded(name: bytes, body: bytes) -> bytes:
    return wacz(record(body, encoding=b"Content-Encoding: " + name + b"\r\n"))


def onion() -> bytes:
    """A page that is packed 400 times, without becoming smaller."""
    data = b"x" * 9 * MEGABYTE
    for _ in range(400):
        packer = zlib.compressobj(0)
        data = packer.compress(data) + packer.flush()
    return data


CRAWLS: dict[str, tuple[Callable[[], bytes], str]] = {
    "records.wacz": (
        lambda: wacz(record(b"[" + b"{}," * 5_000_000 + b"{}]", b"application/json")),
        "more than 250,000 files or records",
    ),
    "brotli.wacz": (
        lambda: encoded(b"br", brotli.compress(bytes(300 * MEGABYTE), quality=2)),
        "more than 200 times its size",
    ),
    "gzip.wacz": (
        lambda: encoded(b"gzip", gzip.compress(bytes(300 * MEGABYTE), 1)),
        "larger than 16 MB",
    ),
    "onion.wacz": (
        lambda: encoded(b", ".join([b"deflate"] * 400), onion()),
        "compressed more than 3 times",
    ),
    "chunks.wacz": (
        lambda: wacz(
            record(
                b"1\r\na\r\n" * 2_500_000 + b"0\r\n\r\n", encoding=b"Transfer-Encoding: chunked\r\n"
            )
        ),
        "more than 2,000,000 characters",
    ),
    "warc.wacz": (
        lambda: wacz(gzip.compress(b"\n" * 500 * MEGABYTE), "data.warc.gz"),
        "more than 200 times its size",
    ),
}


# --- PDF --------------------------------------------------------------------------------------


def pdf(content: bytes, pages: int = 1, page: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    packed = zlib.compress(content, 1)
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
            b"/Resources<</Font<</F 4 0 R>>%s>>>>" % page
        ]
        * pages,
        *more,
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


TEXT = b"BT /F 9 Tf 50 50 Td (some words that are a text) Tj ET "


def scattered(count: int) -> bytes:
    """Letters that stand anywhere on the page: a line for each."""
    chance = random.Random(1)
    letter = b"1 0 0 1 %d %d Tm (a) Tj "
    places = ((chance.randrange(600), chance.randrange(800)) for _ in range(count))
    return b"BT /F 9 Tf " + b"".join(letter % place for place in places) + b"ET"


def forms() -> tuple[bytes, ...]:
    """Drawings, each of which shows the next one ten times."""
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>"
    inner = tuple(
        head + b"/XObject<</X %d 0 R>>>>/Length 50>>stream\n%s\nendstream" % (7 + n, b"/X Do" * 10)
        for n in range(12)
    )
    return (*inner, head + b">>/Length %d>>stream\n%s\nendstream" % (len(TEXT), TEXT))


UNREADABLE = "a PDF that cannot be read: it takes too much memory or time"
PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "pages.pdf": (lambda: pdf(TEXT, pages=100_000), "a PDF of more than 400 pages"),
    "count.pdf": (
        lambda: pdf(TEXT).replace(b"/Count 1", b"/Count 2000000000"),
        "no decision: ",
    ),
    "bomb.pdf": (lambda: pdf(b"BT /F 9 Tf (aaaaaaaa) Tj ET\n" * 7_000_000), UNREADABLE),
    "lines.pdf": (lambda: pdf(scattered(15_000), pages=4), "a PDF of more than 50,000 lines"),
    "lines-15000.pdf": (lambda: pdf(scattered(15_000)), "no decision: "),
    "dots.pdf": (
        lambda: pdf(
            TEXT * 300 + b"".join(b"9 %d 4 4 re f " % (n % 790) for n in range(20_000)), 10
        ),
        "no decision: ",
    ),
    "forms.pdf": (lambda: pdf(b"/X Do", page=b"/XObject<</X 6 0 R>>", more=forms()), "a"),
    "arrays.pdf": (lambda: pdf(b"[" * 100_000_000), "a"),
    "garbage.pdf": (lambda: b"%PDF-1.5\n" + b"1 0 obj<<>>endobj " * 800_000, "a damaged PDF"),
}


HOSTILE = OFFICE | MAILS | WEBARCHIVES | CRAWLS | PDFS


@pytest.fixture(scope="module")
def files() -> Iterator[Reader]:
    with reader(READ) as running:
        yield running


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_bounded_memory_and_time(name: str, tmp_path: Path, files: Reader):
    make, reason = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    assert path.stat().st_size < 16 << 20  # else its size alone is refused
    measured = files.read(path, MAX_SECONDS)
    assert measured.peak < MAX_MEGABYTES
    assert reason in measured.lines[-1]
