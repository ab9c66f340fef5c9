"""Compares a quotation with one decision: exactly, else with the passage nearest to it."""

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from decisions.quotations.decision_words import DecisionWords
from decisions.quotations.verdicts import Segment, SegmentKind
from decisions.quotations.words import (
    MAX_BRACKETED,
    Element,
    ElementKind,
    Part,
    Piece,
    Reading,
    is_word,
    readings,
)

# Most places that are named of words that a decision repeats.
MAX_PLACES = 5

# Least share of a quotation's words that a passage must have in order to be called the nearest.
MIN_SHARE = 0.6

# A word that a decision has more often says little about where a passage is, unless all are so.
_MAX_POSITIONS = 40
# Words around the likely place of a part in which its exact limits are looked for.
_SLACK = 12

# Most places of a decision that are tried for a part that is not there exactly.
_MAX_PLACES_TRIED = 4

# The cost of a word that only the decision has, that only the quotation has, and of one in place of
# another: people leave words out more often than they put words in.
_COSTS = (1, 3, 3)
# Words of a part above which only the likeliest place is tried, and all changes cost the same: the
# comparison would take too long.
_MAX_WORDS_TRIED = 60

# In place of square brackets: equal to no word.
_BRACKET = "[]"


class Span(NamedTuple):
    """Words number `start` to `end` of a decision."""

    start: int
    end: int


class Exact(NamedTuple):
    """Where a quotation stands: its parts in order, and other places of a quotation of one part."""

    reading: Reading
    spans: list[Span]


class Near(NamedTuple):
    """The passage nearest to a quotation: for each part the words, or None if there are none.

    `share` is how much of the quotation's words the passages have in order, `missing` how many they
    lack.
    """

    share: float
    missing: int
    reading: Reading
    spans: list[Span | None]
    is_out_of_order: bool


def find_exact(quotation: str, decision: DecisionWords, *, repeated: bool) -> Exact | None:
    """Where the decision has these very words; None if it has not.

    With `repeated`, all places of a quotation of one part, else the first.
    """
    for reading in readings(quotation):
        if spans := _in_order(reading.parts, decision):
            if repeated and len(spans) == 1:
                spans += _repeated(reading.parts[0], decision, spans[0])
            return Exact(reading, spans)
    return None


def find_nearest(quotation: str, decision: DecisionWords) -> Near | None:
    """The nearest passage, if it has at least MIN_SHARE of the quotation's words in order."""
    found = (_nearest(reading, decision) for reading in readings(quotation))
    best = max(found, key=lambda near: near.share, default=None)
    return best if best and best.share >= MIN_SHARE else None


def segments(quotation: str, near: Near, decision: DecisionWords) -> list[Segment]:
    """What leads from the quotation to the passage, word by word."""
    found: list[Segment] = []
    for part, span in zip(near.reading.parts, near.spans, strict=True):
        if found:
            found.append(Segment(SegmentKind.GAP, " … "))
        first, *others = _part_segments(quotation, part, span, decision)
        found += (replace(first, text=first.text.lstrip()), *others)
    return found


def _in_order(parts: tuple[Part, ...], decision: DecisionWords) -> list[Span]:
    """The first place of each part after the one before; empty if one is not there."""
    spans: list[Span] = []
    position = 0
    for part in parts:
        span = _find(part, decision, position)
        if span is None:
            return []
        spans.append(span)
        position = span.end
    return spans


def _repeated(part: Part, decision: DecisionWords, first: Span) -> Iterator[Span]:
    """Further places of a part, up to MAX_PLACES with the first."""
    span = first
    for _ in range(MAX_PLACES - 1):
        found = _find(part, decision, span.end)
        if found is None:
            return
        yield found
        span = found


def _find(part: Part, decision: DecisionWords, position: int) -> Span | None:
    """The first place of a part from word number `position` on."""
    if not part.is_plain:
        return _find_pieces(part, decision, position)
    joined = decision.joined
    # From the blank before the word on.
    begin = decision.offsets[position] - 1 if position else 0
    at = joined.find(part.joined, begin)
    if at < 0:
        return None
    start = joined.count(" ", 0, at)
    return Span(start, start + len(part.elements))


