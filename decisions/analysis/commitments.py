"""Finds the actions that a body has agreed or was told to take.

    The Council has agreed to apologise, pay Mr X £300 and review its procedure.
                              ^apology   ^payment          ^review

A commitment starts at one of ACTION_PATTERNS. It counts if the words before it commit the body
(COMMITMENT_PATTERNS), but not if they refuse or report the past (BLOCKING_PATTERNS). Actions named
inside another action are no commitments: "remind staff to review plans" is only a reminder.

All texts here are in lower case, as `lowered` makes them; positions are those in the
decision's own text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.analysis import lazy_regex
from decisions.analysis.open_actions import find_all_patterns

# Words before "will", "must" or "agreed" that name somebody other than the body complained about:
# "Mr X will", "a council must", "the review should".
_OTHER_PARTY = lazy_regex.compile(
    r"\b(?:he|she|i|we|you|who|which|anyone|staff|officers|parents?|famil(?:y|ies)|residents|court"
    r"|daughters?|sons?|mother|father|wife|husband|partner|brother|sister|aunt|uncle|children|child"
    r"|contractors?|insurers?|hospital|agent|bank|hmrc|social workers?"
    r"|tribunal|developer|landlord|neighbour|tenant|owner|solicitor|a council|councils|authorities"
    r"|reviews?|letters?|apology|payments?|plan|policy|procedure|guidance|this|these|that|those"
    r"|whether (?:it|they|the \w{1,20})"
    r"|(?:mr|mrs|miss|ms|mx|dr)\.? \w{1,20})(?: (?:also|now|then|only|has|have)){0,2} $"
)
# "Officers should receive training on the duty"
_ARE_TRAINED = lazy_regex.compile(
    r" (?:all |also )?(?:receive|have|attend|undergo|get|be given) (?:[\w-]+ ){0,3}?training\b"
)

# Filler words between words of commitment and the action. The group is atomic, so that a hostile
# text cannot cause catastrophic backtracking.
_FILLER = (
    r"(?>\(?[a-z\d]{1,3}\) |£[\d,.]+ |(?:also|now|then|both|formally|personally|jointly|each|"
    r"immediately|fully|properly|clearly|promptly|further|therefore|to|that|it|they|the council|"
    r"in addition|as well|either|by|for(?= (?:the (?:council|provider|trust|home|authority)|it|"
    r"them)\b)|should|will|an?|the|its|full|written|formal|sincere|personal|suitable|appropriate|"
    r"symbolic|token|single|additional|revised|increased|modest|small|larger|higher|lump|one-off|"
    r"goodwill|discretionary|reduced|meaningful|ex[ -]gratia|refresher|staff|"
    r"within (?:\w+ ){1,3}?(?:day|week|month|term)s?(?: (?:of|from|"
    r"after) (?:\w+ ){0,6}?(?:decision|statement|report|letter))?)\b ?)"
)
# All words between a commitment and its action: "will also", "to, within a month,".
_STRAIGHT_ON = lazy_regex.compile(rf"[ ,:]*+(?:{_FILLER}[ ,:]*+){{0,8}}+")
# Words that join one action to the next: ", and", "; to", "and also", ":".
_COORDINATED = lazy_regex.compile(
    rf"(?:[,;:(–—]|\band\b|\bthen\b|\bplus\b) ?(?:(?:and\b|{_FILLER}) ?){{0,6}}(?:£[\d,.]+ )?$"
)
# Length of the text before a pattern that is searched for who is meant or for "and", in characters.
_MAX_LOOK_BACK = 60
# Distance from words of commitment to the first action, in characters.
_MAX_GAP = 120
# Distance from a ";" to an action that it separates from a reminder, in characters.
_MAX_AFTER_SEMICOLON = 14
# Kinds of remedy whose content may name further actions, which are no commitments.
_WITH_CONTENT = ("reminder", "training", "review")
# ", and it", "; the Council": a "will" after these words commits the body to something new. Any
# other "will" after a reminder, training or review belongs to its content.
_NEW_COMMITMENT = lazy_regex.compile(r"(?:\band|[,;])(?: (?:it|they|the \w+))?(?: also)? ?$")
# "its", "how it", "the council": an action of the body itself, not of the staff that it reminds.
_BY_THE_BODY = lazy_regex.compile(r"[\w -]{0,40}?\b(?:its|how it|whether it|the council)\b")
# "training for officers and a review of its forms": one more noun of a list of remedies
_A_REVIEW = lazy_regex.compile(r"(?:[,;]|\band) (?:and )?an? (?:\w+ )?(?:review|audit)$")

# "review its procedures and remind its officers", "train its staff and pay Mr X the fees": a new
# action, whose verb has no ending and whose object is a person or staff.
_PERSON = r"(?:m(?:r|rs|s|iss|x)\b|him\b|them\b|her\b|the (?:complainant|famil))"
_PAYS_PERSON = rf"make (?:an? )(?:\w+ )?payment|pay {_PERSON}"
_AFTER_REMINDER = lazy_regex.compile(_PAYS_PERSON)
_AFTER_REVIEW = lazy_regex.compile(
    rf"{_PAYS_PERSON}|(?:re-?)?train\b|remind\b|brief\b"
    r"|(?:provide|arrange|give|deliver|issue|circulate|share|ensure|make sure|organise)\b"
    r"[^.;:]{0,60}?\b(?:training|trained|reminders?|guidance|staff|officers)\b"
    r"|(?:issue|write|complete|arrange|provide|cancel|waive|remove|amend|reinstate|offer|contact|"
    rf"invite|send|backdate|reassess|reconsider|refund|reimburse) (?:to )?(?:{_PERSON}|"
    r"his\b|their\b|the (?:final|ehc|outstanding|invoice|plan|charge|fee|affected)|"
    r"other (?:people|famil|parent))"
)
# "The Council has offered £250. I consider that a suitable remedy": the offer is the remedy.
_ENDORSED = lazy_regex.compile(
    r"\b(?:suitable|appropriate|satisfactory|reasonable|adequate|fair|proportionate) remedy"
    r"|\bremed(?:ies|y) the injustice|\bwelcome (?:this|the)|\bshould now (?:pay|do|make)"
)
_NOT_ENDORSED = lazy_regex.compile(
    r"\bnot (?:\w+ ){0,4}(?:suitable|appropriate|satisfactory|reasonable|adequate|enough|remedy)"
    r"|\binsufficient|\brefused|\brejected|\bdeclined"
)
# "It has already apologised and offered a payment": the offer was its own, and is past.
_PAST_OFFER = lazy_regex.compile(
    r"\b(?:already|apologised|paid|refunded|accepted|upheld|admitted|acknowledged|previously)\b"
)
# "failed to do the things it agreed": the agreement is told, not made.
_WHAT_IT_AGREED = lazy_regex.compile(
    r"\b(?:actions?|remed(?:y|ies)|recommendations?|steps|what|payments?|things|measures|"
    r"work)(?: that| which)? (?:it|they|the \w+)(?: had| has| have| previously)? $"
)
# "We asked it to reassess her, which it has done.", "We asked it to … This has now been done."
_ASKED_AND_DONE = lazy_regex.compile(
    r"\b(?:asked|invited)\b[^.]{0,200}(?:, (?:which|and) (?:it|they|the \w+) (?:has|have|did|"
    r"had)(?: now| since| already| also)* (?:done|completed)\b|\.? (?:this|it|they|these|"
    r"the \w+) (?:has|have|was|were)(?: now| since| already| all)* (?:been )?(?:done|completed|"
    r"carried out)\b)"
)
_MAX_ANSWER = 40  # characters after a request that may say that it has been done
# "It agreed to pay Mr X £50 in 2019 but did not."
_BROKEN = lazy_regex.compile(
    r"\b(?:but|and) (?:it |then |has |had |later ){0,3}(?:did not|failed|never|not|refused)\b"
)
# "Mr X complained about the Council's failure to agree …": a sentence that tells the complaint …
_COMPLAINS = lazy_regex.compile(
    r"\W*(?:the )?(?:m(?:r|rs|s|iss|x)\b\.?|dr\b|he|she|they|complainants?|famil(?:y|ies)|parents?)"
    r"[^,.;:]{0,40}? (?:complain(?:s|ed)|says?|said|alleges?|alleged|argues?|argued|believes?"
    r"|claims?|claimed|considers?|thinks?|feels?|felt|wants?)\b"
)
# … until it turns to the body: "…, and the Council has agreed to …".
_TURNS_TO_BODY = lazy_regex.compile(
    r"(?:[,;]|\band|\bbut)(?: and| but)? (?:it|the [\w ]{1,30}?)(?: ha(?:s|ve))?"
    r"(?: now| since| also)? (?:agreed|accepted|will)\b"
)
# Where a clause of its own may begin: ", and we consider an apology is a suitable remedy"
_CLAUSE = lazy_regex.compile(
    r"(?:[,;]|\band\b|\bso\b|\bbut\b)(?: (?:and|so|but))?(?: (?:we|i) (?:consider|think|"
    r"find)(?: that)?)? (?=an? )"
)
_COMMITS = lazy_regex.compile(
    r"\b(?:agree|recommend|propos|suggest|remed|offer|will\b|should\b|must\b|"
    r"already\b)"
)
# "The law says councils should review plans": nobody is to do it because of this decision.
_STATES_LAW = lazy_regex.compile(
    r"\W*(?:under |in )?(?:the )?(?:care |children |housing |education |local government )?(?:law|"
    r"acts?|legislation|regulations?|statutory guidance|government guidance|guidance|"
    r"code(?: of \w+)?|councils|local authorities|section \d+)\b(?![^.]*\b(?:agree[sd]?|"
    r"recommend(?:s|ed)?|we|i)\b)"
)
# "In an earlier decision we recommended", "previously agreed": not the remedy of this decision
_EARLIER = lazy_regex.compile(
    r"\b(?:previously|in (?:an?|our|the|his|her|their|its) (?:earlier|previous|last|"
    r"first) (?:decision|complaint|investigation|statement|case)|"
    r"earlier decision)\b(?![^.]*\b(?:now|further)\b)"
)
_AS_EARLIER = lazy_regex.compile(
    r" (?:in|as part of|following|after|when resolving) (?:an?|our|the|his|her|their) (?:earlier|"
    r"previous|last) "
)
_YEARLY = lazy_regex.compile(
    r"[^.;]{0,60}\b(?:(?:once|twice) a year|every|annually|each year|yearly)\b"
)
# "An apology, a payment to Ms X and a reminder to officers is a suitable remedy."
_IS_REMEDY = lazy_regex.compile(
    r"\W*(?:an? )?(?!the\b)(?:[a-z]+ ){0,2}?(?:apology|payments?|refund|reminder|"
    r"reassessment|training)"
    r"\b[^.;:]{0,300}? (?:is|are|would be|will be|provides?|represents?) (?:an? |the "
    r")?(?:\w+ and )?"
    r"(?:suitable|appropriate|satisfactory|reasonable|adequate|fair|proportionate) "
    r"(?:remedy|redress|resolution)\b"
    r"|\W*(?:an? )?(?!the\b)(?:[a-z]+ ){0,2}?(?:apology|payments?|refund|reminder|"
    r"reassessment|training)"
    r"\b[^.;:]{0,200}? (?:will |would )?remed(?:y|ies) (?:the|this|that|his|her|their|"
    r"any) injustice\b"
    # "Apologising and revising its procedures remedies the injustice."
    r"|\W*(?:apologising|paying|refunding|reviewing|reminding|making an?|offering an?|"
    r"providing an?)"
    r"\b[^.;:]{0,200}? (?:(?:remedies|(?:will|would) remedy) (?:the|this|that|his|her|their|any) "
    r"injustice|(?:is|are|would be) (?:an? )?(?:suitable|appropriate|proportionate) remedy)\b"
    # "A payment for the distress is agreed", "Training will be given to officers"
    r"|\W*(?:an? )?(?!the\b)(?:[a-z]+ ){0,2}?(?:apology|payments?|remedy|refund|reminder|"
    r"reassessment|training|hearing)\b[^.;:]{0,100}? (?:(?:is|are|was|were|has been|have "
    r"been) (?:now |"
    r"also |therefore )?(?:agreed|recommended)|(?:will|is to|are to) (?:now )?(?:be "
    r"(?:given|provided|"
    r"arranged|carried out|sent|issued)|take place|go to))\b"
)
# A sentence ends before white space and a capital. "Mr. X" and "St. Orrin’s" do not end one.
_SENTENCE_END = lazy_regex.compile(
    r"[.!?](?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)[\"”’)]*\s+(?=[A-Z“‘(£])"
)
_LOWER_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Commitment:
    """An action to be done, at characters `start` to `end`; `kind` is a key of REMEDIES.

    `verb_end` is where the words that name the action end.
    """

    kind: str
    start: int
    verb_end: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceCommitments:
    """The commitments of one sentence.

    `commits` says whether words of commitment still apply at its end, and so apply to a list that
    follows. `blocked` says whether it contains any blocking words.
    """

    commitments: tuple[Commitment, ...]
    commits: bool
    blocked: bool


def lowered(text: str) -> str:
    """`text` in lower case; every character keeps its position ("İ" would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER_ASCII)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, which must be in its original case."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def endorses(text: str) -> bool:
    """Whether `text` says that the Ombudsman accepts what the body has offered."""
    return bool(_ENDORSED.search(text)) and not _NOT_ENDORSED.search(text)


