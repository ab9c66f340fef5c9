"""From what the rules found in a text to the links that a page draws in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from decisions.analysis.passages import Evidence

# The passage of a decision a link stands in: section, paragraph and item of its Evidence.
Place = tuple[int | None, int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """Characters `start` to `end` of a passage's text lead to `href`; `title` says what that is."""

    start: int
    end: int
    href: str
    title: str


def links_by_place(found: Iterable[tuple[Evidence, str, str]]) -> dict[Place, list[Link]]:
    """The (evidence, href, title) of all families as links for each passage, in its order.

    No two overlap: the one that starts first stays, of two that start together the longer.
    """
    places: dict[Place, list[Link]] = {}
    for evidence, href, title in found:
        place = evidence.section, evidence.paragraph, evidence.item
        places.setdefault(place, []).append(Link(evidence.start, evidence.end, href, title))
    return {place: apart(links) for place, links in places.items()}


def apart(links: Iterable[Link]) -> list[Link]:
    """Sorted by start, without those that overlap one before them or span nothing."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start < link.end and (not kept or link.start >= kept[-1].end):
            kept.append(link)
    return kept
