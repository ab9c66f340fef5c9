"""What the Ombudsman recommended, or the body agreed, to put things right.

    The Council has agreed, within one month, to apologise and pay Mr X £300 for his distress.
    → apology (within one month); payment of £300 to Mr X for distress (within one month)

Read from the agreed action or recommendations, the final decision and the summary, never from
the story: an offer refused, a debt, a fee is no remedy. The section on the agreed action comes
first; the other two add only what it does not tell, so that no payment counts twice.

    outcome     counts
    upheld      whatever is promised there
    not upheld  nothing
    others      only what the body "has agreed" or the Ombudsman recommended: why it was closed
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from decisions.analysis.deadlines import DEADLINE, Deadline, deadline_of
from decisions.analysis.passages import Evidence, Part, Passage, passages
from decisions.analysis.payments import PARTY, Payment, read_payments
from decisions.analysis.promises import Clause, Reading, endorses, lowered, read_sentence, sentences
from decisions.documents import Document

REMEDIES = {
    "apology": "Apology",
    "payment": "Payment",
    "review": "Review or change of a procedure, policy or past decisions",
    "training": "Training for staff",
    "reminder": "Reminder or guidance to staff",
    "reassessment": "New assessment, decision or appeal",
    "action": "Other action",
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to be done; `kind` is a key of REMEDIES. Money in pence.

    Of payments: `amount_pence` is what is paid once, or every `per` ("month", "week", "term" …),
    to each recipient, None where the decision gives no certain sum ("up to £500", "refund the
    fees"); `periods` how many times; `total_pence` what it comes to, None where that is unknown.
    `recipient` is as written; `purpose` joins labels of `payments.PURPOSES` with commas.
    """

    kind: str
    evidence: Evidence
    amount_pence: int | None = None
    per: str | None = None
    periods: int | float | None = None
    total_pence: int | None = None
    recipient: str | None = None
    purpose: str | None = None
    deadline: Deadline | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "amount_pence": self.amount_pence,
            "per": self.per,
            "periods": self.periods,
            "total_pence": self.total_pence,
            "recipient": self.recipient,
            "purpose": self.purpose,
            "deadline": self.deadline.to_json() if self.deadline else None,
            "evidence": self.evidence.to_json(),
        }


def remedies(document: Document) -> tuple[Remedy, ...]:
    """The remedies of a decision: of the agreed action in reading order, then what others add."""
    outcome = (document.outcome or "").casefold()
    if "not upheld" in outcome:
        return ()
    strict = "upheld" not in outcome
    by_part: dict[Part, list[Passage]] = {Part.ACTION: [], Part.DECISION: [], Part.SUMMARY: []}
    for passage in passages(document):
        if passage.part in by_part:
            by_part[passage.part].append(passage)
    found: list[Remedy] = []
    for part, texts in by_part.items():
        told = {remedy.kind for remedy in found}
        for remedy in _read_part(texts, strict=strict and part is not Part.ACTION):
            # A summary tells shortly what the agreed action tells in full.
            if not told or (remedy.kind in ("apology", "payment") and remedy.kind not in told):
                found.append(remedy)
    return tuple(found)


def payment_total(found: Iterable[Remedy]) -> int | None:
    """Pence of all payments whose total is certain; None when there is none."""
    totals = [remedy.total_pence for remedy in found if remedy.kind == "payment"]
    certain = [total for total in totals if total is not None]
    return sum(certain) if certain else None


@dataclass(frozen=True, slots=True)
class _List:
    """What a paragraph or item that ends in a colon says of the list below it."""

    promises: bool
    deadline: Deadline | None = None
    pays: bool = False  # "make the following payments:", so a bare "£300 to Mr X" is a payment
    closed: bool = False  # its entries are the content of a deed, or tell of the past


def _read_part(texts: list[Passage], *, strict: bool) -> list[Remedy]:
    found: list[Remedy] = []
    lists: dict[tuple[int, ...], _List] = {}
    intro = _List(promises=False)
    for passage in texts:
        in_action = passage.part is Part.ACTION
        if passage.item:
            above = lists.get(passage.item[:-1], _List(promises=False, closed=True))
        else:
            lists.clear()
            # "Apologise to Mr X." as a paragraph of its own, where a list was flattened.
            above = replace(intro, promises=in_action and not intro.closed)
        if not _OF_INTEREST.search(passage.text) and not above.promises:
            continue
        read, below = _read_passage(passage, above, found, strict=strict)
        lists[passage.item] = below
        if passage.text.rstrip().endswith(":") and not passage.item:
            intro = below
        elif not passage.item and not _LABEL.match(passage.text):
            intro = _List(promises=False)
        found += read
    return _without_sums_of(found)


