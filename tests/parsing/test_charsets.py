"""Files that are neither UTF-8 nor Windows-1252: read when it is certain what they are."""

import pytest

from decisions.documents import ParseError
from decisions.parsing import parse
from decisions.parsing.charsets import find_charset
from tests.texts import decision_text

SENTENCES = {
    "an apology": "The Council’s apology of £150 was “late” – very late … and ‘wrong’.",
    "an apostrophe": "The Council’s reply was late.",
    "a plural": "The councils’ replies were late.",
    "quotation marks": "It said “nothing happened”. Mr X disagreed.",
    "a dash": "It came in May – a year later.",
    "a sum": "It paid £150 and £1,250.50 to her.",
    "a name": "Mrs Tóibín met Zoë at the café, and Renée and Müller.",
    "a paragraph": "See § 26, at 20°C.",
    "a fraction": "It paid £1 for ½ of it.",
    "a capital": "Édouard and Ángela’s claim, from Île Road.",
    "bullets": "It agreed to:\n• pay £200; and\n• apologise.",
}


def text_with(sentence: str) -> str:
    return decision_text(summary=sentence)


MAC_OR_DOS = [
    (charset, sentence)
    for charset in ("mac_roman", "cp850", "cp437")
    for sentence in SENTENCES.values()
    if sentence.encode(charset, "ignore").decode(charset) == sentence
]


@pytest.mark.parametrize(("charset", "sentence"), MAC_OR_DOS)
def test_mac_and_dos(charset, sentence):
    document = parse(text_with(sentence).encode(charset))
    assert document.summary == parse(text_with(sentence).encode()).summary
    assert document.warnings == ()


@pytest.mark.parametrize("name", SENTENCES)
def test_windows_1252_stays_what_it_was(name):
    text = text_with(SENTENCES[name])
    assert find_charset(text.encode("cp1252")) == ("cp1252", [])


def test_one_odd_character_in_a_windows_file_is_a_warning():
    text = text_with(f"{SENTENCES['an apology']} It said “CouncilÕs”.")
    document = parse(text.encode("cp1252"))
    assert document.summary == f"{SENTENCES['an apology']} It said “CouncilÕs”."
    assert document.warnings == ("possibly misread characters: 'Õ'",)


@pytest.mark.parametrize("charset", ["cp1251", "iso8859-5", "koi8-r"])
def test_another_charset_is_refused(charset):
    letters = bytes(range(0xE0, 0xF0)).decode(charset)
    words = " ".join(f"pay{letter.upper()}s {letter}150" for letter in letters)
    with pytest.raises(ParseError, match=r"wrong encoding.* unknown charset"):
        parse(text_with(words).encode(charset))


@pytest.mark.parametrize("stated", ["macintosh", "x-mac-roman", "IBM850", "cp437"])
def test_a_charset_of_mac_or_dos_that_the_server_states(stated):
    charset = stated.removeprefix("x-")
    data = text_with("A pound: £.").encode(charset)
    assert parse(data, charset=stated).summary == "A pound: £."


def test_a_file_of_any_size_is_judged_in_bounded_time():
    data = text_with("CouncilÕs " * 10).encode("cp1252")
    assert find_charset(data + b"\xd5 " * 8_000_000)[0] == "cp1252"
