"""Finds actions that a body commits to in words that no table of patterns knows.

    The Council has agreed to decide her application and set out a plan.
                              ^action                    ^action

Of the verbs that a body may promise, ACTION_PATTERNS holds those that tell a kind of remedy. After
firm words of commitment, any other verb is an action too, except those that only promise a remedy
without naming it ("agreed to put things right") or tell what will follow ("it will cause delay").
"""

from collections.abc import Iterator

from decisions.analysis import lazy_regex
from decisions.analysis.commitment_patterns import find_patterns

# Words between a commitment and its verb: "agreed, within a month, to", "will also".
_LEAD = (
    r"[ ,]*+(?:(?:also|now|then|both|formally|jointly|each|immediately|fully|properly|promptly|"
    r"therefore|to|that|it|they|the (?:care )?(?:council|provider|trust|authority|home)|"
    r"in addition|"
    r"further|urgently|as well|either|should|will|within (?:\w+ ){1,3}?(?:day|week|month|term)s?"
    r"(?: (?:of|from|after) (?:\w+ ){0,6}?(?:decision|statement|report|letter))?)\b[ ,]*+){0,6}+"
)
# Verbs that name no action: "agreed to remedy this", "it will mean", "should be".
_NO_ACTION = (
    r"(?!(?:be|been|have|has|had|do|does|not|remedy|resolve|accept|agree|need|want|"
    r"wish|mean|means|cause|lead|affect|result|benefit|apply|remain|become|include|comprise|help|"
    r"depend|cost|happen|receive|get|know|feel|know|like|say|find|see|show|appear|seem|suffer|lose|"
    r"miss|recognise|acknowledge|reflect|learn|fail|avoid|cease|try|our|my|the|this|that|these|"
    r"those|"
    r"an?|its|his|her|their|some|all|any|no|both|each|other|further|additional|several|such|what|"
    r"how|"
    r"there|if|in|on|at|by|for|from|with|of|as|and|or|but|so|it|he|she|they|we|you|mr|mrs|miss|ms|"
    r"today|one|two|three|either|again|already|only|carefully|staff)\b|\w*(?:[^su]s|ing|ly)\b"
    # "put things right", "settle the complaint", "make amends"
    r"|(?:put|make|set) (?:amends\b|right\b|(?:\w+ ){1,4}(?:right|good)\b)|settle (?:the|"
    r"this|her|his|"
    r"their)\b"
    r" (?:complaint|matter|case)"
    r"|(?:act|follow|comply)(?: on| with| up)? (?:our|my|the|these|this|those|"
    r"any) (?:[\w’'-]+ ){0,2}?"
    r"(?:recommend\w+|remed\w+|suggestions?|actions?|proposals?)\b"
    # "carry out our recommendations", "complete these actions", "take action to remedy"
    r"|(?:carry out|complete|take|undertake|implement) (?:\w+ )?following\b"
    r"|(?:carry out|complete|take|undertake|implement|meet|do|perform|honour|adopt|deliver|fulfil|"
    r"provide|offer|consider|action) (?:[\w-]+ ){0,4}?(?:recommend\w+|actions?|steps|measures|"
    r"remed\w+|"
    r"redress|resolution|suggestions?|proposals?|so|this|it|these|those|above)\b"
    r"(?! (?:from|in|of|to (?:prevent|improve|stop|avoid|address|ensure|reduce|learn)))"
    # The Ombudsman is told of it: "confirm that it has done so"
    r"|(?:confirm|report|evidence|demonstrate|update|inform|notify|let|show|tell|write|send|"
    r"provide|"
    r"submit|share|supply|keep)"
    r" (?:back |out |in writing )?(?:to |with )?(?:us|me|the ombudsm[ae]n)\b"
    r"|(?:confirm|evidence|demonstrate|show|provide|submit|supply) (?:[\w-]+ ){0,4}?(?:(?:it|"
    r"they) ha(?:s|ve)|"
    r"completion|compliance|evidence|confirmation|copies|proof)\b"
    r"|[a-z]+ (?:[\w’'-]+ ){1,5}(?:to|with) (?:us|the ombudsm[ae]n)\b)"
)
_OBJECT = (
    r"(?= (?:an?|the|its|his|her|their|all|any|this|that|these|those|m(?:r|rs|s|iss)|him|them|each|"
    r"good|in|both|some|other|others|with|to|on|out|up|into|at|whether|how|what|why|more|further|"
    r"new|"
    r"additional|another|suitable|appropriate|[a-z](?:[’']s)?)(?![\w’'-]))"
)
# After "agreed to", and after "will" or "should" of the body
_AGREED_VERB = lazy_regex.compile(rf"{_LEAD}(?P<verb>{_NO_ACTION}[a-z-]{{2,}})\b(?= \w)")
_MODAL_VERB = lazy_regex.compile(rf"{_LEAD}(?P<verb>{_NO_ACTION}[a-z-]{{2,}}){_OBJECT}")
# After "recommended that it" and words of request, a verb may have its ending: "decides her claim".
_RECOMMENDED_VERB = lazy_regex.compile(
    r"[ ,]*+(?:(?:that|the (?:[\w-]+ )?(?:council|provider|trust|authority|home)|it|they|to|also|"
    r"now|"
    r"should|"
    r"within (?:\w+ ){1,3}?(?:day|week|month|term)s?)\b[ ,]*+){1,6}+"
    rf"(?P<verb>{_NO_ACTION.replace('[^su]s|', '')}[a-z-]{{2,}}){_OBJECT}"
)
# "agreed to", "agreed that it will", but not "agreed actions"
_LEADS_TO_VERB = lazy_regex.compile(r"\b(?:to|will|should)\b")
# The body itself: "the Council will", not "the plan will"
_BODY = lazy_regex.compile(
    r"\b(?:council|authority|provider|trust|organisation|body|company|home|landlord|it|they|board|"
    r"icb)"
    r"(?: (?:has|have|also|now|then|therefore)){0,2} $"
)
# A verb in a list of actions, with its object: ", set out a plan", "and decide her application"
_NEXT = lazy_regex.compile(
    r"(?:[,;]|\band\b)(?: and)?(?: (?:to|also|then|now|will))* (?P<verb>(?:decide|set|complete|"
    r"work|look|take|undertake|implement|draft|prepare|draw|discuss|allocate|assign|progress|"
    r"advise|notify|seek|speak|visit|request|ask|obtain|source|find|establish|keep|record|"
    r"calculate|recalculate|adjust|honour|begin|commence|continue|resume|secure|support|assist|"
    r"respond|reply|escalate|refer|transfer|move|rehouse|register|add|reissue|re-issue|fund|engage|"
    r"analyse|evaluate|investigate|explore|improve|convene|attend|invite|liaise|collaborate|"
    r"strengthen|adopt|devise|design|clarify|address|fix|mend|identify|award|grant|clean|cut|erase|"
    r"destroy|lift|freeze|suspend|end|reopen|re-open|rescind|revoke|overturn|reverse|"
    rf"disregard|treat|agree|make)){_OBJECT}"
)
_NEXT_NO_ACTION = lazy_regex.compile(rf"{_NO_ACTION}")
# An apology for what a body failed to do names what it did not do, which is no commitment.
_CONTENT = lazy_regex.compile(r"\b(?:for|fail\w*|not|delay\w*|because|when|how|that)\b")
# Length of the text before "will" in which the body must stand, in characters.
_MAX_LOOK_BACK = 60


