"""Reads one decision in parts that are short enough for an assistant."""

from collections.abc import Iterator

from mcp.server.mcpserver.exceptions import ToolError

from decisions.mcp_server.answers import Json, base_url, published_decision
from decisions.serializers import decision_json

# Characters of text after which a part of a decision ends, with its last paragraph whole.
PART_CHARACTERS = 20_000

# Fields that an answer does not repeat: paragraphs come in parts, and the rest is on the page.
_LEFT_OUT = ("sections", "findings", "captures", "warnings")


def read_decision(reference: str, section: str | None, part: int) -> Json:
    """The header, the contents and one part of the text: of all, or of one section by its id."""
    decision = decision_json(published_decision(reference), base_url())
    sections = decision["sections"]
    contents = [{"id": each["id"], "heading": each["heading"]} for each in sections]
    if section is not None:
        sections = [each for each in sections if each["id"] == section]
        if not sections:
            ids = ", ".join(each["id"] for each in contents)
            raise ToolError(f"This decision has no section “{section[:40]}”. It has {ids}.")
    parts = list(_parts(list(_paragraphs(sections, decision["address"]))))
    if not 1 <= part <= len(parts):
        raise ToolError(f"This text has {len(parts)} parts. Ask for one from 1 to {len(parts)}.")
    return {
        **{name: value for name, value in decision.items() if name not in _LEFT_OUT},
        "contents": contents,
        "part": part,
        "parts": len(parts),
        "paragraphs": parts[part - 1],
    }


def _paragraphs(sections: list[Json], address: str) -> Iterator[Json]:
    for section in sections:
        for paragraph in section["paragraphs"]:
            yield {
                "section": section["id"],
                "number": paragraph["number"],
                "address": f"{address}#{paragraph['id'] or section['id']}",
                "text": "\n".join((paragraph["text"], *_lines(paragraph["items"]))),
            }


def _lines(items: list[Json], indent: str = "") -> Iterator[str]:
    for item in items:
        yield (
            f"{indent}{item['label']}) {item['text']}"
            if item["label"]
            else f"{indent}• {item['text']}"
        )
        yield from _lines(item["items"], f"{indent}  ")


def _parts(paragraphs: list[Json]) -> Iterator[list[Json]]:
    part: list[Json] = []
    length = 0
    for paragraph in paragraphs:
        part.append(paragraph)
        length += len(paragraph["text"])
        if length >= PART_CHARACTERS:
            yield part
            part, length = [], 0
    if part or not paragraphs:
        yield part
