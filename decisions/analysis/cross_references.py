"""Where a decision points to its own paragraphs, and where to another decision.

    for the reasons set out in paragraph three      → paragraph 3
    paragraphs 4 to 6                               → paragraphs 4, 5 and 6
    parts c) to g) and some of parts a) and b)      → items of the complaint's list
    the second bullet point of paragraph 9          → its second bullet
    our earlier decision 19 004 118                 → another decision

What points into a law, a policy or a letter ("paragraph 14.2 of the guidance") is not found, nor
is what leads nowhere in this decision or could lead to two places.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from string import ascii_lowercase
from typing import Any

from decisions.analysis.passages import Evidence, Part, Passage, SplitDocument
from decisions.documents import Item
from decisions.references import REFERENCE, canonical


@dataclass(frozen=True, slots=True)
class Target:
    """A numbered paragraph of this decision, or the item of it at the end of the path `item`."""

    number: int
    item: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "item": list(self.item)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Target":
        """The inverse of `to_json`."""
        return cls(stored["number"], tuple(stored["item"]))


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A span to become a link, and what it points to: several targets for "4 to 6"."""

    evidence: Evidence
    targets: tuple[Target, ...]

    def to_json(self) -> dict[str, Any]:
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


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """Another decision's reference, in canonical form, and where this one names it."""

    reference: str
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        return {"reference": self.reference, "evidence": self.evidence.to_json()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "DecisionReference":
        """The inverse of `to_json`."""
        return cls(stored["reference"], Evidence.from_json(stored["evidence"]))


_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# "three" → 3, "twenty-one" and "twenty one" → 21
_IN_WORDS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{
        f"{ten}{join}{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS[:9], 1)
        for join in "- "
    },
}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}

_LETTER = r"(?:[a-z]|[ivx]{2,4})"
# "12", "three", "5(b)", "5 (b)", "5b"; not "5A" or "14.2", which number something else.
_NUMBER = (
    rf"(?:\d{{1,3}}(?!\d|\.\d)(?:\s?\({_LETTER}\)|[a-z]\b\)?)?"
    rf"|(?i:{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b)(?!\w|\s+hundred)"
)
_BRACKETED = rf"\(?{_LETTER}\)"  # "a)", "(a)", "iv)"
_TO = r"(?:\s+to\s+|\s+through\s+|\s?[–-]\s?)"
_AND = r"(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+|\s*&\s*)"


def _list_of(one: str) -> str:
    return rf"(?P<list>{one}(?:(?:{_TO}|{_AND}){one})*)"


def _span_of(one: str) -> re.Pattern[str]:
    """One entry of such a list: "3", or "4 to 6"."""
    return re.compile(rf"(?P<first>{one})(?:{_TO}(?P<last>{one}))?")


_PARAGRAPHS = re.compile(rf"(?<![\w-])[Pp]ara(?:graph)?s?\.?\s+{_list_of(_NUMBER)}")
_PARAGRAPH_SPAN = _span_of(_NUMBER)
_LETTERS = re.compile(
    rf"(?<![\w-])(?P<name>[Pp]art|[Pp]oint|[Ii]tem)s?\s+{_list_of(_BRACKETED)}(?!\w)"
)
_LETTER_SPAN = _span_of(_BRACKETED)
# "the first bullet point"
_BULLET = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+bullet(?:[ -]point)?\b")
# "part b) of paragraph 1", "the first bullet point in paragraph nine"
_OF_PARAGRAPH = re.compile(rf"\s+(?:of|in|at|under)\s+[Pp]ara(?:graph)?\.?\s+(?P<number>{_NUMBER})")
# "parts a) and b) of Mrs D’s complaint"
_OF_COMPLAINT = re.compile(r"\s+of\s+(?:[\w’'.]+\s+){1,4}complaint\b")
_ABOVE = re.compile(r"\s+above\b")

