"""What a body has agreed, or was told, to do: the promised clauses of a text.

    The Council has agreed to apologise, pay Mr X £300 and review its procedure.
                              ^apology   ^payment          ^review

A clause opens with one of DEEDS. It counts only while the words before it promise (PROMISES: "has
agreed to", "I recommend", "will") and not where they refuse or tell of the past (BLOCKS: "has
already", "offered to", "should have"). What a deed is about promises nothing: "remind staff to
review plans" is a reminder alone.

All texts here are in lower case, as `lowered` makes them, spans the same as in the decision.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that mean `kind`. `stems` are how they may begin; `rest` is what follows the stem.

    Stems make the search fast: only where a word begins with one is a pattern tried at all.
    """

    kind: str
    stems: str
    rest: str
    example: str


_GIVE = (
    "mak giv provid send issu offer arrang deliver organis undertak hold conduct complet carr"
    " commission produc circulat shar distribut remit award credit receiv"
)
_GIVEN = r"(?:e|es|ing|s|y|ies|ying)?(?: out)?\b"
# A few words on the way from a verb to its object.
_WORDS = r"(?: (?!with\b|and\b)[\w’'-]+){0,6}?"
_STAFF = r"(?:[\w-]+ ){0,4}(?:staff|officers?|teams?|members|managers|workers|carers|employees)\b"

