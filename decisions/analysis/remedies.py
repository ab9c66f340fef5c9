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
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from decisions.analysis.deadlines import DEADLINE, Deadline, deadline_of
from decisions.analysis.passages import Evidence, Part, Passage, SplitDocument
from decisions.analysis.payments import PARTY, Payment, read_payments
from decisions.analysis.promises import Clause, Reading, endorses, lowered, read_sentence, sentences

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


def remedies(decision: SplitDocument) -> tuple[Remedy, ...]:
    """The remedies of a decision: of the agreed action in reading order, then what others add."""
    outcome = (decision.document.outcome or "").casefold()
    if "not upheld" in outcome:
        return ()
    strict = "upheld" not in outcome
    by_part: dict[Part, list[Passage]] = {Part.ACTION: [], Part.DECISION: [], Part.SUMMARY: []}
    for passage in decision.passages:
        if passage.part in by_part:
            by_part[passage.part].append(passage)
    found: list[Remedy] = []
    for part, texts in by_part.items():
        told = {remedy.kind for remedy in found}
        reader = _Part(strict=strict and part is not Part.ACTION)
        for passage in texts:
            reader.read(passage)
        for remedy in _without_sums_of(reader.found):
            # A summary tells shortly what the agreed action tells in full.
            if not told or (remedy.kind in _PERSONAL and remedy.kind not in told):
                found.append(remedy)
    return tuple(found)


def payment_total(found: Iterable[Remedy]) -> int | None:
    """Pence of all payments whose total is certain; None when there is none."""
    totals = [remedy.total_pence for remedy in found if remedy.kind == "payment"]
    certain = [total for total in totals if total is not None]
    return sum(certain) if certain else None


@dataclass(frozen=True, slots=True)
class _List:
    """What a text that ends in a colon says of the list below it.

    `promises`: its entries are to be done. `pays`: "make the following payments:", so that a bare
    "£300 to Mr X" is one. `closed`: its entries are what a deed is about, or tell of the past.
    """

    promises: bool = False
    deadline: Deadline | None = None
    pays: bool = False
    closed: bool = False


_NO_LIST = _List(closed=True)


