"""A whole decision as JSON types: header, text, findings with their evidence, captures."""

from collections.abc import Iterable

from decisions.analysis.passages import Evidence, sections_with_parts
from decisions.documents import (
    Item,
    Paragraph,
    Section,
    item_anchor,
    paragraph_anchor,
    section_anchor,
)
from decisions.models import Capture, Decision, page_address
from decisions.redaction import Redactor
from decisions.serializers.licence import licence_note
from decisions.serializers.names import provision_labels, reason_label, remedy_label
from decisions.serializers.summary import Json, decision_summary_json


def decision_json(decision: Decision, base_url: str) -> Json:
    """Everything that the archive says of a decision.

    Load it with `for_documents`. A withdrawn decision gives `withdrawn_json`, without its text.
    Ids of sections, paragraphs and items are the anchors of the decision's page; null where the
    page has none.
    """
    if decision.withdrawn_at:
        return withdrawn_json(decision, base_url)
    redactor = decision.redactor()
    return {
        **decision_summary_json(decision, base_url, provision_labels([decision])),
        "withdrawn_at": None,
        "corrections": [{"field": name, "stated": stated} for name, stated in decision.corrections],
        "is_redacted": decision.is_redacted,
        "licence": licence_note(decision),
        "warnings": decision.warnings,
        "sections": _sections(decision),
        "findings": _findings(decision, base_url),
        "captures": [_capture(capture, redactor) for capture in decision.received_captures],
    }


def withdrawn_json(decision: Decision, base_url: str) -> Json:
    """What is left of a withdrawn decision: its reference, its address, and when it went."""
    withdrawn_at = decision.withdrawn_at
    return {
        "reference": decision.reference,
        "address": base_url + decision.get_absolute_url(),
        "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
    }


def _sections(decision: Decision) -> list[Json]:
    return [
        {
            "id": section_anchor(index),
            "heading": section.heading,
            "level": section.level,
            "part": part.value,
            "paragraphs": [paragraph_json(paragraph) for paragraph in section.paragraphs],
        }
        for index, (section, part) in enumerate(sections_with_parts(decision.document_sections))
    ]


def paragraph_json(paragraph: Paragraph) -> Json:
    """A paragraph with the lists in it, as in `decision_json`."""
    anchor = paragraph_anchor(paragraph.number)
    return {
        "id": anchor or None,
        "number": paragraph.number,
        "text": paragraph.text,
        "items": _items(paragraph.items, anchor),
    }


def _items(items: Iterable[Item], parent: str) -> list[Json]:
    entries = []
    for item in items:
        anchor = item_anchor(parent, item.label)
        entries.append(
            {
                "id": anchor or None,
                "label": item.label,
                "text": item.text,
                "items": _items(item.items, anchor),
            }
        )
    return entries


def _findings(decision: Decision, base_url: str) -> Json:
    """Each finding with the words that it rests on, where they stand, and a link to them."""
    findings = decision.typed_findings
    page = base_url + decision.get_absolute_url()
    sections = decision.document_sections

    def evidence(found: Evidence) -> Json:
        words = _text_at(decision.summary, sections, found)[found.start : found.end]
        return {**found.to_json(), "address": f"{page}#{found.anchor}", "words": words}

    return {
        "rules_version": decision.rules_version,
        "reasons": [
            {
                "code": reason.code,
                "label": reason_label(reason.code),
                "basis": reason.basis,
                "evidence": [evidence(found) for found in reason.evidence],
            }
            for reason in findings.closure_reasons
        ],
        "remedies": [
            {
                **remedy.to_json(),
                "label": remedy_label(remedy.kind),
                "evidence": evidence(remedy.evidence),
            }
            for remedy in findings.remedies
        ],
        "citations": [
            {
                "key": citation.provision.key,
                "label": citation.provision.label,
                "short": citation.provision.short,
                "legislation_address": citation.provision.url,
                "address": base_url + page_address("decisions:law", citation.provision.key),
                "evidence": evidence(citation.evidence),
            }
            for citation in findings.citations
        ],
        "decision_references": [
            {"reference": named.reference, "evidence": evidence(named.evidence)}
            for named in findings.decision_references
        ],
        "cross_references": [
            {**reference.to_json(), "evidence": evidence(reference.evidence)}
            for reference in findings.cross_references
        ],
    }


def _text_at(summary: str | None, sections: tuple[Section, ...], evidence: Evidence) -> str:
    """The whole text in which this evidence stands."""
    if evidence.section is None or evidence.paragraph is None:
        return summary or ""
    passage: Paragraph | Item = sections[evidence.section].paragraphs[evidence.paragraph]
    for index in evidence.item:
        passage = passage.items[index]
    return passage.text


def _capture(capture: Capture, redactor: Redactor) -> Json:
    return {
        "name": redactor.text(capture.name),
        "source_address": redactor.address(capture.url) or None,
        "sha256": capture.sha256,
        "size": capture.size,
        "captured_at": capture.captured_at.isoformat(),
        "captured_from": capture.captured_from,
        "received_at": capture.received_at.isoformat(),
    }