DEEDS = (
    Sign("apology", "apologis", r"(?:e|es|ing)\b", "the council will apologise to mr x."),
    Sign("apology", "apolog letter", r"(?:y|ies)\b|s? of apology\b", "it agreed to an apology."),
    Sign(
        "apology",
        "writ meet",
        r"(?:e|es|s|ing|ting)?\b[^.;:£]{1,120}?\bapolog(?:ise|y|ising)\b",
        "the council has agreed to write to the aunt and, separately, the uncle to apologise.",
    ),
    Sign(
        "apology",
        _GIVE,
        rf"{_GIVEN}[^.;:£]{{0,60}}? apolog(?:y|ies)\b",
        "the council will send mrs x a written apology.",
    ),
    Sign(
        "payment",
        "pay",
        r"(?:s|ing)?\b"
        r"(?! (?:(?:due|particular|close|full|more|proper) )?(?:regard|attention|heed))",
        "the council should pay ms y £250.",
    ),
    Sign("payment", "paid", r"\b", "mr x should be paid £100."),
    Sign(
        "payment",
        "payment cheque compensation financial",
        r"s?(?: remedy| redress)?(?= (?:of|to|totalling)\b|:)",
        "the council has agreed to a payment of £150 to mr x.",
    ),
    Sign(
        "payment",
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?:payments?|cheque|remedy|compensation)\b"
        r"(?= (?:of|to|for|totalling)\b|:)",
        "the council will make a symbolic payment of £150 to mr x.",
    ),
    Sign(
        "payment",
        "refund reimburs repay re-pay compensat",
        r"(?:e|es|ing|s|ed)?\b",
        "the council has agreed to refund the fees.",
    ),
    Sign(
        "payment",
        "backdat",
        r"(?:e|es|ing)\b(?=[^.;]{0,40}\b(?:payments?|allowances?|fees|benefits?)\b)",
        "the council should backdate its payments to the date of the assessment.",
    ),
    Sign(
        "payment",
        "increas rais",
        r"(?:e|es|ing)\b(?=[^.;]{0,80} to £)",
        "i recommended the council increase its offer from £100 to £250.",
    ),
    Sign(
        "payment",
        "offer giv provid send award credit",
        r"(?:e|es|s|ing)?\b(?=[^.;:,]{0,60}?£)",
        "the council will credit mr x’s account with £120.",
    ),
    Sign(
        "training",
        "train",
        r"(?:s|ing|ed)?\b(?! provider| course)",
        "the council will train staff.",
    ),
    Sign(
        "training",
        f"{_GIVE} ensur mak",
        rf"{_GIVEN}{_WORDS} (?:training|trained)\b",
        "the council will arrange refresher training for its housing officers.",
    ),
    Sign(
        "training",
        "provid",
        r"(?:e|es|ing)\b[^.;:£]{1,60}? with (?:\w+ )?training\b",
        "the council will provide its housing officers with training.",
    ),
    Sign(
        "reminder", "remind", r"(?:s|ing|ed)?\b", "the council will remind officers to keep notes."
    ),
    Sign(
        "reminder",
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?:reminders?|guidance|briefings?|memo)\b"
        rf"(?=(?: [\w’'-]+){{0,3}}? (?:to|for|among) {_STAFF})",
        "the council will issue guidance to its planning officers.",
    ),
    Sign(
        "reminder",
        "shar circulat discuss",
        rf"(?:e|es|ing)?\b{_WORDS} (?:decision|statement|report|lessons|learning|findings)\b"
        rf"(?: from this \w+)?(?= (?:with|among|to) {_STAFF}|[.;]|$)",
        "the council will share this decision with staff in its housing team.",
    ),
    Sign(
        "reminder",
        "tell brief",
        rf"(?:s|ing)? {_STAFF}",
        "the council will tell its frontline staff how to recognise a complaint.",
    ),
    Sign("review", "review audit", r"(?:s|ing|ed)?\b", "the council will review its procedure."),
    Sign(
        "review",
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?:reviews?|audits?)\b(?! (?:meeting|panel|hearing))",
        "the council will also undertake a review of the decisions it has made.",
    ),
    Sign(
        "review",
        "revis amend updat chang improv",
        rf"(?:e|es|s|ing)?\b{_WORDS} (?:polic(?:y|ies)|process(?:es)?|procedures?|practices?"
        r"|guidance|systems?|forms?|templates?)\b",
        "the council will amend its complaints policy.",
    ),
    Sign(
        "reassessment",
        "reassess re-assess reconsider re-consider",
        r"(?:es|s|ing)?\b",
        "the council will reassess miss x’s needs.",
    ),
    Sign(
        "reassessment",
        "assess consider decid determin",
        r"(?:e|es|s|ing)?\b[^.;:]{0,60}? (?:afresh|again|anew)\b",
        "the council will consider his application afresh.",
    ),
    Sign(
        "reassessment",
        f"{_GIVE} mak",
        rf"{_GIVEN}{_WORDS} (?:re-?assessments?\b|(?:new|fresh|(?<!without a )further)"
        r" (?:[\w’'-]+ ){0,3}?(?:appeals?|hearings?|decisions?|panel|assessments?)\b)",
        "the council will hold a fresh appeal.",
    ),
    Sign(
        "reassessment",
        "complet carr undertak arrang",
        rf"{_GIVEN}{_WORDS} assessments?\b",
        "the council will carry out an occupational therapy assessment.",
    ),
    Sign(
        "action",
        "cancel waiv remov withdraw reinstat arrang issu complet amend updat produc publish meet"
        " backdat carr provid offer ensur plac clear repair inspect install stop reduc appoint send"
        " consult contact hold",
        r"(?:e|es|s|y|ing)?\b(?: out\b)?"
        r"(?!:| (?:the |these |this |all )*(?:following|actions?|steps|recommend))",
        "the council has agreed to cancel the invoice.",
    ),
    Sign(
        "action",
        "consider identif monitor check",
        r"(?:y|s|ies|ing)?\b(?= (?:whether|how|what|if|all|any|other|complaints|cases|its)\b)",
        "the council will consider whether others were affected.",
    ),
    Sign(
        "action",
        "write writing put set",
        r" (?:off|in place|up)\b",
        "the council has agreed to write off the arrears.",
    ),
)

