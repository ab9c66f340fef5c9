"""Decisions like one: asked of the index by what the archive knows about it.

Every trait is a term of the index, and the rarer a term, the more it tells: that is how the engine
scores. What is too common to tell anything is not asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tantivy import Occur, Query, Schema, Searcher

from decisions.models import NOT_STATED, Decision
from decisions.search.analyzers import STEMS, WORDS
from decisions.search.index.store import IndexStore, query_index
from decisions.search.phrases import phrases_of

# A provision or a word that more than this share of the archive holds tells nothing.
COMMON = 0.02
MOST_PROVISIONS = 6
MOST_PHRASES = 3
MOST_WORDS = 8
SHORTEST_WORD = 4  # letters of a stem: under that it is a name's letter or a sum

# How much each kind counts, beside its rarity.
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
    """The ids of the decisions most like one, the likest first, and by what they were looked for:

    values of `category`, `reason`, `remedy` and `provision`, `phrases` of the summary, and stems of
    its rare words under `everything`, each kind with the most telling first.
    """

    ids: list[int] = field(default_factory=list)
    traits: Mapping[str, list[str]] = field(default_factory=dict)


def find_similar(decision: Decision, most: int) -> MoreLikeThis:
    """Up to so many, never the decision itself; none where the index cannot be asked."""
    return query_index(lambda store: _similar(store, decision, most), default=MoreLikeThis())


def summary_words(summary: str | None) -> dict[str, str]:
    """The words by which summaries are compared, in lower case, each by its stem."""
    words = {}
    for word in WORDS.analyze(summary or ""):
        for stem in STEMS.analyze(word):
            if len(stem) >= SHORTEST_WORD and stem.isalpha():
                words.setdefault(stem, word)
    return words


def _similar(store: IndexStore, decision: Decision, most: int) -> MoreLikeThis:
    searcher, schema = store.searcher(), store.schema
    traits = _traits(searcher, decision)
    terms = [(kind, value) for kind, values in traits.items() for value in values]
    if not terms:
        return MoreLikeThis()
    query = Query.boolean_query(
        [
            *((Occur.Should, _term(schema, kind, value)) for kind, value in terms),
            (Occur.MustNot, Query.term_query(schema, "id", decision.pk)),
        ]
    )
    hits = searcher.search(query, most, count=False).hits
    return MoreLikeThis(searcher.fast_field_values("id", [address for _, address in hits]), traits)


def _term(schema: Schema, kind: str, value: str) -> Query:
    option = "freq" if kind == "everything" else "basic"
    return Query.boost_query(Query.term_query(schema, kind, value, option), WEIGHTS[kind])


def _traits(searcher: Searcher, decision: Decision) -> dict[str, list[str]]:
    """What makes the decision one of a kind, by the index's fields."""
    stems = summary_words(decision.summary)
    return {
        "category": [decision.category.path] if decision.category else [],
        "reason": [reason for reason in decision.reasons if reason != NOT_STATED],
        "remedy": [remedy for remedy in decision.remedies if remedy != NOT_STATED],
        "provision": _rarest(searcher, "provision", decision.provisions, MOST_PROVISIONS),
        "phrases": _rarest(searcher, "phrases", phrases_of(decision.summary), MOST_PHRASES),
        "everything": _rarest(searcher, "everything", stems, MOST_WORDS),
    }


def _rarest(searcher: Searcher, field: str, values: Iterable[str], most: int) -> list[str]:
    """The rarest that another decision has too; of equally rare ones the longest."""
    counts = {value: searcher.doc_freq(field, value) for value in values if value != NOT_STATED}
    ceiling = max(2, searcher.num_docs * COMMON)
    shared = [value for value, count in counts.items() if 2 <= count <= ceiling]
    return sorted(shared, key=lambda value: (counts[value], -len(value), value))[:most]
