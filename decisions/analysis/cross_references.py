"""Finds where a decision refers to its own paragraphs.

    for the reasons set out in paragraph three      → paragraph 3
    paragraphs 4 to 6                               → paragraphs 4, 5 and 6
    parts c) to g) and some of parts a) and b)      → items of the complaint's list
    the second bullet point of paragraph 9          → its second bullet

A reference to a law, a policy or a letter ("paragraph 14.2 of the guidance") is left out. So is a
reference to a paragraph that does not exist or is ambiguous.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from string import ascii_lowercase
from typing import Any

from decisions.analysis import lazy_regex
from decisions.analysis.number_words import CARDINAL, parse_number
from decisions.analysis.passages import Evidence, Part, Passage, SplitDocument
from decisions.documents import Item


@dataclass(frozen=True, slots=True)
class Target:
    """A numbered paragraph of this decision, or the item at the path `item` in it."""

    number: int
    item: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The target as JSON types."""
        return {"number": self.number, "item": list(self.item)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Target":
        """The inverse of `to_json`."""
        return cls(stored["number"], tuple(stored["item"]))


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A span of text and the targets it refers to: "paragraphs 4 to 6" has three targets."""

    evidence: Evidence
    targets: tuple[Target, ...]

    def to_json(self) -> dict[str, Any]:
        """The reference as JSON types."""
        return {
            "evidence": self.evidence.to_json(),
            "targets": [target.to_json() for target in self.targets],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "CrossReference":
        """The inverse of `to_json`."""
        return cls(
            Evidence.from_json(stored["evidence"]),
            tuple(Target.from_json(target) for target in stored["targets"]),
        )


# The index of a bullet point in its list.
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}

_LETTER = r"(?:[a-z]|[ivx]{2,4})"
# "12", "three", "5(b)", "5 (b)", "5b"; not "5A" or "14.2", which are no paragraph numbers.
_NUMBER = (
    rf"(?:\d{{1,3}}(?!\d|\.\d)(?:\s?\({_LETTER}\)|[a-z]\b\)?)?"
    rf"|(?i:{CARDINAL})\b)(?!\w|\s+hundred)"
)
_BRACKETED = rf"\(?{_LETTER}\)"  # "a)", "(a)", "iv)"
_TO = r"(?:\s+to\s+|\s+through\s+|\s?[–-]\s?)"
_AND = r"(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+|\s*&\s*)"


def _list_of(entry: str) -> str:
    return rf"(?P<list>{entry}(?:(?:{_TO}|{_AND}){entry})*)"


def _span_of(entry: str) -> re.Pattern[str]:
    """A pattern for one entry of such a list: "3", or "4 to 6"."""
    return re.compile(rf"(?P<first>{entry})(?:{_TO}(?P<last>{entry}))?")


_PARAGRAPHS = lazy_regex.compile(rf"(?<![\w-])[Pp]ara(?:graph)?s?\.?\s+{_list_of(_NUMBER)}")
_PARAGRAPH_SPAN = _span_of(_NUMBER)
_LETTERS = lazy_regex.compile(
    rf"(?<![\w-])(?P<name>[Pp]art|[Pp]oint|[Ii]tem)s?\s+{_list_of(_BRACKETED)}(?!\w)"
)
_LETTER_SPAN = _span_of(_BRACKETED)
# "the first bullet point"
_BULLET = lazy_regex.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+bullet(?:[ -]point)?\b")
# "part b) of paragraph 1", "the first bullet point in paragraph nine"
_OF_PARAGRAPH = lazy_regex.compile(
    rf"\s+(?:of|in|at|under)\s+[Pp]ara(?:graph)?\.?\s+(?P<number>{_NUMBER})"
)
# "parts a) and b) of Mrs D’s complaint"
_OF_COMPLAINT = lazy_regex.compile(r"\s+of\s+(?:[\w’'.]+\s+){1,4}complaint\b")
_ABOVE = lazy_regex.compile(r"\s+above\b")

# Publications and documents that have numbered paragraphs of their own.
_PUBLICATION = (
    r"(?:[Gg]uidance|[Cc]odes?|[Pp]olic(?:y|ies)|[Ss]cheme|Act|[Rr]egulations|Order|[Rr]ules|"
    r"[Pp]lan|[Ll]etter|[Ee]-?mail|[Rr]eport|[Aa]greement|[Ff]ramework|NPPF|PPG|[Cc]ontract|"
    r"[Ll]ease|[Jj]udgment|[Pp]rocedure|[Pp]rotocol|[Cc]onstitution|[Mm]anual|[Hh]andbook|"
    r"[Pp]ractice|Safeguard Children|[Cc]ircular|[Gg]uide|[Nn]otice|[Ll]icence|[Dd]raft|"
    r"[Mm]inutes|[Dd]ocument|[Ss]tandards)"
)
_SAYS = (
    r"(?:says?|states?|provides?|advises?|requires?|explains?|sets? out|makes? clear|"
    r"recommends?|confirms?|adds?)"
)
# "The Code at paragraph 9", "the policy says in paragraph 5", "Schedule 5, paragraph 5(b)"
_AFTER_PUBLICATION = lazy_regex.compile(
    rf"\b(?:{_PUBLICATION}(?:[’']s)?(?:\s+\d{{4}})?[,:;]?\s+\(?(?:(?:{_SAYS}|in|at|under|"
    rf"see),?\s+)*"
    r"|(?i:schedule|sch|annex|appendix|chapter|section|part|policy|article|clause)\.?"
    r"\s+(?:[A-Z]?\d[\w./()-]{0,8}|[A-Z]{1,4}),?\s*\(?(?:(?:in|at)\s+)?)\Z"
)
# "The guidance says an assessment should be prompt (paragraph 6)"
_PUBLICATION_SAYS = lazy_regex.compile(rf"\b{_PUBLICATION}\s.{{0,40}}?\b{_SAYS}\b")
# "of the letter", "in the Council’s complaints policy"; ", Schedule 5", "SEND Code of Practice"
_THIS_DECISION = r"(?:this|my|our)\s+(?:final\s+)?(?:decision|statement|report)\b"
_OF_PUBLICATION = lazy_regex.compile(
    rf"\s+(?:of|from)\s+(?!{_THIS_DECISION})"
    rf"|\s+in\s+(?!{_THIS_DECISION})(?:[\w’'-]+\s+){{1,4}}?{_PUBLICATION}\b"
    r"|,?\s+(?:[A-Z][\w-]*\s+){0,4}(?:[Ss]chedule|Sch|Code|Guidance|Act|Framework|NPPF)\b"
)
# Length of the text before a reference that is searched for a publication, in characters.
_MAX_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class _NumberedParagraph:
    """A numbered paragraph of the decision.

    `position` is its section and paragraph, both from 0. `letters` gives the index of each lettered
    item, `bullets` the indices of the items without a letter.
    """

    number: int
    position: tuple[int, int]
    part: Part
    letters: dict[str, int]
    bullets: tuple[int, ...]


# Start, end and targets of a reference.
_Pointer = tuple[int, int, tuple[Target, ...]]
_ByNumber = dict[int, _NumberedParagraph]


def cross_references(decision: SplitDocument) -> tuple[CrossReference, ...]:
    """Every reference of the decision to its own paragraphs, in reading order."""
    references: list[CrossReference] = []
    by_number: _ByNumber | None = None
    for passage in decision.passages:
        text = passage.text
        finders = []
        if "ara" in text and _PARAGRAPHS.search(text):
            finders.append(_to_paragraphs)
        if ")" in text and ("art" in text or "oint" in text or "tem" in text):
            finders.append(_to_letters)
        if "bullet" in text:
            finders.append(_to_bullets)
        if finders:
            by_number = by_number or _paragraphs_by_number(decision)
            pointers = sorted(
                pointer for finder in finders for pointer in finder(passage, by_number)
            )
            references += (
                CrossReference(passage.evidence(start, end), targets)
                for start, end, targets in pointers
            )
    return tuple(references)


def _paragraphs_by_number(decision: SplitDocument) -> _ByNumber:
    """The paragraphs by number, without numbers that several paragraphs share."""
    by_number: _ByNumber = {}
    ambiguous: set[int] = set()
    for passage in decision.passages:
        section, paragraph, number = passage.section, passage.paragraph, passage.number
        if section is None or paragraph is None or number is None or passage.item:
            continue
        if number in by_number:
            ambiguous.add(number)
        items = decision.document.sections[section].paragraphs[paragraph].items
        by_number[number] = _NumberedParagraph(
            number,
            (section, paragraph),
            passage.part,
            _letter_indices(items, passage.part),
            tuple(index for index, item in enumerate(items) if item.label is None),
        )
    return {number: entry for number, entry in by_number.items() if number not in ambiguous}


def _letter_indices(items: tuple[Item, ...], part: Part) -> dict[str, int]:
    """The index of each lettered item.

    Some files have dashes instead of letters, but decisions still cite the parts of a complaint by
    letter. So the unlettered items of a complaint are lettered in order.
    """
    letters = {item.label: index for index, item in enumerate(items) if item.label}
    if part is Part.COMPLAINT and not letters:
        return {
            letter: index
            for index, (letter, _) in enumerate(zip(ascii_lowercase, items, strict=False))
        }
    return letters


def _to_paragraphs(passage: Passage, by_number: _ByNumber) -> Iterator[_Pointer]:
    def targets(first: str, last: str | None) -> tuple[Target, ...]:
        start, end = _parse_target(first, by_number), _parse_target(last or first, by_number)
        if start is None or end is None:
            return ()
        if start == end:
            return (start,)
        between = range(start.number, end.number + 1)
        if start.item or end.item or any(number not in by_number for number in between):
            return ()
        return tuple(Target(number) for number in between)

    for match in _PARAGRAPHS.finditer(passage.text):
        if not _points_elsewhere(passage.text, *match.span()):
            yield from _pointers(match, _PARAGRAPH_SPAN, targets)


def _to_letters(passage: Passage, by_number: _ByNumber) -> Iterator[_Pointer]:
    for match in _LETTERS.finditer(passage.text):
        if paragraph := _paragraph_with_letters(passage, match, by_number):
            yield from _pointers(match, _LETTER_SPAN, partial(_item_targets, paragraph))


def _item_targets(
    paragraph: _NumberedParagraph, first: str, last: str | None
) -> tuple[Target, ...]:
    start, end = (
        paragraph.letters[_strip_brackets(first)],
        paragraph.letters[_strip_brackets(last or first)],
    )
    inside = (item for item in paragraph.letters.values() if start <= item <= end)
    return tuple(Target(paragraph.number, (item,)) for item in inside)


def _paragraph_with_letters(
    passage: Passage, match: re.Match[str], by_number: _ByNumber
) -> _NumberedParagraph | None:
    """The paragraph of "parts c) to g)", if only one can have all these letters."""
    text, end = passage.text, match.end()
    letters = {_strip_brackets(letter) for letter in re.findall(_BRACKETED, match["list"])}
    candidates = [
        paragraph for paragraph in by_number.values() if letters <= paragraph.letters.keys()
    ]
    if name_match := _OF_PARAGRAPH.match(text, end):
        return _named_paragraph(text, name_match, candidates, by_number)
    of_complaint = _OF_COMPLAINT.match(text, end)
    if not of_complaint and _points_elsewhere(text, match.start(), end):
        return None
    if _ABOVE.match(text, end):
        return _nearest_above(passage, candidates)
    # "Part" means a part of the complaint if the complaint has that letter. "Point" means a point
    # of the same paragraph if the paragraph has that letter.
    if of_complaint or match["name"].lower() == "part":
        preferred = [paragraph for paragraph in candidates if paragraph.part is Part.COMPLAINT]
        if of_complaint or preferred:
            return preferred[0] if len(preferred) == 1 else None
    else:
        here = (passage.section, passage.paragraph)
        if own := next((paragraph for paragraph in candidates if paragraph.position == here), None):
            return own
    return candidates[0] if len(candidates) == 1 else None


def _to_bullets(passage: Passage, by_number: _ByNumber) -> Iterator[_Pointer]:
    text = passage.text
    candidates = [paragraph for paragraph in by_number.values() if paragraph.bullets]
    for match in _BULLET.finditer(text):
        paragraph: _NumberedParagraph | None = None
        if name_match := _OF_PARAGRAPH.match(text, match.end()):
            paragraph = _named_paragraph(text, name_match, candidates, by_number)
        elif _ABOVE.match(text, match.end()):
            paragraph = _nearest_above(passage, candidates)
        elif _OF_COMPLAINT.match(text, match.end()):
            complaint = [entry for entry in candidates if entry.part is Part.COMPLAINT]
            paragraph = complaint[0] if len(complaint) == 1 else None
        elif len(candidates) == 1 and not _points_elsewhere(text, *match.span()):
            paragraph = candidates[0]
        ordinal = _ORDINALS[match["ordinal"]]
        if paragraph and ordinal < len(paragraph.bullets):
            yield *match.span(), (Target(paragraph.number, (paragraph.bullets[ordinal],)),)


def _named_paragraph(
    text: str, name_match: re.Match[str], candidates: list[_NumberedParagraph], by_number: _ByNumber
) -> _NumberedParagraph | None:
    """The paragraph of `candidates` that "of paragraph 9" names."""
    target = _parse_target(name_match["number"], by_number)
    if target is None or target.item or _points_elsewhere(text, *name_match.span("number")):
        return None
    return next((paragraph for paragraph in candidates if paragraph.number == target.number), None)


def _nearest_above(
    passage: Passage, candidates: list[_NumberedParagraph]
) -> _NumberedParagraph | None:
    if passage.section is None or passage.paragraph is None:
        return None
    here = (passage.section, passage.paragraph)
    return max(
        (paragraph for paragraph in candidates if paragraph.position <= here),
        key=lambda entry: entry.position,
        default=None,
    )


def _pointers(
    match: re.Match[str],
    span: re.Pattern[str],
    targets_of: Callable[[str, str | None], tuple[Target, ...]],
) -> Iterator[_Pointer]:
    """A pointer for each entry of a list; for a single entry it includes the word "paragraph"."""
    entries = list(span.finditer(match.string, *match.span("list")))
    for entry in entries:
        if targets := targets_of(entry["first"], entry["last"]):
            start = match.start() if len(entries) == 1 else entry.start()
            yield start, entry.end(), targets


def _parse_target(text: str, by_number: _ByNumber) -> Target | None:
    """The target of "12", "three" or "5(b)"; None if the decision has no such paragraph or item."""
    digits = re.match(r"\d+", text)
    if digits is None:
        number = parse_number(text)
        return Target(number) if number in by_number else None
    number, letter = int(digits[0]), _strip_brackets(text[digits.end() :])
    if number not in by_number:
        return None
    if not letter:
        return Target(number)
    item = by_number[number].letters.get(letter)
    return None if item is None else Target(number, (item,))


def _strip_brackets(letter: str) -> str:
    return letter.strip(" \n\t\xa0()")


def _points_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the reference from `start` to `end` may be to a law or another publication."""
    if _ABOVE.match(text, end):
        return False
    before = text[max(0, start - _MAX_LOOK_BACK) : start]
    sentence = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    return bool(
        _OF_PUBLICATION.match(text, end)
        or _AFTER_PUBLICATION.search(sentence)
        or _PUBLICATION_SAYS.search(sentence)
        or before.count("“") > before.count("”")
    )