def _find_pieces(part: Part, decision: DecisionWords, position: int) -> Span | None:
    """The place of a part with brackets that ends first; the time grows with its pieces."""
    # Where the pieces so far may end, in order, and for each end the start of the part.
    ends: list[int] = []
    starts: list[int] = []
    for number, piece in enumerate(part.pieces):
        next_ends: list[int] = []
        next_starts: list[int] = []
        for at in _places(piece, decision, position):
            before = bisect_right(ends, at) - 1
            if number == 0 or (before >= 0 and ends[before] >= at - piece.gap):
                next_ends.append(at + len(piece.words))
                next_starts.append(starts[before] if number else at)
        ends, starts = next_ends, next_starts
    return Span(starts[0], ends[0]) if ends else None


def _places(piece: Piece, decision: DecisionWords, position: int) -> Iterator[int]:
    """The numbers of the words at which a piece begins, from `position` on."""
    if piece.pattern:
        words = enumerate(decision.words)
        yield from (n for n, word in words if n >= position and piece.pattern.fullmatch(word))
        return
    wanted = f" {' '.join(piece.words)} "
    offsets, at = decision.offsets, decision.offsets[position] - 1
    while (at := decision.joined.find(wanted, at)) >= 0:
        yield bisect_left(offsets, at + 1)
        at += 1


def _nearest(reading: Reading, decision: DecisionWords) -> Near:
    spans: list[Span | None] = []
    matched = total = position = 0
    for part in reading.parts:
        words = sum(is_word(value) for value in _comparable(part, ()))
        exact = _find(part, decision, position) or _find(part, decision, 0)
        span = exact or _nearest_span(part, decision)
        same = _same_words(part, span, decision) if span else 0
        if same < words * MIN_SHARE / 2:
            span, same = None, 0
        position = span.end if span else position
        spans.append(span)
        matched += same
        total += words
    found = [span.start for span in spans if span]
    return Near(matched / max(total, 1), total - matched, reading, spans, found != sorted(found))


