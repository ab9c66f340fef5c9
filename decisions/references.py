"""Reads the Ombudsman's reference numbers in every spelling.

The canonical form is `21 019 030`: two digits, three, three. Joint health cases add a letter:
`17 002 402b`. Other spellings are `21-019-030` (addresses, file names) and `21019030`, with
blanks and dashes of every kind between the parts, and with words before it ("ref", "LGO").
"""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from decisions.characters import simplify

# What may stand between the parts of a reference: blanks, or one dash with or without blanks.
_DASHES = "\u2012-\u2015-"
_GAP = rf"[ \t]{{0,3}}(?:[{_DASHES}][ \t]{{0,3}})?"

# "21 019 030", "21-019-030", "21–019–030", "21019030", "17 002 402b", in the simplified form of a
# text. Part of a longer number is no reference: "121 019 030", "21 019 0301".
REFERENCE = re.compile(
    rf"(?<![\d-])(?P<year>[0-9]{{2}}){_GAP}(?P<high>[0-9]{{3}}){_GAP}(?P<low>[0-9]{{3}})"
    r"(?P<suffix>[a-zA-Z]?)(?![\w-])"
)
# What people write before a reference: "ref", "Our ref:", "LGSCO reference number", "Case ID -".
_WORDS_BEFORE = re.compile(
    r"(?:(?:our|your|the|lgo|lgsco|ombudsman(?:['’]s)?|ref|reference|case|complaint|decision|number|no"
    r"|id)\b[ \t.:#]*)+-?\s*",
    re.IGNORECASE,
)
# Marks around a reference: brackets, quotation marks, the end of a sentence.
_AROUND = " \t\r\n()[]{}<>\"'“”‘’.,;:#"
_BEGINNING = re.compile(rf"[0-9]{{2}}(?:{_GAP}[0-9]){{0,6}}[a-zA-Z]?")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.|/?decisions/|[\w.-]+\.uk/)\S+", re.IGNORECASE)


def read_reference(text: str) -> str | None:
    """The canonical reference if `text` is exactly one reference in any spelling, else None.

    Words that announce a reference and brackets around it do not count as something else.

    >>> read_reference(" 21-019-030 ")
    '21 019 030'
    >>> read_reference("LGSCO ref: (17002402B).")
    '17 002 402b'
    >>> read_reference("in 2021 019") is None
    True
    """
    match = REFERENCE.fullmatch(_bare(text))
    return canonical(match) if match else None


def find_references(text: str) -> list[str]:
    """Every reference in `text` in canonical form, in order, each once."""
    found = REFERENCE.finditer(simplify(text))
    return list(dict.fromkeys(canonical(match) for match in found))


def reference_asked_for(text: str) -> str | None:
    """The reference that somebody asks for: one in any spelling, or the address of a decision.

    >>> reference_asked_for("www.lgo.org.uk/decisions/education/other/21-019-030?chapter=2")
    '21 019 030'
    """
    asked = simplify(text).strip(_AROUND)
    if _WEB_ADDRESS.fullmatch(asked):
        return reference_in_address(asked)
    return read_reference(asked)


def reference_in_address(url: str) -> str | None:
    """`https://www.lgo.org.uk/decisions/education/other/21-019-030?chapter=2` → `21 019 030`."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:  # "http://[": not an address at all
        return None
    return read_reference(PurePosixPath(path).name)


def beginning_of_reference(text: str) -> str | None:
    """The digits, and the letter, of a reference that somebody has begun to type.

    >>> beginning_of_reference("ref 21–019 0")
    '210190'
    """
    typed = _bare(text)
    return re.sub(r"[^0-9a-zA-Z]", "", typed) if _BEGINNING.fullmatch(typed) else None


def canonical(match: re.Match[str]) -> str:
    """The canonical form of a match of REFERENCE."""
    return f"{match['year']} {match['high']} {match['low']}{match['suffix'].lower()}"


def reference_slug(reference: str) -> str:
    """A canonical reference as it stands in addresses: `21-019-030`."""
    return reference.replace(" ", "-")


def _bare(text: str) -> str:
    """The simplified text without words and marks around a reference."""
    bare = simplify(text).strip(_AROUND)
    if match := _WORDS_BEFORE.match(bare):
        bare = bare[match.end() :].strip(_AROUND)
    return bare
