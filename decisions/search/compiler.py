"""Compiles a search query into queries of the engine: a pure function of the query and the index.

No text that a reader types makes it fail.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema, Searcher

from decisions.search import query_language
from decisions.search.analyzers import STEMS, WORDS, forms
from decisions.search.index.schema import KIND
from decisions.search.query_language import (
    AllOf,
    AnyOf,
    InField,
    Node,
    Phrase,
    Prefix,
    Without,
    Word,
)
from decisions.search.search_query import FACETS, YEAR, SearchQuery

# Most words that a prefix (`transp*`) is expanded to in a stemmed field; the most frequent count.
MAX_PREFIX_EXPANSIONS = 500

# Scores added to those of the words themselves; tuned with `make relevance`.
PAIR_WEIGHT = 0.5  # two words of the query with at most PAIR_SLOP words between them
PAIR_SLOP = 2  # most words between the two
NAME_WEIGHT = 0.5  # a word of the query in the name of the decision's reason or remedy

# Most decisions that may hold the rarer word of a pair. Above it, searching for the pair costs more
# time than the better order is worth.
MAX_PAIR_FREQUENCY = 50_000

# Most required parts of a query that are dropped one by one to relax it. A longer query is relaxed
# at once, to its plain words, because each search for many phrases is slow.
MAX_PARTS_RELAXED_ONE_BY_ONE = 10

# A distance larger than any other: the words need only occur in the same decision.
_ANY_DISTANCE = sys.maxsize

Clause = tuple[Occur, Query]


@dataclass(frozen=True)
class Vocabulary:
    """What the compiler needs to know about the words of an index."""

    frequency: Callable[[str], int]  # a stem → how many decisions contain it
    expand: Callable[[str], Sequence[str]]  # a prefix → stems of the words that start with it


def vocabulary_of(searcher: Searcher) -> Vocabulary:
    """The vocabulary of the index that `searcher` reads."""

    def frequency(stem: str) -> int:
        return searcher.doc_freq("everything", stem)

    def expand(prefix: str) -> list[str]:
        words = searcher.terms_with_prefix("words", prefix, limit=MAX_PREFIX_EXPANSIONS)
        return sorted({stem for word, _ in words for stem in STEMS.analyze(word)})

    return Vocabulary(frequency, expand)


@dataclass(frozen=True)
class CompiledQuery:
    """A search query as queries of the engine: a decision matches if it matches `words`, where that
    is not None, and all `filters`.

    The keys of `filters` are the facets in use, YEAR for the dates, and "payment". `ranked` matches
    the same decisions and scores them by relevance; it is None for any other order. `relaxed` are
    queries with fewer and fewer of the required parts, the strictest first. `looks_up_distances`
    means that matching `words` is slow, because the engine must measure how far apart the words
    are in every decision that contains them.
    """

    words: Query | None
    filters: Mapping[str, Query]
    any_decision: Query
    ranked: Query | None
    relaxed: tuple[Query, ...]
    looks_up_distances: bool

    @property
    def matching(self) -> Query:
        """Matches the decisions that match the words and all filters."""
        return self._matching(self.filters)

    def without(self, name: str) -> Query:
        """Matches the decisions that match the words and all filters but the one called `name`."""
        return self._matching(
            {other: self.filters[other] for other in self.filters if other != name}
        )

    def narrowed_to(self, query: Query) -> Query:
        """Matches the decisions that also match `query`."""
        return self._matching({**self.filters, "": query})

    def with_words_replaced(self, matches: Query) -> "CompiledQuery":
        """The same query with `matches` in place of its words."""
        return replace(self, words=Query.const_score_query(matches, 0.0))

    def _matching(self, filters: Mapping[str, Query]) -> Query:
        clauses = [(Occur.Must, self.words)] if self.words else []
        clauses += _unscored(filters.values())
        if not clauses:
            return self.any_decision
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def compile_query(
    search_query: SearchQuery, schema: Schema, vocabulary: Vocabulary
) -> CompiledQuery:
    """The engine's queries for `search_query`; its page and page size make no difference."""
    node = query_language.parse(search_query.text).node
    fields = ("everything", "standard") if search_query.standard else ("everything",)
    compiler = _NodeCompiler(schema, vocabulary)
    words = compiler.compile(node, fields) if node else None
    filters = dict(_filters(search_query, schema))
    ranked = None
    relaxed: tuple[Query, ...] = ()
    if node and words:
        if search_query.sort == "relevance":
            ranked = compiler.ranked(node, words, filters)
        relaxed = tuple(compiler.relaxed(node, fields, filters))
    looks_up_distances = node is not None and node != _without_distances(node)
    return CompiledQuery(words, filters, compiler.any_decision, ranked, relaxed, looks_up_distances)


