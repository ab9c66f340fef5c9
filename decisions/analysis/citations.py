"""The law that a decision cites, with one name for each provision.

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

from decisions.analysis.cases import with_citations
from decisions.analysis.instruments import Instrument, apart, dated, may_name_law, undated
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


# "(6)", "(1B)", "(b)", "(iv)"; "(6" too, a bracket never closed.
_INSIDE = r"(?:\d{1,2}[A-Z]{0,2}|[A-Za-z]|[ivx]{2,4})"
_BRACKET = rf"(?:\({_INSIDE}\)|\({_INSIDE}(?=[\s,;.]|$))"
_BRACKETS = rf"{_BRACKET}(?:\s?{_BRACKET})*"
# "24A(6)", "17ZH", "508B", "6.29"; "34(B)6" is a slip for 34B(6).
_NUMBER = (
    r"\d{1,3}(?:\.\d{1,3})?(?:[A-Z]{1,3}|[a-h])?(?!\w)"
    rf"(?:\s?{_BRACKETS})?(?:(?<=\))\d)?(?!\w)"
)
# After "section 9 and": "12 months" and "12 May" are no sections.
_MEASURE = (
    r"(?!\s+(?:minute|hour|day|week|month|year|working|people|child|person|per\b|Jan|Feb|March|"
    r"April|May|June|July|Aug|Sept|Oct|Nov|Dec))"
)
_JOIN = r"\s*(?:,\s*(?:(?:and|or)\s+|&\s*)?|\b(?:and|or|to)\s+|[&/–-]\s*)"
_LIST = rf"{_NUMBER}(?:{_JOIN}(?:{_NUMBER}{_MEASURE}|{_BRACKETS}(?!\w)))*"
_UNIT = re.compile(
    r"(?<![\w’'])(?i:(?P<schedule>schedules?|sch(?:ed)?s?\.?)|(?P<section>sections?|sect?s?\.?|ss?\.?"
    r"|§§?)|(?P<part>parts?|pts?\.?)|(?P<regulation>regulations?|regs?\.?)|(?P<article>articles?"
    r"|arts?\.?)"
    rf"|(?P<paragraph>paragraphs?|paras?\.?))\s*(?P<list>{_LIST})"
)
_LISTED = re.compile(rf"(?P<number>{_NUMBER})|{_BRACKETS}")
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
_AFTER_ACT = re.compile(r"[\s,:(\[–-]*(?:(?:in|at)\s+)?(?:its\s+)?")
# Between one group of an act and the next: ", as amended, "
_AFTER_GROUP = re.compile(
    r"[\s,;()\[]*(?:as amended(?: by [^,;()]{0,80})?)?[\s,;)]*(?:(?:and|or|&)\s+)?"
)
# "section 42 of the Care Act 2014"; "section 47 enquiries under the Children Act 1989"
_BEFORE_ACT = re.compile(
    r",?\s+(?:(?:of|in|to)\s+|(?:(?!and |or |but |not )[a-z]+\s+)?under\s+)(?:the\s+)?"
)
_BESIDE_ACT = re.compile(r",?\s+(?:the\s+)?")  # "section 117, Mental Health Act 1983"
_AND = re.compile(r"\s*(?:,|(?:,\s*)?(?:and|or|&))\s*")  # "section 17 and section 20 of the"
_SCHEDULE_THEN_PARAGRAPH = re.compile(r"[\s,(]*")
_PARAGRAPH_THEN_SCHEDULE = re.compile(r",?\s+(?:(?:of|in|to)\s+)?(?:the\s+)?")
# "section 9 of that Act"
_OF_THAT_ACT = re.compile(r"\s+(?:of|in|to|under)\s+(?:that|the(?: same)?)\s+Act\b(?!\s+\d)")
_ITS = re.compile(r"\bits\s+$")
_SENTENCE_END = re.compile(r"[.?!]\s")
_REACH = 1000  # characters before "that Act" that are searched for its name


def citations(decision: SplitDocument) -> tuple[Citation, ...]:
    """Every mention of law in reading order; an act itself only where no number is beside it."""
    texts = [
        (passage, dated(passage.text))
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
        for citation in _cited(passage, instruments, known)
    )


def _with_citation(citation: Citation, cited: dict[str, Provision]) -> Citation:
    """The citation, with a case that is only named read as the one of the same parties."""
    case = citation.provision
    if case.kind is not ProvisionKind.CASE or case.title[:1] == "[":
        return citation
    return replace(citation, provision=cited.get(case.title.casefold(), case))


def _cited(
    passage: Passage, instruments: tuple[Instrument, ...], known: set[Provision]
) -> Iterator[Citation]:
    if others := undated(passage.text, known):
        instruments = apart([*instruments, *others])
    for start, end, provision in _provisions(passage.text, instruments):
        yield Citation(provision, passage.evidence(start, end))


@lru_cache(maxsize=2048)  # texts; those on the Ombudsman's powers recur word for word
def _provisions(
    text: str, instruments: tuple[Instrument, ...]
) -> tuple[tuple[int, int, Provision], ...]:
    """(start, end, provision) of all that a text cites, given the instruments it names."""
    groups = _groups(text, instruments) if instruments else []
    found: list[tuple[int, int, Provision]] = []
    beside: set[int] = set()  # indices of instruments with a number next to them
    for group, owner, adjacent in _owned(text, groups, instruments):
        whole = instruments[owner].provision
        kind = _UNITS_OF[whole.kind][group.unit]
        if adjacent:
            beside.add(owner)
        found += (
            (
                entry.start,
                entry.end,
                replace(whole, kind=kind, number=entry.number, paragraph=entry.paragraph),
            )
            for entry in group.entries
        )
    found += (
        (instrument.start, instrument.end, instrument.provision)
        for index, instrument in enumerate(instruments)
        if index not in beside
    )
    return tuple(sorted(found, key=lambda one: one[0]))


def _owned(
    text: str, groups: list[_Group], instruments: tuple[Instrument, ...]
) -> list[tuple[_Group, int, bool]]:
    """(group, index of its instrument, whether they touch) where the instrument is certain."""
    owners: list[int | None] = []
    touching: list[bool] = []
    following = 0  # the first instrument behind the group
    end_of_last = 0
    for group in groups:
        while following < len(instruments) and instruments[following].start < group.start:
            following += 1
        owner: int | None = None
        ahead = behind = False
        if following < len(instruments) and _fits(group, instruments[following]):
            gap = group.end, instruments[following].start
            if _BEFORE_ACT.fullmatch(text, *gap):
                owner = following
            ahead = _BESIDE_ACT.fullmatch(text, *gap) is not None
        if owner is None and following and _fits(group, instruments[following - 1]):
            before = instruments[following - 1]
            if owners and owners[-1] == following - 1 and end_of_last > before.end:
                behind = _AFTER_GROUP.fullmatch(text, end_of_last, group.start) is not None
            else:
                behind = _AFTER_ACT.fullmatch(text, before.end, group.start) is not None
            if behind:
                owner = following - 1
        if owner is None and ahead:
            owner = following
        touches = owner is not None
        if owner is None:
            owner = _owner_by_reference(text, group, instruments, following)
        owners.append(owner)
        touching.append(touches)
        end_of_last = group.end
    # "section 17 and section 20 of the Children Act 1989": the first shares the second's act.
    for index in range(len(groups) - 2, -1, -1):
        group, then = groups[index], groups[index + 1]
        owner = owners[index + 1]
        if (
            owners[index] is None
            and owner is not None
            and touching[index + 1]
            and instruments[owner].start >= then.end
            and _fits(group, instruments[owner])
            and _AND.fullmatch(text, group.end, then.start)
        ):
            owners[index], touching[index] = owner, True
    return [
        (group, owner, touches)
        for group, owner, touches in zip(groups, owners, touching, strict=True)
        if owner is not None
    ]


def _fits(group: _Group, instrument: Instrument) -> bool:
    return group.unit in _UNITS_OF[instrument.provision.kind]


def _owner_by_reference(
    text: str, group: _Group, instruments: tuple[Instrument, ...], following: int
) -> int | None:
    """The index of the act meant by "that Act" or "its section 149", if only one can be."""
    since = max(0, group.start - _REACH)
    if _ITS.search(text, max(0, group.start - 6), group.start):
        for end in _SENTENCE_END.finditer(text, since, group.start):
            since = end.end()
    elif not _OF_THAT_ACT.match(text, group.end):
        return None
    named: dict[Provision, int] = {}
    for index in range(following - 1, -1, -1):
        if instruments[index].start < since:
            break
        if instruments[index].provision.kind is ProvisionKind.ACT:
            named.setdefault(instruments[index].provision, index)
    (owner,) = named.values() if len(named) == 1 else (None,)
    return owner if owner is not None and _fits(group, instruments[owner]) else None


def _groups(text: str, instruments: tuple[Instrument, ...]) -> list[_Group]:
    """Units with their numbers; a schedule and the paragraph beside it are one group."""
    groups: list[_Group] = []
    taken = iter(instruments)
    current = next(taken, None)
    for match in _UNIT.finditer(text):
        while current and current.end <= match.start():
            current = next(taken, None)
        if current and current.start < match.end():  # it is part of a title
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
    """ "Schedule 5/5A, paragraph 1/3" pairs them; one of either goes with each of the other."""
    start = min(schedules.start, paragraphs.start)
    end = max(schedules.end, paragraphs.end)
    many, each = schedules.entries, paragraphs.entries
    entries: tuple[_Entry, ...]
    if len(many) == len(each) == 1:
        entries = (_Entry(start, end, many[0].number, each[0].paragraph),)
    elif len(many) == 1:
        entries = tuple(replace(entry, number=many[0].number) for entry in each)
    elif len(each) == 1:
        entries = tuple(replace(entry, paragraph=each[0].paragraph) for entry in many)
    elif len(many) == len(each):
        entries = tuple(
            replace(entry, number=schedule.number)
            for schedule, entry in zip(many, each, strict=True)
        )
    else:  # which paragraph is in which schedule cannot be told
        entries = many
    return _Group("schedule", start, end, entries)


def _group(match: re.Match[str]) -> _Group:
    unit = next(name for name, value in match.groupdict().items() if value)
    entries: list[_Entry] = []
    levels: list[str] = []
    for part in _LISTED.finditer(match.string, match.start("list"), match.end("list")):
        read = _levels(part[0], unit)
        read = read if part["number"] else _sibling(levels, read[1:])
        if entry := _entry(part, read, unit):
            entries.append(entry)
            levels = read
    if len(entries) == 1:
        entries = [replace(entries[0], start=match.start())]
    return _Group(unit, match.start(), match.end(), tuple(entries))


def _levels(written: str, unit: str) -> list[str]:
    """ "26(6)(b)" as 26, 6, b; for "(7)" alone the first is empty."""
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


# Kinds of level: number, Roman numeral, other letter. The last is for "(i) and (j)", where "i" is
# a letter.
_SORTS: tuple[Callable[[str], bool], ...] = (
    lambda level: level[0].isdigit(),
    lambda level: set(level) <= set("ivx"),
    lambda level: level.isalpha() and not set(level) <= set("ivx"),
    str.isalpha,
)


def _sibling(levels: list[str], brackets: list[str]) -> list[str]:
    """24A, 7 for the "(7)" of "24A(6) & (7)": it replaces the last level of its own kind."""
    for sort in _SORTS:
        if sort(brackets[0]):
            for place in range(len(levels) - 1, 0, -1):
                if sort(levels[place]):
                    return [*levels[:place], *brackets]
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
    # "Schedule 5.5" is paragraph 5 of Schedule 5; "section 4.2" is of some policy.
    if unit == "schedule":
        return _Entry(part.start(), part.end(), number, paragraph + inner)
    return None
