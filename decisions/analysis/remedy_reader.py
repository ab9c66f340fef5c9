"""Collect the remedies of one part of a decision, such as the section on the agreed action.

Lists are what makes this hard: an introduction such as "Within one month the Council will:" commits
the body, and sets the deadline, for all entries below it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.analysis.commitments import (
    Commitment,
    SentenceCommitments,
    endorses,
    find_commitments,
    lowered,
    sentences,
)
from decisions.analysis.deadlines import DEADLINE, Deadline, deadline_of
from decisions.analysis.passages import Part, Passage
from decisions.analysis.payments import PARTY, Payment, find_payments
from decisions.analysis.remedy import Remedy


@dataclass(frozen=True, slots=True)
class _List:
    """The meaning that a text ending in a colon gives to the list below it.

    `commits`: the entries are to be done. `deadline`: by when. `pays`: the entries are payments
    ("make the following payments:"), so that a bare "£300 to Mr X" is one. `excluded`: the entries
    are no remedies: they are the content of an action, or tell of the past.
    """

    commits: bool = False
    deadline: Deadline | None = None
    pays: bool = False
    excluded: bool = False


_NO_LIST = _List(excluded=True)


class RemedyReader:
    """Collects in `found` the remedies of one part of a decision, passage by passage.

    `strict`: see `find_commitments`.
    """

    def __init__(self, *, strict: bool) -> None:
        self.found: list[Remedy] = []
        self.dated = 0  # how many of `found` a later sentence has given their deadline
        self.strict = strict
        self.lists: dict[tuple[int, ...], _List] = {}  # by item, in this paragraph
        self.intro = _List()  # what the last paragraph says, if it ended in a colon

    def read(self, passage: Passage) -> None:
        """Add the remedies of the next passage of the part."""
        text = passage.text
        label = _LABEL.match(text)
        begin = label.end() if label else 0
        above = self._above(passage, begin)
        below = _NO_LIST
        if above.commits or _OF_INTEREST.search(text):
            below = self._read_text(passage, begin, above)
        self.lists[passage.item] = below
        if not passage.item and (text.endswith(":") or not label):
            self.intro = below if text.endswith(":") else _List()

    def _above(self, passage: Passage, begin: int) -> _List:
        """The list that the passage is an entry of; its words after the label start at `begin`."""
        if passage.item:
            return self.lists.get(passage.item[:-1], _NO_LIST)
        self.lists.clear()
        # A list may have been flattened into paragraphs: "Apologise to Mr X."
        commits = (
            passage.part is Part.ACTION
            and not self.intro.excluded
            and _ORDERS.match(passage.text, begin) is not None
        )
        return replace(self.intro, commits=commits)

    def _read_text(self, passage: Passage, begin: int, above: _List) -> _List:
        """Add the remedies of the text from `begin` on; return what it says of a list below."""
        text, low = passage.text, lowered(passage.text)
        endorsed = "offer" in low and endorses(low)
        is_entry = bool(passage.item or begin)
        below, deadline = _NO_LIST, None
        for start, end in sentences(text):
            first, start = start == 0, max(start, begin)
            committed = first and above.commits
            sentence = find_commitments(
                low, start, end, committed=committed, strict=self.strict, endorsed=endorsed
            )
            commitments = self._counted(low, sentence)
            if committed and is_entry and not sentence.commitments and not text.endswith(":"):
                commitments = _unnamed(text, start, end, above)
            elif is_entry and not first:
                # The later sentences of an entry only explain how its action will be done:
                # "review its form. The Council says it will send out new ones".
                also = _ALSO.match(text, start, end)
                commitments = [
                    commitment
                    for commitment in commitments
                    if commitment.kind in PERSONAL or (also and commitment.kind != "action")
                ]
            stated = _deadline(text, start, end, commitments)
            if stated and not sentence.commitments and _ALL_OF_THIS.search(low, start, end):
                self._set_deadline(stated)
            if stated or not _ALSO.match(text, start, end):
                # The deadline of a list holds for its entries, also where the list has been
                # flattened into paragraphs: "Pay Mr X £100."
                inherits = first and (
                    is_entry or bool(commitments and commitments[0].start == start)
                )
                deadline = stated or (above.deadline if inherits else None)
            below = _list_below(text, low, start, end, sentence, commitments, deadline, above)
            if below.pays and "£" not in text[commitments[-1].start : end]:
                commitments.pop()  # "make the following payments:"
            self._add(_remedies_of(passage, commitments, deadline), low, start, end)
        return below

    def _counted(self, low: str, sentence: SentenceCommitments) -> list[Commitment]:
        """The commitments that are remedies.

        A report to the Ombudsman is none. In a closed case, nor is another step of the complaint.
        """
        return [
            commitment
            for commitment in sentence.commitments
            if not _REPORT_BACK.match(low, commitment.start, commitment.end)
            and not (
                self.strict
                and commitment.kind not in PERSONAL
                and _COMPLAINT.search(low, commitment.start, commitment.end)
            )
        ]

    def _set_deadline(self, deadline: Deadline) -> None:
        """Give the deadline of "complete these actions within …" to the remedies before it."""
        for index in range(self.dated, len(self.found)):
            if not self.found[index].deadline:
                self.found[index] = replace(self.found[index], deadline=deadline)
        self.dated = len(self.found)

    def _add(self, new: Iterator[Remedy], low: str, start: int, end: int) -> None:
        makes_it = _MAKES_IT.search(low, start, end) is not None
        repeats = (
            makes_it or _THE_PAYMENT.search(low, start, end) or _AGREED.search(low, start, end)
        )
        earlier = self.found[-_LOOK_BACK_REMEDIES:] if repeats else []
        self.found += [
            remedy
            for remedy in new
            if not any(_repeats(remedy, other, no_sum=makes_it) for other in earlier)
        ]


# Kinds of remedy that one person receives. The others change how the body works.
PERSONAL = ("apology", "payment")
_LOOK_BACK_REMEDIES = 20  # a sentence may repeat one of this many remedies before it
_LOOK_AHEAD = 160  # characters after "apologise" that are searched for its recipient

# A paragraph without any of these words names no remedy and introduces no list.
_OF_INTEREST = re.compile(
    r"[Aa]polog|£|agree|[Rr]ecommend|will\b|should|must|shall|need|remed|[Oo]ffer|asked|:\s*$"
    r"|\A\W*(?i:pay|review|train|remind|refund|provide|issue)"
)
# "a) apologise to Mr X": the entry of a list that the file has as a paragraph.
_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +(?=\S)|[-•–] +(?=\S)")
# "It will also pay …": one more remedy, with the deadline of the one before it.
_ALSO = re.compile(r"(?:[\w’']+ ){1,3}?also\b|(?:In addition|Further|Additionally)\b")
# "The Council should send us evidence that it has done these things" is no remedy.
_REPORT_BACK = re.compile(
    r"\w+(?: (?:back|in writing|out|and|also))* (?:to |with )?"
    r"(?:us|me|the ombudsm[ae]n|(?:(?:its|the|an?|any|all|further|more|some) ){0,3}"
    r"(?:evidence|proof|copies of|confirmation|comments?|information|response))\b"
)
# In a closed case: "has agreed to review Mrs F's complaint at stage two".
_COMPLAINT = re.compile(r"\bcomplaints?\b|\bstage (?:one|two|three|[123])\b")
# "It should complete these actions within four weeks of my decision."
_ALL_OF_THIS = re.compile(
    r"\b(?:do|complete|carry out|take|implement|action|done|completed|taken|made)\b[^.:;]{0,40}?"
    r"\b(?:this|these|all|the above|both|so)\b|\b(?:these|this|the) (?:actions?|remed\w+"
    r"|payments?|steps|recommendations?) (?:should|will|must)\b"
)
# An entry that orders something begins with a verb, not with "The", "Mr X" or a past form.
_ORDERS = re.compile(
    r"\W*(?:to |also )*(?!(?:that|this|it|he|she|we|i|the|an?|mr|mrs|miss|ms|its|his|her|their|if"
    r"|in|on|for|at|because|there|one|no|not|had|has|was|were|is|are|paid|sent|made|told|gave|wrote"
    r"|took|held)\b)(?P<verb>[a-z-]{2,}(?<!ed))\b",
    re.IGNORECASE,
)
# "£300 to Mr X", "a further £150 for her time"
_BARE_SUM = re.compile(r"\W*(?:a (?:further )?)?£")
# "The Council has already:"
_PAST = re.compile(r"\b(?:has|have|had|was|were|did)\b(?! agreed)[^.:]{0,30}:\s*$")
# Before "within 20 days": the time is what the action is about, as in "failed to reply within".
_ABOUT_TIME = re.compile(r"\b(?:fail|not|delay|without|repl|respon|requir|should)", re.IGNORECASE)
# "apologise to Mr X", "send the family a letter of apology"
_APOLOGISED_TO = re.compile(
    rf"\b(?:to|send|give|provide|issue|offer|make) (?P<party>{PARTY.pattern})"
)
_LOOK_BACK = 40  # characters before "payment" in which its sum may stand
_SUM_FIRST = re.compile(r"£[\d,]+(?:\.\d\d)? (?:(?!and )[a-z-]+ )?$")
_NOUNS = ("payment", "cheque", "compensation", "refund of")
# "pay for an independent surveyor"
_PAYS_FOR = re.compile(r"pay(?:s|ing)? for\b", re.IGNORECASE)
# Words that say a payment again: "It has agreed to pay £300." after "I recommended …", "make the
# payment of £300 within a month".
_AGREED = re.compile(r"\bagreed\b(?! (?:\w+ ){0,2}also)")
_THE_PAYMENT = re.compile(r"\b(?:the|this|that) (?:payment|sum)\b")
_MAKES_IT = re.compile(r"\bmak(?:e|es|ing) (?:the|this|that|these) payments?\b")


def _unnamed(text: str, start: int, end: int, above: _List) -> list[Commitment]:
    """The commitment of an entry whose verb is not in ACTION_PATTERNS.

    It is a payment if the entry is a bare sum, "action" if it begins with a verb.
    """
    if _BARE_SUM.match(text, start, end):
        return [Commitment("payment", start, start, end)]
    order = _ORDERS.match(text, start, end)
    if above.pays or not order or _REPORT_BACK.match(text, order.start("verb"), end):
        return []
    return [Commitment("action", order.start("verb"), order.end(), end)]


def _list_below(
    text: str,
    low: str,
    start: int,
    end: int,
    sentence: SentenceCommitments,
    commitments: list[Commitment],
    deadline: Deadline | None,
    above: _List,
) -> _List:
    """What a sentence says of the list below it, if it introduces one."""
    if not text[start:end].rstrip().endswith(":"):
        return _NO_LIST
    if commitments:
        pays = commitments[-1].kind == "payment"
        return _List(commits=pays, deadline=deadline, pays=pays, excluded=not pays)
    # "Within one month:" and "For Mr X:" leave open whether they commit, so that the list above
    # decides. "The Council has already:" does not.
    undecided = not sentence.blocked and not _PAST.search(low, start, end)
    commits = sentence.commits or (undecided and above.commits)
    return _List(commits=commits, deadline=deadline, excluded=not commits)


def _deadline(text: str, start: int, end: int, commitments: list[Commitment]) -> Deadline | None:
    """The deadline of a sentence.

    A time limit that an action is about ("to reply within 20 days") is none.
    """
    starts = [commitment.start for commitment in commitments]
    for match in DEADLINE.finditer(text, start, end):
        before = not commitments or match.start() < commitments[0].verb_end
        if before or match["decision"] or match["date"]:
            return deadline_of(match)
        commitment = commitments[bisect_left(starts, match.start()) - 1]
        if commitment.kind not in ("reminder", "training", "review") and not _ABOUT_TIME.search(
            text, commitment.verb_end, match.start()
        ):
            return deadline_of(match)
    return None


def _remedies_of(
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
            limit = min(commitment.end, commitment.start + _LOOK_AHEAD)
            party = _APOLOGISED_TO.search(text, commitment.start, limit)
            recipient = party["party"] if party else None
        span = _trimmed(text, commitment.start, commitment.end)
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
    """The span without blanks, punctuation and "and" at its ends."""
    while start < end and text[start] in " ,;:":
        start += 1
    span = text[start:end].rstrip(" ,;:.\n\t\xa0")
    for word in (" and to", " and", " to", " will", " also"):
        span = span.removesuffix(word).rstrip(" ,;:")
    return start, start + max(len(span), min(1, end - start))


def _repeats(remedy: Remedy, other: Remedy, *, no_sum: bool) -> bool:
    """Whether both are the same payment: the same sum, and no other detail differs.

    `no_sum`: words such as "the payment" name it, so that it need not repeat the sum.
    """
    details = (
        (remedy.recipient, other.recipient),
        (remedy.purpose, other.purpose),
        (remedy.per, other.per),
    )
    return (
        remedy.kind == other.kind == "payment"
        and (no_sum if remedy.amount_pence is None else remedy.amount_pence == other.amount_pence)
        and all(None in pair or pair[0] == pair[1] for pair in details)
    )
