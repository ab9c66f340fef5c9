"""Turns the evidence of findings into links on a decision's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from decisions.analysis.passages import Evidence

# A passage of a decision: the section, paragraph and item of an Evidence.
Place = tuple[int | None, int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """A link from characters `start` to `end` of a passage to `href`, which `title` describes."""

    start: int
    end: int
    href: str
    title: str


def links_by_place(found: Iterable[tuple[Evidence, str, str]]) -> dict[Place, list[Link]]:
    """The links of each passage in order, made from (evidence, href, title) of all rule families.

    No two overlap: the link that starts first stays, or the longer of two that start together.
    """
    places: dict[Place, list[Link]] = {}
    for evidence, href, title in found:
        place = evidence.section, evidence.paragraph, evidence.item
        places.setdefault(place, []).append(Link(evidence.start, evidence.end, href, title))
    return {place: without_overlaps(links) for place, links in places.items()}


def without_overlaps(links: Iterable[Link]) -> list[Link]:
    """The links in order of start, without empty links and links that overlap an earlier one."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start < link.end and (not kept or link.start >= kept[-1].end):
            kept.append(link)
    return kept