def _nearest_span(part: Part, decision: DecisionWords) -> Span | None:
    """The words of the decision with the fewest changes from the part, around its likeliest places.

    The likeliest places are where most words of the part stand at the same distance.
    """
    values = _comparable(part, ())
    wanted = set(values)
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(decision.words):
        if word in wanted:
            positions.setdefault(word, []).append(position)
    rare = {v for v in values if is_word(v) and len(positions.get(v, ())) <= _MAX_POSITIONS}
    votes: Counter[int] = Counter()
    for index, value in enumerate(values):
        if value in rare or (not rare and is_word(value)):
            distances = {(at - index) // _SLACK for at in positions.get(value, ())}
            # Words left out or put in move those behind them.
            votes.update(distances | {distance + 1 for distance in distances})
    tries = _MAX_PLACES_TRIED if len(values) <= _MAX_WORDS_TRIED else 1
    likeliest = heapq.nsmallest(tries, votes, key=lambda at: (-votes[at], at))
    all_values = decision.words
    tried = (_tight_span(values, all_values, at * _SLACK) for at in likeliest)
    return min(
        (span for span in tried if span),
        key=lambda span: _cost(values, all_values[span.start : span.end]),
        default=None,
    )


def _tight_span(values: list[str], all_values: list[str], likeliest: int) -> Span | None:
    """The words with the fewest changes from `values` near word number `likeliest`; of several such
    spans the one whose length is nearest.
    """
    size = len(values)

    def changes(start: int, end: int) -> tuple[int, int]:
        return _cost(values, all_values[start:end]), abs(end - start - size)

    first = max(0, likeliest - 2 * _SLACK)
    last = max(first + 1, min(len(all_values), likeliest + 2 * _SLACK))
    start = min(range(first, last), key=lambda at: changes(at, at + size))
    least_end, most_end = max(start + 1, start + size - _SLACK), start + size + _SLACK
    ends = range(least_end, max(least_end, min(most_end, len(all_values))) + 1)
    end = min(min(ends, key=lambda at: changes(start, at)), len(all_values))
    starts = range(max(0, start - _SLACK), min(end, start + _SLACK + 1))
    start = min(starts, key=lambda at: changes(at, end), default=end)
    return Span(start, end) if start < end else None


def _cost(values: list[str], passage: list[str]) -> int:
    costs = _COSTS if len(values) <= _MAX_WORDS_TRIED else None
    return Levenshtein.distance(values, passage, weights=costs or (1, 1, 1))


def _comparable(part: Part, passage: list[str] | tuple[str, ...]) -> list[str]:
    """The part's words: brackets as _BRACKET, a word with brackets as the one that it stands for in
    the passage.
    """
    return [_comparable_word(element, passage) for element in part.elements]


def _comparable_word(element: Element, passage: list[str] | tuple[str, ...]) -> str:
    if element.kind == ElementKind.BRACKET:
        return _BRACKET
    if element.kind == ElementKind.AFFIXED:
        literal = element.value.replace("[", "").replace("]", "")
        if literal in passage:
            return literal
        return next((word for word in passage if element.stands_for(word)), literal)
    return element.value


def _same_words(part: Part, span: Span, decision: DecisionWords) -> int:
    passage = decision.words[span.start : span.end]
    values = _comparable(part, passage)
    return len(_same_places(values, passage))


def _part_segments(
    quotation: str, part: Part, span: Span | None, decision: DecisionWords
) -> Iterator[Segment]:
    places = [(element.start, element.end) for element in part.elements]
    if span is None:
        yield Segment(SegmentKind.QUOTATION, _as_written(quotation, places))
        return
    passage_places = decision.spans[span.start : span.end]
    passage = decision.words[span.start : span.end]
    values = _comparable(part, passage)
    for is_same, start, end, passage_start, passage_end in _merged(_blocks(values, passage)):
        quoted = _as_written(quotation, places[start:end])
        decided = _as_written(decision.text, passage_places[passage_start:passage_end])
        if is_same:
            yield Segment(SegmentKind.SAME, decided)
        elif start < end and _is_bracketed(values[start:end], passage_end - passage_start):
            yield Segment(SegmentKind.BRACKET, quoted)
        else:
            if quoted:
                yield Segment(SegmentKind.QUOTATION, quoted)
            if decided:
                yield Segment(SegmentKind.DECISION, decided)


class _Block(NamedTuple):
    """Words and marks of a part and of a passage, from where to where, that are the same or not."""

    is_same: bool
    start: int
    end: int
    passage_start: int
    passage_end: int


def _blocks(values: list[str], passage: list[str]) -> Iterator[_Block]:
    """The whole of both in blocks. Neighbouring differences are one block.

    Words are led to each other first, then the marks between them: a comma that stands behind
    another word differs, and not the word.
    """
    start = passage_start = 0
    for i, j in [*_same_places(values, passage), (len(values), len(passage))]:
        before, after = values[start:i], passage[passage_start:j]
        size = min(len(before), len(after))
        first = next((n for n in range(size) if before[n] != after[n]), size)
        rest = size - first
        last = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
        yield _Block(True, start, start + first, passage_start, passage_start + first)
        yield _Block(False, start + first, i - last, passage_start + first, j - last)
        start, passage_start = i - last, j - last
    yield _Block(True, start, len(values), passage_start, len(passage))


def _merged(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """The blocks that are not empty; neighbours of one kind are one."""
    last: _Block | None = None
    for block in blocks:
        if (block.start, block.passage_start) == (block.end, block.passage_end):
            continue
        if last and last.is_same == block.is_same:
            last = last._replace(end=block.end, passage_end=block.passage_end)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _same_places(values: list[str], passage: list[str]) -> list[tuple[int, int]]:
    """The places in both of the words that they have in common, with the fewest changes."""
    places = [place for place, value in enumerate(values) if _is_compared(value)]
    others = [place for place, value in enumerate(passage) if _is_compared(value)]
    codes = Levenshtein.opcodes([values[n] for n in places], [passage[n] for n in others])
    return [
        (places[code.src_start + n], others[code.dest_start + n])
        for code in codes
        if code.tag == "equal"
        for n in range(code.src_end - code.src_start)
    ]


def _is_compared(value: str) -> bool:
    return is_word(value) or value == _BRACKET


def _is_bracketed(values: list[str], decided: int) -> bool:
    """Whether only square brackets stand where the decision has `decided` words."""
    return set(values) == {_BRACKET} and decided <= MAX_BRACKETED * len(values)


def _as_written(text: str, places: list[tuple[int, int]]) -> str:
    """The words at these places of a text, with a blank before if it has one; "" for no place."""
    if not places:
        return ""
    start, end = places[0][0], places[-1][1]
    return f"{' ' if text[start - 1 : start].isspace() else ''}{text[start:end]}"
