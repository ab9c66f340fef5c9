"""Small documents for the rules to read, and what their findings point at."""

from typing import Protocol

from decisions.analysis.citations import citations
from decisions.analysis.passages import Evidence, split
from decisions.documents import Document, Item, Paragraph, Section


class Finding(Protocol):
    @property
    def evidence(self) -> Evidence: ...


def document_of(*sections: Section, summary: str | None = None) -> Document:
    return Document("21 019 030", summary=summary, sections=sections)


def one_paragraph(text: str) -> Document:
    return document_of(Section("What I found", 1, (Paragraph(1, text),)))


def lettered(text: str, letters: str) -> tuple[Item, ...]:
    return tuple(Item(letter, f"{text} {letter}") for letter in letters)


def bulleted(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(None, text) for text in texts)


def words_at(document: Document, finding: Finding) -> str:
    """The words that a finding's evidence spans."""
    evidence = finding.evidence
    place = (evidence.section, evidence.paragraph, evidence.item)
    (text,) = (
        passage.text
        for passage in split(document).passages
        if (passage.section, passage.paragraph, passage.item) == place
    )
    assert 0 <= evidence.start < evidence.end <= len(text)
    return text[evidence.start : evidence.end]


def cited(text: str) -> list[tuple[str, str]]:
    """(short form, words of the link) for everything that the text cites."""
    document = one_paragraph(text)
    return [(one.provision.short, words_at(document, one)) for one in citations(split(document))]
