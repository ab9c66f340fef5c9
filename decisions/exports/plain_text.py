"""A decision as plain text and as Markdown."""

import re
from collections.abc import Iterable, Iterator

from decisions.documents import Item, Paragraph, item_anchor, paragraph_anchor, section_anchor
from decisions.exports.reading import ReadDecision, table_rows

# Characters that Markdown would read as markup, and beginnings of lines that would be lists.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.M)


def plain_text(read: ReadDecision) -> str:
    """The decision as a reader would type it: numbers, letters and bullets before the texts."""
    blocks = [read.title, "\n".join(f"{name}: {value}" for name, value in read.facts())]
    blocks += read.notices
    if read.decision.summary:
        blocks += ["Summary", read.decision.summary]
    for section in read.sections:
        if section.heading:
            blocks.append(section.heading)
        blocks += ["\n".join(_paragraph_lines(paragraph)) for paragraph in section.paragraphs]
    return "\n\n".join([*blocks, *read.terms]) + "\n"


def _paragraph_lines(paragraph: Paragraph) -> Iterator[str]:
    yield f"{paragraph.number}. {paragraph.text}" if paragraph.number else paragraph.text
    yield from _item_lines(paragraph.items, 1)


def _item_lines(items: Iterable[Item], depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'   ' * depth}{f'{item.label})' if item.label else '•'} {item.text}"
        yield from _item_lines(item.items, depth + 1)


def markdown(read: ReadDecision) -> str:
    """The decision as Markdown (CommonMark), with the anchors of its page as HTML.

    Numbers stand as they are: they count through the whole decision, which lists would not.
    """
    facts = "\n".join(f"- **{name}:** {_escaped(value)}" for name, value in read.facts())
    blocks = [f"# {_escaped(read.title)}", facts]
    blocks += [f"> **{notice}**" for notice in read.notices]
    if read.decision.summary:
        blocks += [
            _anchored("summary", "## Summary", heading=True),
            _escaped(read.decision.summary),
        ]
    for index, section in enumerate(read.sections):
        anchor = section_anchor(index)
        if section.heading:
            marks = "#" * (section.level + 1)
            blocks.append(_anchored(anchor, f"{marks} {_escaped(section.heading)}", heading=True))
        for paragraph in section.paragraphs:
            blocks += _paragraph_blocks(paragraph)
    return "\n\n".join([*blocks, "---", *map(_escaped, read.terms)]) + "\n"


def _paragraph_blocks(paragraph: Paragraph) -> Iterator[str]:
    anchor = paragraph_anchor(paragraph.number)
    number = f"{paragraph.number}\\. " if paragraph.number else ""
    if rows := table_rows(paragraph.text):
        if number:
            yield _anchored(anchor, number.strip())
        yield _table(rows)
    else:
        yield _anchored(anchor, number + _escaped(paragraph.text))
    if paragraph.items:
        yield "\n".join(_markdown_items(paragraph.items, anchor, 0))


def _markdown_items(items: Iterable[Item], parent: str, depth: int) -> Iterator[str]:
    for item in items:
        anchor = item_anchor(parent, item.label)
        label = f"{item.label}\\) " if item.label else ""
        yield f"{'  ' * depth}- {_anchored(anchor, label + _escaped(item.text))}"
        yield from _markdown_items(item.items, anchor, depth + 1)


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    lines = [_row([*row, *[""] * (width - len(row))]) for row in rows]
    return "\n".join([lines[0], _row(["---"] * width), *lines[1:]])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_escaped(cell) if cell != '---' else cell for cell in cells)} |"


def _anchored(anchor: str, text: str, *, heading: bool = False) -> str:
    if not anchor:
        return text
    return f'<a id="{anchor}"></a>{chr(10) * 2 if heading else ""}{text}'


def _escaped(text: str) -> str:
    return _LIST_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text)).replace("\n", "  \n")
