"""Changes that damage, edits and unlucky tools make; the same for the same random state."""

import gzip
import io
import plistlib
import random
import re
import zipfile
from copy import deepcopy
from functools import partial
from typing import Any

from lxml import etree

from tests.archives import make_tar, make_zip
from tests.tools.fuzz.seeds import members, seeds

MAX_BYTES = 100_000

# What has a meaning to a parser, by format; lines of the layouts, and of the containers.
_TEXT = (
    *("\n", "\n\n", "  1. ", "      2. ", "    • ", "- ", "(", ")", ":", ";", "\0", "\r", "\t"),
    *("Back to top\n", "Category : ", "Decision : ", "Decision date : ", "Summary", "Summary: "),
    *("The complaint\n", "Final decision\n", "The Ombudsman's final decision:\n", "’", "\xa0"),
    *("(21 019 030)", "A Council (21 019 031)\n", "Contents\n", "Print this page\n", "\x0c", "é"),
)
_HTML = (
    *("<p>", "</p>", "<ol>", "<ul>", "<li>", "</li>", "</ol>", "<h2>", "</h2>", "<br>", "<!--"),
    *("-->", "<table><tr><td>", "<main>", "<article>", "<script>", "<b>", "&#0;", "&nbsp;", "&lt;"),
    *('<ol start="99999">', '<meta charset="utf-16">', "<pre>", "<dl><dt>", "<![CDATA[", "<?x"),
)
_JSON = ("{", "}", "[", "]", '"', ",", ":", "\\ud83d", "\\u0000", "null", "1e999", '"text": ', "\\")
_WARC = (
    *("WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: 5\r\n", "\r\n\r\n", "0\r\n\r\n"),
    *("HTTP/1.1 200 OK\r\n", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"),
    *("Content-Type: text/html; charset=iso-8859-15\r\n", "ffffffff\r\n", "\x1f\x8b\x08"),
)
_ZIP = ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "\xff\xff\xff\xff", "\0\0\0\0", ".txt")
_TAR = ("ustar\0", "0000000", "7777777", "\0" * 512, "././@LongLink", "17 path=a.txt\n")
_PDF = (
    *("obj", "endobj", "stream\n", "\nendstream", "<<", ">>", "[", "]", "(", ")", " 0 R ", "/Kids"),
    *(
        " Tj ",
        " T* ",
        " Td ",
        " Tm ",
        " BT ",
        " ET ",
        "/Filter/FlateDecode",
        "/Count 99999 ",
        "/F 0 Tf ",
    ),
    *(
        "/Type/ObjStm",
        "/Length -1",
        "/Encrypt 1 0 R",
        " 1e9 ",
        "/Contents[4 0 R 4 0 R]",
        "/Parent 3 0 R",
    ),
)
_XML = (
    *(
        "<w:p>",
        "</w:p>",
        "<w:r><w:t>",
        "</w:t></w:r>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr><w:tc>",
        "<w:del>",
    ),
    *(
        "<text:p>",
        "</text:p>",
        "<text:list>",
        "</text:list>",
        "<text:list-item>",
        "<text:h>",
        "<a>",
    ),
    *('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', '<text:s text:c="9999"/>', "&amp;"),
    *("<!DOCTYPE a>", "<![CDATA[", "<?x?>", "<!--", "&#0;", "&a;", ' w:val="99999"', ' xmlns="x"'),
)
_MIME = (
    *("\r\n\r\n", "Content-Type: multipart/mixed; boundary=B\r\n", "--B\r\n", "--B--\r\n", "\r\n "),
    *("Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "=3D"),
    *("Content-Type: message/rfc822\r\n", "Content-Type: text/html; charset=utf-7\r\n", "=\r\n"),
    *(
        "Content-Disposition: attachment; filename*0*=utf-8''a.txt\r\n",
        "charset*=a'b'c",
        "=?x?b?",
        "\r",
    ),
    *('Content-Type: text/plain; charset="', "From: ", "Subject: x\r\n", "-- \r\n", "Date: x\r\n"),
)
_PLIST = (
    "bplist00",
    "\xdf\x10",
    "\xaf",
    "\xff",
    "\0",
    "_\x10",
    "WebMainResource",
    "<dict>",
    "</dict>",
    "<key>",
)
_WORDS = {
    "text": _TEXT,
    "html": (*_HTML, *_TEXT),
    "json": (*_JSON, *_TEXT),
    "warc": (*_WARC, *_HTML),
    "zip": _ZIP,
    "tar": _TAR,
    "pdf": (*_PDF, *_TEXT),
    "word": _ZIP,
    "odt": _ZIP,
    "xml": (*_XML, *_TEXT),
    "mail": (*_MIME, *_HTML),
    "mhtml": (*_MIME, *_HTML),
    "wacz": _ZIP,
    "webarchive": (*_PLIST, *_HTML),
}
_TOKENS = {format: [word.encode() for word in words] for format, words in _WORDS.items()}
for _format in ("zip", "word", "odt", "wacz"):
    _TOKENS[_format] = [word.encode("latin-1") for word in _ZIP]
_TOKENS["webarchive"] += [word.encode("latin-1") for word in _PLIST]


# Share of the inputs of a format of which a member was changed, if not 0.4: a changed byte of these
# mostly damages a check sum or a length, and no more.
_REPACKED = {"pdf": 0.7, "word": 0.8, "odt": 0.8, "webarchive": 0.7}
# Characters that XML does not have.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd]")


def mutate(data: bytes, format: str, chance: random.Random) -> bytes:
    """`data` with one to six changes; of an archive sometimes a member is changed instead."""
    if format in _REPACK and chance.random() < _REPACKED.get(format, 0.4):
        return _REPACK[format](chance)
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_CHANGES)(data, format, chance)
    return data[:MAX_BYTES]


