"""Which part of a decision each passage belongs to."""

import pytest

from decisions.analysis.passages import Part, split
from decisions.documents import Document, Paragraph, Section


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        # A subsection has the part of the main section above it.
        ([("What I found", 1), ("Transport", 2)], [Part.ASSESSMENT, Part.ASSESSMENT]),
        ([("What I found", 1), ("The complaint", 2)], [Part.ASSESSMENT, Part.ASSESSMENT]),
        # Some decisions write these main headings one level too low.
        (
            [("What I found", 1), ("Agreed action", 2), ("Dates", 3), ("Final decision", 2)],
            [Part.ASSESSMENT, Part.ACTION, Part.ACTION, Part.DECISION],
        ),
        ([(None, 1), ("The complaint", 1)], [Part.OTHER, Part.COMPLAINT]),
        ([("The complaint", 1), ("Postscript", 1)], [Part.COMPLAINT, Part.OTHER]),
    ],
)
def test_parts(headings: list[tuple[str | None, int]], parts: list[Part]) -> None:
    sections = tuple(
        Section(heading, level, (Paragraph(None, "Mr X complains."),))
        for heading, level in headings
    )
    document = split(Document("90 000 001", sections=sections))
    assert [passage.part for passage in document.passages] == parts
