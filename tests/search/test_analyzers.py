"""Under which stems a word is found."""

import pytest

from decisions.search.analyzers import MAX_LETTERS, STEMS, WORDS, forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Schools", ["school"]),
        ("bus", ["bus", "buse"]),
        ("buses", ["buse", "bus"]),
        ("Gas", ["gas", "gase"]),
        ("gases", ["gase", "gas"]),
        ("focus", ["focus"]),  # its plural has the same stem
        ("scheme", ["scheme"]),
        ("schemes", ["scheme"]),
        ("taxes", ["tax"]),
        ("school bus", ["school bus"]),
        ("e-mails", ["e mail", "email"]),
        ("", []),
        ("…", []),
    ],
)
def test_the_forms_of_a_word(text: str, expected: list[str]) -> None:
    assert [" ".join(form) for form in forms(text)] == expected


def test_words_lose_case_and_accents_and_stems_their_endings_too() -> None:
    assert WORDS.analyze("Café Families") == ["cafe", "families"]
    assert STEMS.analyze("Café Families") == ["cafe", "famili"]


def test_the_longest_word() -> None:
    longest, longer = "x" * (MAX_LETTERS - 1), "x" * MAX_LETTERS
    assert WORDS.analyze(f"{longest} {longer}") == [longest]
