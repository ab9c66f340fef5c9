"""From the evidence of findings to places on a decision's page: numbers, anchors and links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decisions.analysis.passages import Evidence
from decisions.documents import Section

# A passage of a decision: the section, paragraph and item of an Evidence.
Place = tuple[int | None, int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """A link from characters `start` to `end` of a passage to `href`, which `title` describes."""

    start: int
    end: int
    href: str
    title: str


def paragraph_number(evidence: Evidence, sections: Sequence[Section]) -> int | None:
    """The number of the paragraph that the evidence is in; None if it has none, or is the summary.

    `sections` are those of the decision in which the evidence was found.
    """
    if evidence.section is None or evidence.paragraph is None:
        return None
    return sections[evidence.section].paragraphs[evidence.paragraph].number


def anchor(evidence: Evidence, sections: Sequence[Section]) -> str:
    """The anchor of the evidence on the decision's page: `para-9`, `section-2` or `summary`."""
    number = paragraph_number(evidence, sections)
    if number is not None:
        return f"para-{number}"
    return "summary" if evidence.section is None else f"section-{evidence.section + 1}"


def links_by_place(found: Iterable[tuple[Evidence, str, str]]) -> dict[Place, list[Link]]:
    """The links of each passage in order, made from (evidence, href, title) of all rule families.

    No two overlap: the link that starts first stays, or the longer of two that start together.
    """
    places: dict[Place, list[Link]] = {}
    for evidence, href, title in found:
        place = evidence.section, evidence.paragraph, evidence.item
        places.setdefault(place, []).append(Link(evidence.start, evidence.end, href, title))
    return {place: apart(links) for place, links in places.items()}


def apart(links: Iterable[Link]) -> list[Link]:
    """The links in order of start, without empty ones and those that overlap one before them."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start < link.end and (not kept or link.start >= kept[-1].end):
            kept.append(link)
    return kept
