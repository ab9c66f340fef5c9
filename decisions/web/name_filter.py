"""Compares names by their words: filters a list by typed words, sorts names that contain numbers.

`static/name-filter.js` applies the same rule in the browser.
"""

import re
import unicodedata


def matches(name: str, typed: str) -> bool:
    """Whether the name contains all typed words, in any order; ignores case, accents, punctuation.

    A number belongs to the word before it: "section 1" does not match "Act 1999, section 2".
    """
    normalized = _normalize(name)
    return all(part in normalized for part in re.findall(r"\S+(?: \d\S*)*", _normalize(typed)))


def natural_sort_key(name: str) -> list[tuple[int, str]]:
    """A sort key that puts section 8 before section 66."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _normalize(text: str) -> str:
    """Letters and digits only, in lower case, with one space between words."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    kept = (c for c in decomposed if c.isspace() or _is_letter_or_digit(c))
    return " ".join("".join(kept).split())


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
