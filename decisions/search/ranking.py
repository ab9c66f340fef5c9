"""What adds to the score of a decision besides the words of the query themselves.

For every query: its words close together, its words in the names of reasons and remedies, and what
its words name: a category, a reason for closing, a payment. For sentences and closest matches also:
its words in the complaint and the decision, which say what a case is about. For closest matches
also: each part that matches, and the categories that the parts point to together.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import exp, log

from tantivy import FieldType, Query, Schema

from decisions.search.analyzers import stems_of
from decisions.search.query_language import ParsedQuery
from decisions.search.query_nodes import AllOf, Node, SomeOf, Widened, Word, plain_words
from decisions.search.thesaurus import CATEGORY, PAYMENT, REASON, Subject
from decisions.search.vocabulary import Vocabulary

# Scores added to those of the words themselves; tuned with `make relevance`.
PAIR_WEIGHT = 0.5  # two words of the query with at most PAIR_SLOP words between them
PAIR_SLOP = 2  # most words between the two
NAME_WEIGHT = 0.5  # a word of the query in the name of the decision's reason or remedy
SUBJECT_WEIGHT = {  # what words of the query name, as the thesaurus says
    CATEGORY: 10.0,
    REASON: 8.0,
    PAYMENT: 6.0,
}
STORY_WEIGHT = 0.5  # a part of a sentence or of closest matches, in STORY_FIELDS
CATEGORY_WEIGHT = 4.0  # a category that the query certainly means, among the closest matches

STORY_FIELDS = ("in_complaint", "in_decision")

# Most decisions that may hold the rarer word of a pair. Above it, searching for the pair costs more
# time than the better order is worth.
MAX_PAIR_FREQUENCY = 50_000

# How a category is judged from the words of a query.
PRIOR_DECISIONS = 5  # decisions of a category that are added to it, with words as usual
MAX_SHARE = 0.2  # largest share of all decisions that may match a part that is asked
MAX_EVIDENCE = 3.0  # most that one part says for or against a category, as a natural logarithm
EVIDENCE_WEIGHT = 0.7  # parts are not independent of each other: below 1, they count for less
MIN_PROBABILITY = 0.02  # least probability with which a category adds to the score

Compile = Callable[[Node, tuple[str, ...]], Query | None]


def added_scores(
    node: Node, parsed: ParsedQuery, compile_node: Compile, schema: Schema, vocabulary: Vocabulary
) -> list[Query]:
    """Queries whose scores are added for what `node` matches: all of `parsed`, or some of it."""
    scores = [*_names_and_pairs(node, schema, vocabulary)]
    scores += _subjects(parsed.subjects, schema, vocabulary)
    some = _some_of(node)
    if some or parsed.ignored:
        story = (compile_node(part, STORY_FIELDS) for part in _parts(node))
        scores += [Query.boost_query(query, STORY_WEIGHT) for query in story if query]
    if some:
        parts = [compile_node(part, ("everything",)) for part in some.parts]
        queries = [query for query in parts if query]
        scores += _likely_categories(queries, schema, vocabulary)
    return scores


def _subjects(
    subjects: Sequence[Subject], schema: Schema, vocabulary: Vocabulary
) -> Iterator[Query]:
    """Scores for what words name. Of several of a kind, one that fewer words name counts less."""
    for subject in subjects:
        most = max(other.words for other in subjects if other.kind == subject.kind)
        weight = SUBJECT_WEIGHT[subject.kind] * subject.words / most
        for query in _about(subject, schema, vocabulary):
            yield Query.const_score_query(query, weight)


def _about(subject: Subject, schema: Schema, vocabulary: Vocabulary) -> Iterator[Query]:
    if subject.kind == REASON:
        yield Query.term_query(schema, "reason", subject.name)
    elif subject.kind == PAYMENT:
        yield Query.range_query(schema, "payment", FieldType.Unsigned, 1, None)
    else:
        for path in vocabulary.paths_of(subject.name):
            yield Query.term_query(schema, "category", path)


def _names_and_pairs(node: Node, schema: Schema, vocabulary: Vocabulary) -> Iterator[Query]:
    stems = [stems_of(word.text) for word in plain_words(node)]
    plain = [stem[0] for stem in stems if len(stem) == 1]
    for stem in dict.fromkeys(plain):
        for name in ("reason_name", "remedy_name"):
            yield Query.boost_query(Query.term_query(schema, name, stem), NAME_WEIGHT)
    for pair in pairwise(plain):
        if min(map(vocabulary.frequency, pair)) <= MAX_PAIR_FREQUENCY:
            phrase = Query.phrase_query(schema, "everything", [*pair], slop=PAIR_SLOP)
            yield Query.boost_query(phrase, PAIR_WEIGHT)


def _some_of(node: Node) -> SomeOf | None:
    parts = node.parts if isinstance(node, AllOf) else (node,)
    return next((part for part in parts if isinstance(part, SomeOf)), None)


def _parts(node: Node) -> Iterator[Node]:
    """The parts of a query that are plain words, or of which some are enough."""
    for part in node.parts if isinstance(node, AllOf) else (node,):
        if isinstance(part, SomeOf):
            yield from part.parts
        elif isinstance(part, Word | Widened):
            yield part


def _likely_categories(
    queries: list[Query], schema: Schema, vocabulary: Vocabulary
) -> Iterator[Query]:
    """Scores for the subcategories that the parts point to, as naive Bayes judges them.

    A part that is more frequent in one category than elsewhere speaks for it. Two words that no
    decision has together can so mean one subject: "sofa" and "surfing".
    """
    everywhere = vocabulary.categories(None)
    totals = {path: count for path, count in everywhere.items() if "/" in path}
    size = sum(totals.values())
    evidence = {path: log(count / size) for path, count in totals.items()}
    for query in queries:
        counts = vocabulary.categories(query)
        share = sum(counts.get(path, 0) for path in totals) / max(size, 1)
        if not 0 < share <= MAX_SHARE:
            continue
        for path, total in totals.items():
            expected = counts.get(path, 0) + PRIOR_DECISIONS * share
            ratio = log(expected / (total + PRIOR_DECISIONS) / share)
            evidence[path] += max(-MAX_EVIDENCE, min(MAX_EVIDENCE, ratio))
    highest = max(evidence.values(), default=0.0)
    odds = {path: exp(EVIDENCE_WEIGHT * (sum_ - highest)) for path, sum_ in evidence.items()}
    all_odds = sum(odds.values())
    for path, of_path in odds.items():
        if of_path / all_odds >= MIN_PROBABILITY:
            category = Query.term_query(schema, "category", path)
            yield Query.const_score_query(category, CATEGORY_WEIGHT * of_path / all_odds)
