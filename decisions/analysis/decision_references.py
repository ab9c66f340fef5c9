"""Finds where a decision names another decision by its reference.

    our earlier decision 19 004 118      → "19 004 118"
    planning application 19 004 118      none: the council's own number

A number that looks like a reference may be a sum, a telephone number or a council's own number.
The words before it decide.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from decisions.analysis import lazy_regex
from decisions.analysis.passages import Evidence, SplitDocument
from decisions.references import REFERENCE, canonical


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """The reference of another decision, in canonical form, and where this decision names it."""

    reference: str
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """The reference as JSON types."""
        return {"reference": self.reference, "evidence": self.evidence.to_json()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "DecisionReference":
        """The inverse of `to_json`."""
        return cls(stored["reference"], Evidence.from_json(stored["evidence"]))


# Words before a number that is no reference: a sum, a telephone number, a council's own number.
_OTHER_NUMBER = lazy_regex.compile(
    r"(?:£\s?|(?i:\b(?:telephone|phone|tel|call(?:ed|ing)?|account|invoice|sort code|vat|charity|"
    r"company|registration|nhs|planning|application|permit|penalty|pcn|policy|order|customer|"
    r"tenancy|claim|licence)\b[^.;]{0,30}))\Z"
)
# Eight digits without a space are a reference only after words that say so.
_DECISION = lazy_regex.compile(
    r"(?i:\b(?:our|my|ombudsman|lgsco|lgo|decisions?|investigations?)\b[^.;]{0,40})\Z"
)
_COUNCIL_OWN = lazy_regex.compile(r"(?i:\bcouncil[’']s\b[^.;]{0,40})\Z")
_QUANTITY = lazy_regex.compile(r"\s+(?:people|pounds|residents|homes|households|visitors)\b")
# Length of the text before a number that shows what the number is, in characters.
_MAX_LOOK_BACK = 60
# A fast test: a text without a match contains no reference.
_MAYBE_REFERENCE = lazy_regex.compile(r"\d\d\W{0,7}\d\d\d")


def decision_references(decision: SplitDocument) -> tuple[DecisionReference, ...]:
    """The references of other decisions that the text names, in reading order."""
    own = {decision.document.reference, *decision.document.other_references}
    return tuple(
        DecisionReference(canonical(match), passage.evidence(*match.span()))
        for passage in decision.passages
        if _MAYBE_REFERENCE.search(passage.text)
        for match in REFERENCE.finditer(passage.text)
        if canonical(match) not in own and _names_decision(match)
    )


def _names_decision(match: re.Match[str]) -> bool:
    text = match.string
    before = text[max(0, match.start() - _MAX_LOOK_BACK) : match.start()]
    if _OTHER_NUMBER.search(before) or _QUANTITY.match(text, match.end()):
        return False
    if match[0][:8].isdigit():
        return not _is_date(match[0][:8]) and bool(
            _DECISION.search(before) and not _COUNCIL_OWN.search(before)
        )
    return True


def _is_date(digits: str) -> bool:
    """Whether eight digits are a date: 20210415 or 15042021."""
    for date_format in ("%Y%m%d", "%d%m%Y"):
        try:
            day = datetime.datetime.strptime(digits, date_format)
        except ValueError:
            continue
        if 1990 <= day.year <= 2099:
            return True
    return False
