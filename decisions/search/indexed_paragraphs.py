"""The paragraphs of a decision as the search sees them: each in its part, or standard wording."""

from collections.abc import Iterator, Set
from typing import NamedTuple

from decisions.analysis.passages import Part, sections_with_parts
from decisions.documents import Paragraph
from decisions.models import Decision

# The index's field for each part that `in:` names. The law, the method and what stands under no
# heading that tells belong to none.
FIELDS = {
    Part.COMPLAINT: "in_complaint",
    Part.SCOPE: "in_complaint",
    Part.ASSESSMENT: "in_findings",
    Part.ACTION: "in_remedy",
    Part.DECISION: "in_decision",
}


class Passage(NamedTuple):
    """A paragraph with its items. `field` is that of its part, "" for none; `section` counts
    from 0, and `heading` is the one it stands under."""

    section: int
    heading: str
    field: str
    paragraph: Paragraph
    is_standard: bool


def passages(decision: Decision, standard: Set[int]) -> Iterator[Passage]:
    """In reading order; `standard` holds the fingerprints of standard wording."""
    apart = decision.standard_places(standard)
    for index, (section, part) in enumerate(sections_with_parts(decision.document_sections)):
        heading, field = section.heading or "", FIELDS.get(part, "")
        for position, paragraph in enumerate(section.paragraphs):
            yield Passage(index, heading, field, paragraph, (index, position) in apart)