class _Part:
    """Reads the passages of one part of a decision, in order, into `found`."""

    def __init__(self, *, strict: bool) -> None:
        self.found: list[Remedy] = []
        self.dated = 0  # of `found`, how many have been given a deadline that came after them
        self.strict = strict
        self.lists: dict[tuple[int, ...], _List] = {}  # of the paragraph at hand, by item
        self.intro = _List()  # of the last paragraph that ended in a colon

    def read(self, passage: Passage) -> None:
        text = passage.text
        label = _LABEL.match(text)
        begin = label.end() if label else 0
        above = self._above(passage, begin)
        below = _NO_LIST
        if above.promises or _OF_INTEREST.search(text):
            below = self._read_text(passage, begin, above)
        self.lists[passage.item] = below
        if not passage.item and (text.endswith(":") or not label):
            self.intro = below if text.endswith(":") else _List()

    def _above(self, passage: Passage, begin: int) -> _List:
        """The list that the passage, whose own words start at `begin`, is an entry of."""
        if passage.item:
            return self.lists.get(passage.item[:-1], _NO_LIST)
        self.lists.clear()
        # "Apologise to Mr X." as a paragraph of its own, where a list was flattened.
        promises = passage.part is Part.ACTION and not self.intro.closed
        return replace(self.intro, promises=promises and bool(_ORDERS.match(passage.text, begin)))

    def _read_text(self, passage: Passage, begin: int, above: _List) -> _List:
        """Adds what the passage promises from `begin` on; gives what it says of a list below."""
        text, low = passage.text, lowered(passage.text)
        endorsed = "offer" in low and endorses(low)
        is_entry = bool(passage.item or begin)
        below, deadline = _NO_LIST, None
        for start, end in sentences(text):
            first, start = start == 0, max(start, begin)
            promised = first and above.promises
            reading = read_sentence(
                low, start, end, promised=promised, strict=self.strict, endorsed=endorsed
            )
            clauses = self._counted(low, reading)
            if promised and is_entry and not reading.clauses and not text.endswith(":"):
                clauses = _unnamed(text, start, end, above)
            elif is_entry and not first:
                # "review its form. The Council says it will send out new ones": how, no more.
                also = _ALSO.match(text, start, end)
                clauses = [
                    clause
                    for clause in clauses
                    if clause.kind in _PERSONAL or (also and clause.kind != "action")
                ]
            stated = _deadline(text, start, end, clauses)
            if stated and not reading.clauses and _ALL_OF_THIS.search(low, start, end):
                self._set_deadline(stated)
            if stated or not _ALSO.match(text, start, end):
                # An entry, or an order that goes on where a list was flattened: "Pay Mr X £100."
                inherits = first and (is_entry or bool(clauses and clauses[0].start == start))
                deadline = stated or (above.deadline if inherits else None)
            below = _list_below(text, low, start, end, reading, clauses, deadline, above)
            if below.pays and "£" not in text[clauses[-1].start : end]:
                clauses.pop()  # "make the following payments:"
            self._add(_remedies_of(passage, clauses, deadline), low, start, end)
        return below

    def _counted(self, low: str, reading: Reading) -> list[Clause]:
        """The clauses but for reports to the Ombudsman, and for what keeps a complaint going."""
        return [
            clause
            for clause in reading.clauses
            if not _REPORT_BACK.match(low, clause.start, clause.end)
            and not (
                self.strict
                and clause.kind not in _PERSONAL
                and _COMPLAINT.search(low, clause.start, clause.end)
            )
        ]

    def _set_deadline(self, deadline: Deadline) -> None:
        for place in range(self.dated, len(self.found)):
            if not self.found[place].deadline:
                self.found[place] = replace(self.found[place], deadline=deadline)
        self.dated = len(self.found)

    def _add(self, read: Iterator[Remedy], low: str, start: int, end: int) -> None:
        earlier = self.found[-_NEARBY:] if _SAID_AGAIN.search(low, start, end) else []
        self.found += [
            remedy for remedy in read if not any(_repeats(remedy, other) for other in earlier)
        ]


_PERSONAL = ("apology", "payment")
_NEARBY = 20  # so many remedies back, a sentence may say one again

