"""Finds decisions similar to a given one, by what the archive knows about it.

Each trait of the decision is a term of the index, and BM25 weights it by its rarity. Traits that
are too common to distinguish decisions are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tantivy import Occur, Query, Schema, Searcher

from decisions.models import NOT_STATED, Decision
from decisions.search.analyzers import TITLE_MISS, words_and_stems
from decisions.search.index.store import IndexStore, query_index
from decisions.search.page_ids import ids_of
from decisions.search.phrases import phrases_of

# Largest share of the archive's decisions that may have a provision or word: commoner ones are not
# searched for.
MAX_SHARE = 0.02

# Most traits of each kind that are searched for; the rarest are taken.
MAX_PROVISIONS = 6
MAX_PHRASES = 3
MAX_WORDS = 8

# Shortest stem that is compared, in letters: shorter ones are mostly initials that stand for names.
MIN_STEM_LETTERS = 4

# Factor for each kind of trait, multiplied with its weight by rarity.
WEIGHTS = {
    "category": 2.0,
    "reason": 1.5,
    "remedy": 1.0,
    "provision": 1.0,
    "phrases": 0.7,
    "everything": 0.7,
}


@dataclass(frozen=True)
class MoreLikeThis:
    """The ids of similar decisions, the most similar first, and the traits searched for.

    `traits` has values of `category`, `reason`, `remedy` and `provision`, `phrases` of the summary,
    and stems of its words under `everything`; in each, the rarest come first. `words` are those of
    the summary by their stems.
    """

    ids: list[int] = field(default_factory=list)
    traits: Mapping[str, list[str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def find_similar(decision: Decision, limit: int) -> MoreLikeThis:
    """Up to `limit` other decisions like this one; none where the index is unavailable."""
    return query_index(lambda store: _find_similar(store, decision, limit), default=MoreLikeThis())


def _find_similar(store: IndexStore, decision: Decision, limit: int) -> MoreLikeThis:
    searcher, schema = store.searcher(), store.schema
    words = _words_by_stem(decision.summary)
    traits = _traits(searcher, decision, words)
    terms = [(kind, value) for kind, values in traits.items() for value in values]
    if not terms:
        return MoreLikeThis()
    query = Query.boolean_query(
        [
            *((Occur.Should, _term(schema, kind, value)) for kind, value in terms),
            (Occur.MustNot, Query.term_query(schema, "id", decision.pk)),
        ]
    )
    ids = ids_of(searcher, searcher.search(query, limit, count=False))
    return MoreLikeThis(ids, traits, words)


def _term(schema: Schema, kind: str, value: str) -> Query:
    option = "freq" if kind == "everything" else "basic"
    return Query.boost_query(Query.term_query(schema, kind, value, option), WEIGHTS[kind])


def _traits(searcher: Searcher, decision: Decision, stems: Iterable[str]) -> dict[str, list[str]]:
    """The traits of the decision, by the fields of the index; `stems` are those of its summary."""
    return {
        "category": [decision.category.path] if decision.category else [],
        "reason": [reason for reason in decision.reasons if reason != NOT_STATED],
        "remedy": [remedy for remedy in decision.remedies if remedy != NOT_STATED],
        "provision": _rarest(searcher, "provision", decision.provisions, MAX_PROVISIONS),
        "phrases": _rarest(searcher, "phrases", phrases_of(decision.summary), MAX_PHRASES),
        "everything": _rarest(searcher, "everything", stems, MAX_WORDS),
    }


def _words_by_stem(summary: str | None) -> dict[str, str]:
    """The words of a summary that are compared, in lower case, each by its stem."""
    words: dict[str, str] = {}
    for word, stem in words_and_stems(summary or ""):
        if len(stem) >= MIN_STEM_LETTERS and stem.isalpha() and word != TITLE_MISS:
            words.setdefault(stem, word)
    return words


def _rarest(searcher: Searcher, field: str, values: Iterable[str], limit: int) -> list[str]:
    """The rarest values that another decision has too; the longest of equally rare ones first."""
    counts = {value: searcher.doc_freq(field, value) for value in values if value != NOT_STATED}
    maximum = max(2, searcher.num_docs * MAX_SHARE)
    shared = [value for value, count in counts.items() if 2 <= count <= maximum]
    return sorted(shared, key=lambda value: (counts[value], -len(value), value))[:limit]
