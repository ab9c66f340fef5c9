"""The table of closure reasons and of the wordings by which a decision states them.

A rule is one row: a pattern over lower-case text with straight apostrophes, and the example
line it was made for. Adding a wording touches one row; the tests try every example and miss.

    said(r"\\btoo late\\b", "He complained too late.")           in the summary or final decision
    anywhere(r"complaint is late", "The complaint is late.")   in the assessment as well

The summary and the final decision say why a complaint was closed in so many ways that their
rules may be loose. An assessment also tells what the council said and what might have been:
there only a plain statement counts.
"""

import re
from dataclasses import dataclass

# The Ombudsman in the decision's own voice.
US = r"(?:we|i|us|he|she|they|the ombudsm[ae]n|ombudsm[ae]n)"
# Whoever was complained about.
BODY = r"(?:council|provider|authority|trust|organisation|body|company|home)"
FIT = r"(?:suitable|satisfactory|appropriate|adequate|proportionate|proper|fair|reasonable|full)"
# No power to look, in one of its many forms. A rule on a subject outside the Act needs it near.
NO_POWER = (
    r"(?:\bcannot\b|\bcan not\b|\bcan't\b|\bcould not (?:investigate|consider|look)|\bno (?:\w+ )?"
    r"(?:power|jurisdiction|remit|authority|discretion)|\bnot (?:within|allow\w*|let\b|permit\w*|"
    r"have (?:the |any )?(?:power|jurisdiction)|ours\b|in our)|\boutside\b|\bout of (?:our|her|his|"
    r"the ombudsm[ae]n's|my) |\bbeyond (?:our|the)\b|\bmay not (?:investigate|look|consider)|"
    r"\blaw (?:stops|prevents|bars|says|excludes|puts|forbids|takes)|\bbar(?:s|red)\b|"
    r"\bnot (?:given|gave) us|\bprevented from\b|\blegal bar\b|\bexcluded\b|\bexempt|"
    r"\bunable to (?:investigate|consider))"
)
REGULATOR = (
    r"(?:information commissioner|\bico\b|property ombudsman|financial ombudsman|legal ombudsman|"
    r"(?:parliamentary and )?health service ombudsman|social work england|general medical council|"
    r"care quality commission|\bcqc\b|ofsted|department for education|electoral commission|"
    r"office for police conduct|equality advisory|regulator\b|professional body|health and safety "
    r"executive|environment agency|nursing and midwifery council|traveller|\bdwp\b)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs` must, and `unless` must not, occur in the same sentence as `pattern`."""

    pattern: re.Pattern[str]
    example: str
    in_assessment: bool
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def said(pattern: str, example: str, *, needs: str = "", unless: str = "") -> Rule:
    """A wording that gives a reason only in the summary or the final decision."""
    return _rule(pattern, example, False, needs, unless)


def anywhere(pattern: str, example: str, *, needs: str = "", unless: str = "") -> Rule:
    """A wording plain enough to give a reason in the assessment too."""
    return _rule(pattern, example, True, needs, unless)


def _rule(pattern: str, example: str, in_assessment: bool, needs: str, unless: str) -> Rule:
    return Rule(
        re.compile(pattern),
        example,
        in_assessment,
        re.compile(needs) if needs else None,
        re.compile(unless) if unless else None,
    )


def hints(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


@dataclass(frozen=True, slots=True)
class Reason:
    """A closure reason as readers meet it, and how decisions put it.

    `hints` are substrings, in lower case, one of which every wording of the reason holds: they
    save trying the patterns; `firm_hints` take their place in assessments, where `hints` would
    be met too often. `misses` are lines that come near and must not count anywhere.
    """

    code: str
    label: str
    explanation: str
    hints: tuple[str, ...]
    rules: tuple[Rule, ...]
    misses: tuple[str, ...]
    firm_hints: tuple[str, ...] = ()
