"""Redaction: named words of a document are replaced by a visible mark, wherever they stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from decisions.characters import simplify, simplify_with_positions
from decisions.documents import Document, Item, Paragraph, Section

# What stands in place of the words.
MARK = "[redacted]"

_SEPARATORS = re.compile(r"[\s_-]+")
_QUOTES = re.compile("['’‘ʼ`´\"“”]")
_ANY_QUOTE = "['’‘ʼ`´\"“”]"
_LETTER = r"[^\W_]"


class Redactor:
    """Replaces words; case, kinds of blanks, hyphens, quotes and invisible characters count alike.

    Part of a longer word is another word: "Ann" leaves "Annual" as it is, and changes "Ann's".
    """

    def __init__(self, words: Iterable[str]) -> None:
        """`words` are names or phrases; each must have a letter or a digit."""
        patterns = sorted((_pattern(phrase) for phrase in words), key=len, reverse=True)
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)

    def text(self, text: str) -> str:
        """The text with the mark in place of the words."""
        simple = simplify_with_positions(text)
        pieces: list[str] = []
        position = 0
        for match in self._pattern.finditer(simple.text):
            start, end = simple.received_span(*match.span())
            pieces += (text[position:start], MARK)
            position = end
        return "".join((*pieces, text[position:]))

    def address(self, address: str) -> str:
        """The address, or "" if it has the words: with a mark in it, it would lead nowhere."""
        return "" if self.text(unquote(address)) != unquote(address) else address

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The sections with the mark in headings, paragraphs and lists."""
        return tuple(
            Section(
                section.heading and self.text(section.heading),
                section.level,
                tuple(
                    Paragraph(one.number, self.text(one.text), self._items(one.items))
                    for one in section.paragraphs
                ),
            )
            for section in sections
        )

    def document(self, document: Document) -> Document:
        """The document with the mark in its text, its summary, its warnings and its header."""

        def text(value: str | None) -> str | None:
            return value and self.text(value)

        return replace(
            document,
            council=text(document.council),
            category=text(document.category),
            subcategory=text(document.subcategory),
            outcome=text(document.outcome),
            summary=text(document.summary),
            sections=self.sections(document.sections),
            warnings=tuple(map(self.text, document.warnings)),
            source_url=(document.source_url and self.address(document.source_url)) or None,
        )

    def _items(self, items: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(
            Item(item.label, self.text(item.text), self._items(item.items)) for item in items
        )


def count_marks(texts: Sequence[str]) -> int:
    """How many marks there are in the texts."""
    return sum(text.count(MARK) for text in texts)


def has_letters(phrase: str) -> bool:
    """Whether the phrase has a letter or a digit; nothing else can be redacted."""
    return re.search(_LETTER, simplify(phrase)) is not None


def _pattern(phrase: str) -> str:
    """A pattern for the phrase in the simplified form of a text."""
    parts = [part for part in _SEPARATORS.split(simplify(phrase)) if part]
    pattern = r"[\s_-]+".join(
        _ANY_QUOTE.join(map(re.escape, _QUOTES.split(part))) for part in parts
    )
    first, last = parts[0][0], parts[-1][-1]
    before = f"(?<!{_LETTER})" if re.match(_LETTER, first) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, last) else ""
    return f"{before}{pattern}{after}"
