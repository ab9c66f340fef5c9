"""Reads the sentence files in `data/`.

A file is blocks of named lists. The first line of a block may carry settings after bars:

    # Education > School transport | weight 3 | upper | child
    [event]
    {When} {X} applied for a place on the school bus.
    [vehicle]
    minibus; taxi; black cab

Lists named in SENTENCES, and all lists of a block set `sentences`, hold one sentence or clause a
line; every other list is a pool of words for the slot of its name, divided by semicolons. Apostrophes are typed straight and read curly,
as the Ombudsman writes them.
"""

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"

SENTENCES = frozenset(
    "issue about law event fault nofault harm action powers summary assessment clause "
    "wording items tail topics verb".split()
)


@dataclass(frozen=True, slots=True)
class Block:
    """`lists` maps a list's name to its lines (sentences) or words (pools)."""

    title: str
    settings: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]


def read_blocks(name: str) -> list[Block]:
    """The blocks of `data/NAME.txt`, in order."""
    blocks: list[Block] = []
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    splits = False
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip().replace("'", "’")
        if line.startswith("# "):
            title, *settings = (part.strip() for part in line[2:].split("|"))
            lists = {}
            blocks.append(Block(title, tuple(settings), lists))  # type: ignore[arg-type]
        elif line.startswith("["):
            key = line.strip("[]")
            splits = key not in SENTENCES and "sentences" not in blocks[-1].settings
            current = lists.setdefault(key, [])
        elif line:
            current.extend(word.strip() for word in line.split(";")) if splits else current.append(line)
    return [
        Block(block.title, block.settings, {key: tuple(lines) for key, lines in block.lists.items()})
        for block in blocks
    ]
