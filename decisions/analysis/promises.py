"""What a body has agreed, or was told, to do: the promised clauses of a text.

    The Council has agreed to apologise, pay Mr X £300 and review its procedure.
                              ^apology   ^payment          ^review

A clause opens with one of DEEDS. It counts only while the words before it promise ("has agreed
to", "I recommend", "will", "should") and not while they tell of the past or refuse ("has already",
"offered to", "should have", "Mr X will"). What a deed is about promises nothing: "remind staff to
review plans" is a reminder alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_ADJECTIVES = (
    r"(?:(?:an?|the|its|their|his|her|further|full|written|formal|sincere|personal|unreserved"
    r"|meaningful|suitable|appropriate|symbolic|token|financial|single|one-off|additional|another"
    r"|monetary|small|modest|separate|ex gratia) ){0,5}"
)
_GIVE = (
    r"(?:mak|giv|provid|send|issu|offer|arrang|deliver|organis|undertak|hold|conduct|complet"
    r"|carr|commission|do|produc|circulat|writ|shar|distribut|remit|award|credit|tak|receiv)"
    r"(?:e|es|ing|s|y|ies|ying)?(?: out)?"
)
_WORDS = r"(?: [\w’'-]+){0,6}?"  # a few words on the way from a verb to its object


@dataclass(frozen=True, slots=True)
class Deed:
    """Words that open a clause of one kind of remedy, with a line in which they do."""

    kind: str
    pattern: str
    example: str


DEEDS = (
    Deed("apology", r"apologis(?:es?|ing)\b", "The Council will apologise to Mr X."),
    Deed(
        "apology",
        r"(?:writ(?:e|es|ing)|meet(?:s|ing)?)\b[^.;:£]{1,120}?\bapolog(?:ise|y|ising)\b",
        "The Council has agreed to write to the aunt and, separately, the uncle to apologise.",
    ),
    Deed(
        "apology",
        rf"(?:{_GIVE}\b[^.;:£]{{0,60}}? )?{_ADJECTIVES}(?:letters? of )?apolog(?:y|ies)\b",
        "The Council will send Mrs X a written apology.",
    ),
    Deed(
        "payment",
        r"pay(?:s|ing)?\b(?! (?:(?:due|particular|close|full|more|proper) )?(?:regard|attention"
        r"|heed))",
        "The Council should pay Ms Y £250.",
    ),
    Deed(
        "payment",
        rf"(?:{_GIVE}{_WORDS} )?{_ADJECTIVES}(?:payments?|cheque|financial remedy|compensation)\b"
        r"(?= (?:of|to|for|totalling)\b|:)",
        "The Council will make a payment of £150 to Mr X.",
    ),
    Deed(
        "payment",
        r"(?:refund|reimburs|re-?pay|compensat)(?:e|es|ing|s)?\b",
        "The Council has agreed to refund the fees.",
    ),
    Deed(
        "payment",
        r"backdat(?:e|es|ing)\b(?=[^.;]{0,40}\b(?:payments?|allowances?|fees|benefits?)\b)",
        "The Council should backdate its payments to the date of the assessment.",
    ),
    Deed(
        "payment",
        r"(?:increas(?:e|es|ing)|rais(?:e|es|ing))\b(?=[^.;]{0,80} to £)",
        "I recommended the Council increase its offer from £100 to £250.",
    ),
    Deed(
        "payment",
        r"(?:offer|giv|provid|send|award|credit)(?:e|es|s|ing)?\b(?=[^.;:,]{0,60}?£)",
        "The Council will credit Mr X’s account with £120.",
    ),
    Deed("training", r"train(?:s|ing)?\b(?! (?:provider|course))", "The Council will train staff."),
    Deed(
        "training",
        rf"(?:{_GIVE}|ensure|make sure){_WORDS} (?:training|(?:is|are) (?:fully )?trained)\b",
        "The Council will provide its housing officers with training.",
    ),
    Deed("reminder", r"remind(?:s|ing)?\b", "The Council will remind officers to keep notes."),
    Deed(
        "reminder",
        rf"{_GIVE}{_WORDS} (?:reminders?|guidance|briefings?|memo)\b(?=(?: [\w’'-]+){{0,3}}? (?:to"
        r"|for|among) (?:\w+ ){0,4}(?:staff|officers?|teams?|members|managers|workers|carers))",
        "The Council will issue guidance to its planning officers.",
    ),
    Deed(
        "reminder",
        rf"(?:shar|circulat|discuss)(?:e|es|ing)?\b{_WORDS} (?:decision|statement|report|lessons"
        r"|learning|findings)\b",
        "The Council will share this decision with staff in its housing team.",
    ),
    Deed("review", r"(?:review|audit)(?:s|ing)?\b", "The Council will review its procedure."),
    Deed(
        "review",
        rf"{_GIVE}{_WORDS} (?:reviews?|audits?)\b(?! (?:meeting|panel|hearing))",
        "The Council will also undertake a review of the decisions it has made.",
    ),
    Deed(
        "review",
        rf"(?:revis|amend|updat|chang|improv)(?:e|es|s|ing)?{_WORDS} (?:polic(?:y|ies)|processe?s?"
        r"|procedures?|practices?|guidance|systems?|forms?|templates?)\b",
        "The Council will amend its complaints policy.",
    ),
    Deed("reassessment", r"re-?assess(?:es|ing)?\b", "The Council will reassess Miss X’s needs."),
    Deed("reassessment", r"re-?consider(?:s|ing)?\b", "The Council will reconsider the case."),
    Deed(
        "reassessment",
        r"(?:assess|consider|decid|determin)(?:e|es|s|ing)?\b[^.;:]{0,60}? (?:afresh|again|anew)\b",
        "The Council will consider his application afresh.",
    ),
    Deed(
        "reassessment",
        rf"{_GIVE}{_WORDS} (?:re-?assessments?\b|(?:new|fresh|further) (?:[\w’'-]+ ){{0,3}}?"
        r"(?:appeals?|hearings?|decisions?|panel|assessments?)\b)",
        "The Council will hold a fresh appeal.",
    ),
    Deed(
        "reassessment",
        rf"(?:complete|carry out|undertake|arrange){_WORDS} assessments?\b",
        "The Council will carry out an occupational therapy assessment.",
    ),
    Deed(
        "action",
        r"(?:cancel|waive|write off|writes off|writing off|remove|withdraw|reinstate|arrange|issue"
        r"|put in place|complete|amend|update|produce|publish|meet|backdate|carry out|provide"
        r"|offer|ensure|place|clear|repair|inspect|install|stop|reduce|appoint|send|consult"
        r"|contact|set up|hold)s?\b(?! (?:the )?(?:following|actions?|steps|recommend))",
        "The Council has agreed to cancel the invoice.",
    ),
)

_PERSON = (
    r"\b(?:he|she|I|we|you|who|which|anyone|staff|officers|parents?|famil(?:y|ies)|residents"
    r"|court|tribunal|developer|landlord|neighbour|tenant|owner|solicitor"
    r"|(?:Mr|Mrs|Miss|Ms|Mx|Dr)\.? \w{1,20}) (?:also |now |then |only )?"
)
_OMBUDSMAN = r"\b(?:I|we|Ombudsm[ae]n)(?: (?:have|has|also|now|therefore|will|would)){0,3}"

_TOKEN = re.compile(
    "|".join(
        (
            # "should have", "will not", "had agreed", "failed to": what was not done, or only
            # before, is not promised.
            r"(?P<blocked>\b(?:(?:will|should|must|could|would|need|does|do|did|has|have|had|is|are"
            r"|can|shall)(?: \w+ly)? not\b(?: yet)?(?: (?:agreed?|accepted?|need|have)\b)?(?: to\b)?"
            r"|had (?:\w+ )?(?:agreed|accepted|undertaken|committed)\b(?: to\b)?"
            r"|cannot\b|no need\b|never\b|(?:should|must|will) have\b|would\b|could\b|had\b"
            r"|failed\b|refus\w+|declin\w+|already\b(?! agreed)|considered\b|want(?:s|ed)\b"
            r"|seeks\b|hopes\b"
            # "The stage 2 investigator recommended", "our guidance suggests": no recommendation.
            r"|(?:stage (?:two|2|three|3)|independent|panel|investigating|tribunal|adjudicator)"
            r" ?(?:\w+ ){0,3}(?:recommended|asked)\b"
            r"|guidance (?:on remedies )?(?:\w+ )?(?:recommends|suggests|says)\b))",
            r"(?P<offered>\b(?:offered|offers to|offering to)\b(?: to\b)?)",
            rf"(?P<person>{_PERSON}(?:will|should|must|shall|(?:(?:has|have) )?(?:agreed|accepted)"
            r"|needs? to|asked|wanted)\b)",
            # "I recommended the Council pays", "we asked the Council to": then the deed follows.
            rf"(?P<recommended>{_OMBUDSMAN} (?:asked|invited|suggest(?:s|ed)?|propos(?:e|ed))\b"
            r"|\brecommend(?:s|ed|ations?)?\b"
            r"|\bagree[sd]? (?:to|with) (?:our|my|the|these|this)(?: \w+){0,2}? (?:recommend\w+"
            r"|remed(?:y|ies)|proposals?))",
            r"(?P<agreed>\b(?:agree[sd]?|(?:accepted|undertaken|committed)(?= (?:to|that|our|my)))\b"
            r"(?: that(?: it| they| the \w+)?(?: will| should)?| to)?"
            r"|\bremed(?:y|ied)\b[^.;:]{0,40}? by\b)",
            r"(?P<modal>\b(?:will|should|must|shall|needs? to|(?:is|are) to|ought to)\b"
            r"(?: be(?= (?:paid|reminded|trained|reviewed|refunded)))?)",
            *(
                rf"(?P<{kind}>\b(?:{'|'.join(deed.pattern for deed in DEEDS if deed.kind == kind)}))"
                for kind in dict.fromkeys(deed.kind for deed in DEEDS)
            ),
        )
    ),
    re.IGNORECASE,
)

_FILLER = (
    r"(?:(?:also|now|then|both|formally|personally|jointly|each|immediately|promptly|further"
    r"|therefore|to|that|it|they|the council|an?|in addition|as well|either|by|should|will"
    r"|within [\w -]{3,60}?) ?)"
)
# What may stand between the words that promise and the deed: "will also", "to, within a month,".
_STRAIGHT_ON = re.compile(rf"[ ,:]*(?:{_FILLER}[ ,:]*){{0,8}}", re.IGNORECASE)
# What leads from one deed to the next: ", and", "; to", "and also", ":".
_COORDINATED = re.compile(
    rf"(?:[,;:(–—]|\band|\bthen|\bplus|\bas well as) ?(?:(?:and|also|then|to|{_FILLER}) ?){{0,5}}$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_NEAR = 100  # from "I recommend" to the first deed: "that within a month the Council apologises"
_WITH_CONTENT = ("reminder", "training", "review")
# Before "will": ", and it", "; the Council"; after a reminder any other "will" is its content.
_ANEW = re.compile(r"(?:\band|[;,])(?: (?:it|they|the \w+))?(?: also)? ?$", re.IGNORECASE)
_OWN = re.compile(r"[\w -]{0,30}?\b(?:its|how it|whether it|the Council)\b", re.IGNORECASE)
# "The Council has offered £250. I consider that a suitable remedy": the offer becomes the remedy.
_ENDORSED = re.compile(
    r"\b(?:suitable|appropriate|satisfactory|reasonable|adequate|fair|proportionate) remedy"
    r"|\bremed(?:ies|y) the injustice|\bwelcome (?:this|the)|\bshould now (?:pay|do|make)",
    re.IGNORECASE,
)
_NOT_ENDORSED = re.compile(
    r"\bnot (?:\w+ ){0,4}(?:suitable|appropriate|satisfactory|reasonable|adequate|enough|remedy)"
    r"|\binsufficient|\brefused|\brejected|\bdeclined",
    re.IGNORECASE,
)
# "It agreed to pay Mr X £50 in 2019 but did not."
_BROKEN = re.compile(
    r"\b(?:but|and) (?:it |then |has |had |later ){0,3}(?:did not|failed|never|not|refused)\b",
    re.IGNORECASE,
)
# A sentence ends before a blank and a capital; "Mr. X" and "St. Orrin’s" go on.
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?][\"”’)]*\s+(?=[A-Z“‘(£])"
)


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


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`."""
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
    for token in _TOKEN.finditer(text, start, end):
        group = token.lastgroup or ""
        if group in ("blocked", "person") or (group == "offered" and not endorsed):
            # Within what a deed is about ("apologise for what it failed to do") it blocks only
            # what follows at once ("and has refused to pay").
            given, blocked_to = given and bool(found), token.end()
        elif group in ("agreed", "recommended", "modal", "offered"):
            if last_kind in _WITH_CONTENT and not _ANEW.search(
                text[max(start, token.start() - _LOOK_BACK) : token.start()]
            ):
                continue
            if group == "modal":
                given = agreed or not strict
            else:
                given = agreed = not broken
            fresh, loose, edge = True, group == "recommended", token.end()
        elif given and not (blocked_to >= edge and _follows(text, blocked_to, token.start())):
            near = loose and token.start() - edge < _NEAR
            if not (near or _leads(text, edge, token.start(), fresh)):
                continue
            if (
                not fresh
                and last_kind in _WITH_CONTENT
                and group not in ("apology", "payment", last_kind)
                and not _OWN.match(text, token.end(), end)
                and ";" not in text[max(edge, token.start() - 8) : token.start()]
            ):
                continue
            if found:
                found[-1] = replace(found[-1], end=token.start())
            found.append(Clause(group, token.start(), token.end(), end))
            fresh, loose, edge, last_kind = False, False, token.end(), group
    return Reading(tuple(found), given, blocked_to >= 0)


def _follows(text: str, edge: int, at: int) -> bool:
    return _STRAIGHT_ON.fullmatch(text, edge, at) is not None


def _leads(text: str, edge: int, at: int, fresh: bool) -> bool:
    """Whether the words between the last promise or deed and this one lead straight on to it."""
    if fresh and _follows(text, edge, at):
        return True
    return bool(_COORDINATED.search(text[max(edge, at - _LOOK_BACK) : at]))
