"""Finds mentions of an act, regulations, guidance or a case as a whole.

(Local Government Act 1974, section 34(3), as amended)              an act
(Children Act 1989 Representations Procedure (England) Regulations 2006)    regulations
the Care Act; the 1974 Act                      an act, if only one can be meant
the SEND Code of Practice                       guidance that the table of `acts` lists
R (M) v Commissioner [2006] EWHC 2847 (Admin)   a case, by its neutral citation
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from decisions.analysis import lazy_regex
from decisions.analysis.acts import (
    ACTS,
    BY_NAME,
    BY_TITLE,
    DATA_PROTECTION,
    DATA_PROTECTION_PATTERN,
    DATED_REGULATIONS,
    GUIDANCE_PATTERN,
    guidance_title,
)
from decisions.analysis.cases import cases
from decisions.analysis.provisions import Provision, ProvisionKind
from decisions.analysis.titles import normalised_title, start_of_title


@dataclass(frozen=True, slots=True)
class Instrument:
    """One mention of a whole act, regulations, guidance or case, from `start` to `end`."""

    start: int
    end: int
    provision: Provision


# "Act 1974", "Regulations 2014": how a dated title ends.
_DATED = lazy_regex.compile(
    r"\b(?P<type>[Aa]ct|Regulations|Order|Rules)\s+(?P<year>(?:1[89]|20)\d\d)\b"
)
# "the Care Act", but not "a Care Act assessment": that is about a person, not about the law.
_UNDATED = lazy_regex.compile(r"\bAct\b(?!\s+(?:\d{4}|assess|advoca)|:?\s+Code\b)")
# "the Environmental Information Regulations"
_UNDATED_REGULATIONS = lazy_regex.compile(r"\bRegulations\b(?!,?\s+(?:19|20)\d\d)")
# "the 1974 Act"
_YEAR_FIRST = lazy_regex.compile(r"\b(?P<year>(?:1[89]|20)\d\d) Act\b")
# The acts of each year, the longest title first.
_BY_YEAR: dict[int, list[tuple[str, Provision]]] = {}
for _act in sorted(ACTS, key=lambda act: -len(act.title)):
    _BY_YEAR.setdefault(_act.year, []).append(
        (_act.title.casefold(), Provision(ProvisionKind.ACT, _act.title, _act.year))
    )


def may_name_law(text: str) -> bool:
    """Whether the text has a word without which there is no instrument in it."""
    return (
        "Act" in text
        or "act " in text
        or "Regulation" in text
        or "Order" in text
        or "Rules" in text
        or "uidance" in text
        or "Code" in text
        or "[" in text
        or "Framework" in text
        or "Working T" in text
        or "Keeping C" in text
        or "GDPR" in text
        or " v " in text
        or " v. " in text
        or ") EW" in text
    )


@lru_cache(maxsize=2048)  # texts; those on the Ombudsman's powers recur word for word
def dated_instruments(text: str) -> tuple[Instrument, ...]:
    """All instruments that the text names with their year, in order and without overlaps."""
    mentions: list[Instrument] = []
    if "[" in text or " v " in text or " v. " in text or ") EW" in text:
        mentions += (Instrument(start, end, case) for start, end, case in cases(text))
    if "uidance" in text or "Code" in text or "Working T" in text or "Framework" in text:
        mentions += (
            Instrument(
                match.start(), match.end(), Provision(ProvisionKind.GUIDANCE, guidance_title(match))
            )
            for match in GUIDANCE_PATTERN.finditer(text)
        )
    if "GDPR" in text or "General Data" in text:
        law = Provision(ProvisionKind.REGULATIONS, DATA_PROTECTION)
        mentions += (
            Instrument(match.start(), match.end(), law)
            for match in DATA_PROTECTION_PATTERN.finditer(text)
        )
    for match in _DATED.finditer(text):
        mentions += _from_title(text, match)
    return without_overlaps(mentions)


def undated_instruments(text: str, known: Iterable[Provision]) -> list[Instrument]:
    """Find the instruments that a text names by title or year alone, if exactly one known one fits.

    Regulations that neither has count too where their title has a bracket, as "(England)".
    """
    mentions = list(_undated_regulations(text, known)) if "Regulations" in text else []
    if "Act" not in text:
        return mentions
    acts = [one for one in known if one.kind is ProvisionKind.ACT]
    for match in _YEAR_FIRST.finditer(text):
        same_year = [act for act in acts if act.year == int(match["year"])]
        if len(same_year) == 1:
            mentions.append(Instrument(match.start(), match.end(), same_year[0]))
    for match in _UNDATED.finditer(text):
        start = start_of_title(text, match.start())
        title = normalised_title(text[start : match.end()]).casefold()
        same_title = [act for act in acts if act.title.casefold() == title]
        if title in BY_TITLE:
            act = BY_TITLE[title]
            same_title = [Provision(ProvisionKind.ACT, act.title, act.year)]
        if len(same_title) == 1:
            mentions.append(Instrument(start, match.end(), same_title[0]))
    return mentions


def _undated_regulations(text: str, known: Iterable[Provision]) -> Iterator[Instrument]:
    for match in _UNDATED_REGULATIONS.finditer(text):
        start = start_of_title(text, match.start(), inside_regulations=True)
        title = normalised_title(text[start : match.end()])
        lower = title.casefold()
        same = [one for one in known if one.title.casefold() == lower]
        if lower in DATED_REGULATIONS:
            yield Instrument(
                start, match.end(), Provision(ProvisionKind.REGULATIONS, *DATED_REGULATIONS[lower])
            )
        elif len(same) == 1:
            yield Instrument(start, match.end(), same[0])
        elif not same and "(" in title:
            yield Instrument(start, match.end(), Provision(ProvisionKind.REGULATIONS, title))


def without_overlaps(instruments: Iterable[Instrument]) -> tuple[Instrument, ...]:
    """The mentions in order; of two that overlap the longer, since regulations may name an act."""
    kept: list[Instrument] = []
    for instrument in sorted(instruments, key=lambda mention: (mention.start, -mention.end)):
        if not kept or instrument.start >= kept[-1].end:
            kept.append(instrument)
        elif instrument.end - instrument.start > kept[-1].end - kept[-1].start:
            kept[-1] = instrument
    return tuple(kept)


def _from_title(text: str, match: re.Match[str]) -> Iterator[Instrument]:
    """The act or regulations whose title ends where `match` begins."""
    kind, year = match["type"].capitalize(), int(match["year"])
    if kind == "Act" and (act := _act_in_table(text, match.end("type"), year)):
        yield Instrument(match.end("type") - len(act.title), match.end(), act)
        return
    start = start_of_title(text, match.start(), inside_regulations=kind != "Act")
    title = normalised_title(text[start : match.start()])
    # "a Care Order 2019" and "the House Rules 2015" are no law; titles of law have brackets.
    if not title or (kind in ("Order", "Rules") and "(" not in title):
        return
    title = f"{title} {kind}"
    if act_in_table := BY_NAME.get(
        (title.casefold(), year)
    ):  # the spelling differs in white space or an ampersand
        title = act_in_table.title
    whole = ProvisionKind.ACT if kind == "Act" else ProvisionKind.REGULATIONS
    yield Instrument(start, match.end(), Provision(whole, title, year))


def _act_in_table(text: str, end: int, year: int) -> Provision | None:
    """The act of the table whose title ends at `end`, in any case of letters."""
    for title, act in _BY_YEAR.get(year, ()):
        start = end - len(title)
        if text[max(0, start) : end].casefold() == title and not text[start - 1 : start].isalnum():
            return act
    return None
