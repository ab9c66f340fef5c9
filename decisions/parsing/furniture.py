"""Page furniture: the lines that the Ombudsman's site puts around a decision, which are removed.

Only whole lines that are listed here are removed. The decision's own words are never altered.
"""

from collections.abc import Iterable

from decisions.parsing.blocks import Block, BlockKind, plain
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
# First lines of the cookie notice. Its other lines vary: all lines up to the decision are removed.
_NOTICES = frozenset({"review your privacy settings", "required cookies", "analytical cookies"})


def is_furniture(text: str) -> bool:
    """Is this line page furniture? A line of text is never joined to such a line."""
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
                kept.append(Block(BlockKind.TOP))
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
