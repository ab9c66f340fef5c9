"""Finding by a part of a name, and putting names in the order in which people look for them.

`static/finding.js` finds by the same rule while somebody types.
"""

import re
import unicodedata


def fits(name: str, typed: str) -> bool:
    """Whether all words typed stand in the name, in any order, whatever its signs and accents.

    A number belongs to the word before it: "section 1" is not in "Act 1999, section 2".
    """
    plain = _plain(name)
    return all(part in plain for part in re.findall(r"\S+(?: \d\S*)*", _plain(typed)))


def natural(name: str) -> list[tuple[int, str]]:
    """A sort key that puts section 8 before section 66."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _plain(text: str) -> str:
    """Letters and numbers alone, with one blank between any two words."""
    kept = (c for c in unicodedata.normalize("NFKD", text).lower() if c.isspace() or _is_word(c))
    return " ".join("".join(kept).split())


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
