"""Reads the lists in pages that Word and Outlook write: paragraphs with the number as text.

<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">a)   </span>text</p>
"""

import re

from bs4 import Tag

from decisions.parsing.blocks import Block, BlockKind, letter_number

_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(?P<level>[1-9])")
_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:(?P<number>\d{1,4})|(?P<letter>[a-z]|[ivx]{2,5}))[.)]")
_BULLETS = frozenset("·•o§Øü–-▪●○\uf0b7\uf0a7\uf0d8")
# Length of a number or bullet with the blanks after it, in characters.
_MAX_MARKER = 60


def read_marker(element: Tag, open_tags: list[Tag], indent: int) -> Block | None:
    """The item that begins with this element, without its text; None if it is no marker.

    `open_tags` are the elements around it, and `indent` that of one level.
    """
    if not _MARKER.search(str(element.get("style") or "")):
        return None
    styles = (str(tag.get("style") or "") for tag in reversed(open_tags) if tag.name == "p")
    level = _LEVEL.search(next(styles, ""))
    if level is None:
        return None
    marker = element.get_text()[:_MAX_MARKER].strip()
    if marker in _BULLETS:
        return Block(BlockKind.BULLET, "", indent * int(level["level"]))
    match = _NUMBER.fullmatch(marker)
    if match is None:
        return None
    number = int(match["number"]) if match["number"] else letter_number(match["letter"])
    return Block(BlockKind.NUMBERED, "", indent * int(level["level"]), number)
