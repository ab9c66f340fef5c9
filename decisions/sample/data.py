"""Reads the sentence files in `data/`.

A file has blocks, and a block has named lists. Bars separate the block's title and its settings:

    # Education > School transport | weight 3 | upper | child
    [event]
    {When} {X} applied for a place on the school bus.
    [vehicle]
    minibus; taxi; black cab

A list in SENTENCES, and every list of a block with the setting `sentences`, has one sentence or
clause a line. Any other list is a pool of words for the slot of its name, separated by semicolons.
Straight apostrophes become curly, because the Ombudsman uses curly ones.
"""

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"

SENTENCES = frozenset({
    "issue", "about", "law", "event", "fault", "nofault", "harm", "action", "powers", "summary",
    "assessment", "clause", "wording", "items", "tail", "topics", "verb",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file; `lists` has each list's lines (sentences) or words (pools)."""

    title: str
    settings: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]


def read_blocks(name: str) -> list[Block]:
    """The blocks of `data/NAME.txt`, in order."""
    drafts: list[tuple[str, tuple[str, ...], dict[str, list[str]]]] = []
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip().replace("'", "’")
        if line.startswith("# "):
            title, *settings = (part.strip() for part in line[2:].split("|"))
            lists: dict[str, list[str]] = {}
            drafts.append((title, tuple(settings), lists))
        elif line.startswith("["):
            key = line.strip("[]")
            is_pool = key not in SENTENCES and "sentences" not in settings
            current = lists.setdefault(key, [])
        elif line and is_pool:
            current += [word.strip() for word in line.split(";")]
        elif line:
            current.append(line)
    return [
        Block(title, settings, {key: tuple(lines) for key, lines in lists.items()})
        for title, settings, lists in drafts
    ]