def find_all_patterns(
    text: str, start: int, end: int, *, committed: bool
) -> Iterator[tuple[str, int, int]]:
    """As `find_patterns`, with an "action" for each verb that no pattern knows.

    `committed`: the text from `start` is an entry of a list of things to be done.
    """
    open_action = _first_verb("entry", text, start, start, end) if committed else None
    last: tuple[str, int] | None = None
    for meaning, found_start, found_end in find_patterns(text, start, end):
        if open_action is None and last:
            open_action = _next_verb(*last, text, found_start)
        if open_action:
            verb_start, verb_end = open_action
            if verb_end <= found_start:
                yield "action", verb_start, verb_end
            open_action = None
        yield meaning, found_start, found_end
        open_action = _first_verb(meaning, text, found_start, found_end, end)
        last = (meaning, found_end) if meaning in _MAY_BE_FOLLOWED else None
    if open_action is None and last:
        open_action = _next_verb(*last, text, end)
    if open_action:
        yield "action", *open_action


_MAY_BE_FOLLOWED = frozenset(("apology", "payment", "reassessment", "action"))


def _first_verb(
    meaning: str, text: str, start: int, after: int, end: int
) -> tuple[int, int] | None:
    """The verb that follows the words of commitment from `start` to `after`."""
    verb = None
    if meaning == "recommended":
        verb = _RECOMMENDED_VERB.match(text, after, end)
    elif meaning == "agreed":
        verb = _AGREED_VERB.match(text, after, end)
        if verb and not _LEADS_TO_VERB.search(text, start, verb.start("verb")):
            verb = None
    elif meaning == "entry" or (
        meaning == "modal"
        and not text.startswith("must", start)
        and _BODY.search(text, max(0, start - _MAX_LOOK_BACK), start)
    ):
        verb = _MODAL_VERB.match(text, after, end)
    return verb.span("verb") if verb else None


def _next_verb(meaning: str, after: int, text: str, before: int) -> tuple[int, int] | None:
    """The first verb of a list of actions between an action, ending at `after`, and `before`."""
    verb = _NEXT.search(text, after, before)
    if verb is None or not _NEXT_NO_ACTION.match(text, verb.start("verb")):
        return None
    if meaning == "apology" and _CONTENT.search(text, after, verb.start()):
        return None
    return verb.span("verb")
