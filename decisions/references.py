"""Reads the Ombudsman's reference numbers in every spelling.

The canonical form is `21 019 030`: two digits, three, three. Joint health cases add a letter:
`17 002 402b`. Other spellings are `21-019-030` (addresses, file names) and `21019030`.
"""

import re

# "21 019 030", "21-019-030", "21019030", "17 002 402b"; saved pages have \xa0 for a space. Part
# of a longer number is no reference: "121 019 030", "21 019 0301".
REFERENCE = re.compile(
    r"(?<![\d-])(?P<year>\d{2})[ \xa0-]?(?P<high>\d{3})[ \xa0-]?(?P<low>\d{3})"
    r"(?P<suffix>[a-zA-Z]?)(?![\w-])"
)


def read_reference(text: str) -> str | None:
    """The canonical reference if `text` is exactly one reference in any spelling, else None.

    >>> read_reference(" 21-019-030 ")
    '21 019 030'
    >>> read_reference("17002402B")
    '17 002 402b'
    >>> read_reference("in 2021 019") is None
    True
    """
    match = REFERENCE.fullmatch(text.strip())
    return canonical(match) if match else None


def find_references(text: str) -> list[str]:
    """Every reference in `text` in canonical form, in order, each once."""
    return list(dict.fromkeys(canonical(match) for match in REFERENCE.finditer(text)))


def canonical(match: re.Match[str]) -> str:
    """The canonical form of a match of REFERENCE."""
    return f"{match['year']} {match['high']} {match['low']}{match['suffix'].lower()}"


def reference_slug(reference: str) -> str:
    """A canonical reference as it stands in addresses: `21-019-030`."""
    return reference.replace(" ", "-")
