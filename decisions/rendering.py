"""A decision's text as its page shows it: links and hits set into the Ombudsman's words.

Every text is cut where a link or a hit begins or ends, every piece is escaped, and only then are
the pieces wrapped. Nothing of the text itself is ever trusted or changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions import search
from decisions.documents import Item
from decisions.models import Decision, Wording
from decisions.references import reference_slug

# One text of a decision: section, paragraph, and the way down its items; (None, None, ()) is the
# summary.
Place = tuple[int | None, int | None, tuple[int, ...]]


@dataclass(frozen=True)
class Link:
    start: int
    end: int
    href: str
    kind: str  # "law", "paragraph" or "decision", for the stylesheet


@dataclass(frozen=True)
class ShownItem:
    label: str | None
    html: SafeString
    items: list["ShownItem"]


@dataclass(frozen=True)
class ShownParagraph:
    """`shared_by` is how many decisions hold the same standard wording, None for other text."""

    number: int | None
    html: SafeString
    items: list[ShownItem]
    shared_by: int | None


@dataclass(frozen=True)
class ShownSection:
    anchor: str
    level: int
    heading: SafeString | None
    paragraphs: list[ShownParagraph]


class DecisionText:
    """Renders one decision; `words` are those of the search a reader came from."""

    def __init__(self, decision: Decision, words: str = "") -> None:
        self.decision = decision
        self.words = words
        self.links = links_of(decision)
        self.wordings = Wording.among([decision])

    @property
    def summary(self) -> SafeString | None:
        if not self.decision.summary:
            return None
        return self._render(self.decision.summary, (None, None, ()))

    def sections(self) -> list[ShownSection]:
        fingerprints = {
            (section, paragraph): fingerprint
            for section, paragraph, fingerprint in self.decision.findings.get("standard", ())
        }
        shown = []
        for index, section in enumerate(self.decision.document_sections):
            paragraphs = []
            for position, paragraph in enumerate(section.paragraphs):
                shared_by = self.wordings.get(fingerprints.get((index, position), 0))
                html = self._render(paragraph.text, (index, position, ()))
                items = self._items(paragraph.items, (index, position, ()))
                paragraphs.append(ShownParagraph(paragraph.number, html, items, shared_by))
            heading = section.heading and search.mark(self.words, section.heading)
            shown.append(
                ShownSection(f"section-{index + 1}", section.level, heading or None, paragraphs)
            )
        return shown

    def _items(self, items: Iterable[Item], place: Place) -> list[ShownItem]:
        section, paragraph, path = place
        shown = []
        for index, item in enumerate(items):
            here = (section, paragraph, (*path, index))
            html = self._render(item.text, here)
            shown.append(ShownItem(item.label, html, self._items(item.items, here)))
        return shown

    def _render(self, text: str, place: Place) -> SafeString:
        return render(text, self.links.get(place, ()), search.hits(self.words, text))


def render(text: str, links: Iterable[Link], hits: list[search.Span]) -> SafeString:
    """`text` escaped, with links that do not overlap and hits that may lie across them."""
    parts = []
    position = 0
    for link in sorted(links, key=lambda link: link.start):
        if link.start < position:
            continue  # two rules read the same words: the first one's link stands
        inside = search.marked(text, hits, link.start, link.end)
        parts.append(search.marked(text, hits, position, link.start))
        parts.append(format_html('<a class="{}" href="{}">{}</a>', link.kind, link.href, inside))
        position = link.end
    parts.append(search.marked(text, hits, position, len(text)))
    return format_html_join("", "{}", ((part,) for part in parts))


def links_of(decision: Decision) -> Mapping[Place, list[Link]]:
    """The links of every text of a decision, from what analysis found in it."""
    findings = decision.findings
    links: dict[Place, list[Link]] = defaultdict(list)

    def add(evidence: dict[str, Any], href: str, kind: str) -> None:
        place = (evidence["section"], evidence["paragraph"], tuple(evidence["item"]))
        links[place].append(Link(evidence["start"], evidence["end"], href, kind))

    for reference in findings.get("cross_references", ()):
        if reference["targets"]:
            add(reference["evidence"], f"#para-{reference['targets'][0]['number']}", "paragraph")
    others = [found["reference"] for found in findings.get("decision_references", ())]
    known = Decision.objects.published().filter(reference__in=others) if others else ()
    here = {other.reference for other in known}
    for found in findings.get("decision_references", ()):
        if found["reference"] in here:
            slug = reference_slug(found["reference"])
            add(found["evidence"], reverse("decisions:decision", args=[slug]), "decision")
    for citation in findings.get("citations", ()):
        href = reverse("decisions:law", args=[citation["provision"]["key"]])
        add(citation["evidence"], href, "law")
    return links
