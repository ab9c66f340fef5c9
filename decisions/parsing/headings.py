"""Recognises the usual headings and other fixed lines of decisions."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from decisions.parsing.blocks import normalise_label

# Length of a fixed line, in characters. Longer text cannot be one, so it is not compared.
_MAX_LENGTH = 120

# Main sections, as `normalise_label` gives them. In files with "Back to top", that line marks
# the main sections instead.
_MAIN = re.compile(
    r"the complaint"
    r"|what (?:i|we) have(?: and have not| not)? investigated"
    r"|the ombudsm[ae]n's role and powers"
    r"|how (?:i|we) considered (?:this|the) complaint"
    r"|(?:my|our|the ombudsm[ae]n's) assessment"
    r"|what (?:i|we) found"
    r"|(?:agreed|recommended) actions?"
    r"|parts? of the complaint (?:that )?(?:i|we) (?:did|have) not investigated?"
    r"|final decision"
    r"|summary|finding|recommendations?|further report|conclusions?"
    r"|the investigation|legal and administrative background"
)
# The main headings of statements, in which a misspelt word is read as the one that is meant.
_STATEMENT_HEADINGS = tuple(
    tuple(heading.split())
    for heading in (
        "the complaint",
        "the ombudsman's role and powers",
        "how i considered this complaint",
        "how we considered this complaint",
        "my assessment",
        "our assessment",
        "the ombudsman's assessment",
        "agreed action",
        "agreed actions",
        "recommended action",
        "recommended actions",
        "final decision",
    )
)
# Length of a word, in letters, from which one letter may be wrong.
_MIN_MISSPELT_LENGTH = 5
# "Investigator's decision on behalf of the Ombudsman", in joint cases "Ombudsmen"
_SIGNATURE = re.compile(r"(?:[a-z' ]{1,40} )?decision on behalf of the ombudsm[ae]n")
# Common subheadings. They are recognised, but are no evidence that a text is a decision.
_SUBHEADING = re.compile(r"analysis|background|findings|fault|injustice|remedy|what happened")
# "The Ombudsman's final decision:"
_FINAL_DECISION = re.compile(r"the ombudsm[ae]n's final decision")
# Headings that texts of any kind may have, so that they are no evidence of a decision.
_COMMON_HEADINGS = frozenset(
    {"summary", "finding", "recommendation", "recommendations", "conclusion", "conclusions"}
)
# Headings that only reports have, and headings that statements may have too.
_REPORT_ONLY = re.compile(r"the investigation|further report")
_REPORT_SUMMARY = re.compile(r"finding|recommendations?")


def is_main_heading(text: str) -> bool:
    """Whether this is the heading of one of the usual main sections."""
    return len(text) <= _MAX_LENGTH and bool(
        _MAIN.fullmatch(correct_heading(normalise_label(text))) or is_signature(text)
    )


@lru_cache(maxsize=1024)
def correct_heading(line: str) -> str:
    """The main heading that the normalised `line` misspells, else `line` itself.

    One letter of a word may be wrong, missing, doubled or swapped with the next: "agred acton".
    """
    if _MAIN.fullmatch(line):
        return line
    words = line.split()
    for heading in _STATEMENT_HEADINGS:
        if len(words) == len(heading) and all(map(_is_same_word, words, heading)):
            return " ".join(heading)
    return line


def _is_same_word(word: str, meant: str) -> bool:
    return word == meant or (
        len(meant) >= _MIN_MISSPELT_LENGTH
        and word[0] == meant[0]
        and OSA.distance(word, meant, score_cutoff=1) <= 1
    )


def is_distinctive_heading(text: str) -> bool:
    """Whether this is a heading that is rare in texts other than decisions."""
    return is_main_heading(text) and normalise_label(text) not in _COMMON_HEADINGS


def is_signature(text: str) -> bool:
    """Whether this is the line that ends a statement."""
    return len(text) <= _MAX_LENGTH and bool(_SIGNATURE.fullmatch(normalise_label(text)))


def is_usual_heading(text: str) -> bool:
    """Whether this is a heading regardless of the lines around it."""
    return is_main_heading(text) or (
        len(text) <= _MAX_LENGTH and bool(_SUBHEADING.fullmatch(normalise_label(text)))
    )


def is_final_decision_line(text: str) -> bool:
    """Whether this is "The Ombudsman's final decision:", which the summary follows."""
    return len(text) <= _MAX_LENGTH and bool(_FINAL_DECISION.fullmatch(normalise_label(text)))


def is_report_heading(heading: str, *, has_title: bool) -> bool:
    """Whether the heading is that of a report.

    "Finding" and "Recommendations" are, unless the text has a title line.
    """
    line = normalise_label(heading)
    return bool(_REPORT_ONLY.fullmatch(line) or (not has_title and _REPORT_SUMMARY.fullmatch(line)))