PROMISES = (
    # After these a deed need not follow at once: "I recommend that within a month the Council pays"
    Sign("recommended", "recommend", r"(?:s|ed|ations?)?\b", "i recommended the council pays £50."),
    Sign(
        "recommended",
        "agree",
        r"[sd]? (?:to|with) (?:our|my|the|these|this)(?: \w+){0,2}? (?:recommend\w+|remed(?:y|ies)"
        r"|proposals?)",
        "it agreed to our recommendation that it pays £50.",
    ),
    Sign(
        "asked", "asked invited suggest propos", r"(?:s|ed)?\b", "i asked the council to pay £50."
    ),
    Sign(
        "asked",
        "consider",
        r"(?: that)?(?= an? (?:\w+ )?(?:payment|remedy|sum) of)",
        "i consider a payment of £50 is a suitable remedy.",
    ),
    Sign(
        "agreed",
        "agree",
        r"[sd]?\b(?: that(?: it| they| the \w+)?(?: will| should)?| to)?",
        "the council has agreed to pay £50.",
    ),
    Sign(
        "agreed",
        "accepted undertaken committed",
        r"(?= (?:to|that|our|my)\b)(?: that(?: it| they)?(?: will| should)?| to)?",
        "the council has undertaken to pay £50.",
    ),
    # Not where it is over: "has already provided a suitable remedy by paying her £50".
    Sign(
        "means",
        "remed resolv settl put",
        r"(?:y|ied|e|ed|ing)?\b[^.;:]{0,40}? by\b",
        "it should remedy this by paying £50.",
    ),
    Sign(
        "modal",
        "will should must shall",
        r"\b(?: be(?= (?:paid|reminded|trained|reviewed|refunded|reimbursed)))?",
        "the council should pay £50.",
    ),
    Sign("modal", "need is are ought", r"s? to\b", "the council needs to pay £50."),
)

BLOCKS = (
    Sign(
        "blocked",
        "will should must could would need does do did has have had is are can shall",
        r"n[’']t\b|(?: \w+ly)? not\b(?: yet)?(?: (?:agreed?|accept(?:ed)?|need|have"
        r"|recommend(?:ed)?|propos(?:e|ed)|suggest(?:ed)?|ask(?:ed)?)\b"
        r"(?: (?:my|our|the) recommendations?\b)?)?(?: to\b)?",
        "the council did not agree to pay £50.",
    ),
    Sign("blocked", "should must will", r" have\b", "the council should have to pay £50."),
    Sign(
        "blocked",
        "had",
        r"(?: (?:\w+ )?(?:agreed|accepted|undertaken|committed))?\b(?: to\b)?",
        "the council had agreed to pay £50.",
    ),
    Sign("blocked", "already", r"\b(?! agreed)", "the council has already had to pay £50."),
    Sign(
        "blocked",
        "cannot never failed refus declin considered wanted wants seeks hopes would could",
        r"\w*\b(?: recommend\b)?(?: to\b)?",
        "the council refused to pay £50.",
    ),
    Sign("blocked", "no", r" need to\b", "there is no need to pay £50."),
    # The stage 2 investigator's, a panel's, the guidance's: not this decision's recommendation.
    Sign(
        "blocked",
        "stage independent panel investigating tribunal adjudicator guidance",
        r"(?: \w+){0,4}? (?:recommend|ask|suggest|sa[iy])\w*",
        "the stage 2 investigator recommended it pay £50.",
    ),
    Sign("offered", "offered offers offering", r"\b(?: to\b)?", "the council offered to pay £50."),
)

# Blocks nothing, for all its "has not": "should, if it has not already done so, apologise".
ASIDE = Sign(
    "aside",
    "if",
    r" it has not (?:already |yet )?(?:done|paid|apologised|made|sent)\b",
    "the council should, if it has not already done so, pay £50.",
)


@cache
def _pattern(stem: str, rest: str) -> re.Pattern[str]:
    return re.compile(re.escape(stem) + rest)


def _compile(
    signs: tuple[Sign, ...],
) -> tuple[re.Pattern[str], dict[str, list[tuple[str, re.Pattern[str]]]]]:
    """A pattern that finds any stem, and for each stem the signs to try, the first that fits wins.

    A longer stem ("reassess") stands before a shorter one, and takes in its signs.
    """
    rows = [(stem, sign.kind, f"(?:{sign.rest})") for sign in signs for stem in sign.stems.split()]
    stems = sorted({stem for stem, _, _ in rows}, key=lambda stem: (stem[0], -len(stem), stem))
    by_letter: dict[str, list[str]] = {}
    for stem in stems:
        by_letter.setdefault(stem[0], []).append(re.escape(stem[1:]))
    pattern = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
    tries = {
        stem: [(kind, _pattern(own, rest)) for own, kind, rest in rows if stem.startswith(own)]
        for stem in stems
    }
    return re.compile(rf"\b(?:{pattern})"), tries


