"""Finds the law that a decision cites, with one name for each provision.

    (Local Government Act 1974, sections 26B and 34D, as amended)    26B, 34D
    (Local Government Act 1974, section 24A(6) & (7))                24A(6), 24A(7)
    (Local Government Act 1974, Schedule 5/5A, paragraph 1/3)        Sch 5 para 1, Sch 5A para 3
    under section 42 of the Care Act 2014                            Care Act 2014 s 42
    the Care Act 2014                                                the act itself

A number without an act is no citation: "section 117 aftercare", "a section 106 agreement".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from decisions.analysis import lazy_regex
from decisions.analysis.cases import with_citations
from decisions.analysis.instruments import (
    Instrument,
    dated_instruments,
    may_name_law,
    undated_instruments,
    without_overlaps,
)
from decisions.analysis.passages import Evidence, Passage, SplitDocument
from decisions.analysis.provisions import Provision, ProvisionKind


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a provision; a page turns the span of its evidence into a link."""

    provision: Provision
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """The citation as JSON types."""
        return {"provision": self.provision.to_json(), "evidence": self.evidence.to_json()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Citation":
        """The inverse of `to_json`."""
        return cls(Provision.from_json(stored["provision"]), Evidence.from_json(stored["evidence"]))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One number of a list, with the span that becomes its link."""

    start: int
    end: int
    number: str | None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """A unit with its numbers, as in "sections 26(1), 26A(1) and 34(3)"."""

    unit: str
    start: int
    end: int
    entries: tuple[_Entry, ...]


# "(6)", "(1B)", "(b)", "(iv)"; also "(6", a bracket that is never closed.
_LEVEL = r"(?:\d{1,2}[A-Z]{0,2}|[A-Za-z]|[ivx]{2,4})"
_BRACKET = rf"(?:\({_LEVEL}\)|\({_LEVEL}(?=[\s,;.]|$))"
_BRACKETS = rf"{_BRACKET}(?:\s?{_BRACKET})*"
# "24A(6)", "17ZH", "508B", "6.29"; "34(B)6" is a slip for 34B(6).
_NUMBER = (
    r"\d{1,3}(?:\.\d{1,3})?(?:[A-Z]{1,3}|[a-h])?(?!\w)"
    rf"(?:\s?{_BRACKETS})?(?:(?<=\))\d)?(?!\w)"
)
# "12 months" and "12 May" after "section 9 and" are no section numbers.
_NOT_A_MEASURE = (
    r"(?!\s+(?:minute|hour|day|week|month|year|working|people|child|person|per\b|Jan|Feb|March|"
    r"April|May|June|July|Aug|Sept|Oct|Nov|Dec))"
)
_SEPARATOR = r"\s*(?:,\s*(?:(?:and|or)\s+|&\s*)?|\b(?:and|or|to)\s+|[&/–-]\s*)"
_LIST = rf"{_NUMBER}(?:{_SEPARATOR}(?:{_NUMBER}{_NOT_A_MEASURE}|{_BRACKETS}(?!\w)))*"
_UNIT = lazy_regex.compile(
    r"(?<![\w’'])(?i:(?P<schedule>schedules?|sch(?:ed)?s?\.?)|(?P<section>sections?|sect?s?\.?|"
    r"ss?\.?"
    r"|§§?)|(?P<part>parts?|pts?\.?)|(?P<regulation>regulations?|regs?\.?)|(?P<article>articles?"
    r"|arts?\.?)"
    rf"|(?P<paragraph>paragraphs?|paras?\.?))\s*(?P<list>{_LIST})"
)
_LIST_ENTRY = lazy_regex.compile(rf"(?P<number>{_NUMBER})|{_BRACKETS}")
_UNITS_OF = {
    ProvisionKind.ACT: {
        "section": ProvisionKind.SECTION,
        "part": ProvisionKind.PART,
        "schedule": ProvisionKind.SCHEDULE,
    },
    ProvisionKind.REGULATIONS: {
        "regulation": ProvisionKind.REGULATIONS,
        "article": ProvisionKind.REGULATIONS,
        "part": ProvisionKind.PART,
        "schedule": ProvisionKind.SCHEDULE,
    },
    ProvisionKind.GUIDANCE: {"paragraph": ProvisionKind.GUIDANCE},
    ProvisionKind.CASE: {},
}

# Between an act and its first number: "1974, ", "1974 (", "1974 in its "
_AFTER_ACT = lazy_regex.compile(r"[\s,:(\[–-]*(?:(?:in|at)\s+)?(?:its\s+)?")
# Between one group of an act and the next: ", as amended, "
_AFTER_GROUP = lazy_regex.compile(
    r"[\s,;()\[]*(?:as amended(?: by [^,;()]{0,80})?)?[\s,;)]*(?:(?:and|or|&)\s+)?"
)
# "section 42 of the Care Act 2014"; "section 47 enquiries under the Children Act 1989"
_BEFORE_ACT = lazy_regex.compile(
    r",?\s+(?:(?:of|in|to)\s+|(?:(?!and |or |but |not )[a-z]+\s+)?under\s+)(?:the\s+)?"
)
_BESIDE_ACT = lazy_regex.compile(r",?\s+(?:the\s+)?")  # "section 117, Mental Health Act 1983"
_AND = lazy_regex.compile(
    r"\s*(?:,|(?:,\s*)?(?:and|or|&))\s*"
)  # "section 17 and section 20 of the"
_SCHEDULE_THEN_PARAGRAPH = lazy_regex.compile(r"[\s,(]*")
_PARAGRAPH_THEN_SCHEDULE = lazy_regex.compile(r",?\s+(?:(?:of|in|to)\s+)?(?:the\s+)?")
# "section 9 of that Act"
_OF_THAT_ACT = lazy_regex.compile(
    r"\s+(?:of|in|to|under)\s+(?:that|the(?: same)?)\s+Act\b(?!\s+\d)"
)
_POSSESSIVE = lazy_regex.compile(r"\bits\s+$")
_SENTENCE_END = lazy_regex.compile(r"[.?!]\s")
# Length of the text before "that Act" that is searched for the act's name, in characters.
_MAX_LOOK_BACK = 1000


def citations(decision: SplitDocument) -> tuple[Citation, ...]:
    """Every mention of law in reading order; an act itself only if no number stands next to it."""
    texts = [
        (passage, dated_instruments(passage.text))
        for passage in decision.passages
        if may_name_law(passage.text)
    ]
    known = {
        instrument.provision
        for _, instruments in texts
        for instrument in instruments
        if instrument.provision.kind in (ProvisionKind.ACT, ProvisionKind.REGULATIONS)
    }
    cited = with_citations(one.provision for _, instruments in texts for one in instruments)
    return tuple(
        _with_citation(citation, cited)
        for passage, instruments in texts
        for citation in _passage_citations(passage, instruments, known)
    )


def _with_citation(citation: Citation, cited: dict[str, Provision]) -> Citation:
    """The citation, with a case that is only named read as the one of the same parties."""
    case = citation.provision
    if case.kind is not ProvisionKind.CASE or case.title[:1] == "[":
        return citation
    return replace(citation, provision=cited.get(case.title.casefold(), case))


def _passage_citations(
    passage: Passage, instruments: tuple[Instrument, ...], known: set[Provision]
) -> Iterator[Citation]:
    if others := undated_instruments(passage.text, known):
        instruments = without_overlaps([*instruments, *others])
    for start, end, provision in _provisions(passage.text, instruments):
        yield Citation(provision, passage.evidence(start, end))


@lru_cache(maxsize=2048)  # texts; those on the Ombudsman's powers recur word for word
def _provisions(
    text: str, instruments: tuple[Instrument, ...]
) -> tuple[tuple[int, int, Provision], ...]:
    """(start, end, provision) for each citation in a text, given the instruments it names."""
    groups = _groups(text, instruments) if instruments else []
    mentions: list[tuple[int, int, Provision]] = []
    with_numbers: set[int] = set()  # indices of instruments with a number next to them
    for group, owner, adjacent in _groups_with_instruments(text, groups, instruments):
        whole = instruments[owner].provision
        kind = _UNITS_OF[whole.kind][group.unit]
        if adjacent:
            with_numbers.add(owner)
        mentions += (
            (
                entry.start,
                entry.end,
                replace(whole, kind=kind, number=entry.number, paragraph=entry.paragraph),
            )
            for entry in group.entries
        )
    mentions += (
        (instrument.start, instrument.end, instrument.provision)
        for index, instrument in enumerate(instruments)
        if index not in with_numbers
    )
    return tuple(sorted(mentions, key=lambda mention: mention[0]))


def _groups_with_instruments(
    text: str, groups: list[_Group], instruments: tuple[Instrument, ...]
) -> list[tuple[_Group, int, bool]]:
    """(group, index of its instrument, whether they touch) where the instrument is certain."""
    owners: list[int | None] = []
    adjacent_flags: list[bool] = []
    following = 0  # the first instrument behind the group
    end_of_last = 0
    for group in groups:
        while following < len(instruments) and instruments[following].start < group.start:
            following += 1
        owner: int | None = None
        ahead = behind = False
        if following < len(instruments) and _can_contain(group, instruments[following]):
            gap = group.end, instruments[following].start
            if _BEFORE_ACT.fullmatch(text, *gap):
                owner = following
            ahead = _BESIDE_ACT.fullmatch(text, *gap) is not None
        if owner is None and following and _can_contain(group, instruments[following - 1]):
            before = instruments[following - 1]
            if owners and owners[-1] == following - 1 and end_of_last > before.end:
                behind = _AFTER_GROUP.fullmatch(text, end_of_last, group.start) is not None
            else:
                behind = _AFTER_ACT.fullmatch(text, before.end, group.start) is not None
            if behind:
                owner = following - 1
        if owner is None and ahead:
            owner = following
        is_adjacent = owner is not None
        if owner is None:
            owner = _owner_by_reference(text, group, instruments, following)
        owners.append(owner)
        adjacent_flags.append(is_adjacent)
        end_of_last = group.end
    # "section 17 and section 20 of the Children Act 1989": both sections are of the same act.
    for index in range(len(groups) - 2, -1, -1):
        group, next_group = groups[index], groups[index + 1]
        owner = owners[index + 1]
        if (
            owners[index] is None
            and owner is not None
            and adjacent_flags[index + 1]
            and instruments[owner].start >= next_group.end
            and _can_contain(group, instruments[owner])
            and _AND.fullmatch(text, group.end, next_group.start)
        ):
            owners[index], adjacent_flags[index] = owner, True
    return [
        (group, owner, is_adjacent)
        for group, owner, is_adjacent in zip(groups, owners, adjacent_flags, strict=True)
        if owner is not None
    ]


def _can_contain(group: _Group, instrument: Instrument) -> bool:
    return group.unit in _UNITS_OF[instrument.provision.kind]


def _owner_by_reference(
    text: str, group: _Group, instruments: tuple[Instrument, ...], following: int
) -> int | None:
    """The index of the act meant by "that Act" or "its section 149", if only one can be."""
    search_from = max(0, group.start - _MAX_LOOK_BACK)
    if _POSSESSIVE.search(text, max(0, group.start - 6), group.start):
        for end in _SENTENCE_END.finditer(text, search_from, group.start):
            search_from = end.end()
    elif not _OF_THAT_ACT.match(text, group.end):
        return None
    named: dict[Provision, int] = {}
    for index in range(following - 1, -1, -1):
        if instruments[index].start < search_from:
            break
        if instruments[index].provision.kind is ProvisionKind.ACT:
            named.setdefault(instruments[index].provision, index)
    (owner,) = named.values() if len(named) == 1 else (None,)
    return owner if owner is not None and _can_contain(group, instruments[owner]) else None


def _groups(text: str, instruments: tuple[Instrument, ...]) -> list[_Group]:
    """Units with their numbers; a schedule and the paragraph beside it are one group."""
    groups: list[_Group] = []
    remaining = iter(instruments)
    current = next(remaining, None)
    for match in _UNIT.finditer(text):
        while current and current.end <= match.start():
            current = next(remaining, None)
        if current and current.start < match.end():  # the number is part of a title
            continue
        group = _group(match)
        if not group.entries:
            continue
        if groups:
            last = groups[-1]
            gap = last.end, group.start
            if (last.unit, group.unit) == ("schedule", "paragraph"):
                if _SCHEDULE_THEN_PARAGRAPH.fullmatch(text, *gap):
                    groups[-1] = _in_schedule(last, group)
                    continue
            elif (last.unit, group.unit) == (
                "paragraph",
                "schedule",
            ) and _PARAGRAPH_THEN_SCHEDULE.fullmatch(text, *gap):
                groups[-1] = _in_schedule(group, last)
                continue
        groups.append(group)
    return groups


def _in_schedule(schedules: _Group, paragraphs: _Group) -> _Group:
    """ "Schedule 5/5A, paragraph 1/3": pairs them; a single one goes with each of the others."""
    start = min(schedules.start, paragraphs.start)
    end = max(schedules.end, paragraphs.end)
    schedule_entries, paragraph_entries = schedules.entries, paragraphs.entries
    entries: tuple[_Entry, ...]
    if len(schedule_entries) == len(paragraph_entries) == 1:
        entries = (_Entry(start, end, schedule_entries[0].number, paragraph_entries[0].paragraph),)
    elif len(schedule_entries) == 1:
        entries = tuple(
            replace(entry, number=schedule_entries[0].number) for entry in paragraph_entries
        )
    elif len(paragraph_entries) == 1:
        entries = tuple(
            replace(entry, paragraph=paragraph_entries[0].paragraph) for entry in schedule_entries
        )
    elif len(schedule_entries) == len(paragraph_entries):
        entries = tuple(
            replace(entry, number=schedule.number)
            for schedule, entry in zip(schedule_entries, paragraph_entries, strict=True)
        )
    else:  # it is unknown which paragraph is in which schedule
        entries = schedule_entries
    return _Group("schedule", start, end, entries)


def _group(match: re.Match[str]) -> _Group:
    unit = next(name for name, value in match.groupdict().items() if value)
    entries: list[_Entry] = []
    levels: list[str] = []
    for part in _LIST_ENTRY.finditer(match.string, match.start("list"), match.end("list")):
        levels_read = _levels(part[0], unit)
        levels_read = levels_read if part["number"] else _sibling_levels(levels, levels_read[1:])
        if entry := _entry(part, levels_read, unit):
            entries.append(entry)
            levels = levels_read
    if len(entries) == 1:
        entries = [replace(entries[0], start=match.start())]
    return _Group(unit, match.start(), match.end(), tuple(entries))


def _levels(written: str, unit: str) -> list[str]:
    """Split "26(6)(b)" into 26, 6, b; for "(7)" alone the first level is empty."""
    base, *brackets = re.findall(r"[\w.]+", written)
    if written.startswith("("):
        return ["", base, *brackets]
    base = base.upper()
    if unit == "section" and brackets:
        # "section 34(B)" is a slip for 34B, "34H(i)" for 34H(1): sub-sections have numbers.
        if base.isdigit() and re.fullmatch("[A-Z]", brackets[0]):
            base += brackets.pop(0)
        elif brackets[0] == "i":
            brackets[0] = "1"
    return [base, *brackets]


# Tests for the kind of a level: number, Roman numeral, other letter, any letter. The last is for
# "(i) and (j)", where "i" is a letter.
_LEVEL_KINDS: tuple[Callable[[str], bool], ...] = (
    lambda level: level[0].isdigit(),
    lambda level: set(level) <= set("ivx"),
    lambda level: level.isalpha() and not set(level) <= set("ivx"),
    str.isalpha,
)


def _sibling_levels(levels: list[str], brackets: list[str]) -> list[str]:
    """The levels of "(7)" in "24A(6) & (7)", 24A and 7: it replaces the last level of its kind."""
    for is_kind in _LEVEL_KINDS:
        if is_kind(brackets[0]):
            for index in range(len(levels) - 1, 0, -1):
                if is_kind(levels[index]):
                    return [*levels[:index], *brackets]
    return []


def _entry(part: re.Match[str], levels: list[str], unit: str) -> _Entry | None:
    if not levels:
        return None
    base, *brackets = levels
    inner = "".join(f"({level})" for level in brackets)
    if unit == "paragraph":
        return _Entry(part.start(), part.end(), None, base + inner)
    number, dot, paragraph = base.partition(".")
    if not dot:
        return _Entry(part.start(), part.end(), base + inner)
    # "Schedule 5.5" is paragraph 5 of Schedule 5; "section 4.2" belongs to some policy.
    if unit == "schedule":
        return _Entry(part.start(), part.end(), number, paragraph + inner)
    return None
