"""Where the title of an act, regulations or a case begins: the capitalised words before its end."""

import re

from decisions.analysis import lazy_regex

_WORD = lazy_regex.compile(r"\S+")
_REACH = 200  # characters before "Act 1974" that are searched for its title
# Small words inside a title. "the" is not among them: it stands before one.
JOINING = frozenset(["and", "of", "to", "for", "in", "by", "with", "from", "on", "at", "or", "&"])
# Between the parties of a case: "R v the Commissioner ex parte PH"
JOINING_PARTIES = JOINING | {"the", "v", "v.", "ex", "parte", "p"}
# What follows the act that regulations name: "Care Act 2014 (Transitional Provision) Order".
_AFTER_ACT = frozenset("(ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Words that open a sentence and are no part of the title after them.
_OPENING = frozenset(
    ["The", "Under", "In", "See", "Section", "By", "Of", "For", "Since", "Both", "And", "This"]
)


def _words_before(text: str, end: int) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, max(0, end - _REACH), end))


def start_of_title(
    text: str,
    end: int,
    joining: frozenset[str] = JOINING,
    inside_regulations: bool = False,
) -> int:
    """Where the capitalised words before `end` begin; `end` itself when there are none.

    Brackets may hold any word, as in "Children (Leaving Care) Act", but one that opens here and
    closes behind the title is not of it: "(Local Government Act 1974". A comma belongs to a
    title only before an "and": "Housing Grants, Construction and Regeneration Act".
    """
    capitals: list[int] = []  # starts of the words with which the title could begin
    depth = 0
    listed = False
    following = "("
    for match in reversed(_words_before(text, end)):
        word = match.group()
        depth += word.count(")") - word.count("(")
        bare = word.lstrip("([‘“'\"")
        if depth < 0 or word[0] in "[‘“'\"":
            if depth <= 0 and bare[:1].isupper():
                capitals.append(match.end() - len(bare))
            break
        if bare[-1:] in ".;:" or (depth > 0 and any(map(str.isdigit, bare))):
            break
        if bare.endswith(",") and not listed:
            break
        listed = listed or bare in ("and", "&")
        if depth == 0:
            if bare == "Act" and (not inside_regulations or not following.isdigit()):
                break
            if inside_regulations and bare.isdigit() and following[:1] in _AFTER_ACT:
                following = bare
                continue
            if bare[:1].isupper():
                capitals.append(match.start())
            elif bare not in joining:
                break
        following = word
    while capitals and text[capitals[-1] : end].split(None, 1)[0] in _OPENING:
        capitals.pop()
    return capitals[-1] if capitals else end


def normalised_title(text: str) -> str:
    """A title for comparison and display: single spaces, straight apostrophes, no ampersand."""
    return " ".join(text.replace("’", "'").replace("&", "and").split())
