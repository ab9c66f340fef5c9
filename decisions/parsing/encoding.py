"""From bytes to text: which encoding a file is in, and whether it is text at all."""

import codecs
import re

from decisions.documents import ParseError

_MAGIC = (
    (b"%PDF-", "a PDF, not a text"),
    (b"\x89PNG\r\n", "an image (PNG), not a text"),
    (b"\xff\xd8\xff", "an image (JPEG), not a text"),
    (b"GIF8", "an image (GIF), not a text"),
    (b"PK\x03\x04", "a zip or Office file, not a text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, not a text"),
    (b"{\\rtf", "an RTF file, not a plain text"),
    (b"\x1f\x8b", "a gzip file, not a text"),
)
_BOMS = (
    # UTF-32 before UTF-16: the little-endian marks begin alike.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes or characters at the beginning of a file by which its encoding is recognised.
_SAMPLE = 4096
# Size of a file. The longest report has less than 1 MB, but a saved page may contain its pictures.
_MAX_MEBIBYTES = 16

# UTF-8 that someone read as Windows-1252: "Mr Xâ€™s", "Â£850"; or Windows-1252 read as Latin-1,
# where the curly apostrophe becomes the control character U+0092.
_GARBLED = re.compile(r"â€[\x80-\xbf™œ˜“”¦¢]|Â[£ \xa0-\xbf]|Ã[\xa0-\xbf]|[\x80-\x84\x86-\x9f]")
# Misread characters of a file that is still accepted: one or two may be quoted by its author.
_GARBLED_LIMIT = 2

# Characters that neither PostgreSQL (NUL) nor XML (the others) can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# <meta charset="iso-8859-15">, <meta http-equiv="Content-Type" content="text/html; charset=…">
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?(?P<name>[\w.:-]{1,40})", re.IGNORECASE
)
# Charsets of a byte a character. ISO-8859-1 is not among them: by the HTML standard, pages that
# say so are in Windows-1252.
_SINGLE_BYTE = re.compile(r"iso-?8859-(?!1$)\d{1,2}|(?:windows-|cp)125\d|macintosh", re.IGNORECASE)
# Share of control characters in a text.
_BINARY_SHARE = 0.02


def decode(data: bytes, charset: str | None = None) -> tuple[str, list[str]]:
    """The text of a file and warnings about it. Raises ParseError when it is no text.

    UTF-8, UTF-16 and UTF-32 with their marks, UTF-16 without one when every other byte is zero,
    UTF-8 without a mark; for what is none of these the `charset` that the server or the page
    states, if it is one that English is written in, and else Windows-1252. What is stated comes
    last because it is wrong more often than valid UTF-8 is chance.
    """
    if not data.strip():
        raise ParseError("the file is empty")
    if len(data) > _MAX_MEBIBYTES * 1024 * 1024:
        raise ParseError(f"larger than {_MAX_MEBIBYTES} MB, no decision is")
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise ParseError(reason)
    warnings: list[str] = []
    text = _decode(data, charset, warnings)
    if len(_CONTROL.findall(text[:_SAMPLE])) > _BINARY_SHARE * min(len(text), _SAMPLE):
        raise ParseError("binary data, not a text")
    garbled = _GARBLED.findall(text)
    if len(garbled) > _GARBLED_LIMIT:
        raise ParseError(
            f"wrong encoding: the text was saved after being misread"
            f" ({garbled[0]!r} stands where another character was)"
        )
    if garbled:
        warnings.append(f"possibly misread characters: {', '.join(map(repr, garbled))}")
    if not text.strip("\ufeff \t\r\n\x0b\x0c\xa0"):
        raise ParseError("the file is empty")
    return text, warnings


def _decode(data: bytes, charset: str | None, warnings: list[str]) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_or_replace(data, name, warnings)
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return _decode_or_replace(data, wide, warnings)
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    repaired = data.decode(errors="replace")
    lost = repaired.count("\ufffd")
    # A UTF-8 file that was cut in mid-character, or damaged in places, is still UTF-8: most of
    # its characters beyond ASCII are well formed. In Windows-1252 hardly any ever are.
    if sum(not character.isascii() for character in repaired) > 2 * lost:
        warnings.append(_lost(lost))
        return repaired
    return _decode_or_replace(data, _single_byte(data, charset), warnings)


def _single_byte(data: bytes, charset: str | None) -> str:
    """The charset stated by the server, or by the page itself, if it may be used."""
    stated = _META_CHARSET.search(data[:_SAMPLE])
    for name in (charset, stated and stated["name"].decode()):
        if name and _SINGLE_BYTE.fullmatch(name):
            try:
                return codecs.lookup(name).name
            except LookupError:
                pass  # windows-1249
    return "cp1252"


def _decode_or_replace(data: bytes, encoding: str, warnings: list[str]) -> str:
    text = data.decode(encoding, errors="replace")
    if lost := text.count("\ufffd"):
        warnings.append(_lost(lost))
    return text


def _lost(count: int) -> str:
    return f"{count} damaged character{'s' * (count != 1)} replaced by \ufffd"


def _utf16_without_mark(sample: bytes) -> str | None:
    """English in UTF-16 has a zero in every other byte; in no other text is that so."""
    half = len(sample) // 2
    if half < 2:
        return None
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if high > 0.7 * half and low < 0.1 * half:
        return "utf-16-le"
    if low > 0.7 * half and high < 0.1 * half:
        return "utf-16-be"
    return None


def clean(text: str, warnings: list[str]) -> str:
    """`text` as every layout reads it: lines end in \\n, no-break spaces are spaces.

    Characters that cannot be stored go, each kind with a warning.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n").removeprefix("\ufeff")
    text, count = _CONTROL.subn("", text)
    if count:
        warnings.append(f"{count} control character{'s' * (count != 1)} removed")
    text, count = _SURROGATE.subn("\ufffd", text)
    if count:
        warnings.append(_lost(count))
    return text
