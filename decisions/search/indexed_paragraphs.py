"""The paragraphs of a decision as the index holds them: by part, or as standard wording."""

from collections.abc import Iterator, Set
from typing import NamedTuple

from decisions.analysis.passages import Part, sections_with_parts
from decisions.documents import Paragraph, Section
from decisions.models import Decision

# The index's field for each part of a decision that `in:` names. The law, the Ombudsman's method
# and text under other headings belong to none of them.
FIELDS = {
    Part.COMPLAINT: "in_complaint",
    Part.SCOPE: "in_complaint",
    Part.ASSESSMENT: "in_findings",
    Part.ACTION: "in_remedy",
    Part.DECISION: "in_decision",
}


def fields_of_sections(decision: Decision) -> list[str]:
    """The index's field for the part that each section belongs to, "" for none."""
    headings = (Section(section["heading"], section["level"]) for section in decision.sections)
    return [FIELDS.get(part, "") for _, part in sections_with_parts(headings)]


class IndexedParagraph(NamedTuple):
    """A paragraph with its items.

    `field` is the index's field for its part, "" for none. `section` counts the decision's
    sections from 0; `heading` is that section's, "" for none.
    """

    field: str
    section: int
    heading: str
    paragraph: Paragraph
    is_standard: bool


def indexed_paragraphs(decision: Decision, standard: Set[int]) -> Iterator[IndexedParagraph]:
    """A decision's paragraphs in reading order.

    `standard` holds the fingerprints of standard wording.
    """
    standard_places = decision.standard_places(standard)
    fields = fields_of_sections(decision)
    for index, section in enumerate(decision.document_sections):
        heading, field = section.heading or "", fields[index]
        for position, paragraph in enumerate(section.paragraphs):
            is_standard = (index, position) in standard_places
            yield IndexedParagraph(field, index, heading, paragraph, is_standard)
