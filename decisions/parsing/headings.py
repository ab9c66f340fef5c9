"""The headings and other fixed lines by which a decision is known."""

import re

from decisions.parsing.blocks import plain

# Length of a fixed line, in characters. Longer text is not compared.
_LONGEST = 120

# Main sections, in `plain` form. Where a file says "Back to top", that decides instead.
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
# "Investigator's decision on behalf of the Ombudsman", in joint cases "Ombudsmen"
_SIGNATURE = re.compile(r"(?:[a-z' ]{1,40} )?decision on behalf of the ombudsm[ae]n")
# Common subheadings: they are recognised as such, but do not show that a text is a decision.
_SUBHEADING = re.compile(r"analysis|background|findings|fault|injustice|remedy|what happened")
# "The Ombudsman's final decision:"
_FINAL_DECISION = re.compile(r"the ombudsm[ae]n's final decision")
# Headings that prose of any kind may have.
_COMMON = frozenset(
    {"summary", "finding", "recommendation", "recommendations", "conclusion", "conclusions"}
)
# Sections that only reports have, and those that statements have too.
_REPORT = re.compile(r"the investigation|further report")
_REPORT_SUMMARY = re.compile(r"finding|recommendations?")


def is_main(text: str) -> bool:
    """Is this the heading of one of the usual main sections?"""
    return len(text) <= _LONGEST and bool(_MAIN.fullmatch(plain(text)) or is_signature(text))


def is_distinctive(text: str) -> bool:
    """Is this a heading that hardly any text but a decision has?"""
    return is_main(text) and plain(text) not in _COMMON


def is_signature(text: str) -> bool:
    """Is this the line that closes a statement?"""
    return len(text) <= _LONGEST and bool(_SIGNATURE.fullmatch(plain(text)))


def is_known(text: str) -> bool:
    """Is this a heading wherever it stands?"""
    return is_main(text) or (len(text) <= _LONGEST and bool(_SUBHEADING.fullmatch(plain(text))))


def opens_summary(text: str) -> bool:
    """Is this "The Ombudsman's final decision:", after which the summary follows?"""
    return len(text) <= _LONGEST and bool(_FINAL_DECISION.fullmatch(plain(text)))


def is_of_report(heading: str, *, titled: bool) -> bool:
    """Does the heading show a report? Recommendations do only where there is no title line."""
    line = plain(heading)
    return bool(_REPORT.fullmatch(line) or (not titled and _REPORT_SUMMARY.fullmatch(line)))
