"""Reads the cover of a public-interest report: the council, the references and the date.

Report by the Local Government and Social Care Ombudsman
Investigation into a complaint about
Ambleford Council
(reference number: 92 600 101)
3 August 2022
"""

import re

from decisions.parsing.blocks import Block, BlockKind
from decisions.parsing.fields import Title, read_date, read_title
from decisions.references import find_references

_COVER = re.compile(
    r"\binvestigation into (?:a |\d+ )?complaints? (?:about|against) (?P<council>\S.{2,150}?)"
    r" \(?(?:complaint |case )?(?:reference )?numbers?:? ?(?P<references>\d[\d ,&and/-]{6,200})\)?",
    re.IGNORECASE,
)
# Blocks among which the cover is, and among which the date follows it.
_COVER_BLOCKS = 20
_DATE_BLOCKS = 3
# Length of a block of a cover, in characters.
_LONGEST = 200


def take_cover(blocks: list[Block]) -> tuple[Title | None, list[Block]]:
    """The title on the cover and the blocks below it; None, and all blocks, if there is no cover.

    The date becomes a label line, as pages have it.
    """
    if any(read_title(block.text) for block in blocks):
        return None, blocks
    text = ""
    for index, block in enumerate(blocks[:_COVER_BLOCKS]):
        if len(block.text) > _LONGEST:
            break
        text = f"{text} {block.text}"
        match = _COVER.search(text)
        references = find_references(match["references"]) if match else []
        if match and references:
            title = Title(" ".join(match["council"].split()), tuple(references))
            return title, _with_date(blocks[index + 1 :])
    return None, blocks


def _with_date(blocks: list[Block]) -> list[Block]:
    for index, block in enumerate(blocks[:_DATE_BLOCKS]):
        if read_date(block.text):
            date = Block(BlockKind.LINE, f"Decision date : {block.text}")
            return [date, *blocks[:index], *blocks[index + 1 :]]
    return blocks
