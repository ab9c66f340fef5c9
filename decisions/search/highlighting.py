"""The paragraphs of a decision that answer a query, with the words found marked.

A text is scanned once for words that begin like a stem, and only those are put to the analyser: a
hundred times fewer than all words. Marked text is made in one place, `marked`, from escaped parts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from itertools import pairwise
from math import log
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from tantivy import Searcher

from decisions.analysis.passages import Part
from decisions.models import Decision
from decisions.search import query_language
from decisions.search.analyzers import STEMS, WORDS, forms
from decisions.search.index.store import IndexStore, query_index
from decisions.search.indexed_paragraphs import FIELDS, passages

# Excerpts are cut to about this many characters around the first word found.
SNIPPET_LENGTH = 320

# Stemming changes at most a word's end, but may write y as i ("family", "famili") or add an e
# ("sited", "site"): what a word and its stem share at least.
_STEM_MAY_ADD = 1

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A paragraph that answers: where it stands in the decision's page, and its marked text.

    `number` is None for one without; then `place` is the heading it stands under.
    """

    anchor: str
    number: int | None
    place: str
    html: SafeString

    @property
    def has_long_place(self) -> bool:
        """Whether it is led to by the words of a heading, not by a number or as the summary."""
        return self.number is None and self.anchor != "summary"


def snippets(
    text: str, decisions: Iterable[Decision], standard: Set[int] = frozenset(), most: int = 2
) -> list[list[Snippet]]:
    """Of each decision the paragraphs that hold the most of the query's words, in reading order.

    A word counts more the fewer decisions have it. Paragraphs whose fingerprint is in `standard`
    are passed over, and what a query confines to a part is looked for there alone.
    """
    marker = _marker(text)
    if not marker:
        return [[] for _ in decisions]
    weights = _weights(marker.units)
    return [_best(marker, weights, decision, standard, most) for decision in decisions]


def _best(
    marker: "_Marker",
    weights: Mapping["_Unit", float],
    decision: Decision,
    standard: Set[int],
    most: int,
) -> list[Snippet]:
    found = []
    for position, (field, anchor, number, place, body) in enumerate(_texts(decision, standard)):
        spans, units = marker.find(body, field)
        if spans:
            told = sum(weights[unit] for unit in units)
            found.append((-told, -len(spans), position, anchor, number, place, body, spans))
    best = sorted(sorted(found, key=lambda one: one[:3])[:most], key=lambda one: one[2])
    return [
        Snippet(anchor, number, place, _cut(body, spans))
        for _, _, _, anchor, number, place, body, spans in best
    ]


def find_spans(text: str, body: str) -> list[Span]:
    """Where the query's words stand in `body`, from first to last, without overlaps."""
    marker = _marker(text)
    return marker.find(body)[0] if marker else []


def mark(text: str, body: str) -> SafeString:
    """`body` escaped, with the query's words marked."""
    return marked(body, find_spans(text, body), 0, len(body))


def _texts(
    decision: Decision, standard: Set[int]
) -> Iterator[tuple[str, str, int | None, str, str]]:
    """Field, anchor, number, heading and whole text of every paragraph that is its own."""
    if decision.summary:
        yield FIELDS[Part.DECISION], "summary", None, "Summary", decision.summary
    for passage in passages(decision, standard):
        if not passage.is_standard:
            number = passage.paragraph.number
            anchor = f"section-{passage.section + 1}" if number is None else f"para-{number}"
            body = " ".join(passage.paragraph.texts())
            yield passage.field, anchor, number, passage.heading or "Text", body