# Without one of these words a paragraph promises nothing and introduces nothing.
_OF_INTEREST = re.compile(
    r"apolog|£|agree|recommend|will\b|should|must|shall|need|remed|offer|asked|:\s*$"
    r"|^\W*(?:pay|review|train|remind|refund|provide|issue)",
    re.IGNORECASE,
)
# "The Council should send us evidence that it has done these things": no remedy.
_REPORT_BACK = re.compile(
    r"\w+(?: (?:back|in writing|out|and|also))* (?:to |with )?(?:us|me|the Ombudsm[ae]n|evidence|proof|copies of"
    r"|confirmation)\b",
    re.IGNORECASE,
)
# "It should complete these actions within four weeks of my decision."
_ALL_OF_THIS = re.compile(
    r"\b(?:do|complete|carry out|take|implement|action|done|completed|taken|made)\b[^.:;]{0,40}?"
    r"\b(?:this|these|all|the above|both|so)\b|\b(?:these|this|the) (?:actions?|remed\w+|payments?"
    r"|steps|recommendations?) (?:should|will|must)\b",
    re.IGNORECASE,
)
# How an entry begins that orders something: a verb, not "The", not "Mr X", not the past.
_ORDERS = re.compile(
    r"\W*(?:to |also )*(?!(?:that|this|it|he|she|we|I|the|an?|Mr|Mrs|Miss|Ms|its|his|her|their|if|in|on|for|at|because|there|one|no|not|had|has|was|were|is|are|paid|sent|made|told|gave|wrote|put|took|held)\b)"
    r"(?P<verb>[A-Za-z-]{2,}(?<!ed))\b",
    re.IGNORECASE,
)
# "It will also pay …": one more remedy, by when the one before it is due.
_ALSO = re.compile(r"(?:[\w’']+ ){1,3}?also\b|(?:In addition|Further|Additionally)\b")
# "a) apologise to Mr X": an entry that its file tells as a paragraph.
_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +(?=\S)|[-•–] +(?=\S)")
_BARE_SUM = re.compile(r"\W*(?:a (?:further )?)?£")
_CLOSING_MATTERS = re.compile(r"\bcomplaints?\b|\bstage (?:one|two|three|[123])\b", re.IGNORECASE)


def _read_passage(
    passage: Passage, above: _List, earlier: list[Remedy], *, strict: bool
) -> tuple[list[Remedy], _List]:
    text = passage.text
    low = lowered(text)
    endorsed = "offer" in low and endorses(low)
    label = _LABEL.match(text)
    entry = bool(passage.item or label)
    found: list[Remedy] = []
    below = _List(promises=False, closed=True)
    deadline = None
    for place, (start, end) in enumerate(sentences(text)):
        first = place == 0
        start = max(start, label.end()) if label else start
        promised = first and above.promises
        reading = read_sentence(
            low, start, end, promised=promised, strict=strict, endorsed=endorsed
        )
        clauses = [c for c in reading.clauses if not _REPORT_BACK.match(text, c.start, c.end)]
        if strict:
            clauses = [c for c in clauses if c.kind in ("apology", "payment")
                       or not _CLOSING_MATTERS.search(text, c.start, c.end)]  # fmt: skip
        if promised and entry and not reading.clauses and not text.endswith(":", start, end):
            clauses = _unnamed(text, start, end, above)
        elif entry and not first and not _ALSO.match(text, start, end):
            # "review its form. The Council says it will send out new ones": how, not what else.
            clauses = [c for c in clauses if c.kind in ("apology", "payment")]
        stated = _deadline(text, start, end, clauses)
        if stated and not clauses and not reading.clauses and _ALL_OF_THIS.search(text, start, end):
            found = [r if r.deadline else replace(r, deadline=stated) for r in found]
        if stated or not _ALSO.match(text, start, end):
            # An entry, or an order that goes on where a list was flattened: "Pay Mr X £100."
            inherits = first and (entry or bool(clauses and clauses[0].start == start))
            deadline = stated or (above.deadline if inherits else None)
        named = clauses
        if clauses and _is_heading(text, clauses[-1], end):
            named = clauses[:-1]  # "make the following payments:"
        read = list(_remedies_of(passage, named, deadline))
        if _SAID_AGAIN.search(low, start, end):
            said = (*earlier[-_NEARBY:], *found[-_NEARBY:])
            read = [r for r in read if not any(_repeats(r, other) for other in said)]
        found += read
        below = _list_below(text, start, end, reading, clauses, deadline, above)
    return found, below


def _unnamed(text: str, start: int, end: int, above: _List) -> list[Clause]:
    """The clause of a list's entry whose verb is none of DEEDS: other action, or a bare sum."""
    stop = start + len(text[start:end].rstrip())
    if _BARE_SUM.match(text, start, end):
        return [Clause("payment", start, start, stop)]
    order = _ORDERS.match(text, start, end)
    if above.pays or not order or _REPORT_BACK.match(text, order.start("verb"), end):
        return []
    return [Clause("action", order.start("verb"), order.end(), stop)]


def _list_below(
    text: str,
    start: int,
    end: int,
    reading: Reading,
    clauses: list[Clause],
    deadline: Deadline | None,
    above: _List,
) -> _List:
    """What the last sentence says of a list that follows."""
    if not text[start:end].rstrip().endswith(":"):
        return _List(promises=False, closed=True)
    if clauses:
        pays = clauses[-1].kind == "payment"
        return _List(promises=pays, deadline=deadline, pays=pays, closed=not pays)
    # "Within one month:", "For Mr X:" say nothing themselves; "The Council has already:" does.
    silent = not reading.blocked and not _PAST.search(text, start, end)
    promises = reading.promises or (silent and above.promises)
    return _List(promises=promises, deadline=deadline, closed=not promises)


