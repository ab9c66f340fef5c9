"""Facts from outside the text: the fields of a record, the address, the file name.

Where they contradict the text, the text is kept. A fact that is taken from elsewhere,
contradicted or missing gets a warning.
"""

from decisions.parsing.blocks import plain
from decisions.parsing.categories import category_in_address
from decisions.parsing.fields import (
    read_category,
    read_date,
    reference_in_address,
    reference_in_name,
)
from decisions.parsing.header import Header
from decisions.parsing.record import Record
from decisions.references import read_reference


def find_reference(header: Header, record: Record | None, url: str | None, name: str) -> None:
    """Complete `header.references` from the record, the address or the file name, in that order."""
    stated = record.facts.get("case_id", "") if record else ""
    case_id = read_reference(stated)
    if stated and not case_id:
        header.warnings.append(f"the record's case_id is no reference: “{stated}”")
    in_address = reference_in_address(url) if url else None
    if not header.references:
        if found := case_id or in_address:
            header.references = (found,)
        elif found := reference_in_name(name):
            header.references = (found,)
            header.warnings.append("reference read from the file name")
    for place, reference in (("record", case_id), ("address", in_address)):
        if reference and reference not in header.references:
            header.warnings.append(
                f"the {place} says reference “{reference}”, the text “{header.references[0]}”"
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
    header: Header, field: str, in_text: str | None, in_record: str | None
) -> str | None:
    if in_text is None or in_record is None:
        return in_text or in_record
    if plain(in_text) != plain(in_record):
        header.warnings.append(f"the record says {field} “{in_record}”, the text “{in_text}”")
    return in_text


def fill_from_address(header: Header, url: str) -> None:
    """Complete the category, which compact files leave out, from the address."""
    if header.category is None:
        header.category, header.subcategory = category_in_address(url)
        if header.category:
            header.warnings.append("category read from the address")


def warn_of_missing(header: Header) -> None:
    """One warning for each fact that was not found anywhere."""
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
