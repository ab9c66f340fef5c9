"""Compiles a search query into queries of the engine: a pure function of the query and the index.

No text that a reader types makes it fail.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema

from decisions.search import query_language
from decisions.search.analyzers import STEMS, forms, phrase_forms, stems_of, words_of
from decisions.search.index.schema import KIND
from decisions.search.query_nodes import (
    About,
    AllOf,
    AnyOf,
    InField,
    Node,
    Phrase,
    Prefix,
    SomeOf,
    Widened,
    Without,
    Word,
    joined_neighbours,
)
from decisions.search.ranking import added_scores
from decisions.search.relaxation import closest, on_subject
from decisions.search.search_query import FACETS, YEAR, SearchQuery
from decisions.search.thesaurus import REASON, is_determiner
from decisions.search.vocabulary import Vocabulary

# What another name of a word counts at most, as a share of what the word itself counts.
WIDENED_WEIGHT = 0.9

# Most decisions in which the engine measures, for one query, whether words stand where they must:
# each phrase counts as many as hold its rarest word. The engine cannot be interrupted, and a search
# has up to sixteen passes over them.
MAX_MEASURED = 800_000
# Phrases of any words that are measured in an archive of any size.
ALWAYS_MEASURED = 4

Clause = tuple[Occur, Query]


@dataclass(frozen=True)
class CompiledQuery:
    """A search query as queries of the engine: a decision matches if it matches `words`, where that
    is not None, and all `filters`.

    The keys of `filters` are the facets in use, YEAR for the dates, and "payment". `ranked` matches
    the same decisions and scores them by relevance; it is None for any other order.
    `looks_up_distances` means that matching `words` is slow, because the engine must measure how
    far apart the words are in every decision that contains them. `is_loosened` means that some
    phrases match their words anywhere, because of MAX_MEASURED.
    """

    words: Query | None
    filters: Mapping[str, Query]
    any_decision: Query
    ranked: Query | None
    looks_up_distances: bool
    is_loosened: bool = False

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

    def excluding(self, query: Query) -> "CompiledQuery":
        """The same query without the decisions that match `query`."""

        def without(matches: Query) -> Query:
            return Query.boolean_query([(Occur.Must, matches), (Occur.MustNot, query)])

        words = without(self.words or self.any_decision)
        return replace(self, words=words, ranked=self.ranked and without(self.ranked))

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
    parsed = query_language.parse(search_query.text)
    return _compile_node(parsed.node, parsed, search_query, schema, vocabulary)


def compile_on_subject(
    search_query: SearchQuery, schema: Schema, vocabulary: Vocabulary
) -> CompiledQuery | None:
    """The same for the decisions that are about what a sentence names; None if it names nothing."""
    parsed = query_language.parse(search_query.text)
    node = on_subject(parsed)
    return _compile_node(node, parsed, search_query, schema, vocabulary) if node else None


def compile_closest(
    search_query: SearchQuery,
    schema: Schema,
    vocabulary: Vocabulary,
    minimum: int | None = None,
) -> CompiledQuery | None:
    """The same for the decisions with at least `minimum` of the query's parts, or half of them.

    None if the query has less than two words.
    """
    parsed = query_language.parse(search_query.text)
    relaxed = closest(parsed, minimum)
    if relaxed is None:
        return None
    return _compile_node(relaxed[0], parsed, search_query, schema, vocabulary)


def _compile_node(
    node: Node | None,
    parsed: query_language.ParsedQuery,
    search_query: SearchQuery,
    schema: Schema,
    vocabulary: Vocabulary,
) -> CompiledQuery:
    fields = ("everything", "standard") if search_query.standard else ("everything",)
    compiler = _NodeCompiler(schema, vocabulary)
    words = compiler.compile(node, fields) if node else None
    is_loosened = compiler.measured > compiler.max_measured
    compiler.measured = 0  # what is added to the score is bounded otherwise, and has one pass
    filters = dict(_filters(search_query, schema))
    ranked = None
    if node and words and search_query.sort == "relevance":
        ranked = compiler.ranked(node, parsed, words, filters)
    looks_up_distances = node is not None and _has_distances(node)
    return CompiledQuery(
        words, filters, compiler.any_decision, ranked, looks_up_distances, is_loosened
    )


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
        self.measured = 0  # decisions, as MAX_MEASURED counts them
        self.max_measured = max(MAX_MEASURED, ALWAYS_MEASURED * vocabulary.size)

    def ranked(
        self,
        node: Node,
        parsed: query_language.ParsedQuery,
        words: Query,
        filters: Mapping[str, Query],
    ) -> Query:
        """Matches what `words` and `filters` match, scored by all that `ranking` adds too."""
        scores = added_scores(node, parsed, self.compile, self.schema, self.vocabulary)
        return Query.boolean_query(
            [
                (Occur.Must, words),
                *_unscored(filters.values()),
                *((Occur.Should, query) for query in scores),
            ]
        )

    def compile(self, node: Node, fields: tuple[str, ...]) -> Query | None:
        """The query for a node in any of `fields`; None if it has no word to search for."""
        key = (node, fields)
        if key not in self._compiled:
            self._compiled[key] = self._compile(node, fields)
        return self._compiled[key]

    def _compile(self, node: Node, fields: tuple[str, ...]) -> Query | None:
        match node:
            case Word(text):
                stems = forms(text)
                return _any_of(self._phrase(field, form) for field in fields for form in stems)
            case Phrase(text, None):
                stems = phrase_forms(text)
                return _any_of(self._phrase(field, form) for field in fields for form in stems)
            case Phrase(text, int(near)):
                stems = phrase_forms(text)
                return _any_of(self._near(field, form, near) for field in fields for form in stems)
            case Prefix(text):
                return _any_of(self._prefix(field, words_of(text)) for field in fields)
            case Widened(words, others):
                return self._widened(words, others, fields)
            case About(kind, names):
                terms = [*self._about(kind, names)]
                return Query.term_set_query(self.schema, kind, terms) if terms else None
            case SomeOf(parts, minimum):
                should = self._clauses(Occur.Should, parts, fields)
                if not should:
                    return None
                minimum = min(minimum, len(should))
                return Query.boolean_query(should, minimum_number_should_match=minimum)
            case Without():
                return self._all_of([node], fields)
            case AllOf(parts):
                return self._all_of(parts, fields)
            case AnyOf(parts):
                return _any_of(self.compile(part, fields) for part in parts)
            case InField(_, inner, part):
                return self.compile(part, inner)
        raise TypeError(node)

    def _widened(
        self, words: tuple[Word, ...], others: tuple[Phrase, ...], fields: tuple[str, ...]
    ) -> Query | None:
        """Matches the words or another name; a name counts less than the words, however rare."""
        typed = self._all_of([word for word in words if not is_determiner(word)], fields)
        rarity = self.vocabulary.rarity(stem for word in words for stem in stems_of(word.text))
        alternatives = [typed] if typed else []
        for other in others:
            if query := self.compile(other, fields):
                relative = rarity / max(rarity, self.vocabulary.rarity(stems_of(other.text)), 1e-9)
                alternatives.append(Query.boost_query(query, WIDENED_WEIGHT * relative))
        if len(alternatives) < 2:
            return alternatives[0] if alternatives else None
        return Query.disjunction_max_query(alternatives)

    def _about(self, kind: str, names: Iterable[str]) -> Iterator[str]:
        """The terms of the field `kind` for the names of categories, or the codes of reasons."""
        for name in names:
            yield from [name] if kind == REASON else self.vocabulary.paths_of(name)

    def _joined(self, node: Node, fields: tuple[str, ...]) -> dict[Word, list[Query]]:
        """For each plain word, queries for it and its neighbour written as one: "car park"."""
        joined: dict[Word, list[Query]] = {}
        for before, after, text in joined_neighbours(node):
            stems = stems_of(text)
            if len(stems) == 1 and self.vocabulary.frequency(stems[0]):
                query = _any_of(self._phrase(field, stems) for field in fields)
                if query:
                    joined.setdefault(before, []).append(query)
                    joined.setdefault(after, []).append(query)
        return joined

    def _clauses(
        self, occur: Occur, nodes: Iterable[Node], fields: tuple[str, ...]
    ) -> list[Clause]:
        nodes = [*nodes]
        joined = self._joined(AllOf(tuple(nodes)), fields) if occur is not Occur.MustNot else {}
        queries = [
            _any_of([self.compile(node, fields), *joined[node]])
            if isinstance(node, Word) and node in joined
            else self.compile(node, fields)
            for node in nodes
        ]
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
            self.measured += min(map(self.vocabulary.frequency, stems))
            if self.measured > self.max_measured:
                words = {stem: Query.term_query(self.schema, field, stem) for stem in stems}
                return Query.boolean_query([(Occur.Must, word) for word in words.values()])
            return Query.phrase_query(self.schema, field, [*stems], slop=slop)
        return Query.term_query(self.schema, field, stems[0]) if stems else None

    def _near(self, field: str, stems: Sequence[str], near: int) -> Query | None:
        """Matches each word and the next one, in either order, with at most `near` words between.

        Pairs, because the engine's distance is exact for two words; for three it misses matches.
        """
        pairs = [pair for pair in pairwise(stems) if pair[0] != pair[1]]
        if not pairs:
            return self._phrase(field, stems[:1])
        orders = [(pair, tuple(reversed(pair))) for pair in pairs]
        queries = [_any_of(self._phrase(field, order, near) for order in both) for both in orders]
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


def _has_distances(node: Node) -> bool:
    """Whether words must have a distance from each other somewhere in the query."""
    match node:
        case Phrase(_, near):
            return near is not None
        case AllOf(parts) | AnyOf(parts):
            return any(map(_has_distances, parts))
        case Without(part) | InField(_, _, part):
            return _has_distances(part)
    return False


def _unscored(queries: Iterable[Query]) -> list[Clause]:
    """Clauses that must match and add nothing to the score."""
    return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in queries]


def _any_of(alternatives: Iterable[Query | None]) -> Query | None:
    queries = [query for query in alternatives if query]
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(Occur.Should, query) for query in queries])
