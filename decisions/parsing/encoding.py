"""Decodes bytes to text: detects the encoding, and refuses files that are not text."""

import codecs
import re

from decisions.characters import simplify, without_invisible_start
from decisions.documents import ParseError
from decisions.parsing.charsets import find_charset

_MAGIC = (
    (b"\x89PNG\r\n", "an image (PNG), not text"),
    (b"\xff\xd8\xff", "an image (JPEG), not text"),
    (b"GIF8", "an image (GIF), not text"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file or an Outlook message (.doc, .msg), not text; save a document as"
        " Word (.docx), a message as HTML or .eml",
    ),
    (b"{\\rtf", "an RTF file, not plain text; save it as Word (.docx) or text"),
    (b"bplist00", "a property list of macOS, not text; save the page as a web archive"),
    (b"\x1f\x8b", "a gzip file, not text"),
)
_BOMS = (
    # UTF-32 comes before UTF-16, because their little-endian BOMs begin with the same bytes.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Length of the start of a file by which its encoding is recognised, in bytes or characters.
_SAMPLE_SIZE = 4096
# Size of a file, in MiB. The longest report has less than 1; a saved page may embed images.
_MAX_MEBIBYTES = 16


def _misread_utf8(charset: str) -> str:
    """A pattern of what UTF-8's `’ “ £ é` become when they are read in `charset`.

    Characters that draw boxes are left out: some stand beside each other in tables.
    """
    second, third, accents, signs = (bytes([byte]).decode(charset) for byte in b"\xe2\x80\xc3\xc2")
    ends = re.sub("[\u2500-\u259f]", "", bytes(range(0x80, 0xC0)).decode(charset, "ignore"))
    return f"{second}{third}[{re.escape(ends)}]|[{accents}{signs}][{re.escape(ends)}]"


# Text that was decoded with the wrong encoding. UTF-8 decoded as Windows-1252 gives "Mr Xâ€™s" and
# "Â£850", as Mac Roman "Mr X‚Äôs" and "¬£850", in DOS "Mr XÔÇÖs" or "Mr XΓÇÖs" and "┬ú850".
# Windows-1252 decoded as Latin-1 turns the curly apostrophe into the control U+0092.
_MISREAD_AS = ("mac_roman", "cp850", "cp437")
_GARBLED = re.compile(
    r"â€[\x80-\xbf™œ˜“”¦¢]|Â[£ \xa0-\xbf]|Ã[\xa0-\xbf]|[\x80-\x84\x86-\x9f]"
    r"|" + "|".join(map(_misread_utf8, _MISREAD_AS))
)
# The characters that those begin with: a text without any of them need not be searched.
_STARTS = frozenset(
    "âÂÃ" + "".join(map(chr, range(0x80, 0xA0))) + "".join(map(b"\xe2\xc3\xc2".decode, _MISREAD_AS))
)
# Mac Roman decoded as Windows-1252 gives "the CouncilÕs Òown planÓ Ð Mr XÕs", DOS "œ850".
# `charsets` knows them in bytes.
_GARBLED_IN_UTF8 = re.compile(r"(?<=[a-z])[ÕÓ]|(?<=[A-Z])Õ(?=s\b)|(?<=\s)Ð(?=\s)|œ(?=\d)")
_STARTS_IN_UTF8 = frozenset("ÕÓÐœ")
# Number of such characters in a file that is still accepted: an author may quote one or two.
_MAX_GARBLED = 2

# Characters that neither PostgreSQL (NUL) nor XML (the others) can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR, which some editors and programs end lines with.
_LINE_ENDS = re.compile(r"[\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# <meta charset="iso-8859-15">, <meta http-equiv="Content-Type" content="text/html; charset=…">
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?(?P<name>[\w.:-]{1,40})", re.IGNORECASE
)
# Single-byte charsets. ISO-8859-1 is left out: the HTML standard reads it as Windows-1252. That is
# left out too, because Mac and DOS files are often said to be in it: it is what is tried last.
_SINGLE_BYTE = re.compile(
    r"iso-?8859-(?!1$)\d{1,2}|(?:windows-|cp)125(?!2)\d|macintosh|(?:x-)?mac-?roman"
    r"|(?:ibm|cp)(?:437|850|858)",
    re.IGNORECASE,
)
# Share of control characters in a text: a file with more is binary.
_BINARY_SHARE = 0.02


def decode(data: bytes, charset: str | None = None) -> tuple[str, list[str]]:
    """Decode a file; return its text and warnings. Raises ParseError when it is no text.

    Encodings are tried in this order: UTF-8, UTF-16 and UTF-32 with a BOM; UTF-16 without a BOM, if
    every other byte is zero; UTF-8 without a BOM; a single-byte `charset` that the server or the
    page states; Mac Roman and DOS, where `charsets` is certain; Windows-1252. The stated charset
    comes after UTF-8 because it is often wrong, while text that is valid UTF-8 by chance is rare.
    """
    if not data.strip():
        raise ParseError("the file is empty")
    if len(data) > _MAX_MEBIBYTES * 1024 * 1024:
        raise ParseError(f"larger than {_MAX_MEBIBYTES} MB, which no decision is")
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise ParseError(reason)
    warnings: list[str] = []
    garbled: list[str] = []
    text = _decode(data, charset, warnings, garbled)
    if len(_CONTROL.findall(text[:_SAMPLE_SIZE])) > _BINARY_SHARE * min(len(text), _SAMPLE_SIZE):
        raise ParseError("binary data, not text")
    garbled += _find(_GARBLED, _STARTS, text)
    if len(garbled) > _MAX_GARBLED:
        raise ParseError(
            f"wrong encoding: the text was saved after being misread, or in an unknown charset"
            f" ({garbled[0]!r} is in the place of another character"
        )
    if garbled:
        warnings.append(f"possibly misread characters: {', '.join(map(repr, garbled))}")
    if not simplify(text).strip():
        raise ParseError("the file is empty")
    return without_invisible_start(text), warnings


def _find(garbled: re.Pattern[str], starts: frozenset[str], text: str) -> list[str]:
    """What matches in the text; `starts` are the characters that a match begins with.

    To look for these first is ten times as fast for the usual text, which has none.
    """
    if text.isascii() or not any(start in text for start in starts):
        return []
    return garbled.findall(text)


def _decode(data: bytes, charset: str | None, warnings: list[str], garbled: list[str]) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_or_replace(data, name, warnings)
    if utf16 := _utf16_without_bom(data[:_SAMPLE_SIZE]):
        return _decode_or_replace(data, utf16, warnings)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        garbled += _find(_GARBLED_IN_UTF8, _STARTS_IN_UTF8, text)
        return text
    repaired = data.decode(errors="replace")
    lost = repaired.count("\ufffd")
    # A truncated or damaged UTF-8 file is still UTF-8: most of its characters beyond ASCII are well
    # formed. In a Windows-1252 file hardly any are.
    if sum(not character.isascii() for character in repaired) > 2 * lost:
        warnings.append(_replacement_warning(lost))
        return repaired
    single_byte = _stated_charset(data, charset)
    if single_byte is None:
        single_byte, misplaced = find_charset(data)
        garbled += misplaced
    return _decode_or_replace(data, single_byte, warnings)


def _stated_charset(data: bytes, charset: str | None) -> str | None:
    """The single-byte charset that the server or the page states; None if there is none."""
    stated = _META_CHARSET.search(data[:_SAMPLE_SIZE])
    for name in (charset, stated and stated["name"].decode()):
        if name and _SINGLE_BYTE.fullmatch(name):
            try:
                return codecs.lookup(name.lower().removeprefix("x-")).name
            except LookupError:
                pass  # no such charset, as for windows-1249
    return None


def _decode_or_replace(data: bytes, encoding: str, warnings: list[str]) -> str:
    text = data.decode(encoding, errors="replace")
    if lost := text.count("\ufffd"):
        warnings.append(_replacement_warning(lost))
    return text


def _replacement_warning(count: int) -> str:
    return f"{count} damaged character{'s' * (count != 1)} replaced by \ufffd"


def _utf16_without_bom(sample: bytes) -> str | None:
    """The byte order of UTF-16 text; None for other text.

    English in UTF-16, and no other text, has a zero in every other byte.
    """
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
    """Normalise `text` for every layout: lines end in \\n, no-break spaces become spaces.

    Characters that cannot be stored are removed, with one warning for each kind.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n").removeprefix("\ufeff")
    if not text.isascii():
        text = _LINE_ENDS.sub("\n", text)
    text, count = _CONTROL.subn("", text)
    if count:
        warnings.append(f"{count} control character{'s' * (count != 1)} removed")
    text, count = _SURROGATE.subn("\ufffd", text)
    if count:
        warnings.append(_replacement_warning(count))
    return text