_PAST = re.compile(r"\b(?:has|have|had|was|were|did)\b(?! agreed)[^.:]{0,30}:\s*$", re.IGNORECASE)


def _deadline(text: str, start: int, end: int, clauses: list[Clause]) -> Deadline | None:
    """The deadline of a sentence, but not one that a deed is about ("to reply within 20 days")."""
    for match in DEADLINE.finditer(text, start, end):
        before = not clauses or match.start() < clauses[0].opening
        if before or match["decision"] or match["date"]:
            return deadline_of(match)
        clause = next((c for c in reversed(clauses) if c.start < match.start()), None)
        if clause and clause.kind in ("apology", "payment", "action", "reassessment"):
            if not _ABOUT_TIME.search(text, clause.opening, match.start()):
                return deadline_of(match)
    return None


_ABOUT_TIME = re.compile(r"\b(?:fail|not|delay|without|repl|respon|requir|should)", re.IGNORECASE)


def _remedies_of(
    passage: Passage, clauses: list[Clause], deadline: Deadline | None
) -> Iterator[Remedy]:
    text = passage.text
    kinds = {clause.kind for clause in clauses}
    told: set[str] = set()
    for clause in clauses:
        kind = clause.kind
        if kind == "payment":
            payments = read_payments(text, clause.start, clause.opening, clause.end)
            if (
                len(payments) > 1
                or payments[0].amount is not None
                or not _PAYS_FOR.match(text, clause.start, clause.end)
            ):
                yield from (_payment(passage, payment, deadline) for payment in payments)
                continue
            kind = "action"  # "pay for an independent surveyor"
        if kind in told and kind in ("apology", "action"):
            continue
        told.add(kind)
        recipient = None
        if kind == "apology":
            party = re.search(
                rf"\b(?:to|for|send|give|provide|issue|offer|make) (?P<party>{PARTY.pattern})",
                text[clause.start : min(clause.end, clause.start + 160)],
            )
            recipient = party["party"] if party else None
        span = _trimmed(text, clause.start, clause.end)
        yield Remedy(kind, passage.evidence(*span), recipient=recipient, deadline=deadline)


_PAYS_FOR = re.compile(r"pay(?:s|ing)? for\b", re.IGNORECASE)


def _payment(passage: Passage, payment: Payment, deadline: Deadline | None) -> Remedy:
    return Remedy(
        "payment",
        passage.evidence(*_trimmed(passage.text, payment.start, payment.end)),
        payment.amount,
        payment.per,
        payment.periods,
        payment.total,
        payment.recipient,
        payment.purpose,
        deadline,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks, commas and "and" that lead on from it or to it."""
    while start < end and text[start] in " ,;:":
        start += 1
    span = text[start:end].rstrip(" ,;:.\n\t\xa0")
    for word in (" and to", " and", " to", " will", " also"):
        span = span.removesuffix(word).rstrip(" ,;:")
    return start, start + max(len(span), min(1, end - start))


# "It has agreed to pay £300." after "I recommended …", "make the payment of £300 within a month".
_SAID_AGAIN = re.compile(r"\bagreed\b(?! (?:\w+ ){0,2}also)|\b(?:the|this) (?:payment|sum)\b")


_NEARBY = 20  # remedies back that a sentence may say again


def _repeats(remedy: Remedy, other: Remedy) -> bool:
    """Whether both are one payment: the same sum, and nothing said of it that differs."""
    said = (
        (remedy.recipient, other.recipient),
        (remedy.purpose, other.purpose),
        (remedy.per, other.per),
    )
    return (
        remedy.kind == other.kind == "payment"
        and remedy.amount_pence is not None
        and remedy.amount_pence == other.amount_pence
        and all(None in pair or pair[0] == pair[1] for pair in said)
    )


def _is_heading(text: str, clause: Clause, end: int) -> bool:
    """Whether the last clause only introduces the payments listed below it."""
    said = text[clause.start : end]
    return clause.kind == "payment" and said.rstrip().endswith(":") and "£" not in said


def _without_sums_of(found: list[Remedy]) -> list[Remedy]:
    """Without a payment whose parts are listed below it ("pay £500, made up of:")."""
    parts: dict[tuple[int | None, int | None, tuple[int, ...]], list[int | None]] = {}
    for remedy in found:
        at = remedy.evidence
        if remedy.kind == "payment" and at.item:
            above = (at.section, at.paragraph, at.item[:-1])
            parts.setdefault(above, []).append(remedy.total_pence)

    def is_sum(remedy: Remedy) -> bool:
        at = remedy.evidence
        listed = parts.get((at.section, at.paragraph, at.item), [])
        certain = [total for total in listed if total is not None]
        return bool(listed) and len(certain) == len(listed) and sum(certain) == remedy.total_pence

    return [remedy for remedy in found if not is_sum(remedy)]
