"""Small numbers as decisions write them: "five", "12", "two and a half"."""

_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_VALUES = {word: value for value, word in enumerate(_WORDS, 1)} | {
    "a": 1,
    "an": 1,
    "both": 2,
    "twenty-four": 24,
    "twenty-eight": 28,
    "thirty": 30,
}

# For use inside larger patterns; longer words first, so that "sixteen" is not read as "six".
NUMBER = rf"(?:{'|'.join(sorted(_VALUES.keys() - {'a', 'an'}, key=len, reverse=True))}|\d{{1,3}})"


def read_number(text: str) -> int:
    """The value of what NUMBER, "a" or "an" matched.

    >>> read_number("Twelve"), read_number("28")
    (12, 28)
    """
    return _VALUES.get(text.lower()) or int(text)
