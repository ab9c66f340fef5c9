"""Reads the Ombudsman's reference numbers in every spelling.

The canonical form is `21 019 030`: two digits, three, three. Joint health cases add a letter:
`17 002 402b`. Other spellings are `21-019-030` (addresses, file names) and `21019030`, with
blanks and dashes of every kind between the parts, and with words around it ("ref", "please").
"""

import re
from pathlib import PurePosixPath
from string import ascii_lowercase
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

# What a search box is given is read more freely than a document. All that Unicode calls a dash, and
# what looks like one (a bullet, a minus), beside those that `simplify` makes a hyphen:
_ANY_DASH = re.compile(
    "[\u02d7\u058a\u05be\u1400\u1806\u2012-\u2015\u2043\u207b\u208b\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40"
    "\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\U00010ead]"
)
_DASHES_AND_BLANKS = re.compile(r"[ \t]*-[ \t-]*|[ \t]{2,}")
# "ref21019030", "LGSCO ref no. 21 019 030", "show me complaint 21019030"
_ASKING_BEFORE = re.compile(
    r"(?:(?:our|your|my|the|lgo|lgsco|ombudsman(?:['’]s)?|ref|reference|case|complaint|decision|file"
    r"|number|no|nr|num|№|id|find|show(?: me)?|see|open|about|on|for)(?![^\W\d_])"
    r"[\s.:,;#/]*(?:-\s*)?)+",
    re.IGNORECASE,
)
# "21019030 please", "21 019 030, thank you!"
_ASKING_AFTER = re.compile(
    r"(?:[\s,;:.!?/-]+(?:please|thanks|thank you|lgo|lgsco|ombudsman|decision|complaint|case|ref"
    r"|reference))+$",
    re.IGNORECASE,
)
_AROUND_ASKED = f"{_AROUND}!?…*_·•/\\|`´‚‛„«»‹›"
# "17 002 402 B": the letter stands apart.
_LETTER_APART = re.compile(r"(?<=\d)[ -](?=[a-zA-Z]$)")


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
    >>> reference_asked_for("LGSCO ref no. 21–019–030, please")
    '21 019 030'
    """
    asked = _without_words_around(_with_plain_gaps(simplify(text)))
    if _WEB_ADDRESS.fullmatch(asked):
        return _reference_in_path(asked)
    match = REFERENCE.fullmatch(_LETTER_APART.sub("", asked))
    return canonical(match) if match else None


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
    typed = _without_words_around(_with_plain_gaps(simplify(text)))
    return re.sub(r"[^0-9a-zA-Z]", "", typed) if _BEGINNING.fullmatch(typed) else None


def references_like(reference: str) -> list[str]:
    """The references that a slip of typing turns into this one, the likeliest slips first.

    These are another letter at the end or none, two neighbouring digits swapped, one other digit.

    >>> references_like("21 019 030")[:2]
    ['21 019 030a', '21 019 030b']
    """
    digits, letter = reference[:10].replace(" ", ""), reference[10:]
    likes = [f"{digits}{other}" for other in ("", *ascii_lowercase)]
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        likes.append(swapped + letter)
    for at in range(len(digits)):
        likes += (f"{digits[:at]}{other}{digits[at + 1 :]}{letter}" for other in "0123456789")
    spaced = (f"{like[:2]} {like[2:5]} {like[5:]}" for like in likes)
    return [like for like in dict.fromkeys(spaced) if like != reference]


def canonical(match: re.Match[str]) -> str:
    """The canonical form of a match of REFERENCE."""
    return f"{match['year']} {match['high']} {match['low']}{match['suffix'].lower()}"


def reference_slug(reference: str) -> str:
    """A canonical reference as it stands in addresses: `21-019-030`."""
    return reference.replace(" ", "-")


def _without_words_around(text: str) -> str:
    """The text without the words and marks around what is asked for."""
    asked = text.strip(_AROUND_ASKED)
    if match := _ASKING_BEFORE.match(asked):
        asked = asked[match.end() :].strip(_AROUND_ASKED)
    if match := _ASKING_AFTER.search(asked):
        asked = asked[: match.start()]
    return asked.rstrip(f"{_AROUND_ASKED}-").strip(_AROUND_ASKED)


def _with_plain_gaps(text: str) -> str:
    """The text with one hyphen for dashes of any kind and number, and one space for blanks."""
    text = _ANY_DASH.sub("-", text)
    return _DASHES_AND_BLANKS.sub(lambda gap: "-" if "-" in gap[0] else " ", text)


def _reference_in_path(address: str) -> str | None:
    """The reference of the decision that an address leads to, or one of its pages."""
    try:
        path = unquote(unquote(urlsplit(address).path))  # a copied redirect is encoded twice
    except ValueError:
        return None
    names = (read_reference(_with_plain_gaps(simplify(name))) for name in reversed(path.split("/")))
    return next((name for name in names if name), None)


def _bare(text: str) -> str:
    """The simplified text without words and marks around a reference."""
    bare = simplify(text).strip(_AROUND)
    if match := _WORDS_BEFORE.match(bare):
        bare = bare[match.end() :].strip(_AROUND)
    return bare