# Without one of these words a paragraph promises nothing and introduces nothing.
_OF_INTEREST = re.compile(
    r"[Aa]polog|£|agree|[Rr]ecommend|will\b|should|must|shall|need|remed|[Oo]ffer|asked|:\s*$"
    r"|\A\W*(?i:pay|review|train|remind|refund|provide|issue)"
)
# "a) apologise to Mr X": an entry that its file tells as a paragraph.
_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +(?=\S)|[-•–] +(?=\S)")
# "It will also pay …": one more remedy, by when the one before it is due.
_ALSO = re.compile(r"(?:[\w’']+ ){1,3}?also\b|(?:In addition|Further|Additionally)\b")
# "The Council should send us evidence that it has done these things": no remedy.
_REPORT_BACK = re.compile(
    r"\w+(?: (?:back|in writing|out|and|also))* (?:to |with )?"
    r"(?:us|me|the ombudsm[ae]n|evidence|proof|copies of|confirmation)\b"
)
# A closed case: "has agreed to review Mrs F's complaint at stage two".
_COMPLAINT = re.compile(r"\bcomplaints?\b|\bstage (?:one|two|three|[123])\b")
# "It should complete these actions within four weeks of my decision."
_ALL_OF_THIS = re.compile(
    r"\b(?:do|complete|carry out|take|implement|action|done|completed|taken|made)\b[^.:;]{0,40}?"
    r"\b(?:this|these|all|the above|both|so)\b|\b(?:these|this|the) (?:actions?|remed\w+"
    r"|payments?|steps|recommendations?) (?:should|will|must)\b"
)
# How an entry begins that orders something: with a verb, not "The", "Mr X" or what is past.
_ORDERS = re.compile(
    r"\W*(?:to |also )*(?!(?:that|this|it|he|she|we|i|the|an?|mr|mrs|miss|ms|its|his|her|their|if"
    r"|in|on|for|at|because|there|one|no|not|had|has|was|were|is|are|paid|sent|made|told|gave|wrote"
    r"|took|held)\b)(?P<verb>[a-z-]{2,}(?<!ed))\b",
    re.IGNORECASE,
)
_BARE_SUM = re.compile(r"\W*(?:a (?:further )?)?£")
_PAST = re.compile(r"\b(?:has|have|had|was|were|did)\b(?! agreed)[^.:]{0,30}:\s*$")
_ABOUT_TIME = re.compile(r"\b(?:fail|not|delay|without|repl|respon|requir|should)", re.IGNORECASE)
_APOLOGISED_TO = re.compile(
    rf"\b(?:to|send|give|provide|issue|offer|make) (?P<party>{PARTY.pattern})"
)
_PAYS_FOR = re.compile(r"pay(?:s|ing)? for\b", re.IGNORECASE)
# "It has agreed to pay £300." after "I recommended …", "make the payment of £300 within a month".
_SAID_AGAIN = re.compile(r"\bagreed\b(?! (?:\w+ ){0,2}also)|\b(?:the|this) (?:payment|sum)\b")


def _unnamed(text: str, start: int, end: int, above: _List) -> list[Clause]:
    """The clause of a list's entry whose verb is none of DEEDS: other action, or a bare sum."""
    if _BARE_SUM.match(text, start, end):
        return [Clause("payment", start, start, end)]
    order = _ORDERS.match(text, start, end)
    if above.pays or not order or _REPORT_BACK.match(text, order.start("verb"), end):
        return []
    return [Clause("action", order.start("verb"), order.end(), end)]


def _list_below(
    text: str,
    low: str,
    start: int,
    end: int,
    reading: Reading,
    clauses: list[Clause],
    deadline: Deadline | None,
    above: _List,
) -> _List:
    """What a sentence says of a list that follows, if one does."""
    if not text[start:end].rstrip().endswith(":"):
        return _NO_LIST
    if clauses:
        pays = clauses[-1].kind == "payment"
        return _List(promises=pays, deadline=deadline, pays=pays, closed=not pays)
    # "Within one month:", "For Mr X:" say nothing themselves; "The Council has already:" does.
    silent = not reading.blocked and not _PAST.search(low, start, end)
    promises = reading.promises or (silent and above.promises)
    return _List(promises=promises, deadline=deadline, closed=not promises)


def _deadline(text: str, start: int, end: int, clauses: list[Clause]) -> Deadline | None:
    """The deadline of a sentence, but not one that a deed is about ("to reply within 20 days")."""
    starts = [clause.start for clause in clauses]
    for match in DEADLINE.finditer(text, start, end):
        before = not clauses or match.start() < clauses[0].opening
        if before or match["decision"] or match["date"]:
            return deadline_of(match)
        clause = clauses[bisect_left(starts, match.start()) - 1]
        if clause.kind not in ("reminder", "training", "review") and not _ABOUT_TIME.search(
            text, clause.opening, match.start()
        ):
            return deadline_of(match)
    return None


def _remedies_of(
    passage: Passage, clauses: list[Clause], deadline: Deadline | None
) -> Iterator[Remedy]:
    text = passage.text
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
            party = _APOLOGISED_TO.search(text, clause.start, min(clause.end, clause.start + 160))
            recipient = party["party"] if party else None
        span = _trimmed(text, clause.start, clause.end)
        yield Remedy(kind, passage.evidence(*span), recipient=recipient, deadline=deadline)


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
