"""Turns the commitments of one sentence into remedies, each with its words as evidence."""

import re
from collections.abc import Iterator
from dataclasses import replace

from decisions.analysis import lazy_regex
from decisions.analysis.commitments import Commitment
from decisions.analysis.deadlines import Deadline
from decisions.analysis.passages import Passage
from decisions.analysis.payments import PARTY, Payment, find_payments
from decisions.analysis.remedy import Remedy

# Length of the text after "apologise" that is searched for the recipient, in characters.
_MAX_LOOK_AHEAD = 160
# "apologise to Mr X", "send the family a letter of apology"
_APOLOGISED_TO = lazy_regex.compile(
    rf"\b(?:to|send|give|provide|issue|offer|make) (?P<party>{PARTY.pattern})"
)
_LOOK_BACK = 40  # characters before "payment" in which its sum may stand
_SUM_FIRST = lazy_regex.compile(r"£[\d,]+(?:\.\d\d)? (?:(?!and )[a-z-]+ )?$")
_NOUNS = ("payment", "cheque", "compensation", "refund of")
# "pay for an independent surveyor", but not "pay for the provision she missed"
_PAYS_FOR = lazy_regex.compile(
    r"pay(?:s|ing)? for (?!(?:(?:the|her|his|their|its|any|this|m(?:r|rs|s|iss)\.? \w+[’']s|"
    r"[\w’'-]+[’']s) )?(?:\w+ )?(?:what|los[st]|loss|miss(?:ed|ing)|delay|distress|fault|injustice|"
    r"uncertainty|time\b|avoidable|education|provision|inconvenience|frustration|trouble|impact|"
    r"worry|upset|stress|anxiety|hardship|months|weeks|[\w’'-]+ (?:missed|loss|distress)))",
    re.IGNORECASE,
)
# Words that lead on to the next action, in the order in which they are taken off the end.
_LOOSE_ENDS = (
    " and to",
    " and",
    " to",
    " will",
    " also",
    " fully",
    " properly",
    " and",
    " a",
    " an",
)


def remedies_of(
    passage: Passage, commitments: list[Commitment], deadline: Deadline | None
) -> Iterator[Remedy]:
    """The remedies of the commitments of one sentence."""
    text = passage.text
    mentioned: set[str] = set()
    for commitment in commitments:
        kind = commitment.kind
        if kind == "payment":
            commitment = _with_sum_before(text, commitment)
            payments = find_payments(text, commitment.start, commitment.verb_end, commitment.end)
            if (
                len(payments) > 1
                or payments[0].amount is not None
                or not _PAYS_FOR.match(text, commitment.start, commitment.end)
            ):
                yield from (_payment(passage, payment, deadline) for payment in payments)
                continue
            kind = "action"  # "pay for an independent surveyor"
        if kind in mentioned and kind in ("apology", "action"):
            continue
        mentioned.add(kind)
        recipient = None
        if kind == "apology":
            limit = min(commitment.end, commitment.start + _MAX_LOOK_AHEAD)
            party = _APOLOGISED_TO.search(text, commitment.start, limit)
            recipient = party["party"] if party else None
        span = _trim(text, commitment.start, commitment.end)
        yield Remedy(kind, passage.evidence(*span), recipient=recipient, deadline=deadline)


def _with_sum_before(text: str, commitment: Commitment) -> Commitment:
    """The commitment with the sum that stands before its noun: "recommended a £200 payment"."""
    if not text.startswith(_NOUNS, commitment.start):
        return commitment
    since = max(0, commitment.start - _LOOK_BACK)
    found = _SUM_FIRST.search(text, since, commitment.start)
    if found is None:
        return commitment
    return replace(commitment, start=found.start(), verb_end=found.start())


def _payment(passage: Passage, payment: Payment, deadline: Deadline | None) -> Remedy:
    return Remedy(
        "payment",
        passage.evidence(*_trim(passage.text, payment.start, payment.end)),
        payment.amount,
        payment.per,
        payment.periods,
        payment.total,
        payment.recipient,
        payment.purpose,
        deadline,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks, punctuation and "and" at its ends."""
    while start < end and text[start] in " ,;:":
        start += 1
    span = text[start:end].rstrip(" ,;:.\n\t\xa0")
    for word in _LOOSE_ENDS:
        span = span.removesuffix(word).rstrip(" ,;:")
    return start, start + max(len(span), min(1, end - start))
