"""Finds the remedies that the Ombudsman recommended or the body agreed.

    The Council has agreed, within one month, to apologise and pay Mr X £300 for his distress.
    → apology (within one month); payment of £300 to Mr X for distress (within one month)

Only the agreed action or recommendations, the final decision and the summary are read. The account
of events is not, because a refused offer, a debt or a fee is no remedy. The section on the agreed
action is read first. The other two only add kinds of remedy that it does not mention, so that no
payment counts twice. If there is no such section, `early_resolution` finds what was agreed in the
assessment.

    outcome     what counts
    upheld      everything that the body is to do
    not upheld  nothing, unless the body has agreed to what the Ombudsman recommended
    not stated  as for upheld, unless the words close the complaint or find no fault
    others      only what the body "has agreed" or the Ombudsman recommended, as a case may be
                closed because of it
"""

import re
from collections.abc import Iterable

from decisions.analysis import lazy_regex
from decisions.analysis.closure import is_closed
from decisions.analysis.commitments import lowered
from decisions.analysis.early_resolution import agreed_in_assessment
from decisions.analysis.passages import Part, Passage, SplitDocument
from decisions.analysis.remedy import Remedy
from decisions.analysis.remedy_reader import PERSONAL, RemedyReader

__all__ = ["REMEDIES", "Remedy", "payment_total", "remedies"]

REMEDIES = {
    "apology": "Apology",
    "payment": "Payment",
    "review": "Review or change of a procedure, policy or past decisions",
    "training": "Training for staff",
    "reminder": "Reminder or guidance to staff",
    "reassessment": "New assessment, decision or appeal",
    "action": "Other action",
}


def remedies(decision: SplitDocument) -> tuple[Remedy, ...]:
    """The remedies of a decision in reading order, those of the agreed action first."""
    outcome = (decision.document.outcome or "").casefold()
    by_part: dict[Part, list[Passage]] = {part: [] for part in _PARTS}
    for passage in decision.passages:
        if passage.part in by_part:
            by_part[passage.part].append(passage)
    deciding = by_part[Part.DECISION] + by_part[Part.SUMMARY]
    if "not upheld" in outcome and not _say(deciding, _ACCEPTS_OURS):
        return ()
    strict = "upheld" not in outcome and (
        bool(outcome) or is_closed(decision) or _finds_no_fault(deciding)
    )
    own_act = strict and not _say(deciding, _CALLS_REMEDY)
    found = _read(by_part[Part.ACTION], strict=False)
    if not found:
        agreed = agreed_in_assessment(by_part[Part.ASSESSMENT], deciding)
        found = _read(agreed, strict=True, steps_count=True)
    for part in (Part.DECISION, Part.SUMMARY):
        mentioned = {remedy.kind for remedy in found}
        # A summary repeats in short what the agreed action says in full.
        found += [
            remedy
            for remedy in _read(by_part[part], strict=strict)
            if (not mentioned and not own_act)
            or (remedy.kind in PERSONAL and remedy.kind not in mentioned)
        ]
    return tuple(found)


_PARTS = (Part.ACTION, Part.ASSESSMENT, Part.DECISION, Part.SUMMARY)
_NO_FAULT = lazy_regex.compile(
    r"\b(?:no|not|without|n[’']t)\b(?: \w+){0,3}? fault\b|\bnot uph(?:e|o)ld\b|\bnot at fault\b"
)


# "There was no fault in the assessment. The care provider should apologise for the delay."
_ORDERS_REMEDY = lazy_regex.compile(
    r"\b(?:should|must) (?:now |also |therefore ){0,2}(?:apologise|pay|refund|reimburse)\b"
)
# "The Council and the Home have agreed to our recommendations"
_ACCEPTS_OURS = lazy_regex.compile(
    r"\b(?:agree[sd]?|accept(?:s|ed)?)(?: (?:to|with|all|both|of)){0,3} (?:our|my|the "
    r"ombudsm[ae]n[’']?s)"
    r" recommend"
    # "There was no fault, but the Council agreed to improve its letters."
    r"|\bno fault\b[^.]{0,60}[,;] (?:but|although|however,?) (?:the (?:care )?(?:council|"
    r"provider|trust)|it)"
    r"(?: has| have)?(?: now| also)? agreed to\b"
)


# In a closed case, what the body "has now agreed to provide" is its own act, unless these words
# make it a remedy.
_CALLS_REMEDY = lazy_regex.compile(
    r"\bremed|\bredress|\brecommend|\bresol|\bsettle|\basked|\bpropos|\bsuggest"
)


def _finds_no_fault(deciding: list[Passage]) -> bool:
    """Whether the deciding passages find no fault and order no remedy either."""
    return _say(deciding, _NO_FAULT) and not _say(deciding, _ORDERS_REMEDY)


def _say(deciding: list[Passage], words: re.Pattern[str]) -> bool:
    """Whether the summary or the final decision has the words, given in lower case."""
    return any(words.search(lowered(passage.text)) for passage in deciding)


def _read(passages: Iterable[Passage], *, strict: bool, steps_count: bool = False) -> list[Remedy]:
    reader = RemedyReader(strict=strict, steps_count=steps_count)
    for passage in passages:
        reader.read(passage)
    return _without_itemised_totals(reader.found)


def payment_total(found: Iterable[Remedy]) -> int | None:
    """Pence of all payments whose total is certain; None if there is no such payment."""
    totals = [remedy.total_pence for remedy in found if remedy.kind == "payment"]
    known = [total for total in totals if total is not None]
    return sum(known) if known else None


def _without_itemised_totals(found: list[Remedy]) -> list[Remedy]:
    """`found` without payments whose parts are listed below them ("pay £500, made up of:")."""
    parts: dict[tuple[int | None, int | None, tuple[int, ...]], list[int | None]] = {}
    for remedy in found:
        evidence = remedy.evidence
        if remedy.kind == "payment" and evidence.item:
            parent_item = (evidence.section, evidence.paragraph, evidence.item[:-1])
            parts.setdefault(parent_item, []).append(remedy.total_pence)

    def is_itemised_total(remedy: Remedy) -> bool:
        evidence = remedy.evidence
        listed = parts.get((evidence.section, evidence.paragraph, evidence.item), [])
        known = [total for total in listed if total is not None]
        return bool(listed) and len(known) == len(listed) and sum(known) == remedy.total_pence

    return [remedy for remedy in found if not is_itemised_total(remedy)]
