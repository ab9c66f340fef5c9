"""Each worker of a run begins with long tests, and ends with short ones."""

import pytest

from tests.order import pieces


@pytest.mark.parametrize(
    ("long", "short", "workers", "expected"),
    [
        ("ABC", "abcdef", 1, "ABCabcdef"),
        ("ABC", "abcdef", 2, "ABab" "Ccdef"),
        ("ABC", "abcd", 3, "Aa" "Bb" "Ccd"),
        ("ABC", "", 2, "A" "BC"),
        ("", "abc", 2, "a" "bc"),
        ("A", "a", 4, "A" "a"),
        ("", "", 2, ""),
    ],
)  # fmt: skip
def test_every_piece_begins_with_its_share_of_long_tests(long, short, workers, expected):
    assert "".join(pieces(list(long), list(short), workers)) == expected
