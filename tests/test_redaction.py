"""Words are redacted in whatever spelling they stand, and only they are."""

import pytest

from decisions.documents import Document, Item, Paragraph, Section
from decisions.redaction import MARK, Redactor, has_letters


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("Ann Lee", "Ann Lee’s son and ANN  LEE", f"{MARK}’s son and {MARK}"),
        ("Ann Lee", "Ann\u00a0Lee, Ann\nLee, Ann-Lee, Ann\u2011Lee", ", ".join([MARK] * 4)),
        ("Ann Lee", "A\u00adnn L\u200bee", MARK),
        ("Ann Lee", "Joann Lee, Ann Leeds, Ann Lee2", "Joann Lee, Ann Leeds, Ann Lee2"),
        ("O'Brien", "Mr O’Brien and Mr O'Brien", f"Mr {MARK} and Mr {MARK}"),
        ("Zoë", "Zoe\u0308 and Zoë", f"{MARK} and {MARK}"),
        ("a.b (c)", "xa.b (c)x, a.b (c), aXb (c)", f"xa.b (c)x, {MARK}, aXb (c)"),
        ("£7", "for £7 and £70", f"for {MARK} and £70"),
    ],
)
def test_words_in_a_text(words, text, expected):
    assert Redactor([words]).text(text) == expected


def test_the_longer_of_two_phrases_comes_first():
    assert Redactor(["Lee", "Ann Lee"]).text("Ann Lee and Lee") == f"{MARK} and {MARK}"
    assert Redactor([]).text("Ann Lee") == "Ann Lee"


def test_a_document_is_redacted_everywhere_and_its_address_is_left_out():
    inner = Item(None, "Ann", (Item("a", "to Ann"),))
    document = Document(
        "21 019 030", council="Ann Care", category="Ann", subcategory="Ann", outcome="Ann",
        summary="Ann", sections=(Section("Ann", 1, (Paragraph(1, "Ann", (inner,)),)),),
        warnings=("Ann",), source_url="https://x.org/mrs%20ann",
    )  # fmt: skip
    redacted = Redactor(["Ann"]).document(document)
    assert "Ann" not in str(redacted.to_json())
    assert redacted.source_url is None
    assert str(redacted.to_json()).count(MARK) == 10
    assert Redactor(["Bob"]).document(document) == document


def test_only_words_with_letters_or_digits_can_be_redacted():
    assert has_letters("é")
    assert has_letters("7")
    assert not has_letters("… –_")
