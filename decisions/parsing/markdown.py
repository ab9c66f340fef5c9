"""Reads Markdown, in which clippers (Obsidian, MarkDownload, Joplin) keep a page.

Headings are marked with `#`, so they need not be known by their words; the rest is read as text.
"""

import re

from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.fields import read_title
from decisions.parsing.headings import is_final_decision_line, is_main_heading
from decisions.parsing.text import read_text

_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>\S.{0,400}?)[ \t]*#*$", re.MULTILINE)
# A clipper writes facts above the text, one a line, between two lines of "---".
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<facts>.{0,4000}?)\n---[ \t]*\n", re.DOTALL)
_SOURCE = re.compile(r"^(?:source|url|link): *[\"']?(?P<url>https?://[^\s\"']+)", re.MULTILINE)
_BULLET = re.compile(r"^(?P<indent>[ \t>]*)[-*+](?=\s)")
_QUOTE = re.compile(r"^(?:[ \t]*>)+ ?")
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[(?P<text>[^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*\*|__|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*]))")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def looks_like_markdown(text: str) -> bool:
    """Whether a heading of a decision is marked as Markdown does: `## The complaint`."""
    return "#" in text and any(
        is_main_heading(heading) or is_final_decision_line(heading) or read_title(heading)
        for heading in (_plain(match["text"]) for match in _HEADING.finditer(text))
    )


def read_markdown(text: str) -> tuple[list[Block], str | None]:
    """The blocks of a text, and the address that it states for itself."""
    url = None
    if front := _FRONT_MATTER.match(text):
        source = _SOURCE.search(front["facts"])
        url = source["url"] if source else None
        text = text[front.end() :]
    blocks: list[Block] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if match := _HEADING.fullmatch(line):
            blocks += _read_lines(lines)
            heading = " ".join(_plain(match["text"]).split())
            blocks.append(Block(BlockKind.HEADING, heading, level=len(match["marks"])))
            lines = []
        else:
            lines.append(line)
    return blocks + _read_lines(lines), url


def _read_lines(lines: list[str]) -> list[Block]:
    text = "\n".join(_plain(_BULLET.sub(r"\g<indent>•", _QUOTE.sub("", line))) for line in lines)
    return read_text(text) if text.strip() else []


def _plain(text: str) -> str:
    """A line without the marks for pictures, links, bold and italic."""
    text = _LINK.sub(r"\g<text>", _PICTURE.sub("", text))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))
