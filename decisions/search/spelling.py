"""Spelling suggestions for the words of a query that finds few decisions.

They come from the archive's own vocabulary. For one edit (a letter missing, added, changed, or two
swapped) every possible spelling is looked up. For two edits there would be a hundred thousand;
instead, the most frequent words with the same first letter are compared. Names that the archive or
the thesaurus knows, and the names of England's councils, are no misspellings.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import tantivy
from rapidfuzz.distance import OSA

from decisions.characters import simplify
from decisions.search import query_language, thesaurus
from decisions.search.analyzers import stems_of, words_of
from decisions.search.execution import MIN_RESULTS, count_matches
from decisions.search.index.store import IndexStore
from decisions.search.query_nodes import Word, positive_terms
from decisions.search.search_query import SearchQuery, SearchResults

# Fewest and most letters of a word that spellings are suggested for: most shorter words are one
# edit from another.
MIN_LETTERS = 4
MIN_LETTERS_FOR_TWO_EDITS = 6
MAX_LETTERS = 30

# Fewest decisions that contain a suggested word, and fewest for each decision with the word typed,
# because a misspelling may occur in the archive itself.
MIN_DECISIONS = 3
MIN_FREQUENCY_RATIO = 10

# Most words with the same first letter that are compared; the most frequent are taken.
MAX_COMPARED = 2_000

PLACE_NAMES = Path(__file__).with_name("place_names.txt")

# The fields of the index whose words are names.
_NAMES = ("council_name", "category_name", "reason_name", "remedy_name", "law_name")

# Most suggestions for each word of a query.
MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Correction:
    """The query with other spellings in it, and how many decisions it would find."""

    text: str
    total: int


def corrections(
    store: IndexStore, search_query: SearchQuery, search_results: SearchResults
) -> list[Correction]:
    """Other spellings of the query that find more decisions under the same filters.

    Empty where `search_results` has MIN_RESULTS or more, and where a query with operators finds
    anything: who writes one has spelt it with care.
    """
    if search_results.total >= MIN_RESULTS:
        return []
    searcher = store.searcher()
    typed = simplify(search_query.text)
    parsed = query_language.parse(typed)
    if search_results.total and not parsed.is_plain:
        return []
    spellings = {
        node.span: near
        for node, fields in positive_terms(parsed.node)
        if isinstance(node, Word) and not fields
        if (near := near_spellings(searcher, node.text))
    }
    better = []
    for text in _respelt(typed, spellings):
        total = count_matches(store, replace(search_query, text=text))
        if total > search_results.total:
            better.append(Correction(text, total))
    return better


def _respelt(text: str, spellings: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    """The text with the first spelling of each word, then with the second of each, and so on."""
    for choice in range(max(map(len, spellings.values()), default=0)):
        parts = []
        position = 0
        for (start, end), near in sorted(spellings.items()):
            parts += [text[position:start], near[min(choice, len(near) - 1)]]
            position = end
        yield "".join([*parts, text[position:]])


def near_spellings(
    searcher: tantivy.Searcher, word: str, limit: int = MAX_SUGGESTIONS
) -> list[str]:
    """Words of the archive that are spelt like `word`: the nearest first, then the most frequent.

    No two of them, nor one and `word`, have the same stem, because these find the same decisions.
    Empty unless `word` is a single word of letters.
    """
    analysed = words_of(word)
    if len(analysed) != 1 or not analysed[0].isalpha():
        return []
    (typed,) = analysed
    if not MIN_LETTERS <= len(typed) <= MAX_LETTERS or _is_known(searcher, typed):
        return []
    minimum = max(MIN_DECISIONS, MIN_FREQUENCY_RATIO * searcher.doc_freq("words", typed))
    spellings: list[str] = []
    stems = {_stem(typed)}
    for near in _nearest(searcher, typed, minimum):
        if _stem(near) not in stems and _current_frequency(searcher, near) >= minimum:
            spellings.append(near)
            stems.add(_stem(near))
        if len(spellings) == limit:
            break
    return spellings


def _is_known(searcher: tantivy.Searcher, word: str) -> bool:
    """Whether the word is a name or has other names."""
    if word in _place_names() or thesaurus.knows(word):
        return True
    stem = _stem(word)
    return any(searcher.doc_freq(name, stem) for name in _NAMES)


@cache
def _place_names() -> frozenset[str]:
    lines = PLACE_NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _nearest(searcher: tantivy.Searcher, typed: str, minimum: int) -> Iterator[str]:
    """Words one edit from `typed`, then two, that at least `minimum` decisions contain."""
    frequency = {word: searcher.doc_freq("words", word) for word in _one_edit_away(typed)}
    near = [word for word, count in frequency.items() if count >= minimum]
    yield from sorted(near, key=lambda word: (-frequency[word], word))
    if len(typed) >= MIN_LETTERS_FOR_TWO_EDITS:
        for word, count in searcher.terms_with_prefix("words", typed[0], limit=MAX_COMPARED):
            if count < minimum:
                break
            if word not in frequency and OSA.distance(typed, word, score_cutoff=2) <= 2:
                yield word


def _current_frequency(searcher: tantivy.Searcher, word: str) -> int:
    """How many decisions contain the word, without those deleted since the last merge."""
    counts = dict(searcher.terms_with_prefix("words", word, tantivy.Query.all_query()))
    return counts.get(word, 0)


def _stem(word: str) -> str:
    return " ".join(stems_of(word))


def _one_edit_away(word: str) -> set[str]:
    halves = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    letters = string.ascii_lowercase
    missing = {left + letter + right for left, right in halves for letter in letters}
    added = {left + right[1:] for left, right in halves if right}
    changed = {left + letter + right[1:] for left, right in halves if right for letter in letters}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    return (missing | added | changed | swapped) - {word}