class _Unit(NamedTuple):
    """Stems that must follow each other; with `near`, two that stand so near to each other.

    `beginning` stands for the last stem where the reader gave only a word's beginning. `fields`
    are the parts it is confined to, () for none.
    """

    stems: tuple[str, ...]
    beginning: str = ""
    near: int | None = None
    fields: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A word of a text that may belong to a unit: as written, folded, and its stem.

    A tuple, as units are: a page makes thousands, and frozen dataclasses are made and looked up
    in 1.6 to 1.8 times the time.
    """

    word: str
    stem: str
    span: Span


class _Marker:
    """Finds the words and phrases of one query in texts."""

    def __init__(self, units: tuple[_Unit, ...]) -> None:
        self.units = units
        self.beginnings = tuple({unit.beginning for unit in units if unit.beginning})
        self.stems = {stem for unit in units for stem in unit.stems}
        starts = {stem[: max(1, len(stem) - _STEM_MAY_ADD)] for stem in self.stems}
        alternatives = "|".join(sorted(map(re.escape, (*starts, *self.beginnings))))
        self.pattern = re.compile(rf"(?:{alternatives})[^\W_]*")

    def find(self, text: str, part: str | None = None) -> tuple[list[Span], set[_Unit]]:
        """Where the query's words stand in `text`, and which of its units were found there.

        `part` is the field of the part that the text stands in; None takes it for any.
        """
        words = []
        folded = _fold(text)
        for match in self.pattern.finditer(folded):
            # Looked at here and not by the pattern, which would then look behind every character
            # instead of skipping to where a word may begin: at least twice as long.
            within_a_word = (start := match.start()) and folded[start - 1].isalnum()
            if within_a_word:
                continue
            word = match.group()
            stem = _stem(word)
            if stem in self.stems or word.startswith(self.beginnings):
                words.append(_Found(word, stem, match.span()))
        if not words:
            return [], set()
        spans: set[Span] = set()
        units: set[_Unit] = set()
        for unit in self.units:
            if part is None or not unit.fields or part in unit.fields:
                found = _places(unit, words, text)
                if found:
                    spans.update(found)
                    units.add(unit)
        return _without_overlaps(sorted(spans)), units


def _weights(units: tuple[_Unit, ...]) -> dict[_Unit, float]:
    """How much it tells that a paragraph holds a unit: the more, the rarer its rarest word."""

    def weights(store: IndexStore) -> dict[_Unit, float]:
        rarity = partial(_rarity, store.searcher())
        return {unit: max(map(rarity, unit.stems), default=1.0) for unit in units}

    return query_index(weights, default=dict.fromkeys(units, 1.0))


def _rarity(searcher: Searcher, stem: str) -> float:
    """The logarithm that BM25 weighs a word by."""
    held = searcher.doc_freq("everything", stem)
    return log(1 + (searcher.num_docs - held + 0.5) / (held + 0.5))


def _places(unit: _Unit, words: list[_Found], text: str) -> list[Span]:
    if unit.near is not None and len(unit.stems) > 1:
        return _near(unit, words, text)
    length = len(unit.stems) + bool(unit.beginning)
    if length == 1 and unit.stems:
        (stem,) = unit.stems
        return [word.span for word in words if word.stem == stem]
    places = []
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        whole = run[:-1] if unit.beginning else run
        if (
            all(word.stem == stem for word, stem in zip(whole, unit.stems, strict=True))
            and (not unit.beginning or run[-1].word.startswith(unit.beginning))
            and not any(_between(text, *pair) for pair in pairwise(run))
        ):
            places.append((run[0].span[0], run[-1].span[1]))
    return places


def _near(unit: _Unit, words: list[_Found], text: str) -> list[Span]:
    """Both words wherever one follows the other with few enough words between."""
    places: list[Span] = []
    among = [word for word in words if word.stem in unit.stems]
    for index, first in enumerate(among):
        for second in among[index + 1 :]:
            if _between(text, first, second) > (unit.near or 0):
                break
            if first.stem != second.stem:
                places += [first.span, second.span]
    return places


def _between(text: str, before: _Found, after: _Found) -> int:
    """How many words stand between two."""
    return len(_WORD.findall(text, before.span[1], after.span[0]))


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=256)
def _marker(text: str) -> _Marker | None:
    wanted = query_language.positive_terms(query_language.parse(text).node)
    units = tuple(dict.fromkeys(unit for node, fields in wanted for unit in _units(node, fields)))
    return _Marker(units) if units else None


def _units(node: query_language.Node, fields: tuple[str, ...]) -> Iterator[_Unit]:
    """Nothing for what stands in no paragraph: a council's name, a word of signs alone."""
    if fields and not fields[0].startswith("in_"):
        return
    match node:
        case query_language.Prefix(text):
            *whole, beginning = WORDS.analyze(text) or [""]
            stems = tuple(stem for word in whole for stem in STEMS.analyze(word))
            if beginning:
                yield _Unit(stems, beginning, fields=fields)
        case query_language.Phrase(text, near) if near is not None:
            stems = tuple(STEMS.analyze(text))
            pairs = [pair for pair in pairwise(stems) if pair[0] != pair[1]] or [stems[:1]]
            yield from (_Unit(pair, near=near, fields=fields) for pair in pairs if pair)
        case query_language.Word(text) if stems := forms(text):
            yield from (_Unit((stem,), fields=fields) for stem in stems)
        case query_language.Word(text) | query_language.Phrase(text):
            if stems := STEMS.analyze(text):
                yield _Unit(tuple(stems), fields=fields)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stems = STEMS.analyze(word)
    return stems[0] if len(stems) == 1 else ""


def _fold(text: str) -> str:
    """Lower case without accents, character for character, so that positions stay true."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: _FOLDED[ord(match.group())], text)
    return text.lower()


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFKD", character)[0].lower()
        self[code] = base if len(base) == 1 else character
        return self[code]


_FOLDED = _Folding()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span[0] < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], span[1]))
        else:
            kept.append(span)
    return kept


def _cut(text: str, spans: list[Span]) -> SafeString:
    """The part of a paragraph around its first word found, whole words, with ellipses."""
    if len(text) <= SNIPPET_LENGTH:
        return marked(text, spans, 0, len(text))
    start = max(0, spans[0][0] - SNIPPET_LENGTH // 3)
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or spans[0][0]
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, marked(text, spans, start, end), after)


def marked(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    """A part of `text` escaped, with what lies of the spans in it marked.

    By hand, for every word of every page: `format_html` takes seven times as long.
    """
    parts = []
    position = start
    for first, last in spans:
        first, last = max(first, position), min(last, end)
        if first < last:
            parts.append(escape(text[position:first]))
            parts.append(f"<mark>{escape(text[first:last])}</mark>")
            position = last
    parts.append(escape(text[position:end]))
    return mark_safe("".join(parts))  # noqa: S308
