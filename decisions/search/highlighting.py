"""Finds what a page highlights: the spans of a text that match, and the best paragraphs.

Text goes in, and plain text with spans comes out; pages turn the spans into markup.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import partial
from math import fsum, log
from typing import NamedTuple

from tantivy import Searcher

from decisions.analysis.passages import Part
from decisions.documents import texts_from_json
from decisions.models import Decision
from decisions.search.index.store import IndexStore, query_index
from decisions.search.indexed_paragraphs import FIELDS, fields_of_sections
from decisions.search.term_matcher import Span, Term, matcher_for

# Longest snippet, in characters: longer paragraphs are cut around their first match.
MAX_SNIPPET_LENGTH = 320


@dataclass(frozen=True)
class Snippet:
    """A paragraph that matches, cut around its first match, or the decision's summary.

    `spans` are the matches in `text`. `section` counts the decision's sections from 0, and is
    None for the summary; `heading` is the section's, "" for none. `number` is the paragraph's
    number, None for an unnumbered one. `text` begins or ends with "…" where it was cut.
    """

    text: str
    spans: tuple[Span, ...]
    section: int | None
    heading: str
    number: int | None


def find_spans(query: str, text: str) -> list[Span]:
    """The spans in `text` that match the words of `query`, in order and without overlaps."""
    matcher = matcher_for(query)
    return matcher.find(text)[0] if matcher else []


def snippets(
    query: str, decisions: Sequence[Decision], standard: Set[int] = frozenset(), limit: int = 2
) -> list[list[Snippet]]:
    """For each decision, up to `limit` paragraphs that match `query` best, in reading order.

    The best hold the rarest of the query's words, then the most matches. Paragraphs whose
    fingerprint is in `standard` are left out. A word confined to a part of the decision
    (`in:remedy`) is looked for in that part alone.
    """
    matcher = matcher_for(query)
    if not matcher:
        return [[] for _ in decisions]
    weights = _weights(matcher.terms)
    texts: list[_Text] = []
    for number, decision in enumerate(decisions):
        texts += _texts(number, decision, standard)
    parts = _parts(decisions, texts) if matcher.is_confined else None
    matches: list[list[_Match]] = [[] for _ in decisions]
    for position, spans, terms in matcher.find_each([text for _, _, _, text in texts], parts):
        number = texts[position][0]
        weight = fsum(map(weights.__getitem__, terms))  # the same in any order
        matches[number].append(_Match(-weight, -len(spans), position, spans))
    return [
        [_cut(decision, texts[match.position], match.spans) for match in _best(own, limit)]
        for decision, own in zip(decisions, matches, strict=True)
    ]


# A text that may become a snippet: the number of the decision, the section and the paragraph that
# it is of, and the text. The summary has no section. A page looks through hundreds, for which named
# tuples would be slow.
_Text = tuple[int, int | None, int, str]


class _Match(NamedTuple):
    """A text that matches; the best sorts first. No two have the same position."""

    minus_weight: float
    minus_number: int
    position: int
    spans: list[Span]


def _best(matches: list[_Match], limit: int) -> list[_Match]:
    """Up to `limit` of the matches, in reading order."""
    return sorted(sorted(matches)[:limit], key=lambda match: match.position)


def _texts(number: int, decision: Decision, standard: Set[int]) -> list[_Text]:
    """The summary and every paragraph that is not standard wording, in reading order."""
    summary: list[_Text] = [(number, None, 0, decision.summary)] if decision.summary else []
    standard_places = decision.standard_places(standard)
    return summary + [
        (number, section, paragraph, text)
        for section, paragraph, text in texts_from_json(decision.sections)
        if (section, paragraph) not in standard_places
    ]


def _parts(decisions: Iterable[Decision], texts: Iterable[_Text]) -> list[str]:
    """The index's field for the part of the decision that each text is in."""
    fields = list(map(fields_of_sections, decisions))
    return [
        FIELDS[Part.DECISION] if section is None else fields[number][section]
        for number, section, _, _ in texts
    ]


def _weights(terms: tuple[Term, ...]) -> dict[Term, float]:
    """The weight of each term: that of its rarest word, or 1 while the index is unavailable."""

    def weights(store: IndexStore) -> dict[Term, float]:
        weight = partial(_inverse_frequency, store.searcher())
        return {term: max(map(weight, term.stems), default=1.0) for term in terms}

    return query_index(weights, default=dict.fromkeys(terms, 1.0))


def _inverse_frequency(searcher: Searcher, stem: str) -> float:
    """The inverse document frequency as BM25 defines it."""
    count = searcher.doc_freq("everything", stem)
    return log(1 + (searcher.num_docs - count + 0.5) / (count + 0.5))


def _cut(decision: Decision, source: _Text, spans: list[Span]) -> Snippet:
    """The snippet of a text: whole words around its first match."""
    _, section, paragraph, text = source
    heading, number = "", None
    if section is not None:
        stored = decision.sections[section]
        heading, number = stored["heading"] or "", stored["paragraphs"][paragraph]["number"]
    start, end = 0, len(text)
    if len(text) > MAX_SNIPPET_LENGTH:
        first, last = spans[0]
        start = max(0, first - MAX_SNIPPET_LENGTH // 3)
        if start:
            start = text.find(" ", start, first) + 1 or first
        end = min(end, start + MAX_SNIPPET_LENGTH)
        if end < len(text):
            end = max(text.rfind(" ", start, end), last)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = (
        (first + shift, min(last, end) + shift) for first, last in spans if start <= first < end
    )
    return Snippet(
        f"{before}{text[start:end]}{after}",
        tuple(inside),
        section,
        heading,
        number,
    )
