"""The words of one decision in reading order, and which paragraph each stands in."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from decisions.characters import simplify
from decisions.documents import Item, item_anchor, paragraph_anchor, section_anchor
from decisions.models import Decision
from decisions.quotations.verdicts import Place
from decisions.quotations.words import Words


class Unit(NamedTuple):
    """A summary, heading, paragraph or item: its anchor, what people call it, and its text."""

    anchor: str
    where: str
    paragraph: int | None
    text: str


class DecisionWords:
    """A decision as it is compared: the summary, then headings, paragraphs and items in order."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.units = list(_units(decision))
        texts = [simplify(unit.text) for unit in self.units]
        self._unit_starts = [*accumulate((len(text) + 1 for text in texts), initial=0)][:-1]
        self.words = Words.of("\n".join(texts))

    @cached_property
    def joined(self) -> str:
        """All words with one blank between them, and one at each end."""
        return f" {' '.join(self.words.values)} "

    @cached_property
    def offsets(self) -> list[int]:
        """Where each word begins in `joined`."""
        return [*accumulate((len(value) + 1 for value in self.words.values), initial=1)]

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The numbers of the words that have each value."""
        found: dict[str, list[int]] = {}
        for position, value in enumerate(self.words.values):
            found.setdefault(value, []).append(position)
        return found

    def place(self, start: int, end: int) -> Place:
        """Where words number `start` to `end` stand."""
        first = self._unit(start)
        last = self._unit(end - 1)
        where = first.where if first is last else f"{first.where} to {last.where}"
        decision = self.decision
        return Place(
            decision.reference,
            decision.council.name if decision.council else None,
            decision.is_sample,
            f"{decision.get_absolute_url()}#{first.anchor}",
            where,
            first.paragraph,
        )

    def _unit(self, position: int) -> Unit:
        return self.units[bisect_right(self._unit_starts, self.words.starts[position]) - 1]


def _units(decision: Decision) -> Iterator[Unit]:
    if decision.summary:
        yield Unit("summary", "the summary", None, decision.summary)
    for index, section in enumerate(decision.document_sections):
        anchor = section_anchor(index)
        under = f"text under “{section.heading}”" if section.heading else "text without a heading"
        if section.heading:
            yield Unit(anchor, f"the heading “{section.heading}”", None, section.heading)
        for paragraph in section.paragraphs:
            number = paragraph.number
            own = paragraph_anchor(number)
            where = f"paragraph {number}" if number else under
            yield Unit(own or anchor, where, number, paragraph.text)
            yield from _items(paragraph.items, own, own or anchor, where, number)


def _items(
    items: Iterable[Item], parent: str, fallback: str, where: str, number: int | None
) -> Iterator[Unit]:
    for item in items:
        anchor = item_anchor(parent, item.label)
        own = f"{where}, item {item.label}" if item.label else where
        yield Unit(anchor or fallback, own, number, item.text)
        yield from _items(item.items, anchor, anchor or fallback, own, number)
