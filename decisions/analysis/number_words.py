"""Reads small numbers as decisions write them: "five", "12", "twenty-one"."""

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{
        f"{ten}-{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS, 2)
        for ones, one in enumerate(_ONES, 1)
    },
    **{"a": 1, "an": 1, "both": 2},
}

# Part of larger patterns that ignore case: "one" to "ninety-nine", also "twenty one". Longer words
# come first, so that "sixteen" is not taken for "six".
CARDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
)
# Also "both", and up to three digits.
NUMBER = rf"(?:{CARDINAL}|both|\d{{1,3}})"

# Letters that a pattern which ignores case takes for "s" and "i".
_SAME_LETTERS = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def parse_number(text: str) -> int:
    """The value of text that CARDINAL or NUMBER matched, or of "a" or "an".

    >>> parse_number("Twelve"), parse_number("twenty one"), parse_number("28")
    (12, 21, 28)
    """
    word = "-".join(text.translate(_SAME_LETTERS).lower().split())
    return _VALUES.get(word) or int(text)
