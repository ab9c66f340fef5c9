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

from decisions.analysis.acts import ACTS, BY_NAME, BY_TITLE, GUIDANCE_PATTERN, guidance_title
from decisions.analysis.provisions import Provision, ProvisionKind


@dataclass(frozen=True, slots=True)
class Instrument:
    """One mention of a whole act, regulations, guidance or case, from `start` to `end`."""

    start: int
    end: int
    provision: Provision


# "Act 1974", "Regulations 2014": how a dated title ends.
_DATED = re.compile(r"\b(?P<type>[Aa]ct|Regulations|Order|Rules)\s+(?P<year>(?:1[89]|20)\d\d)\b")
# "the Care Act", but not "a Care Act assessment": that is about a person, not about the law.
_UNDATED = re.compile(r"\bAct\b(?!\s+(?:\d{4}|assess|advoca)|:?\s+Code\b)")
# "the 1974 Act"
_YEAR_FIRST = re.compile(r"\b(?P<year>(?:1[89]|20)\d\d) Act\b")
# "[2006] EWHC 2847 (Admin)"; "EHWCC" and similar spellings are typing mistakes.
_NEUTRAL = re.compile(
    r"\[(?P<year>(?:19|20)\d\d)\]\s*"
    r"(?P<court>E(?:WH|HW)CC?|EWCA|UKSC|UKHL|UKPC|UKUT|UKFTT|EWCOP|EWFC)\s*"
    r"(?P<division>(?:Civ|Crim)\b)?\s*(?P<number>\d{1,5})\b"
    r"(?:\s*\((?P<chamber>[A-Z][A-Za-z]{0,5})\))?"
)
_WORD = re.compile(r"\S+")
# Length of the text before "Act 1974" that is searched for the title, in characters.
_MAX_LOOK_BACK = 200
# Small words inside a title. "the" is left out, because it stands before a title.
_JOINING_WORDS = frozenset(
    ["and", "of", "to", "for", "in", "by", "with", "from", "on", "at", "or", "&"]
)
_JOINING_PARTIES = _JOINING_WORDS | {"the", "v"}
# What follows the act that regulations name: "Care Act 2014 (Transitional Provision) Order".
_AFTER_ACT = frozenset("(ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Words that open a sentence and do not belong to the title after them.
_SENTENCE_OPENERS = frozenset(
    ["The", "Under", "In", "See", "Section", "By", "Of", "For", "Since", "Both", "And", "This"]
)
# The acts of each year, the longest title first.
_BY_YEAR: dict[int, list[tuple[str, Provision]]] = {}
for _act in sorted(ACTS, key=lambda act: -len(act.title)):
    _BY_YEAR.setdefault(_act.year, []).append(
        (_act.title.casefold(), Provision(ProvisionKind.ACT, _act.title, _act.year))
    )


@lru_cache(maxsize=2048)  # texts; those on the Ombudsman's powers recur word for word
def dated_instruments(text: str) -> tuple[Instrument, ...]:
    """All instruments that the text names with their year, in order and without overlaps."""
    mentions: list[Instrument] = []
    if "[" in text:
        mentions += _cases(text)
    if "uidance" in text or "Code" in text or "Working T" in text or "Framework" in text:
        mentions += (
            Instrument(
                match.start(), match.end(), Provision(ProvisionKind.GUIDANCE, guidance_title(match))
            )
            for match in GUIDANCE_PATTERN.finditer(text)
        )
    for match in _DATED.finditer(text):
        mentions += _from_title(text, match)
    return without_overlaps(mentions)


def undated_instruments(text: str, acts: Iterable[Provision]) -> list[Instrument]:
    """Acts named by title or year alone, if only one act of the table or of `acts` fits."""
    if "Act" not in text:
        return []
    mentions = []
    for match in _YEAR_FIRST.finditer(text):
        same_year = [act for act in acts if act.year == int(match["year"])]
        if len(same_year) == 1:
            mentions.append(Instrument(match.start(), match.end(), same_year[0]))
    for match in _UNDATED.finditer(text):
        start = _start_of_title(text, match.start())
        title = _normalise_title(text[start : match.end()]).casefold()
        same_title = [act for act in acts if act.title.casefold() == title]
        if title in BY_TITLE:
            act = BY_TITLE[title]
            same_title = [Provision(ProvisionKind.ACT, act.title, act.year)]
        if len(same_title) == 1:
            mentions.append(Instrument(start, match.end(), same_title[0]))
    return mentions


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
    start = _start_of_title(text, match.start(), inside_regulations=kind != "Act")
    title = _normalise_title(text[start : match.start()])
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


def _cases(text: str) -> Iterator[Instrument]:
    for match in _NEUTRAL.finditer(text):
        court = "EWHC" if match["court"][1:3] in ("WH", "HW") else match["court"]
        words = [f"[{match['year']}]", court, match["division"], match["number"]]
        if match["chamber"]:
            words.append(f"({match['chamber']})")
        citation = " ".join(word for word in words if word)
        end = len(text[: match.start()].rstrip(", "))
        name = _normalise_title(text[_start_of_title(text, end, _JOINING_PARTIES) : end])
        yield Instrument(
            match.start(),
            match.end(),
            Provision(ProvisionKind.CASE, citation, name=name if " v " in name else None),
        )


def _words_before(text: str, end: int) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, max(0, end - _MAX_LOOK_BACK), end))


def _start_of_title(
    text: str,
    end: int,
    joining: frozenset[str] = _JOINING_WORDS,
    inside_regulations: bool = False,
) -> int:
    """Where the capitalised words before `end` begin; `end` itself when there are none.

    Brackets may hold any word, as in "Children (Leaving Care) Act", but one that opens here and
    closes behind the title is not of it: "(Local Government Act 1974". A comma belongs to a
    title only before an "and": "Housing Grants, Construction and Regeneration Act".
    """
    capitals: list[int] = []  # starts of the words with which the title could begin
    depth = 0
    after_and = False
    following = "("
    for match in reversed(_words_before(text, end)):
        word = match.group()
        depth += word.count(")") - word.count("(")
        bare = word.lstrip("([‘“'\"")
        if depth < 0 or word[0] in "[‘“'\"":
            if depth <= 0 and bare[:1].isupper():
                capitals.append(match.end() - len(bare))
            break
        if bare[-1:] in ".;:" or (depth > 0 and any(map(str.isdigit, bare))):
            break
        if bare.endswith(",") and not after_and:
            break
        after_and = after_and or bare in ("and", "&")
        if depth == 0:
            if bare == "Act" and (not inside_regulations or not following.isdigit()):
                break
            if inside_regulations and bare.isdigit() and following[:1] in _AFTER_ACT:
                following = bare
                continue
            if bare[:1].isupper():
                capitals.append(match.start())
            elif bare not in joining:
                break
        following = word
    while capitals and text[capitals[-1] : end].split(None, 1)[0] in _SENTENCE_OPENERS:
        capitals.pop()
    return capitals[-1] if capitals else end


def _normalise_title(text: str) -> str:
    """A title for comparison and display: single spaces, straight apostrophes, no ampersand."""
    return " ".join(text.replace("’", "'").replace("&", "and").split())
