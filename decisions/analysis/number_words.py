"""Small numbers as decisions write them: "five", "12", "two and a half"."""

_VALUES = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "a": 1,
    "an": 1,
    "both": 2,
    "twenty-four": 24,
    "twenty-eight": 28,
    "thirty": 30,
}

# For use inside larger patterns; longer words first, so that "sixteen" is not read as "six".
NUMBER = rf"(?:{'|'.join(sorted(_VALUES.keys() - {'a', 'an'}, key=len, reverse=True))}|\d{{1,3}})"


def parse_number(text: str) -> int:
    """The value of what NUMBER, "a" or "an" matched.

    >>> parse_number("Twelve"), parse_number("28")
    (12, 28)
    """
    return _VALUES.get(text.lower()) or int(text)
