"""Patterns for words that name an action, commit a body to it, or rule it out.

There is one table for each:

    ACTION_PATTERNS      "apologise", "pay", "review its procedure"    what kind of remedy it is
    COMMITMENT_PATTERNS  "has agreed to", "I recommend", "will"        the action is to be done
    BLOCKING_PATTERNS    "has already", "refused to", "should have"    the action is not to be done

`find_patterns` finds them all in one pass over a sentence. `commitments` decides what they mean
together.
"""

import re
from collections.abc import Iterator
from functools import cache

from decisions.analysis import lazy_regex
from decisions.analysis.action_patterns import ACTION_PATTERNS
from decisions.analysis.pattern import Pattern

COMMITMENT_PATTERNS = (
    Pattern(
        "recommended",
        "agree propos recommend suggest",
        r"(?:d|ed)? (?:remedial )?(?:actions?|remed(?:y|ies)|steps|measures) of\b(?! £)",
        "the agreed action of a payment is a suitable remedy.",
    ),
    # The action may follow later: "I recommend that within a month the Council pays"
    Pattern(
        "recommended",
        "recommend",
        r"(?:s|ed|ations?(?! of (?:the|an?|its|their|his|her) (?!ombudsm)))?\b",
        "i recommended the council pays £50.",
    ),
    Pattern(
        "recommended",
        "agree",
        r"[sd]? (?:to|with) (?:our|my|the|these|this)(?: \w+){0,2}? (?:recommend\w+|remed(?:y|ies)"
        r"|proposals?)",
        "it agreed to our recommendation that it pays £50.",
    ),
    Pattern(
        "asked", "asked invited suggest propos", r"(?:s|ed)?\b", "i asked the council to pay £50."
    ),
    Pattern(
        "asked",
        "consider",
        r"(?: that)?(?= an? (?:\w+ )?(?:payment|remedy|sum) of)",
        "i consider a payment of £50 is a suitable remedy.",
    ),
    Pattern(
        "agreed",
        "agree",
        r"[sd]?\b(?: that(?: it| they| the \w+)?(?: will| should| would)?| to)?",
        "the council has agreed to pay £50.",
    ),
    Pattern(
        "agreed",
        "accepted undertaken committed",
        r"(?= (?:to|that|our|my)\b)(?: that(?: it| they)?(?: will| should)?| to)?",
        "the council has undertaken to pay £50.",
    ),
    # A past action is no commitment: "has already provided a suitable remedy by paying £50".
    Pattern(
        "means",
        "remed resolv settl put",
        r"(?:y|ied|e|ed|ing)?\b[^.;:]{0,40}? (?:by|through|with(?= an? ))\b(?: (?:way|"
        r"means) of\b)?",
        "it should remedy this by paying £50.",
    ),
    Pattern(
        "modal",
        "will should must shall",
        r"\b(?: be(?= (?:paid|reminded|trained|reviewed|refunded|reimbursed)))?",
        "the council should pay £50.",
    ),
    # It commits to nothing itself: "has agreed to take action, including an apology".
    Pattern(
        "including", "including compris", r"(?:ing|es|e)?\b", "agreed action including to pay £50."
    ),
    # What the body has another do for it: "the council will ask the provider to apologise"
    Pattern(
        "through",
        "ask require instruct",
        r"(?:s|ing)? (?:the|its) (?:[\w-]+ ){0,3}?(?:provider|home|trust|company|contractor|board"
        r"|school|panel|agency)s? to\b",
        "the council will ask the provider to pay £50.",
    ),
    Pattern(
        "modal",
        "need is are ought",
        r"s? to\b(?: be(?= (?:paid|reminded|trained|refunded)))?",
        "the council needs to pay £50.",
    ),
)

BLOCKING_PATTERNS = (
    Pattern(
        "blocked",
        "will should must could would need does do did has have had is are can shall",
        r"n[’']t\b|(?: \w+ly)? not\b(?: yet)?(?: (?:agreed?|accept(?:ed)?|need|have"
        r"|recommend(?:ed)?|propos(?:e|ed)|suggest(?:ed)?|ask(?:ed)?)\b"
        r"(?: (?:my|our|the) recommendations?\b)?)?(?: to\b)?",
        "the council did not agree to pay £50.",
    ),
    Pattern("blocked", "should must will", r" have\b", "the council should have to pay £50."),
    Pattern(
        "blocked",
        "had",
        r"(?: (?:\w+ )?(?:agreed|accepted|undertaken|committed))?\b(?: to\b)?",
        "the council had agreed to pay £50.",
    ),
    Pattern("blocked", "already", r"\b(?! agreed)", "the council has already had to pay £50."),
    Pattern(
        "blocked",
        "cannot never failed refus declin considered wanted wants seeks hopes would could",
        r"\w*\b(?: recommend\b)?(?: to\b)?",
        "the council refused to pay £50.",
    ),
    Pattern("blocked", "no", r" need to\b", "there is no need to pay £50."),
    # The Ombudsman does not adopt what a stage 2 investigator, a panel or guidance recommends.
    Pattern(
        "blocked",
        "stage independent panel investigating tribunal adjudicator guidance",
        r"(?: \w+){0,4}? (?:recommend|ask|suggest|sa[iy])\w*",
        "the stage 2 investigator recommended it pay £50.",
    ),
    Pattern("offered", "offered offers", r"\b(?: to\b)?", "the council offered to pay £50."),
)

# Without this pattern "has not" would block: "should, if it has not already done so, apologise".
ASIDE_PATTERN = Pattern(
    "aside",
    "if",
    r" it has not (?:already |yet )?(?:done|paid|apologised|made|sent)\b",
    "the council should, if it has not already done so, pay £50.",
)


