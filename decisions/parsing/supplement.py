"""Completes the header from a record's fields, the address and the file name.

If these contradict the text, the text wins. Each contradiction and each missing fact adds a
warning, as does a reference from the file name or a category from the address.
"""

from decisions.parsing.blocks import normalise_label
from decisions.parsing.categories import category_in_address
from decisions.parsing.fields import (
    read_category,
    read_date,
    reference_in_name,
)
from decisions.parsing.header import Header
from decisions.parsing.record import Record
from decisions.references import read_reference, reference_in_address


def find_reference(header: Header, record: Record | None, url: str | None, name: str) -> None:
    """Complete `header.references` from the record, the address or the file name, in that order."""
    stated = record.facts.get("case_id", "") if record else ""
    case_id = read_reference(stated)
    if stated and not case_id:
        header.warnings.append(f"the record's case_id is no reference: “{stated}”")
    address_reference = reference_in_address(url) if url else None
    if not header.references:
        if reference := case_id or address_reference:
            header.references = (reference,)
        elif reference := reference_in_name(name):
            header.references = (reference,)
            header.warnings.append("reference read from the file name")
    for where, reference in (("record", case_id), ("address", address_reference)):
        if reference and reference not in header.references:
            header.warnings.append(
                f"the {where} says reference “{reference}”, the text “{header.references[0]}”"
            )


def fill_from_record(header: Header, record: Record) -> None:
    """Complete the header from the fields of a record."""
    facts = record.facts
    header.is_sample = header.is_sample or record.is_sample
    header.council = _prefer_text(header, "council", header.council, facts.get("authority"))
    # Category and subcategory are one fact: a text's category never takes a record's subcategory.
    category, subcategory = read_category(facts.get("category", ""))
    subcategory = read_category(facts.get("subcategory", ""))[0] or subcategory
    text_has_category = header.category is not None
    header.category = _prefer_text(header, "category", header.category, category)
    if not text_has_category or header.subcategory is not None:
        header.subcategory = _prefer_text(header, "subcategory", header.subcategory, subcategory)
    header.outcome = _prefer_text(header, "outcome", header.outcome, facts.get("outcome"))
    if "date" in facts:
        date = read_date(facts["date"])
        if date is None:
            header.warnings.append(f"the record's date not understood: “{facts['date']}”")
        elif header.decided_on is None:
            header.decided_on = date
        elif header.decided_on != date:
            header.warnings.append(
                f"the record says decision date “{date}”, the text “{header.decided_on}”"
            )


def _prefer_text(
    header: Header, field: str, text_value: str | None, record_value: str | None
) -> str | None:
    if text_value is None or record_value is None:
        return text_value or record_value
    if normalise_label(text_value) != normalise_label(record_value):
        header.warnings.append(f"the record says {field} “{record_value}”, the text “{text_value}”")
    return text_value


def fill_from_address(header: Header, url: str) -> None:
    """Complete the category from the address, because compact files do not state it."""
    if header.category is None:
        header.category, header.subcategory = category_in_address(url)
        if header.category:
            header.warnings.append("category read from the address")


def warn_of_missing(header: Header) -> None:
    """Add a warning for each fact that was not found anywhere."""
    if header.council is None:
        header.warnings.append("no council")
    if header.category is None:
        header.warnings.append("no category")
    elif header.subcategory is None:
        header.warnings.append("no subcategory")
    if header.outcome is None:
        header.warnings.append("no outcome")
    if header.decided_on is None:
        header.warnings.append("no decision date")
    if header.summary is None:
        header.warnings.append("no summary")
