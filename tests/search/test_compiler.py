"""Compiling is a pure function: the engine's queries follow from the query and the vocabulary."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st
from tantivy import Query

from decisions.search.compiler import CompiledQuery, compile_closest, compile_query
from decisions.search.index import schema
from decisions.search.ranking import MAX_PAIR_FREQUENCY
from decisions.search.search_query import YEAR, SearchQuery
from decisions.search.vocabulary import Vocabulary

SCHEMA = schema.build_schema()
VOCABULARY = Vocabulary(lambda stem: 3, lambda prefix: [f"{prefix}a", f"{prefix}b"])

TEXTS = {
    1: "school bus late taxi",
    2: "bus school",
    3: "the bus was very late indeed",
    4: "taxi hotel",
}


def compiled(text: str = "", vocabulary: Vocabulary = VOCABULARY, **fields) -> CompiledQuery:
    return compile_query(SearchQuery(text, **fields), SCHEMA, vocabulary)


def as_text(query: CompiledQuery) -> tuple[str, ...]:
    """All that a compiled query holds, so that two of them can be compared."""
    filters = {name: repr(part) for name, part in query.filters.items()}
    parts = (query.matching, query.ranked, query.looks_up_distances)
    return (repr(filters), *map(repr, parts))


@pytest.fixture(scope="module")
def searcher() -> tantivy.Searcher:
    """TEXTS in an index in memory; the outcome of those with odd ids is "upheld"."""
    index = tantivy.Index(SCHEMA)
    schema.register_analyzers(index)
    writer = index.writer(50_000_000, 1)
    for pk, text in TEXTS.items():
        entry = tantivy.Document()
        entry.add_text(schema.KIND, "decision")
        entry.add_unsigned("id", pk)
        entry.add_text("everything", text)
        entry.add_text("words", text)
        entry.add_text("standard", "our powers" if pk == 4 else "")
        entry.add_text("outcome", "upheld" if pk % 2 else "not-upheld")
        entry.add_unsigned("decided", 737_000 + pk)
        entry.add_unsigned("payment", pk * 10_000 + 50)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def matching_ids(searcher: tantivy.Searcher, query: Query | None) -> list[int]:
    assert query is not None
    result = searcher.search(query, 10)
    return searcher.fast_field_values("id", [address for _, address in result.hits])


WORDS = st.sampled_from(["bus", "taxi", "school", "late", '"school bus"', '"bus late"~3', "ho*"])
QUERIES = st.builds(
    SearchQuery,
    st.lists(
        st.one_of(WORDS, WORDS.map("-{}".format), st.sampled_from(["OR", "(", ")", "in:remedy"])),
        max_size=14,
    ).map(" ".join),
    terms=st.dictionaries(
        st.sampled_from(["outcome", "council"]), st.just(("upheld",)), max_size=2
    ),
    payment_min=st.sampled_from([None, 0, 100]),
    payment_max=st.sampled_from([None, 200]),
    standard=st.booleans(),
    sort=st.sampled_from(["relevance", "newest"]),
)


@given(QUERIES)
def test_the_same_query_compiles_to_the_same_value(query):
    first, second = (compile_query(query, SCHEMA, VOCABULARY) for _ in range(2))
    assert as_text(first) == as_text(second)
    other_page = replace(query, page=3, size=50)
    assert as_text(compile_query(other_page, SCHEMA, VOCABULARY)) == as_text(first)


@given(QUERIES)
def test_a_query_without_a_filter_equals_one_that_never_had_it(query):
    whole = compile_query(query, SCHEMA, VOCABULARY)
    for name in query.terms:
        terms = {other: query.terms[other] for other in query.terms if other != name}
        without = compile_query(replace(query, terms=terms), SCHEMA, VOCABULARY)
        assert repr(whole.without(name)) == repr(without.matching)


@given(QUERIES)
def test_every_order_matches_the_same_decisions(searcher, query):
    whole = compile_query(query, SCHEMA, VOCABULARY)
    if whole.ranked is not None:
        assert set(matching_ids(searcher, whole.ranked)) == set(
            matching_ids(searcher, whole.matching)
        )
    relaxed = compile_closest(query, SCHEMA, VOCABULARY)
    if relaxed is not None:
        assert set(matching_ids(searcher, whole.matching)) <= set(
            matching_ids(searcher, relaxed.matching)
        )


def test_using_a_compiled_query_does_not_change_it(searcher):
    query = compiled('"bus late"~3', terms={"outcome": ("upheld",)})
    before = as_text(query)
    looked_up = query.with_words_replaced(Query.term_set_query(SCHEMA, "id", [1, 3]))
    assert (
        set(matching_ids(searcher, looked_up.matching))
        == set(matching_ids(searcher, query.matching))
        == {1, 3}
    )
    assert matching_ids(searcher, query.narrowed_to(Query.term_query(SCHEMA, "id", 1))) == [1]
    assert as_text(query) == before != as_text(looked_up)
    with pytest.raises(FrozenInstanceError):
        query.words = None


def test_an_empty_query_matches_every_decision(searcher):
    assert sorted(matching_ids(searcher, compiled().matching)) == [1, 2, 3, 4]
    assert sorted(matching_ids(searcher, compiled("?!").matching)) == [1, 2, 3, 4]
    assert compiled().words is compiled().ranked is None


def test_near_words_have_at_most_so_many_words_between(searcher):
    assert matching_ids(searcher, compiled('"indeed bus"~3').matching) == [3]
    assert matching_ids(searcher, compiled('"indeed bus"~2').matching) == []


def test_standard_wording_is_searched_only_when_asked_for(searcher):
    assert matching_ids(searcher, compiled("powers").matching) == []
    assert matching_ids(searcher, compiled("powers", standard=True).matching) == [4]


def test_a_query_of_exclusions_alone_matches_all_other_decisions(searcher):
    assert sorted(matching_ids(searcher, compiled("-taxi").matching)) == [2, 3]
    assert sorted(matching_ids(searcher, compiled("-taxi -late").matching)) == [2]


def test_filters_without_values_or_of_no_facet_are_left_out():
    assert compiled(terms={"council": (), "weather": ("wet",)}).filters == {}


def test_filters_have_the_names_that_without_takes(searcher):
    day = date.fromordinal(737_002)
    query = compiled(
        "taxi", terms={"outcome": ("upheld",)}, date_from=day, payment_min=100, payment_max=400
    )
    assert list(query.filters) == ["outcome", YEAR, "payment"]
    assert matching_ids(searcher, query.matching) == []
    assert matching_ids(searcher, query.without("outcome")) == [4]
    assert matching_ids(searcher, query.without(YEAR)) == [1]


def test_pence_do_not_count(searcher):
    assert sorted(matching_ids(searcher, compiled(payment_max=200).matching)) == [1, 2]
    assert sorted(matching_ids(searcher, compiled(payment_min=201).matching)) == [3, 4]
    assert sorted(matching_ids(searcher, compiled(payment_min=0).matching)) == [1, 2, 3, 4]


def test_only_an_order_by_relevance_of_words_is_ranked():
    assert compiled("bus").ranked is not None
    assert compiled("bus", sort="newest").ranked is None
    assert compiled("").ranked is None


def closest(text: str, **fields) -> CompiledQuery:
    query = compile_closest(SearchQuery(text, **fields), SCHEMA, VOCABULARY)
    assert query is not None
    return query


def test_the_closest_matches_have_at_least_half_of_the_parts(searcher):
    assert set(matching_ids(searcher, closest("school bus late hotel").matching)) == {1, 2, 3}
    assert set(matching_ids(searcher, closest('"school bus" hotel').matching)) == {1, 4}
    assert set(matching_ids(searcher, closest("school bus late indeed taxi").matching)) == {1, 3}
    assert compile_closest(SearchQuery("school"), SCHEMA, VOCABULARY) is None
    assert compile_closest(SearchQuery(""), SCHEMA, VOCABULARY) is None


def test_the_closest_matches_keep_filters_exclusions_and_named_fields(searcher):
    text = "very late school bus -indeed"
    for outcome, expected in (("upheld", {1}), ("not-upheld", {2})):
        query = closest(text, terms={"outcome": (outcome,)})
        assert set(matching_ids(searcher, query.matching)) == expected
    assert matching_ids(searcher, closest("school bus council:kent").matching) == []


def test_near_words_may_stand_apart_among_the_closest_matches(searcher):
    assert compiled('"bus indeed"~1 hotel').looks_up_distances
    assert not compiled('"bus indeed" hotel').looks_up_distances
    query = closest('"bus indeed"~1 very hotel')
    assert set(matching_ids(searcher, query.matching)) == {3}


def test_of_the_closest_matches_those_with_more_of_the_words_come_first(searcher):
    assert matching_ids(searcher, closest("bus school late very").ranked)[0] == 1


def test_pairs_of_frequent_words_are_not_looked_for():
    frequent = Vocabulary(lambda stem: MAX_PAIR_FREQUENCY + 1, VOCABULARY.expand)
    assert "PhraseQuery" in repr(compiled("school late").ranked)
    assert "PhraseQuery" not in repr(compiled("school late", frequent).ranked)


def test_the_vocabulary_expands_a_prefix_in_stemmed_fields_alone():
    asked = []
    vocabulary = Vocabulary(VOCABULARY.frequency, lambda prefix: asked.append(prefix) or ["kent"])
    assert "kent" in repr(compiled("council:ke*", vocabulary).matching)
    assert asked == ["ke"]
    compiled("ke* bus", vocabulary)
    assert asked == ["ke"]