def range_query(schema: Schema, field: str, lower: int | None, upper: int | None) -> Query:
    """Matches values of `field` between two inclusive bounds; None leaves an end open."""
    return Query.range_query(schema, field, FieldType.Unsigned, lower, upper)


def _filters(search_query: SearchQuery, schema: Schema) -> Iterator[tuple[str, Query]]:
    for name, values in search_query.terms.items():
        if name in FACETS and values:
            yield name, Query.term_set_query(schema, name, list(values))
    first, last = search_query.date_from, search_query.date_to
    if first or last:
        first_day = first.toordinal() if first else None
        last_day = last.toordinal() if last else None
        yield YEAR, range_query(schema, "decided", first_day, last_day)
    lower, upper = search_query.payment_min, search_query.payment_max
    if lower is not None or upper is not None:
        lower_pence = lower * 100 if lower is not None else None
        upper_pence = upper * 100 + 99 if upper is not None else None
        yield "payment", range_query(schema, "payment", lower_pence, upper_pence)


class _NodeCompiler:
    """Compiles the nodes of a parsed query, each only once for the same fields."""

    def __init__(self, schema: Schema, vocabulary: Vocabulary) -> None:
        self.schema = schema
        self.vocabulary = vocabulary
        self.any_decision = Query.term_query(schema, KIND, "decision", "basic")
        self._compiled: dict[tuple[Node, tuple[str, ...]], Query | None] = {}

    def ranked(self, node: Node, words: Query, filters: Mapping[str, Query]) -> Query:
        """Matches what `words` and `filters` match. Neighbouring words of the query that are close
        in the text, and words in the names of reasons and remedies, add to the score.
        """
        required = node.parts if isinstance(node, AllOf) else (node,)
        stems = [STEMS.analyze(part.text) for part in required if isinstance(part, Word)]
        plain = [stem[0] for stem in stems if len(stem) == 1]
        scoring = [
            Query.boost_query(Query.term_query(self.schema, name, stem), NAME_WEIGHT)
            for stem in dict.fromkeys(plain)
            for name in ("reason_name", "remedy_name")
        ]
        scoring += [
            Query.boost_query(
                Query.phrase_query(self.schema, "everything", [*pair], slop=PAIR_SLOP), PAIR_WEIGHT
            )
            for pair in pairwise(plain)
            if min(map(self.vocabulary.frequency, pair)) <= MAX_PAIR_FREQUENCY
        ]
        return Query.boolean_query(
            [
                (Occur.Must, words),
                *_unscored(filters.values()),
                *((Occur.Should, query) for query in scoring),
            ]
        )

    def relaxed(
        self, node: Node, fields: tuple[str, ...], filters: Mapping[str, Query]
    ) -> Iterator[Query]:
        """Queries that require all parts but one, then all but two, down to half of them.

        For a query of very many parts there is one query that requires half of its plain words;
        its scores put the decisions that contain most of them first. Distances between words are
        dropped, because the engine would measure them again for every query.
        """
        anywhere = _without_distances(node)
        if not isinstance(node, AllOf) or not isinstance(anywhere, AllOf):
            return
        required = [part for part in anywhere.parts if not isinstance(part, Without)]
        if is_long := len(required) > MAX_PARTS_RELAXED_ONE_BY_ONE:
            required = [part for part in required if isinstance(part, Word)]
        excluded = [part.part for part in node.parts if isinstance(part, Without)]
        should = self._clauses(Occur.Should, required, fields)
        must_not = self._clauses(Occur.MustNot, excluded, fields)
        half = (len(should) + 1) // 2
        for minimum in [half] if is_long and should else range(len(should) - 1, half - 1, -1):
            most = Query.boolean_query(should, minimum_number_should_match=minimum)
            yield Query.boolean_query([(Occur.Must, most), *_unscored(filters.values()), *must_not])

    def compile(self, node: Node, fields: tuple[str, ...]) -> Query | None:
        """The query for a node in any of `fields`; None if it has no word to search for."""
        key = (node, fields)
        if key not in self._compiled:
            self._compiled[key] = self._compile(node, fields)
        return self._compiled[key]

    def _compile(self, node: Node, fields: tuple[str, ...]) -> Query | None:
        match node:
            case Word(text):
                stems = [[stem] for stem in forms(text)] or [STEMS.analyze(text)]
                return _any_of(self._phrase(field, form) for field in fields for form in stems)
            case Phrase(text, None):
                return _any_of(self._phrase(field, STEMS.analyze(text)) for field in fields)
            case Phrase(text, int(near)):
                return _any_of(self._near(field, STEMS.analyze(text), near) for field in fields)
            case Prefix(text):
                return _any_of(self._prefix(field, WORDS.analyze(text)) for field in fields)
            case Without():
                return self._all_of([node], fields)
            case AllOf(parts):
                return self._all_of(parts, fields)
            case AnyOf(parts):
                return _any_of(self.compile(part, fields) for part in parts)
            case InField(_, inner, part):
                return self.compile(part, inner)
        raise TypeError(node)

    def _clauses(
        self, occur: Occur, nodes: Iterable[Node], fields: tuple[str, ...]
    ) -> list[Clause]:
        queries = [self.compile(node, fields) for node in nodes]
        return [(occur, query) for query in queries if query]

    def _all_of(self, parts: Sequence[Node], fields: tuple[str, ...]) -> Query | None:
        required = [part for part in parts if not isinstance(part, Without)]
        excluded = [part.part for part in parts if isinstance(part, Without)]
        must = self._clauses(Occur.Must, required, fields)
        must_not = self._clauses(Occur.MustNot, excluded, fields)
        if must_not and not must:
            must = _unscored([self.any_decision])
        if not must:
            return None
        if len(must) == 1 and not must_not:
            return must[0][1]
        return Query.boolean_query([*must, *must_not])

    def _phrase(self, field: str, stems: Sequence[str], slop: int = 0) -> Query | None:
        if len(stems) > 1:
            return Query.phrase_query(self.schema, field, [*stems], slop=slop)
        return Query.term_query(self.schema, field, stems[0]) if stems else None

    def _near(self, field: str, stems: Sequence[str], near: int) -> Query | None:
        """Matches each word and the next one, in either order, with at most `near` words between.

        Pairs, because the engine's distance is exact for two words; for three it misses matches.
        """
        pairs = [pair for pair in pairwise(stems) if pair[0] != pair[1]]
        if not pairs:
            return self._phrase(field, stems[:1])
        if near == _ANY_DISTANCE:
            queries = [self._phrase(field, [stem]) for stem in stems]
        else:
            orders = [(pair, tuple(reversed(pair))) for pair in pairs]
            queries = [
                _any_of(self._phrase(field, order, near) for order in both) for both in orders
            ]
        return Query.boolean_query([(Occur.Must, query) for query in queries if query])

    def _prefix(self, field: str, words: Sequence[str]) -> Query | None:
        """Matches the last word as a prefix; in `21-019*`, the words before it must occur whole."""
        if not words:
            return None
        *whole, prefix = words
        parts = [self._phrase(field, STEMS.analyze(word)) for word in whole]
        if field == "everything":
            parts.append(
                Query.fuzzy_term_query(self.schema, "words", prefix, distance=0, prefix=True)
            )
        else:
            stems = [*self.vocabulary.expand(prefix)]
            parts.append(Query.term_set_query(self.schema, field, stems))
        return Query.boolean_query([(Occur.Must, part) for part in parts if part])


def _without_distances(node: Node) -> Node:
    """The same node without its distances between words."""
    match node:
        case Phrase(text, near) if near is not None:
            return Phrase(text, _ANY_DISTANCE)
        case AllOf(parts):
            return AllOf(tuple(map(_without_distances, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_without_distances, parts)))
        case Without(part):
            return Without(_without_distances(part))
        case InField(label, fields, part):
            return InField(label, fields, _without_distances(part))
    return node


def _unscored(queries: Iterable[Query]) -> list[Clause]:
    """Clauses that must match and add nothing to the score."""
    return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in queries]


def _any_of(alternatives: Iterable[Query | None]) -> Query | None:
    queries = [query for query in alternatives if query]
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(Occur.Should, query) for query in queries])
