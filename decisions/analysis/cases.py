"""Decided cases that a text cites, each under one key however it is written.

R (on the application of M) v Commissioner [2006] EWHC 2847 (Admin)    [2006] EWHC 2847 (Admin)
(R v The Commissioner ex parte PH (1999) EHCA Civ 916)                 [1999] EWCA Civ 916
R v Commissioner, ex p. Croydon (1989) 1 All E.R. 1033                 [1989] 1 All ER 1033
in R v Commissioner ex p Croydon        its citation where the decision has it, else the parties
"""

import re
from collections.abc import Iterable, Iterator

from decisions.analysis import lazy_regex
from decisions.analysis.provisions import Provision, ProvisionKind
from decisions.analysis.titles import JOINING_PARTIES, normalised_title, start_of_title

_YEAR = r"[\[(](?P<year>(?:19|20)\d\d)[\])]"
# "[2006] EWHC 2847 (Admin)", "(1999) EWCA (Civ) 916"; "EHWCC", "EHCA" and their like are slips.
_NEUTRAL = lazy_regex.compile(
    rf"{_YEAR}\s*(?P<court>E(?:WH|HW)CC?|E(?:WC|HC|WA)[AC]|UKSC|UKHL|UKPC|UKUT|UKFTT|EWCOP|EWFC)\s*"
    r"(?:\(?(?P<division>Civ|Crim)\b\.?\)?)?\s*(?P<number>\d{1,5})\b"
    r"(?:\s*(?:\((?P<chamber>[A-Z][A-Za-z]{0,5})\)|(?P<bare>Admin|Ch|QB|KB|Fam)\b))?"
)
_HIGH_COURT = lazy_regex.compile(r"E(?:WH|HW)CC?")
_APPEAL_COURT = lazy_regex.compile(r"E(?:WC|HC|WA)[AC]")
# Law reports: "[1989] 1 All ER 1033", "(1994) 26 H.L.R. 1", "[1979] QB 287"
_REPORTS = ("All ER", "AC", "QB", "KB", "Ch", "WLR", "HLR", "ELR", "LGR", "BLGR", "P & CR", "PLR",
            "JPL", "FLR", "FCR", "CCLR", "ICR", "COD", "Admin LR")  # fmt: skip
_REPORT = lazy_regex.compile(
    rf"{_YEAR}\s*(?:(?P<volume>\d{{1,3}})\s+)?(?P<report>"
    + "|".join(
        r"\.?\s?".join(re.escape(letter) for letter in name if letter != " ") for name in _REPORTS
    )
    + r")\.?\s*(?P<page>\d{1,4})\b"
)
_REPORT_NAMES = {name.replace(" ", ""): name for name in _REPORTS}
_WORD = r"[A-Z][\w’'&-]*\.?"
_PARTY = rf"{_WORD}(?:\s+(?:of\s+|for\s+|and\s+|the\s+|in\s+){{0,2}}{_WORD}){{0,12}}"
_VERSUS = r"\s+v\.?\s+(?:[Tt]he\s+)?"
# "R v The Commissioner … ex parte PH", "R (on the application of M) v Commissioner …"
_CROWN = lazy_regex.compile(
    rf"\bR{_VERSUS}{_PARTY},?\s+ex\.?\s?p(?:arte\b|\.|\b)\s*(?:the\s+)?{_PARTY}"
    rf"|\bR\s*\((?:on\s+the\s+application\s+of\s+)?[^()]{{1,60}}\){_VERSUS}{_PARTY}"
)
# "the case of Hotak v Southwark", "the judgment in Smith v Jones": only after such a word
_NAMED = lazy_regex.compile(
    r"\b(?:case|judge?ment|ruling)(?:\s+(?:of|in))?\s+[‘“'\"]?"
    rf"(?P<name>{_PARTY}{_VERSUS}{_PARTY})"
)
_EX_PARTE = lazy_regex.compile(r",? ex\.? ?p(?:arte\b|\.|\b) ?(?:the )?", re.IGNORECASE)
_APPLICATION = lazy_regex.compile(r" ?\((?:on the application of )?(.+?)\)", re.IGNORECASE)
_V = lazy_regex.compile(r" (?:vs?\.?|versus) (?:the )?", re.IGNORECASE)
# The cases that decisions cite for the Ombudsman's powers: `parties` in lower case → citation.
_KNOWN = {
    "r v commissioner for local administration ex parte ph": "[1999] EWCA Civ 916",
    "r (m) v commissioner for local administration": "[2006] EWHC 2847 (Admin)",
}


def cases(text: str) -> Iterator[tuple[int, int, Provision]]:
    """(start, end, case) of every case that the text cites or names.

    Of several citations of one case side by side ("[2000] EWCA Civ 54, [2001] 1 All ER 462") the
    first counts. A case that is only named has its parties for its title.
    """
    cited = sorted(_citations(text)) if "[" in text or "(" in text else []
    end_of_last = 0
    starts: set[int] = set()
    for start, end, citation in cited:
        if end_of_last and not text[end_of_last:start].strip(" ,;"):
            end_of_last = end
            continue
        end_of_last = end
        last = len(text[:start].rstrip(", "))
        starts.add(last)
        name = normalised_title(text[start_of_title(text, last, JOINING_PARTIES) : last])
        known = name if _V.search(name) else None
        yield start, end, Provision(ProvisionKind.CASE, citation, name=known)
    if " v " in text or " v. " in text:
        for start, end in _names(text):
            if end in starts:
                continue
            name = parties(text[start:end])
            known = _KNOWN.get(name.casefold())
            title = known or name
            case = Provision(ProvisionKind.CASE, title, name=name if known else None)
            yield start, end, case


def parties(written: str) -> str:
    """The parties in one form: "R (on the application of M) v The Council" → "R (M) v Council"."""
    name = _APPLICATION.sub(r" (\1)", normalised_title(written))
    return " ".join(_V.sub(" v ", _EX_PARTE.sub(" ex parte ", name)).strip(" ,.").split())


def with_citations(found: Iterable[Provision]) -> dict[str, Provision]:
    """The cases among `found` that have a citation, by their parties in lower case."""
    return {
        parties(case.name).casefold(): case
        for case in found
        if case.kind is ProvisionKind.CASE and case.name and case.title[:1] == "["
    }


def _citations(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _NEUTRAL.finditer(text):
        court = match["court"]
        if _HIGH_COURT.fullmatch(court):
            court = "EWHC"
        elif _APPEAL_COURT.fullmatch(court):
            court = "EWCA"
        chamber = match["chamber"] or match["bare"]
        words = [f"[{match['year']}]", court, match["division"], match["number"]]
        yield (*match.span(), _joined([*words, f"({chamber})" if chamber else None]))
    for match in _REPORT.finditer(text):
        if match[0][0] == "(" and not _names_parties(text, match.start()):
            continue
        report = _REPORT_NAMES[re.sub(r"[.\s]", "", match["report"])]
        yield (
            *match.span(),
            _joined([f"[{match['year']}]", match["volume"], report, match["page"]]),
        )


def _joined(words: list[str | None]) -> str:
    return " ".join(word for word in words if word)


def _names_parties(text: str, end: int) -> bool:
    last = len(text[:end].rstrip(", "))
    return _V.search(text[start_of_title(text, last, JOINING_PARTIES) : last]) is not None


def _names(text: str) -> Iterator[tuple[int, int]]:
    for match in _CROWN.finditer(text):
        yield match.span()
    for match in _NAMED.finditer(text):
        yield match.span("name")
