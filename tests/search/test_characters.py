"""Words are found and marked however their characters are written."""

import pytest

from decisions import search
from tests.factories import make_decision
from tests.search.finding import find_references

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["homelessness", "home\u00adless\u00adness", "\u200bhomelessness"]
)
def test_an_invisible_character_hides_no_word(typed):
    make_decision("90 000 001", summary="Its home\u00adless\u00adness team.")
    make_decision("90 000 002", summary="Its homelessness team.")
    assert set(find_references(typed)) == {"90 000 001", "90 000 002"}
    assert set(find_references(f'"its {typed} team"')) == {"90 000 001", "90 000 002"}
    assert set(find_references("homelessn*")) == {"90 000 001", "90 000 002"}


@pytest.mark.parametrize("typed", ["Tóibín", "Toibin", "To\u0301ibi\u0301n", "tóib*"])
def test_letters_and_accents_apart(typed):
    make_decision("90 000 001", paragraphs=("Mrs To\u0301ibi\u0301n\u2019s papaya.",))
    make_decision("90 000 002", paragraphs=("Mrs Tóibín’s papaya.",))
    assert set(find_references(f"papaya {typed}")) == {"90 000 001", "90 000 002"}


def test_what_is_marked_is_the_text_as_received():
    text = "the home\u00adless\u00adness duty to Mrs To\u0301ibi\u0301n, in an o\ufb03ce"
    spans = search.find_spans("homelessness Toibin office", text)
    assert [text[start:end] for start, end in spans] == [
        "home\u00adless\u00adness",
        "To\u0301ibi\u0301n",
        "o\ufb03ce",
    ]