@cache
def _compiled(stem: str, rest: str) -> re.Pattern[str]:
    return lazy_regex.compile(re.escape(stem) + rest)


def _index(
    patterns: tuple[Pattern, ...],
) -> tuple[re.Pattern[str], dict[str, list[tuple[str, re.Pattern[str]]]]]:
    """An expression that finds any stem, and for each stem the (meaning, expression) to try.

    The first expression that matches wins. A longer stem ("reassess") is found before a shorter
    one ("assess") and also tries the patterns of any stem that it begins with.
    """
    rows = [
        (stem, pattern.meaning, f"(?:{pattern.rest})")
        for pattern in patterns
        for stem in pattern.stems.split()
    ]
    stems = sorted({stem for stem, _, _ in rows}, key=lambda stem: (stem[0], -len(stem), stem))
    by_letter: dict[str, list[str]] = {}
    for stem in stems:
        by_letter.setdefault(stem[0], []).append(re.escape(stem[1:]))
    any_stem = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
    by_stem = {
        stem: [
            (meaning, _compiled(own_stem, rest))
            for own_stem, meaning, rest in rows
            if stem.startswith(own_stem)
        ]
        for stem in stems
    }
    return lazy_regex.compile(rf"\b(?:{any_stem})"), by_stem


_STEM, _BY_STEM = _index(
    (ASIDE_PATTERN, *BLOCKING_PATTERNS, *COMMITMENT_PATTERNS, *ACTION_PATTERNS)
)

# Words before "asked" or "suggest": only requests of the Ombudsman count as recommended.
_OMBUDSMAN = lazy_regex.compile(
    r"\b(?:i|we|ombudsm[ae]n)(?: (?:have|has|also|now|then|therefore|accordingly)){0,3} $"
)
# "The Council has been asked to", where nobody else is named who asked
_IS_ASKED = lazy_regex.compile(r"\b(?:has|have|is|are)(?: also| now| therefore)?(?: been)? $")
_BY_OMBUDSMAN = lazy_regex.compile(r"(?: by (?:us|me|the ombudsm[ae]n))? to\b")
# "The safeguarding board made several recommendations": not the Ombudsman's
_MADE_BY_OTHERS = lazy_regex.compile(
    r"\b(?:it|they|council|provider|authority|panel|board|investigators?|investigation|report"
    r"|review|commission|ofsted)(?: (?:has|have|had|also|then)){0,2} (?:made|makes|identified"
    r"|accepted its own|set out) (?:\w+ ){0,3}$"
    # "We would have recommended a payment, but …"
    r"|\b(?:(?:would|could|might) (?:\w+ly )?have|going to) $"
    # "Its own investigation recommended", "the panel had recommended"
    r"|(?<!our )(?<!my )\b(?:investigation|investigator|officer|report|review|panel|audit|inquiry|"
    r"ofsted|cqc|commission|adviser|therapist|doctor|gp|school|psychologist|expert|consultant|"
    r"surveyor)s?(?: (?:had|has|have|also|then)){0,2} $"
)
# Length of the text before "asked" in which "I" or "we" must stand, in characters.
_MAX_LOOK_BACK = 60
# These are past forms unless "be" stands before them: "and paid her £50", "should be paid £50".
_PAST_UNLESS_PASSIVE = frozenset(("paid", "reminded", "reviewed", "audited", "trained", "refunded"))
# "We recommended that the Council paid £50"
_RECOMMENDED_PAST = lazy_regex.compile(
    r"\b(?:i|we|ombudsm[ae]n) (?:have |has |also )?recommend(?:ed|s)? (?:that )?(?:the (?:[\w-]+ )?"
    r"(?:council|provider|trust|authority|home)|it)(?: should)? \Z"
)
# "The Council remedied the complaint by apologising" tells of the past, "be remedied by" does not.
_PAST_MEANS = ("remedied", "resolved", "settled")


def find_patterns(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Meaning, start and end of all patterns from `start` to `end`, in order, without overlaps.

    `text` is in lower case. "asked" by the Ombudsman is given as "recommended".
    """
    stem = _STEM.search(text, start, end)
    while stem:
        after = stem.end()
        for meaning, pattern in _BY_STEM[stem[0]]:
            match = pattern.match(text, stem.start(), end)
            if not match or _is_past(text, match):
                continue
            if meaning == "asked":
                before = text[max(start, stem.start() - _MAX_LOOK_BACK) : stem.start()]
                if not _OMBUDSMAN.search(before) and not (
                    _IS_ASKED.search(before) and _BY_OMBUDSMAN.match(text, match.end(), end)
                ):
                    continue
                meaning = "recommended"
            elif meaning == "recommended" and _MADE_BY_OTHERS.search(
                text[max(start, stem.start() - _MAX_LOOK_BACK) : stem.start()]
            ):
                continue
            yield meaning, stem.start(), match.end()
            after = max(after, match.end())
            break
        stem = _STEM.search(text, after, end)


def _is_past(text: str, match: re.Match[str]) -> bool:
    """Whether the action is already done: "and paid her £50", but not "should be paid £50"."""
    is_past_form = match[0] in _PAST_UNLESS_PASSIVE or match[0].startswith(_PAST_MEANS)
    before = max(0, match.start() - _MAX_LOOK_BACK)
    return (
        is_past_form
        and not text.endswith("be ", 0, match.start())
        and not _RECOMMENDED_PAST.search(text, before, match.start())
    )
