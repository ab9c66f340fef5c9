"""A decision as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML of laws and judgments.

The ids are the anchors of the decision's page; what has no anchor there has an id made from that of
what holds it, with two underscores. Links to law, decisions and paragraphs are those of the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from decisions.analysis.linking import Link, Place
from decisions.documents import Item, Paragraph, item_anchor, paragraph_anchor, section_anchor
from decisions.exports.reading import OMBUDSMAN, ReadDecision
from decisions.exports.xml_text import xml_text
from decisions.models import Decision
from decisions.serializers.names import reason_label, remedy_label
from decisions.web.presenters.decision_text import find_links

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_E: Any = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

# An element of lxml, which ships no types.
_Element = Any


def akoma_ntoso(read: ReadDecision) -> bytes:
    """The decision as XML, valid against the schema of Akoma Ntoso 3.0."""
    document = _E.akomaNtoso(
        _E.doc(_metadata(read), _preface(read), _Body(read).element(), name="decision")
    )
    content: bytes = etree.tostring(
        document, xml_declaration=True, encoding="UTF-8", pretty_print=False
    )
    return content


def _metadata(read: ReadDecision) -> _Element:
    decision = read.decision
    work = f"/akn/gb/doc/decision/{decision.slug}"
    # The schema wants a day; where the decision states none, it is the day of its arrival here.
    day = decision.decided_on or decision.created_at.date()
    dated = _E.FRBRdate(
        date=day.isoformat(), name="decision" if decision.decided_on else "received"
    )
    changed = _E.FRBRdate(date=decision.updated_at.date().isoformat(), name="updated")
    author = "#archive" if decision.is_sample else "#ombudsman"
    identification = _E.identification(
        _E.FRBRWork(
            _E.FRBRthis(value=f"{work}/!main"),
            _E.FRBRuri(value=work),
            dated,
            _E.FRBRauthor(href=author),
            _E.FRBRcountry(value="gb"),
            *(
                _E.FRBRnumber(value=number)
                for number in (decision.reference, *decision.other_references)
            ),
        ),
        _E.FRBRExpression(
            _E.FRBRthis(value=f"{work}/eng/!main"),
            _E.FRBRuri(value=f"{work}/eng"),
            _E.FRBRdate(**dated.attrib),
            _E.FRBRauthor(href=author),
            _E.FRBRlanguage(language="eng"),
        ),
        _E.FRBRManifestation(
            _E.FRBRthis(value=f"{read.address.rstrip('/')}.xml"),
            _E.FRBRuri(value=f"{read.address.rstrip('/')}.xml"),
            changed,
            _E.FRBRauthor(href="#archive"),
        ),
        source="#archive",
    )
    keywords = [*_keywords(decision)]
    classification = [_E.classification(*keywords, source="#archive")] if keywords else []
    return _E.meta(
        identification,
        *classification,
        _E.references(
            _E.TLCOrganization(eId="ombudsman", href="https://www.lgo.org.uk/", showAs=OMBUDSMAN),
            _E.TLCOrganization(eId="archive", href=read.site or "/", showAs="This archive"),
            source="#archive",
        ),
        _E.notes(
            *(
                _E.note(_E.p(text), eId=f"note-{number}")
                for number, text in enumerate([*read.notices, *read.terms], 1)
            ),
            source="#archive",
        ),
    )


def _keywords(decision: Decision) -> Iterable[_Element]:
    """What the archive files the decision under: `value` is the code in its addresses."""
    entries: list[tuple[str, str, str]] = []
    if decision.council:
        entries.append(("council", decision.council.slug, decision.council.name))
    if decision.category:
        entries.append(("category", decision.category.path, str(decision.category)))
    if decision.outcome:
        entries.append(("outcome", decision.outcome.slug, decision.outcome.name))
    entries += [("reason", code, reason_label(code)) for code in decision.reasons]
    entries += [("remedy", code, remedy_label(code)) for code in decision.remedies]
    return (
        _E.keyword(value=value, showAs=xml_text(label), dictionary=f"#{kind}")
        for kind, value, label in entries
    )


def _preface(read: ReadDecision) -> _Element:
    title = _E.p(_E.docTitle(xml_text(read.title)))
    facts = (_E.p(xml_text(f"{name}: {value}")) for name, value in read.facts())
    return _E.preface(title, *facts, eId="preface")


class _Body:
    """The text of one decision; every id is given once."""

    def __init__(self, read: ReadDecision) -> None:
        self._read = read
        self._links: Mapping[Place, list[Link]] = find_links(read.decision)
        self._given: set[str] = set()

    def element(self) -> _Element:
        """The main body: sections, with subsections inside the section that they follow."""
        body = _E.mainBody(eId=self._id("body"))
        if self._read.decision.summary:
            summary = self._text(self._read.decision.summary, (None, None, ()))
            heading = _E.heading("Summary")
            body.append(_E.section(heading, _E.content(summary), eId=self._id("summary")))
        above = body
        for index, section in enumerate(self._read.sections):
            inner = above is not body and section.level > 1
            element = (_E.subsection if inner else _E.section)(eId=self._id(section_anchor(index)))
            if section.heading:
                element.append(_E.heading(xml_text(section.heading)))
            for position, paragraph in enumerate(section.paragraphs):
                element.append(self._paragraph(paragraph, index, position))
            if inner:
                above.append(element)
            else:
                body.append(element)
                above = element
        for section in body.iter(f"{{{NAMESPACE}}}section", f"{{{NAMESPACE}}}subsection"):
            if all(child.tag == f"{{{NAMESPACE}}}heading" for child in section):
                section.append(_E.content(_E.p()))
        if not len(body):
            body.append(_E.p())
        return body

    def _paragraph(self, paragraph: Paragraph, section: int, position: int) -> _Element:
        anchor = paragraph_anchor(paragraph.number)
        identifier = self._id(anchor or f"{section_anchor(section)}__para-{position + 1}")
        element = _E.paragraph(eId=identifier)
        if paragraph.number:
            element.append(_E.num(f"{paragraph.number}."))
        place = (section, position, ())
        self._fill(element, paragraph.text, paragraph.items, place, anchor, identifier)
        return element

    def _fill(
        self,
        element: _Element,
        text: str,
        items: Sequence[Item],
        place: Place,
        anchor: str,
        identifier: str,
    ) -> None:
        """Give an element its text, and its items where it has any."""
        content = self._text(text, place)
        if not items:
            element.append(_E.content(content))
            return
        element.append(_E.intro(content))
        section, paragraph, path = place
        for index, item in enumerate(items):
            inner = item_anchor(anchor, item.label)
            inner_id = self._id(inner or f"{identifier}__item-{index + 1}")
            point = _E.point(eId=inner_id)
            if item.label:
                point.append(_E.num(f"{item.label})"))
            inner_place = (section, paragraph, (*path, index))
            self._fill(point, item.text, item.items, inner_place, inner, inner_id)
            element.append(point)

    def _text(self, text: str, place: Place) -> _Element:
        """The text as one `p`, with its links; a line break is an `eol`."""
        paragraph = _E.p()
        position = 0
        for link in self._links.get(place, ()):
            _add(paragraph, text[position : link.start])
            reference = _E.ref(href=self._address(link.href))
            _add(reference, text[link.start : link.end])
            paragraph.append(reference)
            position = link.end
        _add(paragraph, text[position:])
        return paragraph

    def _address(self, href: str) -> str:
        return href if href.startswith("#") else self._read.site + href

    def _id(self, wanted: str) -> str:
        """The id, with a number behind it if a file has the same one twice."""
        identifier, count = wanted, 1
        while identifier in self._given:
            count += 1
            identifier = f"{wanted}__{count}"
        self._given.add(identifier)
        return identifier


def _add(parent: _Element, text: str) -> None:
    """Add text behind what the element holds."""
    for number, line in enumerate(xml_text(text).split("\n")):
        if number:
            parent.append(_E.eol())
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + line
        else:
            parent.text = (parent.text or "") + line
