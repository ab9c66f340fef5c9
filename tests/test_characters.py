"""The simplified form of a text, and how spans are led back to the text as received."""

import pytest

from decisions.characters import (
    is_simple,
    received_end,
    simplify,
    simplify_with_positions,
    without_invisible_start,
)

INVISIBLE = [0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x034F, 0x2064, 0xFE0F]
BLANKS = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
HYPHENS = [0x2010, 0x2011, 0x2212, 0xFE63, 0xFF0D]


@pytest.mark.parametrize("code", INVISIBLE)
def test_invisible_characters_are_removed(code):
    mark = chr(code)
    assert simplify(f"{mark}home{mark}less{mark}ness{mark}{mark}") == "homelessness"


@pytest.mark.parametrize("code", BLANKS)
def test_every_blank_is_a_space(code):
    assert simplify(f"21{chr(code)}019") == "21 019"


@pytest.mark.parametrize("code", HYPHENS)
def test_every_hyphen_is_one(code):
    assert simplify(f"21{chr(code)}019") == "21-019"


@pytest.mark.parametrize("code", [0x85, 0x2028, 0x2029])
def test_every_line_end_is_one(code):
    assert simplify(f"a{chr(code)}b") == "a\nb"


@pytest.mark.parametrize(
    ("received", "simple"),
    [
        ("To\u0301ibi\u0301n", "Tóibín"),
        ("Zoe\u0308", "Zoë"),
        ("\ufb01nding, o\ufb03ce, su\ufb00er", "finding, office, suffer"),
        ("x\u0302\u0323 alone \u0301", "x\u0323\u0302 alone \u0301"),
    ],
)
def test_letters_are_composed(received, simple):
    assert simplify(received) == simple


@pytest.mark.parametrize(
    "text", ["", "plain", "a tab\tand a\nline", "“Mr X’s” £150 – or more — …", "Tóibín • ½ §"]
)
def test_other_text_is_its_own_simplified_form(text):
    assert is_simple(text)
    assert simplify(text) is text
    assert simplify_with_positions(text).received_span(0, len(text)) == (0, len(text))


@pytest.mark.parametrize(
    ("received", "word", "found"),
    [
        ("\u200bpay \u00a3150\u200b now", "£150", "£150"),
        ("the home\u00adless\u00adness duty", "homelessness", "home\u00adless\u00adness"),
        ("Mrs To\u0301ibi\u0301n\u2019s", "Tóibín", "To\u0301ibi\u0301n"),
        ("an o\ufb03ce desk", "office", "o\ufb03ce"),
        ("an o\ufb03ce desk", "desk", "desk"),
        ("21\u2011019\u202f030\u200b", "21-019 030", "21\u2011019\u202f030"),
    ],
)
def test_spans_lead_back_to_the_text_as_received(received, word, found):
    simplified = simplify_with_positions(received)
    assert simplified.text == simplify(received)
    start = simplified.text.index(word)
    first, last = simplified.received_span(start, start + len(word))
    assert received[first:last] == found


def test_an_empty_span_is_led_back():
    simplified = simplify_with_positions("\u200ba\u200bb\u200b")
    assert [simplified.received_span(at, at) for at in range(3)] == [(1, 1), (3, 3), (4, 4)]
    assert simplify_with_positions("\u200b").received_span(0, 0) == (0, 0)


def test_the_end_of_a_line_as_received():
    assert received_end("\u200b1.\u00a0home\u00adless\u200b ", "homeless") == "home\u00adless\u200b"
    assert received_end("1.", "") == ""


def test_what_stands_invisible_before_a_text():
    assert without_invisible_start("\ufeff\u200b  1. a\u200b") == "  1. a\u200b"
    assert without_invisible_start("  1. a") == "  1. a"
