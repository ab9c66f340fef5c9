"""Finds why a complaint was closed, from the words of the decision.

    "We will not investigate this late complaint." in the summary → late, basis "decision"
    "The ICO is better placed." only in the assessment → better-placed-body, basis "assessment"

The outcome "Closed after initial enquiries" does not say why. The summary and the final decision
do, and the assessment supports them. The section on role and powers is not read: it lists tests
without applying them. If no rule matches, there is no reason. The rules are in `closure_rules`.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Literal

from decisions.analysis import lazy_regex
from decisions.analysis.closure_rules import REASONS
from decisions.analysis.closure_rules.rule import NO_POWER, OMBUDSMAN, Rule
from decisions.analysis.passages import Evidence, Part, Passage, SplitDocument

Basis = Literal["decision", "assessment"]


@dataclass(frozen=True, slots=True)
class ClosureReason:
    """One reason for closing; `code` is a key of REASONS.

    `basis` is "decision" if the summary or the final decision gives it, else "assessment".
    `evidence` is in reading order, that of the basis first.
    """

    code: str
    basis: Basis
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        """The reason as JSON types."""
        return {
            "code": self.code,
            "basis": self.basis,
            "evidence": [evidence.to_json() for evidence in self.evidence],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ClosureReason":
        """The inverse of `to_json`."""
        evidence = tuple(Evidence.from_json(entry) for entry in stored["evidence"])
        return cls(stored["code"], stored["basis"], evidence)


def closure_reasons(decision: SplitDocument) -> tuple[ClosureReason, ...] | None:
    """Why the complaint was closed, the main reason first; None if it was not closed.

    Empty if the complaint was closed but the decision does not say why. The reasons stand in the
    order in which the decision gives them; those given only in the assessment come last.
    """
    if not is_closed(decision):
        return None
    passages = [passage for passage in decision.passages if passage.part in _READ_PARTS]
    deciding = [passage for passage in passages if passage.part in _DECIDING_PARTS]
    decided = _evidence(deciding, in_decision=True)
    rest = [passage for passage in passages if passage.part not in _DECIDING_PARTS]
    supporting = _evidence(rest, in_decision=False)
    return tuple(
        ClosureReason(code, "decision", (*spans, *supporting.get(code, ())))
        for code, spans in decided.items()
    ) + tuple(
        ClosureReason(code, "assessment", tuple(spans))
        for code, spans in supporting.items()
        if code not in decided
    )


_DECIDING_PARTS = frozenset((Part.SUMMARY, Part.DECISION))
_READ_PARTS = _DECIDING_PARTS | {Part.ASSESSMENT}

# "Closed after initial enquiries", "Closed after initial enquiries - out of jurisdiction"
_CLOSED = lazy_regex.compile(r"\bclosed\b|\binitial [ei]nquir|\bnot investigated\b", re.IGNORECASE)

# "We will not investigate", "I will not exercise discretion to investigate", "It will not be looked
# at", "I have discontinued my investigation",
# "The Council agreed to resolve the complaint early", "removes the need for us to investigate",
# "We have upheld the complaint. The Council has agreed to a suitable remedy" (upheld without an
# investigation)
_STOPS = lazy_regex.compile(
    rf"\b{OMBUDSMAN} (?:will|shall|can|should|could|do|does|are|is|have decided|has decided)"
    r"(?: ?not|n't) (?:by law |now |be |going to |to |intend to |propose to |properly |lawfully "
    r"|(?:exercis|us)(?:e|ing) (?:our |my |the |her |his |any )?discretion to )*"
    r"(?:investigat|consider|pursue|look|start|continue|reopen|begin)"
    r"|\bwill not be (?:investigated|considered|looked)|\bnot to investigate\b"
    r"|\bno (?:good )?reasons? to investigate\b"
    r"|\bdeclin(?:e|es|ed|ing) to investigate\b"
    r"|\bdiscontinu(?:ed|ing)\b|\bstopped (?:our|my|the|her|his) (?:\w+ )?investigation"
    r"|\bended (?:our|my|the|her|his|this) (?:\w+ )?"
    r"(?:investigation|consideration) (?:early|because|as)\b"
    r"|\bwithdr(?:ew|awn)\b[^.]{0,20}\bcomplaint|\bclosed (?:this|the|our) (?:case|complaint|file)"
    r"|\bagreed to (?:resolve|settle|remedy) (?:it|(?:the|this|her|his|their) (?:complaint|matter"
    r"|case|issue|concern)s?) (?:early|by)\b"
    rf"|\b{OMBUDSMAN} (?:cannot|can not|do not|will not) (?:accept|regard) [^.]{{1,60}}"
    r"\brepresentative\b"
    r"|\bremoves? the need (?:for (?:us|me) )?to investigate\b"
    r"|\b(?:we|i) have upheld [^.]{1,200}\. (?:this is because )?(?:the|it) "
    r"(?:(?!should|could|would|must)[\w-]+ ){0,3}?"
    r"ha(?:s|ve) (?:now |also )?agreed to (?:provide )?an? (?:\w+ ){0,2}remedy\b"
)
# "We will not investigate the earlier part of the complaint": the rest was investigated.
_PART_ONLY = lazy_regex.compile(
    r"[^.]{0,30}\b(?:parts?|aspects?|elements?|rest|remainder|remaining|earlier|other (?:matters|"
    r"issues)|before (?:\w+ )?\d{4}|events (?:before|prior))\b"
)
# "I have completed my investigation", "We found no fault", "ended … with a finding of no fault"
_FINISHED = lazy_regex.compile(
    r"\bcompleted (?:my|our|the|this|his|her) (?:\w+ )?investigation|\binvestigation with a finding"
    rf"|\b{OMBUDSMAN} (?:have |has )?f(?:ou|i)nd (?:no |some |that there was |evidence of )*fault"
    r"|\bnot uphold\b"
)


def is_closed(decision: SplitDocument) -> bool:
    """Whether the complaint was closed or its investigation stopped, judging by outcome and text.

    The outcome may be Upheld or Not upheld although the Ombudsman did not investigate because the
    council had put the matter right, or discontinued an investigation.
    """
    outcome = decision.document.outcome
    if outcome and _CLOSED.search(outcome):
        return True
    deciding = [_normalise(one.text) for one in decision.passages if one.part in _DECIDING_PARTS]
    if any(_FINISHED.search(text) for text in deciding):
        return False
    return any(
        not _PART_ONLY.match(text, stop.end())
        for text in deciding
        for stop in _STOPS.finditer(text)
    )


def _evidence(passages: list[Passage], *, in_decision: bool) -> dict[str, list[Evidence]]:
    """The evidence for each code, with codes and evidence in reading order."""
    if not passages:
        return {}
    texts = [_normalise(passage.text) for passage in passages]
    all_rules = _RULES if in_decision else _ASSESSMENT_RULES
    present = _present("\n".join(texts), _substrings(in_decision=in_decision))
    rules = tuple([one for one in all_rules if not present.isdisjoint(one[1].contains)])
    evidence: dict[str, list[Evidence]] = {}
    for passage, text in zip(passages, texts, strict=True):
        possible = _possible(text, rules, present) if len(texts) > 1 else rules
        for start, end, code in sorted(_first_matches(text, possible, in_decision)):
            evidence.setdefault(code, []).append(passage.evidence(start, end))
    return evidence


# A rule with the code of its reason
_CodedRule = tuple[str, Rule]
_RULES: tuple[_CodedRule, ...] = tuple(
    (reason.code, rule) for reason in REASONS.values() for rule in reason.rules
)
_ASSESSMENT_RULES = tuple(one for one in _RULES if one[1].in_assessment)


@cache
def _substrings(*, in_decision: bool) -> dict[str, tuple[str, ...]]:
    """The substrings of all rules for the decision, or for the assessment.

    The keys are those that hold no other; the values are the longer ones that hold the key, each
    under one key only. A text without the key has none of them.
    """
    rules = _RULES if in_decision else _ASSESSMENT_RULES
    longer: dict[str, list[str]] = {}
    for substring in sorted({one for _, rule in rules for one in rule.contains}, key=len):
        key = next((one for one in longer if one in substring), None)
        if key is None:
            longer[substring] = []
        else:
            longer[key].append(substring)
    return {key: tuple(held) for key, held in longer.items()}


# Reported speech: "The Council said the complaint was late", "Mr G believes it should have …"
_TURN = r"(?![^.]*(?:, but|; but|\bhowever\b|, and (?:we|i)\b))"
_REPORTED = lazy_regex.compile(
    r"\b(?:council|provider|officer|mr|mrs|ms|miss|he|she|they|solicitor|family|manager|who|"
    r"which)\b[^.,;]{0,40}\b(?<!has )(?:thinks?|thought|feels?|felt|claim(?:s|ed)|asks?|asked|"
    rf"suggest(?:s|ed)|told)\b(?! us\b| me\b){_TURN}"
)
# These verbs report whoever speaks, as in "The Councillor said they had nothing to add" …
_SPEECH = lazy_regex.compile(
    r"\b(?<!has )(?<!was )(?<!were )(?<!been )(?:says?|said|stated|told|believe[sd]?|argue[sd]?|"
    r"alleges?|insist(?:s|ed)|maintain(?:s|ed)|(?:replied|responded|wrote|explained) that)\b"
    rf"(?! us\b| me\b){_TURN}"
)
# … but for the Ombudsman and the law: "we do not believe", "the law says".
_OWN_WORDS = lazy_regex.compile(
    r"\b(?:we|i|ombudsm[ae]n|law|act|legislation|schedule)"
    r"(?: (?:do|does|did|have|has|had|can|could|would|cannot|also|not|now|therefore|already"
    r"|still)){0,3} $"
)
# "If Mr G thinks the decision is wrong, it would be reasonable to appeal": a condition.
_CONDITION = lazy_regex.compile(r"\bif\b[^.,;]{0,40}$")
_BEFORE_REPORT = 60  # characters before a reporting verb that may hold "if"
# "Mrs X wants an apology and a payment to put things right": a wish, up to what is decided of it
_WISHES = lazy_regex.compile(
    r"\W*(?:m(?:r|rs|s|iss|x) \w+|he|she|they|the (?:complainant|family)) (?:also |now |still |"
    r"both ){0,2}(?:wants?|wanted|seeks|wishes|would like|hopes|asks|asked)\b(?! us to (?:close|"
    r"withdraw|stop|end))(?![^.]*\b(?:we|i|ombudsm[ae]n|which|but|however)\b)"
)
# Undecided: "We considered whether the Council had already put things right", "We could not
# say the complaint was late", "I do not accept it is late"
_UNDECIDED = lazy_regex.compile(
    r"\b(?:whether|decide if|consider(?:ed)? if|could not say|cannot say|not accept(?: that)?|"
    r"not agree(?: that)?|suggested(?: that)?|not say(?: that)?|asked if|not consider(?: that)? "
    r"(?:it|this|the complaint) (?:is|was))\b(?![^.]*(?:, but|\bbut\b|, however))"
)
# "Whether or not the Council takes it further, …": what follows the comma is decided all the same.
_CONCESSION = lazy_regex.compile(
    r" ?(?:whether|regardless of|irrespective of|whatever|even if|although|while|whilst) [^.,]+, "
)
# What the Ombudsman decides after that: "We could not say …, and we cannot achieve …"
_DECIDES = lazy_regex.compile(
    r"(?:[,;]|,? (?:and|but|nor|so)) (?:also )?(?:(?:we|i|the ombudsm[ae]n)\b"
    r"|if (?:he|she|they|m(?:r|rs|s|iss)|the complainant)\b)"
)
# Where a sentence turns to a new subject: "…, and we could not achieve the outcome"
_NEW_SUBJECT = lazy_regex.compile(
    r"(?:[,;]|,? (?:and|but|nor|so)) (?:also )?(?:we|i|he|she|they|there (?:is|was|are|were)"
    r"|m(?:r|rs|s|iss|x) \w+ (?:can|could|may|has|had|is|was|should))\b"
    r"|[,;] (?:and|but|nor|so) (?:it|this|that|the|any|an?|m(?:r|rs|s|iss))\b|; "
)
# "not investigate a complaint about …", "no fault in how the Council …": what it is about; and
# where that ends
_TOPIC = lazy_regex.compile(
    r"\b(?:investigat\w+|consider|look(?:ing)? (?:at|into)|pursue) "
    r"(?:(?!because\b)[^.,;]){0,50}?complaints? (?:about|that|concerning|regarding)\b|"
    r"\bcomplain(?:s|ed) (?:that|about|of|the)\b(?= (?!(?:matters|events|issues|things|actions|"
    r"incidents|decisions|happened|occurred|took|date|was|were|is|are|do|does|did|has|have|had|"
    r"will|would|can|cannot|could|in)\b)\w)|\bfault (?:in|with)\b|\b(?:discontinued|ended|stopped|"
    r"closed) (?:our|my|the|her|his) (?:\w+ )?investigation (?:into|of|about)\b"
)
_TOPIC_END = lazy_regex.compile(
    r", (?!and (?:the|a|an|its|his|her|their)\b)|;|: | (?:because|since)\b(?! of\b)| as (?:it|this|"
    r"that|the|there|he|she|they|we|i|m(?:r|rs|s|iss)|further|any|our|no|not|only|insufficient|"
    r"another|investigat\w+)\b| and (?:(?:an?|any|further|our|such|additional|"
    r"the) )*(?:investigat\w+|enquiries|involvement|intervention|injustice)\b| and (?:is|was|it|"
    r"this|he|she|they|there|we|i|could|has|had)\b"
)
_LOOK_AHEAD = 20  # characters after a match that tell whether a topic ended before it
_NO_POWER = lazy_regex.compile(NO_POWER)
# A general rule that is not applied: "… unless we decide there are good reasons", "There may be …"
_GENERAL_RULE = lazy_regex.compile(
    r"\bunless\b|\bnormally\b|\busually\b|\bmay (?:decide|choose|be)\b|\bcan decide\b|\bmight\b|"
    r"local government act"
)
# "There are good reasons to look at it", "I have exercised discretion to consider the complaint"
_DISCRETION = lazy_regex.compile(
    r"\b(?:are|is|were|was|has|have|had|decided there are|because of) (?:some |therefore |clear )?"
    r"good reasons? (?:to|for|why)|(?<!not )\b(?:exercised|used|decided to (?:exercise|"
    r"use)) (?:our |my |the |her |his )?discretion to|\bnot (?:a )?late\b"
)
# Reasons that reported speech proves: a person withdraws a complaint by saying so.
_REPORTED_REASONS = frozenset(("withdrawn",))

# Characters and what they are read as. `replace` is far faster for so few than `translate`.
_READ_AS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\n", " "), ("\t", " "))


def _normalise(text: str) -> str:
    """`text` in lower case with straight apostrophes; every character keeps its position."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" becomes two characters in lower case
        lower = "".join(
            lowered_char if len(lowered_char := char.lower()) == 1 else char for char in text
        )
    for char, read_as in _READ_AS:
        lower = lower.replace(char, read_as)
    return lower


