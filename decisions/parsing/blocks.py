"""Blocks: every layout is read into a flat list of them, in the file's order."""

from dataclasses import dataclass
from enum import Enum, auto

from decisions.characters import simplify

# Number of blocks (lines) in a decision. The longest reports have some 3,000.
MAX_BLOCKS = 50_000
# Characters in the text of a decision, without pictures and markup. The longest reports have less
# than a million.
MAX_CHARACTERS = 2_000_000


class BlockKind(Enum):
    """How the file marks a block. `header` and `structure` decide what the block means."""

    HEADING = auto()  # marked as a heading in the file (HTML)
    LINE = auto()  # a heading or text; the lines around it decide which
    TEXT = auto()  # certainly text, without a number or bullet
    NUMBERED = auto()  # "  1. We investigate complaints"
    BULLET = auto()  # "    • it is unlikely"
    DASH = auto()  # "- Mr B says", a paragraph or a nested item: compact files mark both alike
    TABLE = auto()  # rows, one a line, with tabs between their cells (HTML)
    TOP = auto()  # "Back to top", which closes a main section


@dataclass(slots=True)
class Block:
    """A line, paragraph, list item or heading of a file.

    `text` is simplified (`decisions.characters`), and is what all rules of parsing read; `received`
    is the same text as the file has it, "" if there is no difference. Both keep the line breaks
    (`<br>`) of a web page. `indent` is in columns, and comparable only within one file. `number` is
    the number in the file. `level` is that of a HEADING: 1 to 6, as in HTML.
    """

    kind: BlockKind
    text: str = ""
    indent: int = 0
    number: int | None = None
    level: int = 0
    received: str = ""


def normalise_label(text: str) -> str:
    """Normalise a label or heading for comparison: simplified, lower case, straight apostrophes,
    single spaces, no final colon.

    >>> normalise_label("The  Ombudsman’s Role :")
    "the ombudsman's role"
    """
    folded = simplify(text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(folded.split()).rstrip(": ")


def letter_number(letters: str) -> int:
    """The number that a list's letters stand for: a → 1, b → 2; ii → 2, iv → 4."""
    if len(letters) == 1 and letters not in "ivx":
        return ord(letters) - ord("a") + 1
    total = 0
    values = {"i": 1, "v": 5, "x": 10}
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        value = values.get(letter, 0)
        total += -value if values.get(after, 0) > value else value
    return total