# What has paragraphs of its own.
_WORK = (
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
_BEHIND_WORK = re.compile(
    rf"\b(?:{_WORK}(?:[’']s)?(?:\s+\d{{4}})?[,:;]?\s+\(?(?:(?:{_SAYS}|in|at|under|see),?\s+)*"
    r"|(?i:schedule|sch|annex|appendix|chapter|section|part|policy|article|clause)\.?"
    r"\s+(?:[A-Z]?\d[\w./()-]{0,8}|[A-Z]{1,4}),?\s*\(?(?:(?:in|at)\s+)?)\Z"
)
# "The guidance says an assessment should be prompt (paragraph 6)"
_WORK_SAYS = re.compile(rf"\b{_WORK}\s.{{0,40}}?\b{_SAYS}\b")
# "of the letter", "in the Council’s complaints policy"; ", Schedule 5", "SEND Code of Practice"
_OWN = r"(?:this|my|our)\s+(?:final\s+)?(?:decision|statement|report)\b"
_OF_WORK = re.compile(
    rf"\s+(?:of|from)\s+(?!{_OWN})"
    rf"|\s+in\s+(?!{_OWN})(?:[\w’'-]+\s+){{1,4}}?{_WORK}\b"
    r"|,?\s+(?:[A-Z][\w-]*\s+){0,4}(?:[Ss]chedule|Sch|Code|Guidance|Act|Framework|NPPF)\b"
)
_REACH = 200  # characters before a reference that can say whose paragraph it is


@dataclass(frozen=True, slots=True)
class _Place:
    """A numbered paragraph: where it stands, and where each item is in its list."""

    number: int
    where: tuple[int, int]
    part: Part
    letters: dict[str, int]
    bullets: tuple[int, ...]


# What a reference spans, and what it points to.
_Pointer = tuple[int, int, tuple[Target, ...]]
_Places = dict[int, _Place]


def cross_references(decision: SplitDocument) -> tuple[CrossReference, ...]:
    """Every place where the decision points to its own paragraphs, in reading order."""
    found: list[CrossReference] = []
    places: _Places | None = None
    for passage in decision.passages:
        text = passage.text
        readers = []
        if "ara" in text and _PARAGRAPHS.search(text):
            readers.append(_to_paragraphs)
        if ")" in text and ("art" in text or "oint" in text or "tem" in text):
            readers.append(_to_letters)
        if "bullet" in text:
            readers.append(_to_bullets)
        if readers:
            places = places or _places(decision)
            pointers = sorted(pointer for reader in readers for pointer in reader(passage, places))
            found += (
                CrossReference(passage.evidence(start, end), targets)
                for start, end, targets in pointers
            )
    return tuple(found)


def _places(decision: SplitDocument) -> _Places:
    """The paragraphs by their numbers; a number that two of them bear points to neither."""
    places: _Places = {}
    doubtful: set[int] = set()
    for passage in decision.passages:
        section, paragraph, number = passage.section, passage.paragraph, passage.number
        if section is None or paragraph is None or number is None or passage.item:
            continue
        if number in places:
            doubtful.add(number)
        items = decision.document.sections[section].paragraphs[paragraph].items
        places[number] = _Place(
            number,
            (section, paragraph),
            passage.part,
            _letters(items, passage.part),
            tuple(place for place, item in enumerate(items) if item.label is None),
        )
    return {number: place for number, place in places.items() if number not in doubtful}


def _letters(items: tuple[Item, ...], part: Part) -> dict[str, int]:
    """Where each lettered item is. A file with dashes for all lists has lost the letters by which
    the parts of a complaint go: they are then counted out.
    """
    letters = {item.label: place for place, item in enumerate(items) if item.label}
    if part is Part.COMPLAINT and not letters:
        return {
            letter: place
            for place, (letter, _) in enumerate(zip(ascii_lowercase, items, strict=False))
        }
    return letters


def _to_paragraphs(passage: Passage, places: _Places) -> Iterator[_Pointer]:
    def targets(first: str, last: str | None) -> tuple[Target, ...]:
        start, end = _numbered(first, places), _numbered(last or first, places)
        if start is None or end is None:
            return ()
        if start == end:
            return (start,)
        between = range(start.number, end.number + 1)
        if start.item or end.item or any(number not in places for number in between):
            return ()
        return tuple(Target(number) for number in between)

    for match in _PARAGRAPHS.finditer(passage.text):
        if not _elsewhere(passage.text, *match.span()):
            yield from _pointers(match, _PARAGRAPH_SPAN, targets)


def _to_letters(passage: Passage, places: _Places) -> Iterator[_Pointer]:
    for match in _LETTERS.finditer(passage.text):
        if place := _lettered(passage, match, places):
            yield from _pointers(match, _LETTER_SPAN, partial(_items, place))


def _items(place: _Place, first: str, last: str | None) -> tuple[Target, ...]:
    start, end = place.letters[_bare(first)], place.letters[_bare(last or first)]
    inside = (item for item in place.letters.values() if start <= item <= end)
    return tuple(Target(place.number, (item,)) for item in inside)


def _lettered(passage: Passage, match: re.Match[str], places: _Places) -> _Place | None:
    """The list that "parts c) to g)" are of: all its letters are there, and no other's are."""
    text, end = passage.text, match.end()
    wanted = {_bare(letter) for letter in re.findall(_BRACKETED, match["list"])}
    having = [place for place in places.values() if wanted <= place.letters.keys()]
    if named := _OF_PARAGRAPH.match(text, end):
        return _named(text, named, having, places)
    of_complaint = _OF_COMPLAINT.match(text, end)
    if not of_complaint and _elsewhere(text, match.start(), end):
        return None
    if _ABOVE.match(text, end):
        return _nearest_above(passage, having)
    # A statement divides the complaint into parts; a point is first one of the same paragraph.
    if of_complaint or match["name"].lower() == "part":
        preferred = [place for place in having if place.part is Part.COMPLAINT]
        if of_complaint or preferred:
            return preferred[0] if len(preferred) == 1 else None
    else:
        here = (passage.section, passage.paragraph)
        if own := next((place for place in having if place.where == here), None):
            return own
    return having[0] if len(having) == 1 else None


def _to_bullets(passage: Passage, places: _Places) -> Iterator[_Pointer]:
    text = passage.text
    having = [place for place in places.values() if place.bullets]
    for match in _BULLET.finditer(text):
        place: _Place | None = None
        if named := _OF_PARAGRAPH.match(text, match.end()):
            place = _named(text, named, having, places)
        elif _ABOVE.match(text, match.end()):
            place = _nearest_above(passage, having)
        elif _OF_COMPLAINT.match(text, match.end()):
            complaint = [one for one in having if one.part is Part.COMPLAINT]
            place = complaint[0] if len(complaint) == 1 else None
        elif len(having) == 1 and not _elsewhere(text, *match.span()):
            place = having[0]
        ordinal = _ORDINALS[match["ordinal"]]
        if place and ordinal < len(place.bullets):
            yield *match.span(), (Target(place.number, (place.bullets[ordinal],)),)


def _named(text: str, named: re.Match[str], having: list[_Place], places: _Places) -> _Place | None:
    """The one of `having` that "of paragraph 9" names."""
    target = _numbered(named["number"], places)
    if target is None or target.item or _elsewhere(text, *named.span("number")):
        return None
    return next((place for place in having if place.number == target.number), None)


def _nearest_above(passage: Passage, having: list[_Place]) -> _Place | None:
    if passage.section is None or passage.paragraph is None:
        return None
    here = (passage.section, passage.paragraph)
    return max(
        (place for place in having if place.where <= here), key=lambda one: one.where, default=None
    )


def _pointers(
    match: re.Match[str],
    span: re.Pattern[str],
    targets_of: Callable[[str, str | None], tuple[Target, ...]],
) -> Iterator[_Pointer]:
    """Each entry of a list with its own span; a single one together with its "paragraph"."""
    entries = list(span.finditer(match.string, *match.span("list")))
    for entry in entries:
        if targets := targets_of(entry["first"], entry["last"]):
            start = match.start() if len(entries) == 1 else entry.start()
            yield start, entry.end(), targets


def _numbered(written: str, places: _Places) -> Target | None:
    """The paragraph "12" or "three", or the item "5(b)", if the decision has it."""
    digits = re.match(r"\d+", written)
    if digits is None:
        number = _IN_WORDS[" ".join(written.lower().split())]
        return Target(number) if number in places else None
    number, letter = int(digits[0]), _bare(written[digits.end() :])
    if number not in places:
        return None
    if not letter:
        return Target(number)
    item = places[number].letters.get(letter)
    return None if item is None else Target(number, (item,))


def _bare(letter: str) -> str:
    return letter.strip(" \n\t\xa0()")


def _elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the paragraph at `start` to `end` is, or may be, one of a law or another paper."""
    if _ABOVE.match(text, end):
        return False
    before = text[max(0, start - _REACH) : start]
    sentence = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    return bool(
        _OF_WORK.match(text, end)
        or _BEHIND_WORK.search(sentence)
        or _WORK_SAYS.search(sentence)
        or before.count("“") > before.count("”")
    )


# A number in the Ombudsman's form may still be money, a telephone number or a council's own.
_OTHER_NUMBER = re.compile(
    r"(?:£\s?|(?i:\b(?:telephone|phone|tel|call(?:ed|ing)?|account|invoice|sort code|vat|charity|"
    r"company|registration|nhs|planning|application|permit|penalty|pcn|policy|order|customer|"
    r"tenancy|claim|licence)\b[^.;]{0,30}))\Z"
)
# Eight digits without a break: only where the words before say that it is a decision.
_DECISION = re.compile(
    r"(?i:\b(?:our|my|ombudsman|lgsco|lgo|decisions?|investigations?)\b[^.;]{0,40})\Z"
)
_COUNCILS = re.compile(r"(?i:\bcouncil[’']s\b[^.;]{0,40})\Z")
_COUNTED = re.compile(r"\s+(?:people|pounds|residents|homes|households|visitors)\b")
_MAYBE_REFERENCE = re.compile(r"\d\d[ \xa0-]?\d\d\d")


def decision_references(decision: SplitDocument) -> tuple[DecisionReference, ...]:
    """The references of other decisions named in the text, wherever they stand."""
    own = {decision.document.reference, *decision.document.other_references}
    return tuple(
        DecisionReference(canonical(match), passage.evidence(*match.span()))
        for passage in decision.passages
        if _MAYBE_REFERENCE.search(passage.text)
        for match in REFERENCE.finditer(passage.text)
        if canonical(match) not in own and _names_decision(match)
    )


def _names_decision(match: re.Match[str]) -> bool:
    text = match.string
    before = text[max(0, match.start() - 60) : match.start()]
    if _OTHER_NUMBER.search(before) or _COUNTED.match(text, match.end()):
        return False
    if match[0][:8].isdigit():
        return not _is_date(match[0][:8]) and bool(
            _DECISION.search(before) and not _COUNCILS.search(before)
        )
    return True


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day, as in 20210415 or 15042021."""
    for form in ("%Y%m%d", "%d%m%Y"):
        try:
            day = datetime.datetime.strptime(digits, form)
        except ValueError:
            continue
        if 1990 <= day.year <= 2099:
            return True
    return False