def _possible(
    text: str, rules: tuple[_CodedRule, ...], substrings: frozenset[str]
) -> tuple[_CodedRule, ...]:
    """The rules whose patterns can match `text`. `substrings` holds those that it can have."""
    present = {substring for substring in substrings if substring in text}
    return tuple([one for one in rules if not present.isdisjoint(one[1].contains)])


def _present(text: str, substrings: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The substrings that `text` has, of those that `_substrings` gives."""
    present = []
    for key, longer in substrings.items():
        if key in text:
            present.append(key)
            present += [one for one in longer if one in text]
    return frozenset(present)


# Most matches of one rule in one passage that are tried. A hostile text has thousands, and each
# takes as long as its sentence.
_MAX_MATCHES = 50


def _first_matches(
    text: str, rules: tuple[_CodedRule, ...], in_decision: bool
) -> list[tuple[int, int, str]]:
    """(start, end, code) of the first evidence for each reason that a passage gives."""
    first: dict[str, tuple[int, int]] = {}
    for code, rule in rules:
        best = first.get(code)
        for match in islice(rule.pattern.finditer(text), _MAX_MATCHES):
            if best and match.span() >= best:
                break
            if _is_valid_match(text, match, rule, code, in_decision):
                first[code] = match.span()
                break
    if "late" in first and _DISCRETION.search(text):
        del first["late"]
    return [(*span, code) for code, span in first.items()]


def _is_valid_match(
    text: str, match: re.Match[str], rule: Rule, code: str, in_decision: bool
) -> bool:
    """Whether a match counts: the Ombudsman states it, and its sentence does not negate it."""
    start = text.rfind(". ", 0, match.start()) + 1
    end = text.find(". ", match.end())
    end = len(text) if end < 0 else end + 1
    if rule.needs and not rule.needs.search(text, start, end):
        return False
    if rule.unless and rule.unless.search(text, *_clause(text, start, match, end)):
        return False
    if not in_decision and _GENERAL_RULE.search(text, start, end):
        return False
    if _names_topic(text, start, match.start()):
        return False
    if concession := _CONCESSION.match(text, start, match.start()):
        start = concession.end()
    decides = start
    for joint in _DECIDES.finditer(text, start, match.start()):
        decides = joint.end()
    if _UNDECIDED.search(text, decides, match.start()):
        return False
    if code in _REPORTED_REASONS:
        return True
    return not _WISHES.match(text, start, end) and not _is_reported(text, start, match.start())


def _clause(text: str, start: int, match: re.Match[str], end: int) -> tuple[int, int]:
    """Start and end of the words around the match that are about the same subject."""
    for joint in _NEW_SUBJECT.finditer(text, start, match.start()):
        start = joint.start()
    following = _NEW_SUBJECT.search(text, match.end(), end)
    return start, following.start() if following else end


def _names_topic(text: str, start: int, at: int) -> bool:
    """Whether the words at `at` only say what a complaint, or the fault sought, is about.

    "We will not investigate a complaint about the end of a contract" gives no reason; "We cannot
    investigate a complaint about …" does.
    """
    return any(
        not any(
            end.start() < at for end in _TOPIC_END.finditer(text, topic.end(), at + _LOOK_AHEAD)
        )
        and not _NO_POWER.search(text, start, at)
        for topic in _TOPIC.finditer(text, start, at)
    )


def _is_reported(text: str, start: int, at: int) -> bool:
    """Whether the words at `at` are what somebody else said."""
    return any(
        not _is_condition(text, start, report.end())
        for report in _REPORTED.finditer(text, start, at)
    ) or any(
        not _OWN_WORDS.search(text, start, verb.start())
        and not _is_condition(text, start, verb.start())
        for verb in _SPEECH.finditer(text, start, at)
    )


def _is_condition(text: str, start: int, verb: int) -> bool:
    """Whether the words before a reporting verb make it a condition: "if Mr G believes"."""
    return _CONDITION.search(text, max(start, verb - _BEFORE_REPORT), verb) is not None
