"""The same decision in every encoding it may come in, and bytes that are no text at all."""

import codecs
from pathlib import Path

import pytest

from decisions.documents import Document, ParseError
from decisions.parsing import parse

TEXT = (Path(__file__).parents[1] / "examples" / "full" / "plain.txt").read_text()
EXPECTED = parse(TEXT.encode())


def warnings_of(data: bytes) -> tuple[str, ...]:
    return parse(data).warnings


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace(" (91 100 101)", "\xa0(91\xa0100\xa0101)").encode(),
        TEXT.replace("\n", "\x0c", 1).encode(),
    ],
    ids=[
        "utf-8 with mark",
        "utf-16",
        "utf-16 big-endian",
        "utf-16 without mark",
        "utf-16 big-endian without mark",
        "utf-32",
        "windows-1252",
        "CRLF",
        "CR",
        "utf-16 CRLF",
        "no-break spaces",
        "form feed",
    ],
)
def test_the_same_decision(data):
    assert parse(data) == EXPECTED


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\1\0\1\0", "GIF"),
        (b"PK\x03\x04\x14\0", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0" * 5000, "binary"),
        (b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0", "binary"),
    ],
)
def test_no_text(data, reason):
    with pytest.raises(ParseError, match=reason):
        parse(data)


def test_a_text_saved_after_being_misread_is_refused():
    with pytest.raises(ParseError, match="wrong encoding"):
        parse(TEXT.encode().decode("cp1252", errors="replace").encode())
    with pytest.raises(ParseError, match="wrong encoding"):
        parse(TEXT.encode("cp1252").decode("latin-1").encode())


@pytest.mark.parametrize("charset", ["mac_roman", "cp850", "cp437"])
def test_utf8_that_a_mac_or_dos_program_misread_is_refused(charset):
    misread = TEXT.encode().decode(charset, errors="replace")
    with pytest.raises(ParseError, match="wrong encoding"):
        parse(misread.encode())
    with pytest.raises(ParseError, match="wrong encoding"):
        parse(misread.encode("utf-16"))


@pytest.mark.parametrize("charset", ["mac_roman", "cp850"])
def test_mac_and_dos_text_that_was_misread_is_refused(charset):
    text = TEXT.replace("’", "'") if charset == "cp850" else TEXT
    assert text.count("£") > 2
    misread = text.encode(charset, errors="replace").decode("cp1252", errors="replace")
    with pytest.raises(ParseError, match="wrong encoding"):
        parse(misread.encode())


@pytest.mark.parametrize(
    "odd", ["├──┬─┐ ├┤ ┬┐", "√2 √3 √4 ¬a ¬b", "inves¬tigation, com¬plaint, coun¬cil", "Õun Õli Õed"]
)
def test_signs_that_may_be_meant_are_read(odd):
    assert warnings_of(TEXT.replace("pay her £340", f"pay her £340 {odd}").encode()) == ()


def test_one_misread_character_is_a_warning():
    data = TEXT.replace("pay her £340", "pay her Â£340").encode()
    assert warnings_of(data) == ("possibly misread characters: 'Â£'",)


def test_a_file_cut_in_mid_character_is_still_utf8():
    data = TEXT.encode()
    cut = data.index("’".encode(), data.index(b"Agreed action") - 300) + 1
    document = parse(data[:cut])
    assert document.council == EXPECTED.council
    assert document.summary == EXPECTED.summary
    assert document.warnings[0] == "1 damaged character replaced by \ufffd"


def test_control_characters_go_with_a_warning():
    data = TEXT.replace("Mrs K complains", "Mrs\0 K\x07 complains").encode()
    document = parse(data)
    assert document.warnings == ("2 control characters removed",)
    assert document.sections == EXPECTED.sections


def test_lone_surrogates_of_a_record_are_replaced_with_a_warning():
    data = (
        rb'{"case_id": "91 100 101", "authority": "A\u0000 Council",'
        rb' "text": "Summary\nBad \ud83d here\nThe complaint\nNone."}'
    )
    document: Document = parse(data)
    assert document.summary == "Bad \ufffd here"
    assert document.council == "A Council"
    assert "1 damaged character replaced by \ufffd" in document.warnings
    assert "1 control character removed" in document.warnings


# --- charsets that are stated -----------------------------------------------------------------


def euros(declared: str, charset: str | None = None) -> str:
    """What becomes of a byte that is € in ISO-8859-15, ¤ in Windows-1252."""
    body = "<h1>A Council (21 019 030)</h1><h2>The complaint</h2><p>It cost 5 €.</p>"
    page = f"<html><head>{declared}</head><body>{body}</body></html>"
    return next(parse(page.encode("iso-8859-15"), charset=charset).paragraphs()).text


@pytest.mark.parametrize(
    "declared",
    [
        '<meta charset="iso-8859-15">',
        "<META CHARSET=ISO-8859-15 />",
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">',
    ],
)
def test_a_page_says_which_charset_it_is_in(declared):
    assert euros(declared) == "It cost 5 €."


def test_the_server_is_heard_before_the_page():
    assert euros("", "ISO-8859-15") == "It cost 5 €."
    assert euros('<meta charset="iso-8859-2">', "iso-8859-15") == "It cost 5 €."


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "iso-8859-99", "punycode", "windows-1259", "?"]
)
def test_a_charset_that_cannot_be_used_is_not_heard(charset):
    assert euros(f'<meta charset="{charset}">', charset) == "It cost 5 ¤."


def test_valid_utf8_is_believed_more_than_what_is_stated():
    assert parse(TEXT.encode(), charset="iso-8859-15") == EXPECTED