_STEM, _TRIES = _compile((ASIDE, *BLOCKS, *PROMISES, *DEEDS))

# Not the body: "Mr X will", "a council must", "the review should".
_OTHERS = re.compile(
    r"\b(?:he|she|i|we|you|who|which|anyone|staff|officers|parents?|famil(?:y|ies)|residents|court"
    r"|tribunal|developer|landlord|neighbour|tenant|owner|solicitor|a council|councils|authorities"
    r"|reviews?|letters?|apology|payments?|plan|policy|procedure|guidance|this|these|that|those"
    r"|(?:mr|mrs|miss|ms|mx|dr)\.? \w{1,20})(?: (?:also|now|then|only|has|have)){0,2} $"
)
_DONE = frozenset(("paid", "reminded", "reviewed", "audited", "trained", "refunded"))
_OMBUDSMAN = re.compile(r"\b(?:i|we|ombudsm[ae]n)(?: (?:have|has|also|now|therefore)){0,3} $")

# Atomic, so that no text makes the engine try every way to share out its words.
_FILLER = (
    r"(?>\(?[a-z\d]{1,3}\) |(?:also|now|then|both|formally|personally|jointly|each|immediately"
    r"|promptly|further|therefore|to|that|it|they|the council|in addition|as well|either|by"
    r"|should|will|an?|the|its|full|written|formal|sincere|personal|suitable|appropriate|symbolic|token|single|additional"
    r"|meaningful|refresher|staff|within (?:\w+ ){1,3}?(?:day|week|month|term)s?"
    r"(?: (?:of|from|after) (?:\w+ ){0,6}?(?:decision|statement|report|letter))?)\b ?)"
)
# What may stand between the words that promise and the deed: "will also", "to, within a month,".
_STRAIGHT_ON = re.compile(rf"[ ,:]*+(?:{_FILLER}[ ,:]*+){{0,8}}+")
# What leads from one deed to the next: ", and", "; to", "and also", ":".
_COORDINATED = re.compile(
    rf"(?:[,;:(–—]|\band\b|\bthen\b|\bplus\b) ?(?:(?:and\b|{_FILLER}) ?){{0,6}}$"
)
_LOOK_BACK = 60
_NEAR = 120  # from "I recommend" or "will" to the first deed
_WITH_CONTENT = ("reminder", "training", "review")
# Before "will": ", and it", "; the Council"; after a reminder any other "will" is its content.
_ANEW = re.compile(r"(?:\band|[,;])(?: (?:it|they|the \w+))?(?: also)? ?$")
_OWN = re.compile(r"[\w -]{0,30}?\b(?:its|how it|whether it|the council)\b")

# "The Council has offered £250. I consider that a suitable remedy": the offer becomes the remedy.
_ENDORSED = re.compile(
    r"\b(?:suitable|appropriate|satisfactory|reasonable|adequate|fair|proportionate) remedy"
    r"|\bremed(?:ies|y) the injustice|\bwelcome (?:this|the)|\bshould now (?:pay|do|make)"
)
_NOT_ENDORSED = re.compile(
    r"\bnot (?:\w+ ){0,4}(?:suitable|appropriate|satisfactory|reasonable|adequate|enough|remedy)"
    r"|\binsufficient|\brefused|\brejected|\bdeclined"
)
# "It agreed to pay Mr X £50 in 2019 but did not."
_BROKEN = re.compile(
    r"\b(?:but|and) (?:it |then |has |had |later ){0,3}(?:did not|failed|never|not|refused)\b"
)
# A sentence ends before a blank and a capital; "Mr. X" and "St. Orrin’s" go on.
_SENTENCE_END = re.compile(
    r"[.!?](?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)[\"”’)]*\s+(?=[A-Z“‘(£])"
)
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Clause:
    """A promised deed at `start` to `end`; `opening` is where the words after its verb begin."""

    kind: str
    start: int
    opening: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The clauses of a sentence, and whether it promises still at its end (before a list)."""

    clauses: tuple[Clause, ...]
    promises: bool
    blocked: bool


def lowered(text: str) -> str:
    """`text` in lower case, every character in its place ("İ" would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_LOWER)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, which is not in lower case."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def endorses(text: str) -> bool:
    """Whether the Ombudsman takes up in `text` what the body had offered."""
    return bool(_ENDORSED.search(text)) and not _NOT_ENDORSED.search(text)


