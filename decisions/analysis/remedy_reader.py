"""Collects the remedies of one part of a decision, such as the section on the agreed action.

Lists make this hard: an introduction such as "Within one month the Council will:" commits
the body, and sets the deadline, for all entries below it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from decisions.analysis import lazy_regex
from decisions.analysis.commitment_remedies import remedies_of
from decisions.analysis.commitments import (
    Commitment,
    SentenceCommitments,
    endorses,
    find_commitments,
    lowered,
    sentences,
)
from decisions.analysis.deadlines import DEADLINE, Deadline, deadline_of
from decisions.analysis.money import find_sums
from decisions.analysis.passages import Part, Passage
from decisions.analysis.remedy import Remedy


@dataclass(frozen=True, slots=True)
class _List:
    """The meaning of a list, as stated by the text with a colon above it.

    `commits`: the items are to be done. `deadline`: the time by which they are. `pays`: the items
    are payments ("make the following payments:"), so that a bare "£300 to Mr X" is one. `excluded`:
    the items are no remedies, because they are the content of an action or report the past.
    """

    commits: bool = False
    deadline: Deadline | None = None
    pays: bool = False
    excluded: bool = False


_NO_LIST = _List(excluded=True)


class RemedyReader:
    """Collects in `found` the remedies of one part of a decision, passage by passage.

    `strict`: see `find_commitments`. `steps_count`: another step of the complaint, such as an
    answer at stage two, is a remedy in a closed case too.
    """

    def __init__(self, *, strict: bool, steps_count: bool = False) -> None:
        self.found: list[Remedy] = []
        self.dated_count = 0  # how many of `found` have got the deadline of a later sentence
        self.strict = strict
        self.steps_count = steps_count
        self.lists: dict[tuple[int, ...], _List] = {}  # by item, in this paragraph
        self.open_list = _List()  # the list that the last paragraph opens, if it ends in a colon

    def read(self, passage: Passage) -> None:
        """Add the remedies of the next passage of the part."""
        text = passage.text
        label = _LABEL.match(text)
        after_label = label.end() if label else 0
        outer_list = self._enclosing_list(passage, after_label)
        inner_list = _NO_LIST
        if outer_list.commits or _MAY_HOLD_REMEDY.search(text):
            inner_list = self._read_text(passage, after_label, outer_list)
        self.lists[passage.item] = inner_list
        if not passage.item and (text.endswith(":") or not label):
            self.open_list = inner_list if text.endswith(":") else _List()

    def _enclosing_list(self, passage: Passage, after_label: int) -> _List:
        """The list that has this passage as an item. `after_label` is where its label ends."""
        if passage.item:
            return self.lists.get(passage.item[:-1], _NO_LIST)
        self.lists.clear()
        # A list may have been flattened into paragraphs: "Apologise to Mr X."
        commits = (
            passage.part is Part.ACTION
            and not self.open_list.excluded
            and _IMPERATIVE.match(passage.text, after_label) is not None
        )
        return replace(self.open_list, commits=commits)

    def _read_text(self, passage: Passage, after_label: int, outer_list: _List) -> _List:
        """Add the remedies of the text; return what it says about a list below it."""
        text, lower = passage.text, lowered(passage.text)
        endorsed = "offer" in lower and endorses(lower)
        is_entry = bool(passage.item or after_label)
        inner_list, deadline, previous = _NO_LIST, None, after_label
        for start, end in sentences(text):
            first, start = start == 0, max(start, after_label)
            committed = first and outer_list.commits
            continued = _comprises(lower, previous, start, end)
            sentence = find_commitments(
                lower, continued or start, end, committed=committed or continued is not None,
                strict=self.strict, endorsed=endorsed,
            )  # fmt: skip
            previous = start
            commitments = self._remedial(lower, sentence)
            if committed and is_entry and not sentence.commitments and not text.endswith(":"):
                commitments = _unlisted_action(text, start, end, outer_list)
            elif is_entry and not first:
                # The later sentences of an entry only explain how its action will be done:
                # "review its form. The Council says it will send out new ones".
                also = _ALSO.match(text, start, end)
                commitments = [
                    commitment
                    for commitment in commitments
                    if commitment.kind in PERSONAL or (also and commitment.kind != "action")
                ]
            own_deadline = _deadline(text, start, end, commitments)
            if own_deadline and not sentence.commitments and _ALL_ACTIONS.search(lower, start, end):
                self._set_deadline(own_deadline)
            if own_deadline or not _ALSO.match(text, start, end):
                # The deadline of a list holds for its entries, also where the list has been
                # flattened into paragraphs: "Pay Mr X £100."
                inherits = first and (
                    is_entry or bool(commitments and commitments[0].start == start)
                )
                deadline = own_deadline or (outer_list.deadline if inherits else None)
            inner_list = _list_introduced(
                text, lower, start, end, sentence, commitments, deadline, outer_list
            )
            if inner_list.pays and "£" not in text[commitments[-1].start : end]:
                commitments.pop()  # "make the following payments:"
            if commitments:
                self._add(list(remedies_of(passage, commitments, deadline)), lower, start, end)
            elif not first:
                self._complete_payment(text, lower, start, end)
        return inner_list

    def _remedial(self, lower: str, sentence: SentenceCommitments) -> list[Commitment]:
        """The commitments that are remedies.

        A report to the Ombudsman is no remedy. In a closed case, neither is another step of the
        complaint, unless the Ombudsman asked for it.
        """
        return [
            commitment
            for commitment in sentence.commitments
            if not (
                _REPORT_BACK.match(lower, commitment.start, commitment.end)
                and not _PROVES_ACTION.search(lower, commitment.start, commitment.end)
            )
            and not (
                self.strict
                and not self.steps_count
                and commitment.kind not in PERSONAL
                and _COMPLAINT.search(lower, commitment.start, commitment.end)
            )
        ]

    def _set_deadline(self, deadline: Deadline) -> None:
        """Give the deadline of "complete these actions within …" to the remedies before it."""
        for index in range(self.dated_count, len(self.found)):
            if not self.found[index].deadline:
                self.found[index] = replace(self.found[index], deadline=deadline)
        self.dated_count = len(self.found)

    def _complete_payment(self, text: str, lower: str, start: int, end: int) -> None:
        """Give the sum of "This is £1,200." to the payment before it, if that has none.

        "A total of £1,200." is also the total of a rate whose number of periods is unknown.
        """
        said = _THIS_IS.match(lower, start, end)
        last = self.found[-1] if self.found else None
        if not said or not last or last.kind != "payment" or last.total_pence is not None:
            return
        amount = find_sums(text, said.end(), end)[0]
        if amount.per is None and last.amount_pence is None:
            self.found[-1] = replace(last, amount_pence=amount.pence, total_pence=amount.product)
        elif amount.per is None and last.per and "total" in said[0]:
            self.found[-1] = replace(last, total_pence=amount.product)

    def _add(self, new: list[Remedy], lower: str, start: int, end: int) -> None:
        """Add the remedies of a sentence, without payments that it only repeats."""
        if self.found and any(remedy.kind == "payment" for remedy in new):
            makes_it = _MAKES_IT.search(lower, start, end) is not None
            if (
                makes_it
                or _THE_PAYMENT.search(lower, start, end)
                or _AGREED.search(lower, start, end)
            ):
                earlier = self.found[-_MAX_LOOK_BACK_REMEDIES:]
                new = [
                    remedy
                    for remedy in new
                    if not any(_repeats(remedy, other, no_sum=makes_it) for other in earlier)
                ]
        self.found += new


# Kinds of remedy that one person receives. The others change how the body works.
PERSONAL = ("apology", "payment")
# Number of earlier remedies that a sentence may repeat.
_MAX_LOOK_BACK_REMEDIES = 20

# "This comprises an apology and a payment", after "the action that it has agreed"
_COMPRISES = lazy_regex.compile(
    r"\W*(?:this|these|it|the (?:agreed )?(?:remedy|recommendations|actions?)) (?:will |would )?"
    r"(?:compris|includ|consist|involv)\w*(?: of)?\b"
)
_AGREED_TO = lazy_regex.compile(r"\bagree|\brecommend|\baccept(?:s|ed) (?:our|my)\b")
# A paragraph without any of these words names no remedy and introduces no list.
_MAY_HOLD_REMEDY = lazy_regex.compile(
    r"[Aa]polog|£|agree|[Rr]ecommend|will\b|should|must|shall|need|remed|[Oo]ffer|asked|suggest"
    r"|propos|invited|:\s*$"
    r"|\A\W*(?i:pay|review|train|remind|refund|provide|issue)"
)
# "a) apologise to Mr X": a list item that is a paragraph in the file.
_LABEL = lazy_regex.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +(?=\S)|[-•–] +(?=\S)")
# "It will also pay …": one more remedy, with the deadline of the one before it.
_ALSO = lazy_regex.compile(r"(?:[\w’']+ ){1,3}?also\b|(?:In addition|Further|Additionally)\b")
# "The Council should send us evidence that it has done these things" is no remedy.
_REPORT_BACK = lazy_regex.compile(
    r"\w+(?: (?:back|in writing|out|and|also))* (?:to |with )?"
    r"(?:us|me|the ombudsm[ae]n|(?:(?:its|the|an?|any|all|further|more|some) ){0,3}"
    r"(?:evidence|proof|copies of|confirmation|comments?|information|response))\b"
)
# "evidence that it has carried out the panel's recommendations": no other words order this action.
_PROVES_ACTION = lazy_regex.compile(
    r"\bevidence\b[^.;]{0,40}?\b(?:it|they) ha(?:s|ve) (?:now )?(?:carried out|implemented|"
    r"acted on|"
    r"changed|introduced|put in place) (?!(?:[\w-]+ ){0,3}(?:these|those|above|agreed|our|this|"
    r"remed\w+|"
    r"actions?)\b|the recommendations?\b(?! of the))"
)
# In a closed case: "has agreed to review Mrs F's complaint at stage two".
_COMPLAINT = lazy_regex.compile(r"\bcomplaints?\b|\bstage (?:one|two|three|[123])\b")
# "It should complete these actions within four weeks of my decision."
_ALL_ACTIONS = lazy_regex.compile(
    r"\b(?:do|complete|carry out|take|implement|action|done|completed|taken|made)\b[^.:;]{0,40}?"
    r"\b(?:this|these|all|the above|both|so)\b|\b(?:these|this|the) (?:actions?|remed\w+"
    r"|payments?|steps|recommendations?) (?:should|will|must)\b"
)
# An entry that orders something begins with a verb, not with "The", "Mr X" or a past form.
_IMPERATIVE = lazy_regex.compile(
    r"\W*(?:to |also )*(?!(?:that|this|it|he|she|we|i|the|an?|mr|mrs|miss|ms|its|his|her|their|if"
    r"|in|on|for|at|because|there|one|no|not|had|has|was|were|is|are|paid|sent|made|told|gave|wrote"
    r"|took|held)\b)(?P<verb>[a-z-]{2,}(?<!ed))\b",
    re.IGNORECASE,
)
# "£300 to Mr X", "a further £150 for her time"
_BARE_SUM = lazy_regex.compile(r"\W*(?:a (?:further )?)?£")
# "The Council has already:"
_PAST = lazy_regex.compile(r"\b(?:has|have|had|was|were|did)\b(?! agreed)[^.:]{0,30}:\s*$")
# Words before "within 20 days" if that time is no deadline, as in "failed to reply within".
_ABOUT_TIME = lazy_regex.compile(
    r"\b(?:fail|not|delay|without|repl|respon|requir|should)", re.IGNORECASE
)
# "It would remind its officers", after what it agreed
_WOULD = lazy_regex.compile(r"\W*(?:it|they|the (?:council|provider|trust|home)) would(?: also)? ")
# "This is £1,200.", after a payment without a sum; "A total of £1,200."
_THIS_IS = lazy_regex.compile(
    r"\W*(?:this|that|which|it) (?:is|was|amounts to|comes to|totals|equates to|equals|would be)"
    r" (?:an? (?:total|sum|payment) of )?(?=£)|\W*(?:an? |the )?total of (?=£)"
)
# Words that restate a payment: "It has agreed to pay £300." after "I recommended …", "make the
# payment of £300 within a month".
_AGREED = lazy_regex.compile(r"\bagreed\b(?! (?:\w+ ){0,2}also)")
_THE_PAYMENT = lazy_regex.compile(r"\b(?:the|this|that) (?:payment|sum)\b")
_MAKES_IT = lazy_regex.compile(r"\bmak(?:e|es|ing) (?:the|this|that|these) payments?\b")


def _comprises(low: str, previous: int, start: int, end: int) -> int | None:
    """Where the actions begin in a sentence that says what the one before it agreed; else None."""
    if start <= previous:
        return None
    found = _COMPRISES.match(low, start, end) or _WOULD.match(low, start, end)
    return found.end() if found and _AGREED_TO.search(low, previous, start) else None


def _unlisted_action(text: str, start: int, end: int, outer_list: _List) -> list[Commitment]:
    """The commitment of a list item whose verb is not in ACTION_PATTERNS.

    It is a payment if the entry is a bare sum, "action" if it begins with a verb.
    """
    if _BARE_SUM.match(text, start, end):
        return [Commitment("payment", start, start, end)]
    imperative = _IMPERATIVE.match(text, start, end)
    if outer_list.pays or not imperative or _REPORT_BACK.match(text, imperative.start("verb"), end):
        return []
    return [Commitment("action", imperative.start("verb"), imperative.end(), end)]


def _list_introduced(
    text: str,
    lower: str,
    start: int,
    end: int,
    sentence: SentenceCommitments,
    commitments: list[Commitment],
    deadline: Deadline | None,
    outer_list: _List,
) -> _List:
    """The meaning that a sentence gives to the list below it, if it introduces one."""
    if not text[start:end].rstrip().endswith(":"):
        return _NO_LIST
    if commitments:
        pays = commitments[-1].kind == "payment"
        return _List(commits=pays, deadline=deadline, pays=pays, excluded=not pays)
    # "Within one month:" and "For Mr X:" do not say whether they commit, so the outer list
    # decides. "The Council has already:" does not.
    undecided = not sentence.blocked and not _PAST.search(lower, start, end)
    commits = sentence.commits or (undecided and outer_list.commits)
    return _List(commits=commits, deadline=deadline, excluded=not commits)


def _deadline(text: str, start: int, end: int, commitments: list[Commitment]) -> Deadline | None:
    """The deadline of a sentence.

    A time limit inside an action ("to reply within 20 days") is no deadline.
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
