"""A question as the engine's queries. Nothing a reader writes makes one of these fail."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema, Searcher

from decisions.search import query_language
from decisions.search.analyzers import STEMS, WORDS, forms
from decisions.search.index.schema import ID_BITS, KIND, UNDATED_LAST
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

# Words that a beginning stands for where it cannot be asked for as such, the most frequent first.
_MOST_ENDINGS = 500

# What adds to a score beside the words themselves; tuned by `make relevance`.
_PAIR_WEIGHT = 0.5  # two words of the query side by side, or with _PAIR_SLOP others between
_PAIR_SLOP = 2
_NAME_WEIGHT = 0.5  # a word of the query in the name of the decision's reason or remedy
# Of two words that both stand in more decisions than this, it costs more than it tells.
_RARE_ENOUGH = 50_000

# More things than this are not left out one after the other: a pass over fifty words and phrases
# takes up to 160 ms at 57,500 decisions, over the words among them 30 ms.
_ONE_BY_ONE = 10

# As a distance between two words: more than there can be.
_ANYWHERE = sys.maxsize
# With more decisions than this, to look them up by their numbers takes as long as by their words.
_MOST_LOOKED_UP = 10_000


class Queries:
    """Builds the engine's queries for one question."""

    def __init__(self, schema: Schema, searcher: Searcher, search_query: SearchQuery) -> None:
        self.schema = schema
        self.searcher = searcher
        self.search_query = search_query
        self._fields = ("everything", "standard") if search_query.standard else ("everything",)
        self._node_read = query_language.parse(search_query.text).node
        self.words = self._node_read and self._node(self._node_read, self._fields)
        self._anywhere = self._node_read and _anywhere(self._node_read)
        self._found: Query | None = None

    def look_up(self) -> None:
        """Where it takes long to find what the words match, find it once for all that follows."""
        if not self.words or self._anywhere == self._node_read:
            return  # no word's distance from another has to be looked up
        result = self.searcher.search(
            self.words, _MOST_LOOKED_UP + 1, count=False, order_by_field="id"
        )
        if len(result.hits) <= _MOST_LOOKED_UP:
            addresses = [address for _, address in result.hits]
            ids = self.searcher.fast_field_values("id", addresses)
            self._found = Query.term_set_query(self.schema, "id", ids)

    def matching(self, without: str | None = None, among: Query | None = None) -> Query:
        """What matches words and filters; `without` names a facet whose filter is left out.

        `among` is one more filter.
        """
        parts = []
        if self._found:
            parts.append(_filter(self._found))
        elif self.words:
            parts.append((Occur.Must, self.words))
        parts += self._filters(without)
        if among:
            parts.append(_filter(among))
        if not parts:
            return self.everything()
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def ranked(self) -> Query:
        """The same matches; words side by side, and in the names of reasons and remedies, score."""
        words = [stems[0] for stems in self._plain_words() if len(stems) == 1]
        scoring = [
            (Query.term_query(self.schema, name, stem), _NAME_WEIGHT)
            for stem in dict.fromkeys(words)
            for name in ("reason_name", "remedy_name")
        ]
        scoring += [
            (self._phrase("everything", list(pair), _PAIR_SLOP), _PAIR_WEIGHT)
            for pair in pairwise(words)
            if min(self.searcher.doc_freq("everything", stem) for stem in pair) <= _RARE_ENOUGH
        ]
        return Query.boolean_query(
            [
                (Occur.Must, self.words),
                *self._filters(),
                *((Occur.Should, Query.boost_query(*score)) for score in scoring),
            ]
        )

    def nearly(self) -> Iterator[Query]:
        """What may lack one of the things required, then two …, down to half of them.

        Of very many things it is half of the plain words among them, all at once: their scores
        tell who holds most. And words that were to stand near each other need only be there:
        how near, the engine would have to look up in most decisions, again in every pass.
        """
        if not isinstance(self._node_read, AllOf) or not isinstance(self._anywhere, AllOf):
            return
        required = [part for part in self._anywhere.parts if not isinstance(part, Without)]
        if is_long := len(required) > _ONE_BY_ONE:
            required = [part for part in required if isinstance(part, Word)]
        wanted = [self._node(part, self._fields) for part in required]
        unwanted = [part.part for part in self._node_read.parts if isinstance(part, Without)]
        barred = [self._node(part, self._fields) for part in unwanted]
        some = [(Occur.Should, query) for query in wanted if query]
        none = [(Occur.MustNot, query) for query in barred if query]
        half = (len(some) + 1) // 2
        for least in [half] if is_long and some else range(len(some) - 1, half - 1, -1):
            most = Query.boolean_query(some, minimum_number_should_match=least)
            yield Query.boolean_query([(Occur.Must, most), *self._filters(), *none])

    def _plain_words(self) -> Iterator[list[str]]:
        """The stems of each word that the query requires as such, one for most."""
        node = self._node_read
        for part in node.parts if isinstance(node, AllOf) else (node,):
            if isinstance(part, Word):
                yield STEMS.analyze(part.text)

    def _filters(self, without: str | None = None) -> list[tuple[Occur, Query]]:
        chosen: list[Query | None] = [
            Query.term_set_query(self.schema, name, list(values))
            for name, values in self.search_query.terms.items()
            if name in FACETS and values and name != without
        ]
        chosen += [self._dates() if without != YEAR else None, self._payments()]
        return [_filter(query) for query in chosen if query]

    def everything(self) -> Query:
        return Query.term_query(self.schema, KIND, "decision", "basic")

    def from_day(self, order: str, day: int | None) -> Query:
        """What comes from that day on, by its ordinal, in the order "newest" or "oldest".

        None stands for the undated, which come last in both.
        """
        if order == "oldest":
            return self._between("oldest", (UNDATED_LAST if day is None else day) << ID_BITS, None)
        return self._between("newest", None, ((day or 0) + 1 << ID_BITS) - 1)

    def _node(self, node: Node, fields: Sequence[str]) -> Query | None:
        """None where no word is left to look for."""
        match node:
            case Word(text):
                stems = [[stem] for stem in forms(text)] or [STEMS.analyze(text)]
                return _any([self._phrase(field, form) for field in fields for form in stems])
            case Phrase(text, None):
                return _any([self._phrase(field, STEMS.analyze(text)) for field in fields])
            case Phrase(text, near):
                return _any([self._near(field, STEMS.analyze(text), near) for field in fields])
            case Prefix(text):
                return _any([self._prefix(field, WORDS.analyze(text)) for field in fields])
            case Without():
                return self._all([node], fields)
            case AllOf(parts):
                return self._all(parts, fields)
            case AnyOf(parts):
                return _any([self._node(part, fields) for part in parts])
            case InField(_, inner, part):
                return self._node(part, inner)
        raise TypeError(node)

    def _all(self, parts: Iterable[Node], fields: Sequence[str]) -> Query | None:
        wanted, unwanted = [], []
        for part in parts:
            if isinstance(part, Without):
                unwanted.append(self._node(part.part, fields))
            else:
                wanted.append(self._node(part, fields))
        found = [(Occur.Must, query) for query in wanted if query]
        barred = [(Occur.MustNot, query) for query in unwanted if query]
        if barred and not found:
            found = [(Occur.Must, Query.const_score_query(self.everything(), 0.0))]
        if not found:
            return None
        if len(found) == 1 and not barred:
            return found[0][1]
        return Query.boolean_query([*found, *barred])

    def _phrase(self, field: str, stems: list[str], slop: int = 0) -> Query | None:
        if len(stems) > 1:
            return Query.phrase_query(self.schema, field, stems, slop=slop)
        return Query.term_query(self.schema, field, stems[0]) if stems else None

    def _near(self, field: str, stems: list[str], near: int) -> Query | None:
        """Each word and the next one, in either order, with at most `near` others between.

        Pair by pair, for which the engine's distance is exact; for three words it passes over
        some matches.
        """
        pairs = [pair for pair in pairwise(stems) if pair[0] != pair[1]]
        if not pairs:
            return self._phrase(field, stems[:1])
        if near == _ANYWHERE:
            words = [self._phrase(field, [stem]) for stem in stems]
            return Query.boolean_query([(Occur.Must, word) for word in words if word])
        orders = [[list(pair), list(reversed(pair))] for pair in pairs]
        found = [_any([self._phrase(field, order, near) for order in both]) for both in orders]
        return Query.boolean_query([(Occur.Must, query) for query in found if query])

    def _prefix(self, field: str, words: list[str]) -> Query | None:
        """Words before the last, as in `21-019*`, must stand whole somewhere."""
        if not words:
            return None
        *whole, beginning = words
        parts = [self._phrase(field, STEMS.analyze(word)) for word in whole]
        if field == "everything":
            parts.append(
                Query.fuzzy_term_query(self.schema, "words", beginning, distance=0, prefix=True)
            )
        else:
            stems = list(self.endings(beginning))
            parts.append(Query.term_set_query(self.schema, field, stems))
        return Query.boolean_query([(Occur.Must, part) for part in parts if part])

    def endings(self, beginning: str) -> set[str]:
        """Stems of the archive's words that begin so."""
        return {
            stem
            for word, _ in self.searcher.terms_with_prefix("words", beginning, limit=_MOST_ENDINGS)
            for stem in STEMS.analyze(word)
        }

    def _dates(self) -> Query | None:
        first, last = self.search_query.date_from, self.search_query.date_to
        return self._between("decided", first and first.toordinal(), last and last.toordinal())

    def _payments(self) -> Query | None:
        least, most = self.search_query.payment_min, self.search_query.payment_max
        return self._between(
            "payment", least and least * 100, most * 100 + 99 if most is not None else None
        )

    def _between(self, field: str, least: int | None, most: int | None) -> Query | None:
        if least is None and most is None:
            return None
        return Query.range_query(self.schema, field, FieldType.Unsigned, least, most)


def _anywhere(node: Node) -> Node:
    """The same without how near words must stand to each other."""
    match node:
        case Phrase(text, near) if near is not None:
            return Phrase(text, _ANYWHERE)
        case AllOf(parts):
            return AllOf(tuple(_anywhere(part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_anywhere(part) for part in parts))
        case Without(part):
            return Without(_anywhere(part))
        case InField(label, fields, part):
            return InField(label, fields, _anywhere(part))
    return node


def _filter(query: Query) -> tuple[Occur, Query]:
    """Must hold, and adds nothing to the score."""
    return Occur.Must, Query.const_score_query(query, 0.0)


def _any(alternatives: Iterable[Query | None]) -> Query | None:
    queries = [query for query in alternatives if query]
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(Occur.Should, query) for query in queries])
