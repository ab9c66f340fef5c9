"""A decision's text as its page shows it: links and search hits inside the Ombudsman's words.

Each text is split where a link or a hit starts or ends, each piece is escaped, and only then are
the pieces wrapped in HTML. The text is never trusted and never altered. The parts are tuples, which
are faster to create than dataclass objects: a page has fifty of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from decisions import search
from decisions.analysis import linking
from decisions.analysis.linking import Link, links_by_place
from decisions.analysis.passages import Evidence
from decisions.documents import Item, Section, item_anchor, paragraph_anchor, section_anchor
from decisions.models import Decision, page_address
from decisions.web.highlight_markup import mark_spans, mark_words
from decisions.web.presenters.decision_summary import TextLocation
from decisions.web.presenters.related_rows import RelatedRows
from decisions.web.querystring import quote_url, with_parameters


class RenderedItem(NamedTuple):
    """An item of a list. `anchor` is empty if the item cannot be cited, like a bullet."""

    anchor: str
    label: str | None
    html: SafeString
    items: list["RenderedItem"]


class RenderedParagraph(NamedTuple):
    """A paragraph as HTML.

    `quote_url` leads to its citation; it is empty if the paragraph has no number. `fingerprint` is
    that of a paragraph that may be standard wording, None for any other. Only a table has `rows`,
    of cells.
    """

    number: int | None
    html: SafeString
    items: list[RenderedItem]
    quote_url: str
    fingerprint: int | None
    rows: list[list[SafeString]]  # of a table, in place of `html`

    @property
    def hit_count(self) -> int:
        """The number of marked words, including those in its items."""
        return _count_marks(self.html) + sum(map(_count_item_marks, self.items))

    def folded_markup(self, wordings: Mapping[int, int]) -> str:
        """The paragraph, folded if it is standard wording; see `markup`.

        `wordings` says how many decisions share each standard wording, by fingerprint.
        """
        shared_by = wordings.get(self.fingerprint) if self.fingerprint is not None else None
        if not shared_by:
            return self.markup
        is_open, number = " open" if self.hit_count else "", f"¶ {self.number}: "
        return (
            f'<details class="standard"{is_open}>\n<summary>{number if self.number else ""}'
            f"standard paragraph, in {shared_by:,} decisions</summary>\n"
            f"{self.markup}\n</details>"
        )

    @property
    def markup(self) -> str:
        """The paragraph with its number, the link to its citation, and its items.

        This is not a template, because a page has fifty of them, which took half of its time.
        """
        number = self.number
        opening = f'<div class="para" id="para-{number}">' if number else '<div class="para">'
        links = (
            f'<a class="num" href="#para-{number}"><span class="visually-hidden">Paragraph </span>'
            f'{number}</a><a class="quote" href="{escape(self.quote_url)}" data-quote>Quote<span'
            f' class="visually-hidden"> paragraph {number}</span></a>'
        )
        content = _table(self.rows) if self.rows else f"<p>{self.html}</p>"
        items = _item_list(self.items) if self.items else ""
        return f"{opening}{links if number else ''}\n{content}{items}</div>"


class RenderedSection(NamedTuple):
    """A section as HTML, with its heading if it has one."""

    anchor: str
    level: int
    heading: SafeString | None
    paragraphs: list[RenderedParagraph]

    def markup(self, wordings: Mapping[int, int]) -> str:
        """The section with its heading; standard paragraphs are folded unless a hit is in them."""
        tag = "h3" if self.level > 1 else "h2"
        heading = f"<{tag}>{self.heading}</{tag}>" if self.heading else ""
        paragraphs = "\n".join(one.folded_markup(wordings) for one in self.paragraphs)
        return f'<section id="{self.anchor}">{heading}\n{paragraphs}\n</section>'


@dataclass(frozen=True)
class SearchHits:
    """How many words are marked, and where."""

    count: int
    locations: list[TextLocation]


class DecisionText:
    """Renders one decision; `words` are the search words to mark."""

    def __init__(self, decision: Decision, related: RelatedRows, words: str) -> None:
        self.decision = decision
        self.related = related
        self.words = words

    @cached_property
    def _links(self) -> Mapping[linking.Place, list[Link]]:
        return find_links(self.decision)

    @cached_property
    def summary(self) -> SafeString | None:
        """The summary as HTML; None for a decision without one."""
        if not self.decision.summary:
            return None
        return self._render(self.decision.summary, (None, None, ()))

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return self.decision.document_sections

    @property
    def contents(self) -> SafeString:
        """An item of a list for each heading, with a link to its section."""
        items = []
        for index, section in enumerate(self._sections):
            if section.heading:
                opening = '<li class="sub">' if section.level > 1 else "<li>"
                link = f'<a href="#{section_anchor(index)}">{escape(section.heading)}</a>'
                items.append(f"{opening}{link}</li>")
        return mark_safe("".join(items))  # noqa: S308

    @cached_property
    def sections(self) -> list[RenderedSection]:
        """All sections in reading order."""
        fingerprints = {
            (section, paragraph): fingerprint
            for section, paragraph, fingerprint in self.decision.wording_places or ()
        }
        # Each paragraph's number follows.
        quote_address = with_parameters(quote_url(self.decision), {"paragraph": ""})
        rendered = []
        for index, section in enumerate(self._sections):
            paragraphs = []
            for position, paragraph in enumerate(section.paragraphs):
                number, place = paragraph.number, (index, position, ())
                paragraphs.append(
                    RenderedParagraph(
                        number,
                        self._render(paragraph.text, place),
                        self._items(paragraph.items, place, paragraph_anchor(number)),
                        f"{quote_address}{number}" if number else "",
                        fingerprints.get((index, position)),
                        self._rows(paragraph.text, place),
                    )
                )
            heading = section.heading and mark_words(section.heading, self.words)
            rendered.append(
                RenderedSection(section_anchor(index), section.level, heading or None, paragraphs)
            )
        return rendered

    @property
    def markup(self) -> SafeString:
        """All sections as HTML; empty for a decision without any."""
        wordings = self.related.wordings
        return mark_safe("\n".join(one.markup(wordings) for one in self.sections))  # noqa: S308

    @cached_property
    def hits(self) -> SearchHits:
        """The number of marked words, and their locations in reading order."""
        counts = {TextLocation("summary", None): _count_marks(self.summary or "")}
        for section in self.sections:
            heading = TextLocation(section.anchor, None)
            counts[heading] = _count_marks(section.heading or "")
            for paragraph in section.paragraphs:
                number = paragraph.number
                location = TextLocation(f"para-{number}", number) if number else heading
                counts[location] = counts.get(location, 0) + paragraph.hit_count
        marked = {location: count for location, count in counts.items() if count}
        return SearchHits(sum(marked.values()), list(marked))

    def _items(
        self, items: Iterable[Item], place: linking.Place, parent_anchor: str
    ) -> list[RenderedItem]:
        section, paragraph, path = place
        rendered = []
        for index, item in enumerate(items):
            item_place = (section, paragraph, (*path, index))
            html = self._render(item.text, item_place)
            anchor = item_anchor(parent_anchor, item.label)
            inner = self._items(item.items, item_place, anchor)
            rendered.append(RenderedItem(anchor, item.label, html, inner))
        return rendered

    def _rows(self, text: str, place: linking.Place) -> list[list[SafeString]]:
        """The cells of a table, which has tabs between them (`parsing.tables`)."""
        if "\t" not in text:
            return []
        links, hits = self._links.get(place, ()), self._hits(text)
        rows = []
        start = 0
        for line in text.split("\n"):
            cells = []
            for cell in line.split("\t"):
                cells.append(render_text(text, links, hits, start, start + len(cell)))
                start += len(cell) + 1
            rows.append(cells)
        return rows

    def _render(self, text: str, place: linking.Place) -> SafeString:
        return render_text(text, self._links.get(place, ()), self._hits(text))

    def _hits(self, text: str) -> list[search.Span]:
        return search.find_spans(self.words, text) if self.words else []


def _table(rows: list[list[SafeString]]) -> str:
    lines = (f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        '<div class="rows" tabindex="0" role="region" aria-label="Table"><table>'
        f"{''.join(lines)}</table></div>"
    )


def _item_list(items: list[RenderedItem]) -> str:
    return f'<ul class="items">{"".join(map(_item, items))}</ul>'


def _item(item: RenderedItem) -> str:
    opening = f'<li id="{escape(item.anchor)}">' if item.anchor else "<li>"
    label = (
        f'<span class="label">{escape(item.label)})</span>'
        if item.label
        else '<span class="label" aria-hidden="true">•</span>'
    )
    inner = _item_list(item.items) if item.items else ""
    return f"{opening}{label} <div>{item.html}{inner}</div></li>"


def _count_marks(html: str) -> int:
    return html.count("<mark>")


def _count_item_marks(item: RenderedItem) -> int:
    return _count_marks(item.html) + sum(map(_count_item_marks, item.items))


def render_text(
    text: str,
    links: Sequence[Link],
    hits: list[search.Span],
    start: int = 0,
    end: int | None = None,
) -> SafeString:
    """`text[start:end]` escaped, with links, which do not overlap, and hits, which may cross them.

    A link that crosses `start` or `end` is left out.
    """
    end = len(text) if end is None else end
    if not links:
        return mark_spans(text, hits, start, end)
    parts: list[str] = []
    position = start
    for link in links:
        if link.start < start or link.end > end:
            continue
        inside = mark_spans(text, hits, link.start, link.end)
        parts.append(mark_spans(text, hits, position, link.start))
        title = f' title="{escape(link.title)}"' if link.title else ""
        parts.append(f'<a href="{escape(link.href)}"{title}>{inside}</a>')
        position = link.end
    parts.append(mark_spans(text, hits, position, end))
    return mark_safe("".join(parts))  # noqa: S308


def find_links(decision: Decision) -> Mapping[linking.Place, list[Link]]:
    """The links in each text of a decision: to its paragraphs, to other decisions and to law."""
    return links_by_place(_link_targets(decision))


def _link_targets(decision: Decision) -> Iterator[tuple[Evidence, str, str]]:
    """Evidence, address and title of every finding that can be linked.

    A link to a paragraph of the same page has no title: the page previews the paragraph itself.
    """
    findings = decision.typed_findings
    for cross_reference in findings.cross_references:
        target = cross_reference.targets[0]
        labels = _labels(decision, target.number, target.item)
        anchor = "-".join([f"para-{target.number}", *labels])
        yield cross_reference.evidence, f"#{anchor}", ""

    named = findings.decision_references
    references = {entry.reference for entry in named}
    others = Decision.objects.published().filter(reference__in=references) if named else ()
    addresses = {other.reference: other.get_absolute_url() for other in others}
    for entry in named:
        if address := addresses.get(entry.reference):
            yield entry.evidence, address, f"Decision {entry.reference}"

    for citation in findings.citations:
        address = page_address("decisions:law", citation.provision.key)
        yield citation.evidence, address, citation.provision.label


def _labels(decision: Decision, number: int, path: tuple[int, ...]) -> list[str]:
    """The labels on the path to an item of a numbered paragraph, up to the first missing one."""
    paragraphs = (p for section in decision.document_sections for p in section.paragraphs)
    items = next((p.items for p in paragraphs if p.number == number), ())
    labels: list[str] = []
    for index in path:
        if index >= len(items) or not items[index].label:
            break
        labels.append(items[index].label or "")
        items = items[index].items
    return labels