def find_commitments(
    text: str, start: int, end: int, *, committed: bool, strict: bool, endorsed: bool
) -> SentenceCommitments:
    """The commitments of the sentence from `start` to `end`.

    `committed`: the sentence is an entry of a list whose introduction commits the body. `strict`:
    only words of agreement commit, because in a decision that closes a case "will" says nothing.
    `endorsed`: the Ombudsman accepts what the body has offered, see `endorses`.
    """
    commitments: list[Commitment] = []
    commits = is_agreed = committed
    is_first = True  # whether no action has followed the last words of commitment yet
    may_be_distant = False  # whether other words may stand between those words and the action
    last_end = start  # end of the last words of commitment or the last action
    blocked_until, last_action = -1, ""
    broken = bool(_BROKEN.search(text, start, end))
    if not committed and not broken:
        remedy = _remedy_clause(text, start, end)
        if remedy is not None:
            commits = is_agreed = committed = True
            start = last_end = remedy
    if not committed and "asked" in text and _ASKED_AND_DONE.search(text, start, end + _MAX_ANSWER):
        return SentenceCommitments((), False, True)
    if not committed and _STATES_LAW.match(text, start, end):
        return SentenceCommitments((), False, True)
    if not committed and _COMPLAINS.match(text, start, end):
        turn = _TURNS_TO_BODY.search(text, start, end)
        start = turn.start() if turn else end
    for meaning, action_start, action_end in find_all_patterns(
        text, start, end, committed=committed
    ):
        if meaning == "blocked" or (
            meaning == "offered" and (not endorsed or _PAST_OFFER.search(text, start, action_start))
        ):
            # Inside an action ("apologise for what it failed to do") these words block only the
            # next words ("and has refused to pay").
            commits, blocked_until = commits and bool(commitments), action_end
        elif meaning == "aside":
            continue
        elif meaning == "including":
            if commits and not commitments:
                is_first, last_end = True, action_end
        elif meaning == "through":
            if commits:
                is_first, last_end = True, action_end
        elif meaning in ("agreed", "recommended", "modal", "means", "offered"):
            before = text[max(start, action_start - _MAX_LOOK_BACK) : action_start]
            passive = text.endswith(" be", action_start, action_end)  # "Mrs V should be paid £175"
            if last_action in _WITH_CONTENT and not _NEW_COMMITMENT.search(before):
                continue
            if meaning == "agreed" and blocked_until >= 0 and _WHAT_IT_AGREED.search(before):
                continue
            if (meaning in ("agreed", "recommended") and not committed) and (
                _EARLIER.search(text, start, action_start) or _AS_EARLIER.match(text, action_end)
            ):
                commits, blocked_until = commits and bool(commitments), action_end
                continue
            if text.startswith("must", action_start) and _YEARLY.match(text, action_end, end):
                continue
            if (
                meaning in ("agreed", "modal")
                and not passive
                and _OTHER_PARTY.search(before)
                and not _ARE_TRAINED.match(text, action_end)
            ):
                commits, blocked_until = commits and bool(commitments), action_end
                continue
            if meaning == "modal":
                commits = is_agreed or not strict
            elif meaning == "means":
                commits = is_agreed = blocked_until < 0
            else:
                commits = is_agreed = not broken
            is_first, may_be_distant, last_end = True, meaning == "recommended", action_end
        elif meaning == last_action == "action":
            continue  # "cancel the fee and remove it from his account" counts once
        elif commits and not (
            blocked_until >= last_end and _follows_directly(text, blocked_until, action_start)
        ):
            if not (may_be_distant and action_start - last_end < _MAX_GAP) and not _leads_to_action(
                text, last_end, action_start, is_first
            ):
                continue
            if (
                not is_first
                and last_action in _WITH_CONTENT
                and meaning not in ("apology", last_action)
                and not (
                    meaning == "payment"
                    and "£" in text[action_end : min(end, action_end + _MAX_GAP)]
                )
                and not _BY_THE_BODY.match(text, action_start, end)
                and not (meaning == "review" and _A_REVIEW.search(text, last_end, action_end))
                and not _new_action(last_action).match(text, action_start, end)
                and ";"
                not in text[max(last_end, action_start - _MAX_AFTER_SEMICOLON) : action_start]
            ):
                continue
            if commitments:
                commitments[-1] = replace(commitments[-1], end=action_start)
            commitments.append(Commitment(meaning, action_start, action_end, end))
            is_first, may_be_distant, last_end, last_action = False, False, action_end, meaning
    return SentenceCommitments(tuple(commitments), commits, blocked_until >= 0)


