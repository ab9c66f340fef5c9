"""What mutation starts from, by format: the examples, and the sample archive."""

import base64
import gzip
import io
import json
import plistlib
import random
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from html import escape
from pathlib import Path
from quopri import encodestring

from tests.archives import Warc, make_tar, make_zip

EXAMPLES = Path(__file__).parents[2] / "examples"
SAMPLES = 40
# The share of a run that each format gets.
SHARES = {
    **{"text": 6, "html": 5, "json": 3, "warc": 4, "zip": 4, "tar": 2},
    **{"pdf": 1, "word": 2, "odt": 2, "mail": 2, "mhtml": 1, "wacz": 1, "webarchive": 1},
}
FORMATS = tuple(SHARES)
# What the files are called: some are known by their names.
NAMES = {
    "text": "x.txt",
    "html": "x.html",
    "json": "x.json",
    "warc": "x.warc.gz",
    "zip": "x.zip",
    "tar": "x.tar",
    "pdf": "x.pdf",
    "word": "x.docx",
    "odt": "x.odt",
    "mail": "x.eml",
    "mhtml": "x.mhtml",
    "wacz": "x.wacz",
    "webarchive": "x.webarchive",
}


@cache
def seeds(format: str) -> tuple[bytes, ...]:
    return tuple(_SEEDS[format]())


def _files(*endings: str) -> list[bytes]:
    from decisions.sample import generate  # not with the module: see running.py

    examples = [
        path.read_bytes()
        for ending in endings
        for path in sorted(EXAMPLES.rglob(f"*{ending}"))
        if ".expected" not in path.name and ".actual" not in path.name
    ]
    return examples + [data for name, data in generate(SAMPLES) if name.endswith(endings)]


def _text() -> list[bytes]:
    return _files(".txt")


def _html() -> list[bytes]:
    return _files(".html")


def _json() -> list[bytes]:
    lines = [json.dumps({"case_id": "90 000 001", "text": text.decode()}) for text in _text()[:9]]
    return [*_files(".json", ".jsonl"), f"[{', '.join(lines)}]".encode(), "\n".join(lines).encode()]


def _warc() -> list[bytes]:
    found = []
    for packed in (False, True):
        for count in (1, 3):
            warc = Warc(packed).info()
            for number, page in enumerate(_html()[:count]):
                warc.page(f"https://a.example/decisions/90-000-00{number}", page)
            warc.response(
                "https://a.example/x", gzip.compress(page), http={"Content-Encoding": "gzip"}
            )
            chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
            warc.response("https://a.example/y", chunks, http={"Transfer-Encoding": "chunked"})
            found.append(warc.bytes())
    # Without check sums, so that a changed page is read all the same.
    return [found[0], *(b"".join(_without_digests(data)) for data in found[:2]), *found[2:]]


def _without_digests(warc: bytes) -> list[bytes]:
    return [line for line in warc.splitlines(keepends=True) if b"-Digest: " not in line]


@cache
def members() -> dict[str, bytes]:
    files = {"a.txt": _text()[0], "d/b.html": _html()[0], "c.json": _files(".json")[0]}
    return files | {"l.jsonl": _files(".jsonl")[0], "n.png": b"\x89PNG", "z.zip": b"PK\x03\x04"}


def _zip() -> list[bytes]:
    return [make_zip(members()), make_zip(members(), method=0), make_zip({"a.txt": b"a"})]


def _tar() -> list[bytes]:
    plain = [make_tar(members(), format) for format in (0, 1, 2)]
    return [*plain, gzip.compress(plain[1]), make_tar({"long/" * 60 + "a.txt": _text()[0]})]


def _pdf() -> list[bytes]:
    return [*_files(".pdf"), *(_printed(text.decode()) for text in _text()[:6])]


def _printed(text: str) -> bytes:
    """A PDF of a text, unpacked, so that a change of it is a change of what the page shows."""
    from tests.tools.fuzz.pdfs import laid_out  # not with the module: see running.py

    return laid_out("\n".join(text.splitlines()[:70]), random.Random(text))


def _word() -> list[bytes]:
    """The examples, and texts of which each line is a paragraph."""
    head = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    lines = ([escape(line.decode()).encode() for line in text.splitlines()] for text in _text()[:9])
    paragraph = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
    types = {"[Content_Types].xml": b"<Types/>"}
    bodies = (
        head + b"".join(paragraph % line for line in text) + b"</w:document>" for text in lines
    )
    return [*_files(".docx"), *(make_zip(types | {"word/document.xml": body}) for body in bodies)]


def _odt() -> list[bytes]:
    return _files(".odt")


def _xml() -> list[bytes]:
    """The texts of the Word and OpenDocument files."""
    found = []
    for data in (*seeds("word"), *seeds("odt")):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = {"word/document.xml", "content.xml"} & set(parts.namelist())
            found += [parts.read(name) for name in names]
    return found


def _mail() -> list[bytes]:
    """A text, a page, and a letter with a text, a page and a mail attached."""
    texts, pages = _text(), _html()
    mails = []
    for text, page in zip(texts[:9], pages[:9], strict=False):
        plain, html, letter = EmailMessage(), EmailMessage(), EmailMessage()
        for mail in (plain, html, letter):
            mail["From"] = "clerk@ambleford.example"
            mail["Subject"] = "A decision"
        plain.set_content(text.decode("utf-8", "replace"))
        html.set_content(page.decode("utf-8", "replace"), subtype="html")
        letter.set_content("See below.")
        letter.add_attachment(text, "text", "plain", filename="a.txt")
        letter.add_attachment(page, "text", "html", filename="b.html")
        letter.add_attachment(html)
        mails += [plain, html, letter]
    return [mail.as_bytes(policy=SMTP.clone(cte_type="8bit")) for mail in mails]


def _mhtml() -> list[bytes]:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\n"
        "Subject: x\r\nDate: Fri, 2 Jun 2023 10:11:12 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--B"\r\n\r\n----B\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: {}\r\n\r\n"
    )
    encoders = {"binary": bytes, "base64": base64.encodebytes, "quoted-printable": encodestring}
    return [
        *_files(".mhtml"),
        *(
            head.format(name).encode() + encode(page) + b"\r\n----B--\r\n"
            for name, encode in encoders.items()
            for page in _html()[:5]
        ),
    ]


def _wacz() -> list[bytes]:
    return [
        make_zip({"datapackage.json": b"{}", f"archive/data.warc{ending}": warc}, 0)
        for warc in seeds("warc")
        for ending in ("", ".gz")
    ]


def _webarchive() -> list[bytes]:
    made = [
        plistlib.dumps(
            {
                "WebMainResource": {
                    "WebResourceData": page,
                    "WebResourceURL": "https://a.example/x",
                    "WebResourceTextEncodingName": "UTF-8",
                },
                "WebSubresources": [],
            },
            fmt=form,
        )
        for page in _html()[:6]
        for form in (plistlib.FMT_BINARY, plistlib.FMT_XML)
    ]
    return [*_files(".webarchive"), *made]


_SEEDS = {
    "text": _text,
    "html": _html,
    "json": _json,
    "warc": _warc,
    "zip": _zip,
    "tar": _tar,
    "pdf": _pdf,
    "word": _word,
    "odt": _odt,
    "xml": _xml,  # what is in them; not a format of its own
    "mail": _mail,
    "mhtml": _mhtml,
    "wacz": _wacz,
    "webarchive": _webarchive,
}
