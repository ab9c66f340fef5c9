"""A decision's text as its page shows it: links and hits set into the Ombudsman's words.

Every text is cut where a link or a hit begins or ends, every piece is escaped, and only then are
the pieces wrapped. Nothing of the text itself is ever trusted or changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions import search
from decisions.analysis import linking
from decisions.analysis.linking import Link, links_by_place
from decisions.analysis.passages import Evidence
from decisions.documents import Item
from decisions.models import Decision, StandardWording
from decisions.web.highlight_markup import mark_spans, mark_words
from decisions.web.presenters.decision_summary import Place


@dataclass(frozen=True)
class ShownItem:
    """`anchor` is empty for what nobody can cite: a bullet, or an item of unnumbered text."""

    anchor: str
    label: str | None
    html: SafeString
    items: list["ShownItem"]


@dataclass(frozen=True)
class ShownParagraph:
    """`shared_by` is how many decisions hold the same standard wording, None for other text.

    `hits` counts the marked words, those in its items included.
    """

    number: int | None
    html: SafeString
    items: list[ShownItem]
    shared_by: int | None
    hits: int


@dataclass(frozen=True)
class ShownSection:
    anchor: str
    level: int
    heading: SafeString | None
    paragraphs: list[ShownParagraph]


@dataclass(frozen=True)
class Hits:
    """How many words are marked, and the places that hold any."""

    count: int
    places: list[Place]


class DecisionText:
    """Renders one decision; `words` are those of the search a reader came from."""

    def __init__(self, decision: Decision, words: str = "") -> None:
        self.decision = decision
        self.words = words
        self.links = links_of(decision)
        self.wordings = StandardWording.among([decision])

    @cached_property
    def summary(self) -> SafeString | None:
        if not self.decision.summary:
            return None
        return self._render(self.decision.summary, (None, None, ()))

    @cached_property
    def sections(self) -> list[ShownSection]:
        fingerprints = {
            (section, paragraph): fingerprint
            for section, paragraph, fingerprint in self.decision.wording_places or ()
        }
        shown = []
        for index, section in enumerate(self.decision.document_sections):
            paragraphs = []
            for position, paragraph in enumerate(section.paragraphs):
                shared_by = self.wordings.get(fingerprints.get((index, position), 0))
                html = self._render(paragraph.text, (index, position, ()))
                anchor = f"para-{paragraph.number}" if paragraph.number else ""
                items = self._items(paragraph.items, (index, position, ()), anchor)
                hits = _marks(html) + sum(map(_marks_of, items))
                paragraphs.append(ShownParagraph(paragraph.number, html, items, shared_by, hits))
            heading = section.heading and mark_words(section.heading, self.words)
            shown.append(
                ShownSection(f"section-{index + 1}", section.level, heading or None, paragraphs)
            )
        return shown

    @cached_property
    def hits(self) -> "Hits":
        """Where the words that the reader looked for stand, in reading order."""
        places = {Place("summary", None): _marks(self.summary or "")}
        for section in self.sections:
            heading = Place(section.anchor, None)
            places[heading] = _marks(section.heading or "")
            for paragraph in section.paragraphs:
                number = paragraph.number
                place = Place(f"para-{number}", number) if number else heading
                places[place] = places.get(place, 0) + paragraph.hits
        found = {place: count for place, count in places.items() if count}
        return Hits(sum(found.values()), list(found))

    def _items(self, items: Iterable[Item], place: linking.Place, above: str) -> list[ShownItem]:
        section, paragraph, path = place
        shown = []
        for index, item in enumerate(items):
            here = (section, paragraph, (*path, index))
            html = self._render(item.text, here)
            anchor = f"{above}-{item.label}" if above and item.label else ""
            inner = self._items(item.items, here, anchor)
            shown.append(ShownItem(anchor, item.label, html, inner))
        return shown

    def _render(self, text: str, place: linking.Place) -> SafeString:
        return render(text, self.links.get(place, ()), search.find_spans(self.words, text))


def _marks(html: str) -> int:
    return html.count("<mark>")


def _marks_of(item: ShownItem) -> int:
    return _marks(item.html) + sum(map(_marks_of, item.items))


def render(text: str, links: Iterable[Link], hits: list[search.Span]) -> SafeString:
    """`text` escaped, with links that do not overlap and hits that may lie across them."""
    parts = []
    position = 0
    for link in links:
        inside = mark_spans(text, hits, link.start, link.end)
        parts.append(mark_spans(text, hits, position, link.start))
        title = format_html(' title="{}"', link.title) if link.title else ""
        parts.append(format_html('<a href="{}"{}>{}</a>', link.href, title, inside))
        position = link.end
    parts.append(mark_spans(text, hits, position, len(text)))
    return format_html_join("", "{}", ((part,) for part in parts))


def links_of(decision: Decision) -> Mapping[linking.Place, list[Link]]:
    """The links of every text of a decision, from what analysis found in it."""
    found = ((Evidence.from_json(entry), href, title) for entry, href, title in _found(decision))
    return links_by_place(found)


def _found(decision: Decision) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Evidence, address and title of everything found that leads somewhere.

    What leads to a paragraph of the page has no title: the page shows the paragraph itself.
    """
    findings = decision.findings
    for reference in findings.get("cross_references", ()):
        target = reference["targets"][0]
        number = target["number"]
        anchor = "-".join([f"para-{number}", *_labels(decision, number, target["item"])])
        yield reference["evidence"], f"#{anchor}", ""

    named = findings.get("decision_references", ())
    references = {entry["reference"] for entry in named}
    others = Decision.objects.published().filter(reference__in=references) if named else ()
    addresses = {other.reference: other.get_absolute_url() for other in others}
    for entry in named:
        if address := addresses.get(entry["reference"]):
            yield entry["evidence"], address, f"Decision {entry['reference']}"

    for citation in findings.get("citations", ()):
        provision = citation["provision"]
        address = reverse("decisions:law", args=[provision["key"]])
        yield citation["evidence"], address, provision["label"]


def _labels(decision: Decision, number: int, path: list[int]) -> list[str]:
    """The labels down to an item of a numbered paragraph, up to where one has none."""
    paragraphs = (p for section in decision.document_sections for p in section.paragraphs)
    items = next((p.items for p in paragraphs if p.number == number), ())
    labels: list[str] = []
    for index in path:
        if index >= len(items) or not items[index].label:
            break
        labels.append(items[index].label or "")
        items = items[index].items
    return labels
