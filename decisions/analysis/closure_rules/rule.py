"""The types for closure rules, and word patterns that many rules share.

A rule is a pattern over lower-case text with straight apostrophes, with an example that it matches.
To add a wording, add one rule; the tests try every example and every near-miss.

    decision_only(r"\\btoo late\\b", "He complained too late.")      in summary or final decision
    anywhere(r"complaint is late", "The complaint is late.")       in the assessment as well

The summary and the final decision exist to say why a complaint was closed, so their rules may be
loose. An assessment also reports claims and possibilities, so only a plain statement counts there.
"""

import re
from dataclasses import dataclass

from decisions.analysis import lazy_regex

# Words with which decisions refer to the Ombudsman.
OMBUDSMAN = r"(?:we|i|us|he|she|they|the ombudsm[ae]n|ombudsm[ae]n)"
# The body that was complained about.
BODY = r"(?:council|provider|authority|trust|organisation|body|company|home)"
SUITABLE = (
    r"(?:suitable|satisfactory|appropriate|adequate|proportionate|proper|fair|reasonable|full)"
)
# The body is the subject: "council is", "council are", "provider is" …; "council has" …
BODY_IS = "|".join(f"{body} {verb}" for body in BODY[3:-1].split("|") for verb in ("is", "are"))
BODY_HAS = "|".join(f"{body} has" for body in BODY[3:-1].split("|"))
# It is fair to expect something of the person; not "it was not reasonable to expect".
REASONABLE = r"(?:(?<!not )(?<!not be )(?<!un)reasonabl[ey]|not unreasonable)"
# The Ombudsman has no power to investigate. Rules on subjects outside the Act need these words.
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
    r"(?:information commissioner|\bico\b|(?:property|financial|legal|rail|energy|"
    r"pensions) ombudsman|(?:parliamentary and )?health service ombudsman|parliamentary ombudsman|"
    r"social work england|general medical council|schools adjudicator|care quality commission|"
    r"\bcqc\b|ofsted|department for education|electoral commission|office for police conduct|"
    r"equality advisory|regulator\b|professional body|health and safety executive|"
    r"environment agency|nursing and midwifery council|traveller|\bdwp\b|"
    r"solicitors regulation authority|office of the public guardian|"
    r"health and care professions council|charity commission|regulator of social housing|"
    r"teaching regulation agency)"
)
# Every name in REGULATOR has one of these in it.
REGULATOR_WORDS = (
    "commissioner|ico|ombudsman|social work england|medical council|schools adjudicator|quality "
    "commission|cqc|ofsted|department for education|electoral commission|police conduct|equality "
    "advisory|regulator|professional body|safety executive|environment agency|midwifery|traveller|"
    "dwp|solicitors regulation|public guardian|care professions|charity commission|"
    "teaching regulation"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording of a closure reason.

    `pattern` matches it; `needs` must, and `unless` must not, occur in the same sentence.
    `contains` are substrings in lower case; every match has one of them, so the pattern is only
    tried where one occurs. `in_assessment` says whether it also counts in the assessment.
    """

    pattern: re.Pattern[str]
    example: str
    in_assessment: bool
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    contains: frozenset[str]


def decision_only(
    pattern: str, example: str, *, contains: str, needs: str = "", unless: str = ""
) -> Rule:
    """A rule for the summary and the final decision only; `contains` has a "|" between two."""
    return _rule(pattern, example, False, needs, unless, contains)


def anywhere(
    pattern: str, example: str, *, contains: str, needs: str = "", unless: str = ""
) -> Rule:
    """A rule for a wording plain enough to count in the assessment as well."""
    return _rule(pattern, example, True, needs, unless, contains)


def _rule(
    pattern: str, example: str, in_assessment: bool, needs: str, unless: str, contains: str
) -> Rule:
    return Rule(
        lazy_regex.compile(pattern),
        example,
        in_assessment,
        lazy_regex.compile(needs) if needs else None,
        lazy_regex.compile(unless) if unless else None,
        frozenset(contains.split("|")),
    )


@dataclass(frozen=True, slots=True)
class ReasonDefinition:
    """A closure reason: its label and explanation for readers, and the rules that find it.

    `misses` are near-misses: sentences that must not count.
    """

    code: str
    label: str
    explanation: str
    rules: tuple[Rule, ...]
    misses: tuple[str, ...]
