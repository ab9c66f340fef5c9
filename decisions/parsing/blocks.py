"""The common form that every layout is read into: a flat list of blocks, in the file's order."""

from dataclasses import dataclass
from enum import Enum, auto

# Blocks (lines) of a decision. The longest reports have some 3,000.
MAX_BLOCKS = 50_000


class BlockKind(Enum):
    """How a block is marked in the file. `header` and `structure` find out what it means."""

    HEADING = auto()  # marked as a heading by the file itself (HTML)
    LINE = auto()  # a line that may be a heading or text; only its surroundings tell
    TEXT = auto()  # certainly text, without a number or bullet
    NUMBERED = auto()  # "  1. We investigate complaints"
    BULLET = auto()  # "    • it is unlikely"
    DASH = auto()  # "- Mr B says", a paragraph or a nested item: compact files do not tell
    TOP = auto()  # "Back to top", which closes a main section


@dataclass(slots=True)
class Block:
    """A line, paragraph, list item or heading of a file.

    `indent` is in columns and comparable within one file only. `number` is the file's own.

    `text` may hold line breaks where the author of a web page set them. `level` is that of a
    HEADING: 1 to 6, as in HTML.
    """

    kind: BlockKind
    text: str = ""
    indent: int = 0
    number: int | None = None
    level: int = 0


def plain(text: str) -> str:
    """`text` as labels and headings are compared: in lower case, with straight apostrophes and
    single spaces, without a final colon.

    >>> plain("The  Ombudsman’s Role :")
    "the ombudsman's role"
    """
    folded = text.casefold().replace("’", "'").replace("‘", "'")
    return " ".join(folded.split()).rstrip(": ")
