"""Finds a query's words, prefixes and phrases in a text, as spans of characters.

A pattern first finds the words that start like one of the query's stems, and only these are
analysed: to analyse every word of a page would cost many times as much.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from decisions.characters import Simplified, is_simple, simplify_with_positions
from decisions.search import query_language, query_nodes
from decisions.search.analyzers import (
    APOSTROPHE,
    STEMS,
    TITLE_MISS,
    forms,
    is_title_at,
    phrase_forms,
    words_of,
)

# Most letters at the end of a stem that its word may lack: stemming changes only the end of a word,
# but it may write y as i ("family", "famili") or add an e ("sited", "site").
MAX_LETTERS_ADDED_BY_STEMMING = 1

# A part of a text: the positions of its first character and of the one after its last.
Span = tuple[int, int]


class Term(NamedTuple):
    """Stems that follow each other; with `near`, two stems with at most that many words between.

    `prefix` starts one more word after the stems, "" for none. `fields` are the
    index's fields for the parts of a decision that the term is confined to, () for any part.
    """

    stems: tuple[str, ...]
    prefix: str = ""
    near: int | None = None
    fields: tuple[str, ...] = ()


class _Candidate(NamedTuple):
    """A word of the text that may belong to a term: lower case without accents, and its stem.

    It is a tuple, like Term, and not a dataclass, because a page creates thousands of them.
    """

    word: str
    stem: str
    span: Span


class TermMatcher:
    """Finds the terms of one query in any number of texts."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._stems_of_terms = [(term, frozenset(term.stems)) for term in terms]
        # Empty unless every term is a single word that is looked for in any part.
        self._single_words = {term.stems[0]: term for term in terms if term == Term(term.stems[:1])}
        if len(self._single_words) < len(terms):
            self._single_words = {}
        self.prefixes = tuple({term.prefix for term in terms if term.prefix})
        self.stems = {stem for term in terms for stem in term.stems}
        starts = {stem[: max(1, len(stem) - MAX_LETTERS_ADDED_BY_STEMMING)] for stem in self.stems}
        alternatives = sorted(_with_apostrophe(start) for start in (*starts, *self.prefixes))
        if _TITLE_STEM in self.stems:
            alternatives.append("miss")
        ampersand = "|&" if "and" in self.stems else ""
        self.pattern = re.compile(
            rf"(?:{'|'.join(alternatives)})[^\W_]*(?:{APOSTROPHE}[^\W_]+)*{ampersand}"
        )

    @property
    def is_confined(self) -> bool:
        """Whether a term is looked for in a part of the decision only."""
        return any(term.fields for term in self.terms)

    def find(self, text: str) -> tuple[list[Span], set[Term]]:
        """The spans in `text` that match, in order and without overlaps, and the terms found."""
        for _, spans, terms in self.find_each([text]):
            return spans, terms
        return [], set()

    def find_each(
        self, texts: Sequence[str], parts: Sequence[str] | None = None
    ) -> Iterator[tuple[int, list[Span], set[Term]]]:
        """The position of each text that has a match, in order, with what `find` gives for it.

        `parts` has the index's field for the part of the decision that each text is in: terms
        confined to other parts are ignored. Without it, all terms are looked for. One search
        through all texts takes less time than a search through each.
        """
        simplified: dict[int, Simplified] = {}
        joined = "\n".join(texts)
        if not is_simple("".join(_beyond_ascii(joined))):
            simplified = {
                position: simplify_with_positions(text)
                for position, text in enumerate(texts)
                if not is_simple(text)
            }
            texts = [
                simplified[position].text if position in simplified else text
                for position, text in enumerate(texts)
            ]
            joined = "\n".join(texts)
        ends = list(accumulate([len(text) + 1 for text in texts]))
        for position, candidates in self._candidates(joined, ends):
            spans, terms = self._matches(candidates, joined, parts[position] if parts else None)
            if spans:
                start = ends[position - 1] if position else 0
                own = [(first - start, last - start) for first, last in spans]
                if position in simplified:
                    own = [simplified[position].received_span(*span) for span in own]
                yield position, own, terms

    def _candidates(self, joined: str, ends: list[int]) -> Iterator[tuple[int, list[_Candidate]]]:
        """The candidates of each text that has some, with the position of the text.

        `ends` are the ends of the texts in `joined`, each with the line feed behind it.
        """
        folded = _fold(joined)
        candidates: list[_Candidate] = []
        position = end = 0
        for match in self.pattern.finditer(folded):
            # A look-behind in the pattern would do the same, but the pattern engine would try it at
            # every character and could not skip to the next possible word.
            start, last = match.span()
            within_a_word = start and folded[start - 1].isalnum()
            if within_a_word:
                continue
            if start >= end:
                if candidates:
                    yield position, candidates
                    candidates = []
                position = bisect_right(ends, start)
                end = ends[position]
            word = match.group()
            if "'" in word:
                word = word.replace("'", "")
            is_title = word == "miss" and is_title_at(joined, start, end - 1)
            stem = _TITLE_STEM if is_title else _stem(word)
            if stem in self.stems or word.startswith(self.prefixes):
                candidates.append(_Candidate(word, stem, (start, last)))
        if candidates:
            yield position, candidates

    def _matches(
        self, candidates: list[_Candidate], text: str, part: str | None
    ) -> tuple[list[Span], set[Term]]:
        """The spans of the terms among the candidates of one text, and the terms."""
        if single := self._single_words:
            return [span for _, _, span in candidates], {single[stem] for _, stem, _ in candidates}
        spans: set[Span] = set()
        terms: set[Term] = set()
        positions = _positions(candidates)
        present = positions.keys()
        for term, stems in self._stems_of_terms:
            if stems <= present and (part is None or not term.fields or part in term.fields):
                occurrences = _occurrences(term, candidates, positions, text)
                if occurrences:
                    spans.update(occurrences)
                    terms.add(term)
        return _merged(sorted(spans)), terms


