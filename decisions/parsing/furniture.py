"""What the Ombudsman's site puts around a decision, and what this archive takes away again.

Only these lines, known by their whole text, ever go. The decision's own words are never touched.
"""

from collections.abc import Iterable

from decisions.parsing.blocks import Block, Kind, plain
from decisions.parsing.fields import read_label, read_title
from decisions.parsing.headings import is_main, opens_summary

BACK_TO_TOP = "back to top"
_LINES = frozenset(
    {
        "print this page",
        "lgo logogram",
        "privacy settings",
        "skip to main content",
        "skip to content",
    }
)
# The first lines of the cookie notice. Its wording changes; it lasts until a decision begins.
_NOTICES = frozenset({"review your privacy settings", "required cookies", "analytical cookies"})


def is_furniture(text: str) -> bool:
    """Is this line furniture by itself? A line of text is never joined to one of these."""
    if len(text) > 40:
        return False
    line = plain(text)
    return line in _LINES or line in _NOTICES or line == BACK_TO_TOP


def strip_furniture(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without furniture. "Back to top" becomes a TOP block: it closes a section."""
    kept: list[Block] = []
    in_notice = False
    for block in blocks:
        if len(block.text) <= 40:
            line = plain(block.text)
            if line in _NOTICES:
                in_notice = True
                continue
            if line in _LINES:
                continue
            if line == BACK_TO_TOP:
                kept.append(Block(Kind.TOP))
                continue
        if in_notice and not _begins_decision(block.text):
            continue
        in_notice = False
        kept.append(block)
    return kept


def _begins_decision(text: str) -> bool:
    return (
        read_title(text) is not None
        or read_label(text) is not None
        or opens_summary(text)
        or is_main(text)
    )
