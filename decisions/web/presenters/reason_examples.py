"""Decisions that show what a closure reason means, each with the sentence that gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from decisions.analysis.commitments import sentences
from decisions.models import Decision
from decisions.search import SearchQuery
from decisions.web.presenters.decision_summary import text_at
from decisions.web.results import find

# Most decisions that the examples of a reason are chosen from; the newest are taken.
MAX_CANDIDATES = 20

# "e.g. Children’s services", "Ash Care Ltd. Kent", "R v. Smith": the sentence continues.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:e\.g|i\.e|etc|cf|v|ss?|paras?|arts?|Ltd|Co|plc|Prof|Rev|Cllr|Messrs|Jr|Sr)\.$"
)
# "No. A12": here "No." means number. "No. The Council replied.": here it is an answer.
_NUMBER = re.compile(r"(?<!\w)Nos?\.$")
_NUMBER_FOLLOWS = re.compile(r"[A-Z]*\d")
# "J. Smith": an initial. Not "Mr X. He complained", where the letter stands for a name.
_INITIAL = re.compile(r"(?<!\w)(?<!Mr )(?<!Mrs )(?<!Ms )(?<!Miss )(?<!Dr )(?:[A-Z]\.)+$")
# Words that start a sentence and are not surnames, after a single letter: "Option B. The Council".
_OPENS_SENTENCE = re.compile(
    r"[“‘(£]|(?:A|After|Although|An|And|As|At|Because|Before|But|By|Council|Dr|Each|Every|For|From"
    r"|He|Her|His|However|I|If|In|It|Its|Miss|Mr|Mrs|Ms|My|No|Of|On|Our|She|So|Some|That|The|Their"
    r"|There|These|They|This|To|We|What|When|Where|Which|While|With|You|Your)\b"
)


@dataclass(frozen=True)
class ReasonExample:
    """A sentence of a decision, the anchor of its location, and its paragraph's number, if any."""

    decision: Decision
    sentence: str
    anchor: str
    number: int | None


def reason_examples(code: str, count: int) -> list[ReasonExample]:
    """Up to `count` of the newest decisions closed for that reason.

    Decisions that give it in a numbered paragraph come first.
    """
    ids = find(SearchQuery(terms={"reason": (code,)}, sort="newest")).ids[:MAX_CANDIDATES]
    decisions = Decision.objects.published().select_related("council", "category__parent")
    examples = list(_examples(code, decisions.select_related("outcome").by_ids(ids)))
    examples.sort(key=lambda example: example.number is None)  # stable: the newest stay first
    return examples[:count]


def _examples(code: str, decisions: list[Decision]) -> Iterator[ReasonExample]:
    for decision in decisions:
        for reason in decision.typed_findings.closure_reasons:
            if reason.code == code:
                evidence = min(reason.evidence, key=lambda entry: entry.number is None)
                text = text_at(decision, evidence)
                yield ReasonExample(
                    decision,
                    sentence_at(text, evidence.start, evidence.end),
                    evidence.anchor,
                    evidence.number,
                )


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence or sentences that contain the characters `start` to `end` of the text.

    Where a full stop may belong to an abbreviation, the sentence does not end.
    """
    first, last = 0, len(text)
    for position in _sentence_ends(text):
        if position <= start:
            first = position
        elif position >= end:
            last = position
            break
    return text[first:last].strip()


def _sentence_ends(text: str) -> Iterator[int]:
    """The position where each sentence ends, after its trailing spaces."""
    for start, end in sentences(text):
        sentence, following = text[start:end].rstrip(), text[end:]
        is_number = _NUMBER.search(sentence) and _NUMBER_FOLLOWS.match(following)
        is_initial = _INITIAL.search(sentence) and not _OPENS_SENTENCE.match(following)
        if not (is_number or is_initial or _ABBREVIATION.search(sentence)):
            yield end