@lru_cache(maxsize=256)
def matcher_for(query: str) -> TermMatcher | None:
    """The matcher for a query as the reader typed it; None if there is nothing to mark."""
    terms = dict.fromkeys(
        term
        for node, fields in query_nodes.positive_terms(query_language.parse(query).node)
        for term in _terms(node, fields)
    )
    return TermMatcher(tuple(terms)) if terms else None


def _terms(node: query_nodes.Node, fields: tuple[str, ...]) -> Iterator[Term]:
    """The terms of a node; none for what no paragraph contains, such as a council's name."""
    if fields and not fields[0].startswith("in_"):
        return
    match node:
        case query_nodes.Prefix(text):
            *whole, prefix = words_of(text) or [""]
            stems = tuple(stem for word in whole for stem in STEMS.analyze(word))
            if prefix:
                yield Term(stems, prefix, fields=fields)
        case query_nodes.Phrase(text, near) if near is not None:
            for form in phrase_forms(text):
                pairs = [pair for pair in pairwise(form) if pair[0] != pair[1]]
                yield from (Term(pair, near=near, fields=fields) for pair in pairs)
                if not pairs:  # a single word, or the same word again and again
                    yield Term((form[0],), fields=fields)
        case query_nodes.Word(text):
            yield from (Term(form, fields=fields) for form in forms(text))
        case query_nodes.Phrase(text):
            yield from (Term(form, fields=fields) for form in phrase_forms(text))


def _positions(candidates: list[_Candidate]) -> dict[str, list[int]]:
    """Where in the list each stem stands."""
    positions: dict[str, list[int]] = {}
    for index, candidate in enumerate(candidates):
        positions.setdefault(candidate.stem, []).append(index)
    return positions


def _occurrences(
    term: Term, candidates: list[_Candidate], positions: dict[str, list[int]], text: str
) -> list[Span]:
    """The spans of a term whose stems all occur among the candidates."""
    if term.near is not None and len(term.stems) > 1:
        return _near_pairs(term, term.near, candidates, text)
    length = len(term.stems) + bool(term.prefix)
    starts = positions[term.stems[0]] if term.stems else range(len(candidates))
    if length == 1 and term.stems:
        return [candidates[start].span for start in starts]
    spans = []
    for start in starts:
        run = candidates[start : start + length]
        whole = run[:-1] if term.prefix else run
        if (
            len(run) == length
            and all(word.stem == stem for word, stem in zip(whole, term.stems, strict=True))
            and (not term.prefix or run[-1].word.startswith(term.prefix))
            and not any(_words_between(text, *pair) for pair in pairwise(run))
        ):
            spans.append((run[0].span[0], run[-1].span[1]))
    return spans


def _near_pairs(term: Term, near: int, candidates: list[_Candidate], text: str) -> list[Span]:
    """Both words wherever they occur, in either order, with at most `near` words between."""
    spans: list[Span] = []
    relevant = [candidate for candidate in candidates if candidate.stem in term.stems]
    for index, first in enumerate(relevant):
        for second in relevant[index + 1 :]:
            if _words_between(text, first, second) > near:
                break
            if first.stem != second.stem:
                spans += [first.span, second.span]
    return spans


_WORD = re.compile(rf"[^\W_]+(?:{APOSTROPHE}[^\W_]+)*|&")


def _words_between(text: str, before: _Candidate, after: _Candidate) -> int:
    return len(_WORD.findall(text, before.span[1], after.span[0]))


_TITLE_STEM = STEMS.analyze(TITLE_MISS)[0]


def _with_apostrophe(start: str) -> str:
    """A pattern for the first letters of a word, where "o'brien" may be written for "obrien"."""
    if start[:1] in ("o", "d") and len(start) > 2:
        return rf"{start[0]}(?:{APOSTROPHE})?{re.escape(start[1:])}"
    return re.escape(start)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word == "&":
        return "and"
    stems = STEMS.analyze(word)
    return stems[0] if len(stems) == 1 else ""


def _fold(text: str) -> str:
    """Lower case without accents, character for character, so that positions stay the same.

    Apostrophes are straight, and other signs beyond ASCII are blanks.
    """
    for character in _beyond_ascii(text):
        text = text.replace(character, _FOLDED[ord(character)])
    return text.lower()


@lru_cache(maxsize=2)  # asked for twice a text
def _beyond_ascii(text: str) -> frozenset[str]:
    """The characters of a text beyond ASCII, each once: they are few.

    They are sorted out as bytes, which is faster than by a pattern.
    """
    if text.isascii():
        return frozenset()
    beyond = text.encode(errors="surrogatepass").translate(None, delete=_ASCII)
    return frozenset(beyond.decode(errors="surrogatepass"))


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        character = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if not (character.isascii() or character.isalnum()):
            character = "'" if character == "’" else " "
        self[code] = character
        return character


_FOLDED = _Folding()
_ASCII = bytes(range(128))


def _merged(spans: list[Span]) -> list[Span]:
    """Sorted spans, with overlapping ones merged."""
    merged: list[Span] = []
    for span in spans:
        if merged and span[0] < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return merged
