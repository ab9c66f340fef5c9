"""Removes page furniture: the lines that the Ombudsman's site puts around a decision.

Only whole lines that are listed here are removed, and a cookie notice up to the decision. The
decision's own words are never altered.
"""

from collections.abc import Iterable

from decisions.parsing.blocks import Block, BlockKind, normalise_label
from decisions.parsing.fields import read_label, read_title
from decisions.parsing.headings import is_final_decision_line, is_main_heading

BACK_TO_TOP = "back to top"
_FURNITURE_LINES = frozenset(
    {
        "print this page",
        "lgo logogram",
        "privacy settings",
        "skip to main content",
        "skip to content",
    }
)
_LINES_AT_END = frozenset({"print this page", "lgo logogram"})
# First lines of the cookie notice. Its other lines vary: all up to the decision are removed.
_COOKIE_NOTICE_STARTS = frozenset(
    {"review your privacy settings", "required cookies", "analytical cookies"}
)


def is_furniture(text: str) -> bool:
    """Whether this line is page furniture, to which a line of text is never joined."""
    if len(text) > 40:
        return False
    line = normalise_label(text)
    return line in _FURNITURE_LINES or line in _COOKIE_NOTICE_STARTS or line == BACK_TO_TOP


def is_furniture_at_end(text: str) -> bool:
    """Whether this line stands below a decision on the Ombudsman's site."""
    return len(text) <= 40 and normalise_label(text) in _LINES_AT_END


def strip_furniture(blocks: Iterable[Block]) -> list[Block]:
    """Remove furniture from blocks. "Back to top" becomes a TOP block: it closes a section."""
    kept: list[Block] = []
    in_notice = False
    for block in blocks:
        if len(block.text) <= 40:
            line = normalise_label(block.text)
            if line in _COOKIE_NOTICE_STARTS:
                in_notice = True
                continue
            if line in _FURNITURE_LINES:
                continue
            if line == BACK_TO_TOP:
                kept.append(Block(BlockKind.TOP))
                continue
        if in_notice and not _is_decision_start(block.text):
            continue
        in_notice = False
        kept.append(block)
    return kept


def _is_decision_start(text: str) -> bool:
    return (
        read_title(text) is not None
        or read_label(text) is not None
        or is_final_decision_line(text)
        or is_main_heading(text)
    )