def mutant(format: str, chance: random.Random) -> bytes:
    return mutate(chance.choice(seeds(format)), format, chance)


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 2, 8, 30, 200, 2000)))


def _insert(data: bytes, format: str, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_TOKENS[format]) * chance.choice((1, 1, 1, 2, 50)) + data[at:]


def _replace(data: bytes, format: str, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice(_TOKENS[format]) + data[end:]


def _delete(data: bytes, format: str, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, format: str, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 20)) + data[end:]


def _change_byte(data: bytes, format: str, chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, format: str, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] if chance.random() < 0.3 else data


def _cross(data: bytes, format: str, chance: random.Random) -> bytes:
    other = chance.choice(seeds(format))
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _line(data: bytes, format: str, chance: random.Random) -> bytes:
    """A line goes, comes twice, stands elsewhere, is indented, or is joined to the next."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines.insert(chance.randrange(len(lines)), lines.pop(at))
        case 3:
            lines[at] = b" " * chance.randint(1, 12) + lines[at]
        case _:
            lines[at : at + 2] = [b" ".join(lines[at : at + 2])]
    return b"\n".join(lines)


def _number(data: bytes, format: str, chance: random.Random) -> bytes:
    """Digits, as of a length or a paragraph, become others."""
    digits = [at for at in range(len(data)) if 48 <= data[at] <= 57]
    if not digits:
        return data
    at = chance.choice(digits)
    return data[:at] + chance.choice((b"0", b"1", b"9", b"-", b"99999999")) + data[at + 1 :]


_CHANGES = (
    _insert,
    _insert,
    _replace,
    _delete,
    _repeat,
    _change_byte,
    _cut,
    _cross,
    _line,
    _line,
    _number,
)


def _changed_members(chance: random.Random) -> dict[str, bytes]:
    files = dict(members())
    name = chance.choice(sorted(files))
    format = {"a.txt": "text", "d/b.html": "html"}.get(name, "json")
    files[name] = mutate(files[name], format, chance)
    if chance.random() < 0.3:
        odd = ("../../a.txt", "/a.txt", "a\0.txt", "é.txt", "__MACOSX/._a.txt", "a" * 90 + ".txt")
        files[chance.choice(odd)] = files[name]
    return files


def _new_zip(chance: random.Random) -> bytes:
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    return make_zip(_changed_members(chance), method)


def _new_tar(chance: random.Random) -> bytes:
    data = make_tar(_changed_members(chance), chance.choice((0, 1, 2)))
    return gzip.compress(data, 1) if chance.random() < 0.5 else data


def _new_warc(chance: random.Random) -> bytes:
    """A changed WARC, packed anew a record at a time or as one."""
    plain = [data for data in seeds("warc") if data.startswith(b"WARC/")]
    data = chance.choice(plain)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, "warc", chance)
    if chance.random() < 0.3:
        return gzip.compress(data, 1)
    packed = io.BytesIO()
    for record in data.replace(b"\r\n\r\nWARC/", b"\r\n\r\n\n\nWARC/").split(b"\n\n"):
        packed.write(gzip.compress(record, 1))
    return packed.getvalue()


def _new_office(format: str, chance: random.Random) -> bytes:
    """A document of which one part was changed, mostly so that it stays well-formed."""
    with zipfile.ZipFile(io.BytesIO(chance.choice(seeds(format)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith(".xml")])
    if chance.random() < 0.3:
        for _ in range(chance.randint(1, 3)):
            parts[name] = chance.choice(_CHANGES)(parts[name], "xml", chance)
        return make_zip(parts)
    tree = etree.fromstring(parts[name])
    for _ in range(chance.randint(1, 6)):
        _change_element(tree, chance)
    return make_zip(parts | {name: etree.tostring(tree)})


def _change_element(tree: Any, chance: random.Random) -> None:
    """An element goes, comes twice or often, stands elsewhere, or has another text or attribute."""
    elements = [element for element in tree.iter(etree.Element) if element is not tree]
    if not elements:
        return
    one, other = chance.choice(elements), chance.choice(elements)
    match chance.randrange(6):
        case 0:
            one.getparent().remove(one)
        case 1:
            for _ in range(chance.choice((1, 3, 50))):
                one.addnext(deepcopy(one))
        case 2:
            other.append(deepcopy(one))
        case 3:
            one.tag = other.tag
        case 4 if one.attrib:
            value = chance.choice(("0", "-1", "1", "8", "9999", "99999999999", "", "x"))
            one.set(chance.choice(list(one.attrib)), value)
        case _:
            text = mutate((one.text or "").encode(), "text", chance).decode(errors="replace")
            one.text = _NOT_XML.sub("", text)


def _new_webarchive(chance: random.Random) -> bytes:
    page = mutate(chance.choice(seeds("html")), "html", chance)
    main = {
        "WebResourceData": page,
        "WebResourceURL": chance.choice(("https://a.example/x", "", "file:///x", "https://é" * 99)),
        "WebResourceTextEncodingName": chance.choice(("UTF-8", "", "iso-8859-15", "x" * 99)),
    }
    odd = chance.choice(({}, {}, {"WebSubresources": [main]}, {"é": 1.5}))
    form = chance.choice((plistlib.FMT_BINARY, plistlib.FMT_XML))
    return plistlib.dumps({"WebMainResource": main, **odd}, fmt=form)


def _new_wacz(chance: random.Random) -> bytes:
    name = f"archive/data.warc{chance.choice(('', '.gz'))}"
    warc = _new_warc(chance) if chance.random() < 0.5 else mutate(seeds("warc")[0], "warc", chance)
    return make_zip({"datapackage.json": b"{}", name: warc}, chance.choice((0, 8)))


def _new_pdf(chance: random.Random) -> bytes:
    from tests.tools.fuzz.pdfs import laid_out  # not with the module: see running.py

    text = mutate(chance.choice(seeds("text")), "text", chance)
    return laid_out(text.decode("utf-8", "replace"), chance)


_REPACK = {
    "pdf": _new_pdf,
    "zip": _new_zip,
    "tar": _new_tar,
    "warc": _new_warc,
    "word": partial(_new_office, "word"),
    "odt": partial(_new_office, "odt"),
    "wacz": _new_wacz,
    "webarchive": _new_webarchive,
}
