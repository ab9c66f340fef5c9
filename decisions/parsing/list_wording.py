"""Tells the items of a list from paragraphs by their wording, where no mark tells them.

- The Inspector considers appeals about:
- Delay by a council in deciding an application      an item: it has no full stop
- A planning enforcement notice.                     the last item
- The restriction applies.                           a paragraph
"""

import re
from collections.abc import Sequence

# "…, or", "…; and", "…;", "…, and,": the end of a list item that another item must follow
_MORE_TO_COME = re.compile(r"(?:[;,]|\b(?:and|or))[,:]?\Z")
_FULL_STOP = re.compile(r"[.?!:][\"”’')\]]*\Z|\)\Z")
# How a full sentence begins: "The Council should …", "Ms Hale says …", "We have …"
_SENTENCE = re.compile(
    r"(?:(?:I|We|He|She|They|It|You)(?: [a-z]+ly)? [a-z]+"
    r"|(?:Mr|Mrs|Ms|Miss|Mx|Dr) [A-Z][\w’'-]*(?: and (?:Mr|Mrs|Ms|Miss|Dr) [A-Z][\w’'-]*)? [a-z]+"
    r"|(?:[\w’'-]+,? ){1,8}?(?:is|are|was|were|has|have|had|will|would|should|could|can|cannot|may"
    r"|must|did|does|do|says?|said|told|asked|agreed|considers?|considered|found|decided)\b"
    r"|(?:In|On|At|By|After|Before|When|If|As|Under|Since|Where|Although|However)\b[^.]{3,80}?, )"
)
# "Officers visited in May.": a sentence too, unless a list is certain
_PAST = re.compile(r"(?:[\w’'-]+ ){1,3}[a-z]+ed\b")


def announces_another(item: str) -> bool:
    """Whether the item ends in words that another item must follow: "…; and"."""
    return _MORE_TO_COME.search(item) is not None


def is_plain_item(before: Sequence[str], text: str) -> bool:
    """Whether `text` is an item after the items `before`: the first item if there are none.

    It is if it begins in lower case, announces another item, or was announced.
    """
    if before and announces_another(before[-1]):
        return True
    return text[:1].islower() or announces_another(text)


def is_item(before: Sequence[str], text: str) -> bool:
    """The same for marked lines, whose items may begin with a capital too.

    Then a line without a full stop is an item, as a paragraph has one. The last item has a full
    stop and reads like those before it. Where every item has one, none is a full sentence.
    """
    if is_plain_item(before, text):
        return True
    if before and before[0][:1].islower():
        return False
    if not _ends(text):
        return not before or not _ends(before[-1])
    is_like_them = not _SENTENCE.match(text) or any(map(_SENTENCE.match, before))
    if before and not _ends(before[-1]):
        return is_like_them
    if not before and _PAST.match(text):
        return False
    return not _SENTENCE.match(text) and all(map(_ends, before))


def _ends(text: str) -> bool:
    return _FULL_STOP.search(text) is not None