def read_sentence(
    text: str, start: int, end: int, *, promised: bool, strict: bool, endorsed: bool
) -> Reading:
    """The promised clauses of the sentence at `start` to `end`.

    `promised`: it is an entry of a list that promises. `strict`: only words of agreement promise,
    as in a decision that closes a case, where "will" tells of anything. `endorsed`: see `endorses`.
    """
    found: list[Clause] = []
    given = agreed = promised
    fresh, loose, edge, blocked_to, last_kind = True, False, start, -1, ""
    broken = bool(_BROKEN.search(text, start, end))
    for kind, at, stop in _signs(text, start, end):
        if kind == "blocked" or (kind == "offered" and not endorsed):
            # Within what a deed is about ("apologise for what it failed to do") it blocks only
            # what follows at once ("and has refused to pay").
            given, blocked_to = given and bool(found), stop
        elif kind == "aside":
            continue
        elif kind in ("agreed", "recommended", "modal", "means", "offered"):
            before = text[max(start, at - _LOOK_BACK) : at]
            passive = text.endswith(" be", at, stop)  # "Mrs V should be paid £175"
            if last_kind in _WITH_CONTENT and not _ANEW.search(before):
                continue
            if kind in ("agreed", "modal") and not passive and _OTHERS.search(before):
                given, blocked_to = given and bool(found), stop
                continue
            if kind == "modal":
                given = agreed or not strict
            elif kind == "means":
                given = agreed = blocked_to < 0
            else:
                given = agreed = not broken
            fresh, loose, edge = True, kind == "recommended", stop
        elif kind == last_kind == "action":
            continue  # "cancel the fee and remove it from his account" counts once
        elif given and not (blocked_to >= edge and _follows(text, blocked_to, at)):
            if not (loose and at - edge < _NEAR) and not _leads(text, edge, at, fresh):
                continue
            if (
                not fresh
                and last_kind in _WITH_CONTENT
                and kind not in ("apology", last_kind)
                and not (kind == "payment" and "£" in text[stop : min(end, stop + _NEAR)])
                and not _OWN.match(text, stop, end)
                and ";" not in text[max(edge, at - 14) : at]
            ):
                continue
            if found:
                found[-1] = replace(found[-1], end=at)
            found.append(Clause(kind, at, stop, end))
            fresh, loose, edge, last_kind = False, False, stop, kind
    return Reading(tuple(found), given, blocked_to >= 0)


def _signs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of every sign between `start` and `end`, in order, none overlapping."""
    stem = _STEM.search(text, start, end)
    while stem:
        after = stem.end()
        for kind, pattern in _TRIES[stem[0]]:
            match = pattern.match(text, stem.start(), end)
            if not match or _is_past(text, match):
                continue
            if kind == "asked":
                if not _OMBUDSMAN.search(
                    text[max(start, stem.start() - _LOOK_BACK) : stem.start()]
                ):
                    continue
                kind = "recommended"
            yield kind, stem.start(), match.end()
            after = max(after, match.end())
            break
        stem = _STEM.search(text, after, end)


def _is_past(text: str, match: re.Match[str]) -> bool:
    """Whether a deed is told as done: "and paid her £50", but not "should be paid"."""
    return match[0] in _DONE and not text.endswith("be ", 0, match.start())


def _follows(text: str, edge: int, at: int) -> bool:
    return at - edge < _NEAR and _STRAIGHT_ON.fullmatch(text, edge, at) is not None


def _leads(text: str, edge: int, at: int, fresh: bool) -> bool:
    """Whether the words between the last promise or deed and this one lead straight on to it."""
    if fresh and _follows(text, edge, at):
        return True
    return bool(_COORDINATED.search(text[max(edge, at - _LOOK_BACK) : at]))