def _new_action(after: str) -> re.Pattern[str]:
    """The words that begin a new action after one of the kind `after`."""
    return _AFTER_REVIEW if after == "review" else _AFTER_REMINDER


def _remedy_clause(text: str, start: int, end: int) -> int | None:
    """Where "an apology is a suitable remedy" begins: the sentence, or a clause of it; else "
    "None."""
    if _IS_REMEDY.match(text, start, end):
        return start
    if "remedy" not in text:
        return None
    for joint in _CLAUSE.finditer(text, start, end):
        if _COMMITS.search(text, start, joint.start()):
            return None
        if _IS_REMEDY.match(text, joint.end(), end):
            return joint.end()
    return None


def _follows_directly(text: str, last_end: int, action_start: int) -> bool:
    """Whether only filler words stand between `last_end` and `action_start`."""
    return (
        action_start - last_end < _MAX_GAP
        and _STRAIGHT_ON.fullmatch(text, last_end, action_start) is not None
    )


def _leads_to_action(text: str, last_end: int, action_start: int, is_first: bool) -> bool:
    """Whether the words from `last_end` to the action at `action_start` lead straight on to it."""
    if is_first and _follows_directly(text, last_end, action_start):
        return True
    return bool(
        _COORDINATED.search(text[max(last_end, action_start - _MAX_LOOK_BACK) : action_start])
    )
