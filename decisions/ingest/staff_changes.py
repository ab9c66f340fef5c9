"""Keeps what staff corrected and redacted when a file changes a decision.

`fill` (writer) sets a decision's row to what a file states, between `unseal` and `keep`: the row
has the sealed text meanwhile, and the mark in place of the redacted words afterwards.
"""

from typing import Any

from decisions.analysis import analyse
from decisions.documents import Document, sections_from_json, sections_to_json
from decisions.ingest.lookups import LookupCache, header_keys
from decisions.models import Decision, Redaction
from decisions.pipeline import cited, columns

# The fields of a decision that hold words of its file, which a redaction seals.
SEALED_FIELDS = ("summary", "sections", "warnings", "source_url")


def document_of(decision: Decision) -> Document:
    """Restore the document that a row was made from, with the fields that analysis reads."""
    category = decision.category
    return Document(
        reference=decision.reference,
        council=decision.council.name if decision.council else None,
        category=(category.parent or category).name if category else None,
        subcategory=category.name if category and category.parent else None,
        outcome=decision.outcome.name if decision.outcome else None,
        decided_on=decision.decided_on,
        kind=decision.kind,
        summary=decision.summary,
        sections=decision.document_sections,
        source_url=decision.source_url,
        other_references=tuple(decision.other_references),
    )


def analyse_again(decision: Decision) -> None:
    """Set the findings to what the rules find in the row as it is now; does not save it."""
    findings = analyse(document_of(decision))
    LookupCache().create_provisions(cited(findings))
    for name, value in columns(findings).items():
        setattr(decision, name, value)


def unseal(decision: Decision) -> None:
    """Set a redacted decision's fields to its sealed text; does not save it."""
    if decision.sealed:
        for name, value in decision.sealed.original.items():
            setattr(decision, name, value)


def seal(decision: Decision, redaction: Redaction) -> None:
    """Save the decision's text in `redaction`, and set its fields to the text with the mark.

    The decision itself is not saved.
    """
    redaction.original = {name: getattr(decision, name) for name in SEALED_FIELDS}
    redaction.save()
    decision.is_redacted = True
    decision.redaction = redaction
    redactor = decision.redactor()
    decision.summary = decision.summary and redactor.text(decision.summary)
    decision.sections = sections_to_json(redactor.sections(sections_from_json(decision.sections)))
    decision.warnings = list(map(redactor.text, decision.warnings))
    decision.source_url = (decision.source_url and redactor.address(decision.source_url)) or None


def set_stated(decision: Decision, document: Document, values: dict[str, Any]) -> None:
    """Set the fields that the document states; a corrected one keeps the correction."""
    for name, value in values.items():
        column = name.removesuffix("_id")
        if value is None:
            continue
        if column in decision.stated:
            decision.stated[column] = header_keys(document)[column]
        else:
            setattr(decision, name, value)


def keep(decision: Decision) -> None:
    """Redact anew what a file has just set, and let the findings follow; does not save it."""
    if decision.sealed:
        seal(decision, decision.sealed)
    else:
        decision.is_redacted = False
    if decision.is_redacted or decision.stated:
        analyse_again(decision)
