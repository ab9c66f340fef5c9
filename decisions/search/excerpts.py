"""The paragraphs of a decision that answer a query, with the words found marked.

A text is scanned once for words that begin like a stem, and only those are put to the analyser: a
hundred times fewer than all words. Marked text is made in one place, `marked`, from escaped parts.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions.models import Decision
from decisions.search import query
from decisions.search.schema import ANALYSER

# Excerpts are cut to about this many characters around the first word found.
EXCERPT_LENGTH = 320

# Stemming changes at most a word's end, but may write y as i ("family", "famili") or add an e
# ("sited", "site"): what a word and its stem share at least.
_STEM_MAY_ADD = 1

Span = tuple[int, int]


@dataclass(frozen=True)
class Excerpt:
    """A paragraph that answers: where it stands in the decision's page, and its marked text.

    `number` is None for one without; then `place` is the heading it stands under.
    """

    anchor: str
    number: int | None
    place: str
    html: SafeString


def excerpts(
    text: str, decision: Decision, standard: Set[int] = frozenset(), most: int = 2
) -> list[Excerpt]:
    """The paragraphs of the decision that hold the most of the query's words, in reading order.

    Those whose fingerprint is in `standard` are passed over.
    """
    marker = _marker(text)
    if not marker:
        return []
    found = []
    for position, (anchor, number, place, paragraph) in enumerate(_paragraphs(decision, standard)):
        spans, units = marker.find(paragraph)
        if spans:
            found.append((-len(units), position, anchor, number, place, paragraph, spans))
    best = sorted(sorted(found)[:most], key=lambda candidate: candidate[1])
    return [
        Excerpt(anchor, number, place, _cut(paragraph, spans))
        for _, _, anchor, number, place, paragraph, spans in best
    ]


def hits(text: str, body: str) -> list[Span]:
    """Where the query's words stand in `body`, from first to last, without overlaps."""
    marker = _marker(text)
    return marker.find(body)[0] if marker else []


def mark(text: str, body: str) -> SafeString:
    """`body` escaped, with the query's words marked."""
    return marked(body, hits(text, body), 0, len(body))


def _paragraphs(
    decision: Decision, standard: Set[int]
) -> Iterator[tuple[str, int | None, str, str]]:
    """Anchor, number, heading and whole text (items included) of every paragraph."""
    if decision.summary:
        yield "summary", None, "Summary", decision.summary
    apart = decision.standard_places(standard)
    for index, section in enumerate(decision.document_sections):
        for position, paragraph in enumerate(section.paragraphs):
            if (index, position) in apart:
                continue
            number = paragraph.number
            anchor = f"section-{index + 1}" if number is None else f"para-{number}"
            yield anchor, number, section.heading or "Text", " ".join(paragraph.texts())


class _Marker:
    """Finds the words and phrases of one query in texts."""

    def __init__(self, units: tuple[query.Unit, ...]) -> None:
        self.units = units
        starts = {
            stem[: max(1, len(stem) - _STEM_MAY_ADD)] for unit in units for stem in unit.stems
        }
        self.stems = {stem for unit in units for stem in unit.stems}
        alternatives = "|".join(sorted(map(re.escape, starts)))
        self.pattern = re.compile(rf"(?<!\w)(?:{alternatives})\w*")

    def find(self, text: str) -> tuple[list[Span], set[query.Unit]]:
        """Where the query's words stand in `text`, and which of its units were found there."""
        words: list[tuple[str, Span]] = []
        for match in self.pattern.finditer(_fold(text)):
            word = _stem(match.group())
            if word in self.stems:
                words.append((word, match.span()))
        spans: set[Span] = set()
        units: set[query.Unit] = set()
        for unit in self.units:
            length = len(unit.stems)
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if tuple(word for word, _ in run) == unit.stems and _adjacent(text, run):
                    spans.add((run[0][1][0], run[-1][1][1]))
                    units.add(unit)
        return _without_overlaps(sorted(spans)), units


@lru_cache(maxsize=256)
def _marker(text: str) -> _Marker | None:
    units = tuple(dict.fromkeys(query.read(text).wanted()))
    return _Marker(units) if units else None


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stems = ANALYSER.analyze(word)
    return stems[0] if len(stems) == 1 else ""


def _adjacent(text: str, run: list[tuple[str, Span]]) -> bool:
    """Whether nothing but marks and blanks stands between the words of a phrase."""
    return not any(
        re.search(r"\w", text[before[1] : after[0]]) for (_, before), (_, after) in pairwise(run)
    )


def _fold(text: str) -> str:
    """Lower case without accents, character for character, so that positions stay true."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=2_000)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


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
    if len(text) <= EXCERPT_LENGTH:
        return marked(text, spans, 0, len(text))
    start = max(0, spans[0][0] - EXCERPT_LENGTH // 3)
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or spans[0][0]
    end = min(len(text), start + EXCERPT_LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, marked(text, spans, start, end), after)


def marked(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    """A part of `text` escaped, with what lies of the spans in it marked."""
    parts = []
    position = start
    for first, last in spans:
        first, last = max(first, position), min(last, end)
        if first < last:
            parts.append(text[position:first])
            parts.append(format_html("<mark>{}</mark>", text[first:last]))
            position = last
    parts.append(text[position:end])
    return format_html_join("", "{}", ((part,) for part in parts))
